using NodaTime;

namespace Screening.Rules;

/// <summary>
/// A request as read by its API: not yet converted to the clinic's zone, and not yet checked for consistency. Values that could not be read
/// are absent, and their errors have been reported.
/// </summary>
public readonly record struct StatedRequest
{
    /// <summary>The protocol; null when there is no such protocol.</summary>
    public ProtocolSelector? Protocol { get; init; }

    /// <summary>When the answers were true.</summary>
    public Stated<StatedTime> AsOf { get; init; }

    /// <summary>The clinic's zone; null when unreadable.</summary>
    public DateTimeZone? Zone { get; init; }

    /// <summary>The appointment's start.</summary>
    public Stated<StatedTime> Start { get; init; }

    /// <summary>Its end.</summary>
    public Stated<StatedTime> End { get; init; }

    /// <summary>What else the caller asked for.</summary>
    public ReadingOptions Options { get; init; }

    /// <summary>The texts and counts with limits that do not depend on the protocol; null when the request has none of them.</summary>
    public ScreeningEnvelope? Envelope { get; init; }
}

/// <summary>A value that a request may state.</summary>
/// <param name="IsPresent">True when it is present, readable or not.</param>
/// <param name="Value">The value; null when absent or unreadable.</param>
public readonly record struct Stated<T>(bool IsPresent, T? Value)
    where T : struct;

/// <summary>The texts and counts of a request with limits that do not depend on the protocol.</summary>
public sealed record ScreeningEnvelope
{
    /// <summary>The client's own reference.</summary>
    public string? Reference { get; init; }

    /// <summary>The candidate starts, each readable or not.</summary>
    public IReadOnlyList<StatedTime?> Slots { get; init; } = [];

    /// <summary>The clearances of clinicians.</summary>
    public IReadOnlyList<StatedClearance> Clearances { get; init; } = [];
}

/// <summary>
/// Checks the limits of a request's own texts and counts; errors stand at JSON pointers into <see cref="ScreeningEnvelope"/>.
/// </summary>
public delegate void EnvelopeLimits(ScreeningEnvelope envelope, InputErrors errors);

/// <summary>A clearance as a request states it; an unreadable member is null.</summary>
/// <param name="RuleId">The rule whose finding is cleared.</param>
/// <param name="By">Who cleared it.</param>
/// <param name="On">When.</param>
/// <param name="Note">The clinician's note.</param>
public sealed record StatedClearance(string? RuleId = null, string? By = null, LocalDate? On = null, string? Note = null);

/// <summary>The locations for a request's errors, in the notation of its API.</summary>
public sealed record RequestPlaces
{
    /// <summary>The protocol.</summary>
    public required string Protocol { get; init; }

    /// <summary>True where a request can name a version of the protocol.</summary>
    public bool NamesVersions { get; init; }

    /// <summary>The appointment's start.</summary>
    public required string Start { get; init; }

    /// <summary>Its end.</summary>
    public required string End { get; init; }

    /// <summary>A candidate start, by its position.</summary>
    public Func<int, string> Slot { get; init; } = slot => Pointer.To("/slots", slot);

    /// <summary>The rule that a clearance names, by the clearance's position.</summary>
    public Func<int, string> ClearedRule { get; init; } = clearance => Pointer.To(Pointer.To("/clearances", clearance), "ruleId");

    /// <summary>The date on which a clearance was given, by the clearance's position.</summary>
    public Func<int, string> ClearanceDate { get; init; } = clearance => Pointer.To(Pointer.To("/clearances", clearance), "on");

    /// <summary>The locations in a JSON request.</summary>
    public static RequestPlaces Json { get; } =
        new() { Protocol = "/protocol", NamesVersions = true, Start = "/appointment/start", End = "/appointment/end" };
}
