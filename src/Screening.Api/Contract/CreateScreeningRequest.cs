using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Screening.Api.Contract;

// The request's shape, for the OpenAPI document. ScreeningRequestPass parses the bytes; a test keeps the two in step.

/// <summary>A screening to be decided.</summary>
public sealed class CreateScreeningRequest
{
    /// <summary>`id` for the version in force on the as-of date, or `id@version` for that version.</summary>
    public required string Protocol { get; init; }

    /// <summary>When it would be.</summary>
    public required AppointmentRequest Appointment { get; init; }

    /// <summary>When the answers were true: an instant with `Z` or an offset. Absent: now. With it the decision is fully determined by the request.</summary>
    /// <example>2026-06-01T16:00:00Z</example>
    [RegularExpression(Patterns.Instant)]
    public string? AsOf { get; init; }

    /// <summary>Your own reference, up to 64 characters: echoed, never interpreted, never logged.</summary>
    /// <example>bk-20931</example>
    public string? Reference { get; init; }

    /// <summary>Up to 100 candidate starts, in the form of `appointment.start`; each gets its own status. A bad one is an error of the request, unless it is sent with `slots=each`.</summary>
    /// <example>["2026-06-10T10:30:00", "2026-06-11T09:00:00"]</example>
    [RegularExpression(Patterns.DateTime)]
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
    /// <example>America/New_York</example>
    public required string TimeZone { get; init; }

    /// <summary>
    /// A local date-time in that zone (`2026-12-18T10:30:00`, the seconds optional), or one with `Z` or an offset. Absent: could they be
    /// treated today?
    /// </summary>
    /// <example>2026-06-10T10:30:00</example>
    [RegularExpression(Patterns.DateTime)]
    public string? Start { get; init; }

    /// <summary>The end, in the same form; used for aftercare.</summary>
    /// <example>2026-06-10T11:15:00</example>
    [RegularExpression(Patterns.DateTime)]
    public string? End { get; init; }

    /// <summary>The areas to be treated, by the protocol's codes; at least one, when given.</summary>
    public IReadOnlyList<string>? Areas { get; init; }
}

/// <summary>A named clinician has cleared a finding of level review.</summary>
public sealed class ClearanceRequest
{
    /// <summary>The rule.</summary>
    /// <example>isotretinoin</example>
    public required string RuleId { get; init; }

    /// <summary>Who cleared it.</summary>
    /// <example>Dr. Ada Park</example>
    public required string By { get; init; }

    /// <summary>The date, YYYY-MM-DD, not after the as-of date.</summary>
    /// <example>2026-06-01</example>
    [RegularExpression(Patterns.Date)]
    public required string On { get; init; }

    /// <summary>The clinician's own words.</summary>
    public string? Note { get; init; }
}

/// <summary>
/// The forms of dates in requests, as regular expressions that every code generator understands. They have no <c>format</c>: some
/// generators would make a date type of it, which cannot be absent and is sent as the year 1.
/// </summary>
public static class Patterns
{
    /// <summary>A full date.</summary>
    public const string Date = @"^\d{4}-\d{2}-\d{2}$";

    /// <summary>A date-time with an offset.</summary>
    public const string Instant = @"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$";

    /// <summary>A date-time, local or with an offset, its seconds optional.</summary>
    public const string DateTime = @"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?$";

    /// <summary>As much of a date as the person knows, or that they cannot say.</summary>
    public const string PartialDateOrUnknown = @"^(\d{4}(-\d{2}(-\d{2})?)?|unknown)$";

    /// <summary>The length of the longest text that a pattern matches; null when it has none, or is not one of these.</summary>
    internal static int? LongestOf(string? pattern) => pattern switch
    {
        Date or PartialDateOrUnknown => "2026-12-18".Length,
        DateTime or Instant => "2026-12-18T10:30:00.123456789-05:00".Length,
        _ => null,
    };
}
