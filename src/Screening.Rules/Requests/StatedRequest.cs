using NodaTime;

namespace Screening.Rules;

/// <summary>
/// What a request states, as its door has read it: nothing is in the clinic's zone yet, and nothing has been compared. What could not be read has no value
/// here, and its error has been noted.
/// </summary>
public readonly record struct StatedRequest
{
    /// <summary>The protocol; null when there is no such one.</summary>
    public ProtocolSelector? Protocol { get; init; }

    /// <summary>When the answers were true.</summary>
    public Stated<StatedTime> AsOf { get; init; }

    /// <summary>The clinic's zone; null when it could not be read.</summary>
    public DateTimeZone? Zone { get; init; }

    /// <summary>The appointment's start.</summary>
    public Stated<StatedTime> Start { get; init; }

    /// <summary>Its end.</summary>
    public Stated<StatedTime> End { get; init; }

    /// <summary>The texts and counts that are limited whatever the protocol; null when the request has none of them.</summary>
    public ScreeningEnvelope? Envelope { get; init; }
}

/// <summary>Something that a request may state.</summary>
/// <param name="IsThere">True when it is stated, readable or not.</param>
/// <param name="Value">What it says; null when it is not there or could not be read.</param>
public readonly record struct Stated<T>(bool IsThere, T? Value)
    where T : struct;

/// <summary>The texts and counts of a request that are limited, whatever the protocol.</summary>
public sealed record ScreeningEnvelope
{
    /// <summary>The sender's own reference.</summary>
    public string? Reference { get; init; }

    /// <summary>The candidate starts, each readable or not.</summary>
    public IReadOnlyList<StatedTime?> Slots { get; init; } = [];

    /// <summary>What clinicians have cleared.</summary>
    public IReadOnlyList<StatedClearance> Clearances { get; init; } = [];
}

/// <summary>A clearance as a request states it; a member that could not be read is null.</summary>
/// <param name="RuleId">The rule whose finding is cleared.</param>
/// <param name="By">Who cleared it.</param>
/// <param name="On">When.</param>
/// <param name="Note">The clinician's own words.</param>
public sealed record StatedClearance(string? RuleId = null, string? By = null, LocalDate? On = null, string? Note = null);

/// <summary>Where the errors of a request are told, in the terms of its door.</summary>
public sealed record RequestPlaces
{
    /// <summary>The protocol.</summary>
    public required string Protocol { get; init; }

    /// <summary>The appointment's start.</summary>
    public required string Start { get; init; }

    /// <summary>Its end.</summary>
    public required string End { get; init; }

    /// <summary>A candidate start, by its position.</summary>
    public Func<int, string> Slot { get; init; } = slot => Pointer.To("/slots", slot);

    /// <summary>The rule that a clearance names, by the clearance's position.</summary>
    public Func<int, string> ClearedRule { get; init; } = clearance => Pointer.To(Pointer.To("/clearances", clearance), "ruleId");

    /// <summary>The places of a JSON request.</summary>
    public static RequestPlaces Json { get; } = new() { Protocol = "/protocol", Start = "/appointment/start", End = "/appointment/end" };
}
