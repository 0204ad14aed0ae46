namespace Screening.Api.Access;

/// <summary>How many permits one may take.</summary>
/// <param name="PerMinute">How many come back in a minute, evenly.</param>
/// <param name="Burst">How many there are at most, to be taken at once.</param>
internal readonly record struct RateLimit(int PerMinute, int Burst);

/// <summary>What an attempt to take permits gave.</summary>
/// <param name="Left">The permits that are left.</param>
/// <param name="UntilNext">When there is one more than these.</param>
/// <param name="UntilGranted">When there are as many as were asked for, if nobody else takes any; zero when they were taken.</param>
internal readonly record struct Taken(int Left, TimeSpan UntilNext, TimeSpan UntilGranted)
{
    /// <summary>True when all were taken, false when none was.</summary>
    public bool IsGranted => UntilGranted == TimeSpan.Zero;
}

/// <summary>
/// Permits that are taken and come back with time. It counts in whole parts of a permit, so that nothing is rounded however often it is
/// asked; the framework's own bucket reads a clock of its own, which tests cannot set, and cannot tell when a permit comes back.
/// </summary>
/// <param name="limit">The limit until the first attempt.</param>
/// <param name="now">When it is made, full, in ticks of 100 ns of a clock that never steps.</param>
internal sealed class TokenBucket(RateLimit limit, long now)
{
    // A permit, in parts: so many as the ticks of a minute, in each of which so many parts come back as permits in a minute.
    private const long Permit = TimeSpan.TicksPerMinute;

    private readonly Lock gate = new();
    private RateLimit limit = limit;
    private long parts = limit.Burst * Permit;
    private long last = now;
    private bool isRetired;

    /// <summary>Takes all of the permits, or none; false when the bucket was given up, which asks for another.</summary>
    /// <param name="permits">How many.</param>
    /// <param name="current">The limit: it may change with the clients file.</param>
    /// <param name="at">The reading of the clock.</param>
    /// <param name="taken">What it gave.</param>
    public bool TryTake(int permits, RateLimit current, long at, out Taken taken)
    {
        lock (gate)
        {
            // What time brought until now came by the limit until now.
            Refill(at);
            limit = current;
            parts = Math.Min(parts, limit.Burst * Permit);
            var isGranted = parts >= permits * Permit;
            parts -= isGranted ? permits * Permit : 0;
            taken = new Taken(
                (int)(parts / Permit), Until(((parts / Permit) + 1) * Permit), isGranted ? TimeSpan.Zero : Until(permits * Permit));
            return !isRetired;
        }
    }

    /// <summary>Gives the bucket up, if it is full: then a new one is the same.</summary>
    public bool TryRetire(long at)
    {
        lock (gate)
        {
            Refill(at);
            return isRetired = parts == limit.Burst * Permit;
        }
    }

    private void Refill(long at)
    {
        // Whoever read the clock first does not always come first.
        var elapsed = Math.Max(0, at - last);
        var missing = (limit.Burst * Permit) - parts;
        parts += elapsed > missing / limit.PerMinute ? missing : elapsed * limit.PerMinute;
        last += elapsed;
    }

    private TimeSpan Until(long wanted) => new((wanted - parts + limit.PerMinute - 1) / limit.PerMinute);
}
