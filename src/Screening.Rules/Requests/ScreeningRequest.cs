using System.Collections.Immutable;
using NodaTime;

namespace Screening.Rules;

/// <summary>A request that was read without errors: everything that a decision needs.</summary>
/// <param name="Intake">The answers and clearances.</param>
/// <param name="Appointment">The requested appointment.</param>
/// <param name="AsOf">When the answers were true.</param>
/// <param name="Today">The clinic-local date of <paramref name="AsOf"/>.</param>
/// <param name="Reference">The client's own reference: echoed, never interpreted, never logged.</param>
public sealed record ScreeningRequest(Intake Intake, Appointment Appointment, Instant AsOf, LocalDate Today, string? Reference)
{
    /// <summary>True when the request names the version of the protocol; false when it was the one in force.</summary>
    public bool IsPinned { get; init; }

    /// <summary>The slots that cannot be screened; always empty unless <see cref="ReadingOptions.EachSlot"/> was asked for.</summary>
    public ImmutableArray<RefusedSlot> RefusedSlots { get; init; } = [];

    /// <summary>
    /// Where the clinic's zone is unknown and the request was judged in any: every reading, of which <see cref="Intake"/> is the one that
    /// came out worst. Empty for a known zone.
    /// </summary>
    public ImmutableArray<ZoneReading> InAnyZone { get; init; } = [];

    /// <summary>The form that the answers are of; null where the caller gave them as of the as-of instant.</summary>
    public AnsweredForm? Form { get; init; }
}
