using NodaTime;

namespace Screening.Rules;

/// <summary>A request that was read and found free of errors: everything that a decision needs.</summary>
/// <param name="Intake">What was said.</param>
/// <param name="Appointment">When it would be.</param>
/// <param name="AsOf">When the answers were true.</param>
/// <param name="Today">The clinic-local date of <paramref name="AsOf"/>.</param>
/// <param name="Reference">The sender's own reference; echoed, never interpreted, never logged.</param>
public sealed record ScreeningRequest(Intake Intake, Appointment Appointment, Instant AsOf, LocalDate Today, string? Reference);

/// <summary>The texts and counts of a request that are limited, whatever the protocol.</summary>
public sealed class ScreeningEnvelope
{
    /// <summary>The sender's own reference.</summary>
    public string? Reference { get; set; }

    /// <summary>The candidate starts, each readable or not.</summary>
    public IReadOnlyList<StatedTime?> Slots { get; set; } = [];

    /// <summary>What clinicians have cleared.</summary>
    public IReadOnlyList<StatedClearance> Clearances { get; set; } = [];
}

/// <summary>A clearance as a request states it; a member that could not be read is null.</summary>
public sealed class StatedClearance
{
    /// <summary>The rule whose finding is cleared.</summary>
    public string? RuleId { get; set; }

    /// <summary>Who cleared it.</summary>
    public string? By { get; set; }

    /// <summary>When.</summary>
    public LocalDate? On { get; set; }

    /// <summary>The clinician's own words.</summary>
    public string? Note { get; set; }
}
