using System.Text.Json;

namespace Screening.Api.Screenings;

// The request's shape, for the OpenAPI document. ScreeningRequestPass reads it from the bytes; a test holds the two together.

/// <summary>A screening to be decided.</summary>
public sealed class CreateScreeningRequest
{
    /// <summary>`id` for the version in force on the as-of date, or `id@version` for that version.</summary>
    public required string Protocol { get; init; }

    /// <summary>When it would be.</summary>
    public required AppointmentRequest Appointment { get; init; }

    /// <summary>When the answers were true: an instant with `Z` or an offset. Absent: now. With it the decision is fully determined by the request.</summary>
    public string? AsOf { get; init; }

    /// <summary>Your own reference, up to 64 characters: echoed, never interpreted, never logged.</summary>
    public string? Reference { get; init; }

    /// <summary>Up to 100 candidate starts, in the form of `appointment.start`; each gets its own status.</summary>
    public IReadOnlyList<string>? Slots { get; init; }

    /// <summary>Review findings that a named clinician has cleared.</summary>
    public IReadOnlyList<ClearanceRequest>? Clearances { get; init; }

    /// <summary>The answers by question id. An unanswered question is absent; `null` is an error.</summary>
    public required JsonElement Answers { get; init; }
}

/// <summary>When it would be, and where on the skin.</summary>
public sealed class AppointmentRequest
{
    /// <summary>The clinic's IANA zone, such as `America/New_York`.</summary>
    public required string TimeZone { get; init; }

    /// <summary>A local date-time in that zone (`2026-12-18T10:30:00`), or one with `Z` or an offset. Absent: could they be treated today?</summary>
    public string? Start { get; init; }

    /// <summary>The end, in the same form; used for aftercare.</summary>
    public string? End { get; init; }

    /// <summary>The areas to be treated, by the protocol's codes; at least one, when given.</summary>
    public IReadOnlyList<string>? Areas { get; init; }
}

/// <summary>A named clinician has cleared a finding of level review.</summary>
public sealed class ClearanceRequest
{
    /// <summary>The rule.</summary>
    public required string RuleId { get; init; }

    /// <summary>Who cleared it.</summary>
    public required string By { get; init; }

    /// <summary>The date, YYYY-MM-DD.</summary>
    public required string On { get; init; }

    /// <summary>The clinician's own words.</summary>
    public string? Note { get; init; }
}
