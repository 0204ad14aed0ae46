using NodaTime;

namespace Screening.Api.Tests;

/// <summary>A clock that fails, and with it every request that reads it.</summary>
internal sealed class BrokenClock : IClock
{
    public Instant GetCurrentInstant() => throw new InvalidOperationException("The clock is broken.");
}
