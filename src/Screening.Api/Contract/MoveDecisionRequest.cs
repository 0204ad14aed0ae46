using System.ComponentModel.DataAnnotations;

namespace Screening.Api.Contract;

/// <summary>An appointment to be moved, by the receipt of the decision on it.</summary>
public sealed class MoveDecisionRequest
{
    /// <summary>The maximum size of the body, in bytes.</summary>
    internal const int MaxBytes = VerifyDecisionRequest.MaxBytes;

    /// <summary>The receipt as it came, to its last `~`, with the request and the findings.</summary>
    [MaxLength(MaxBytes)]
    public required string Receipt { get; init; }

    /// <summary>When it would be instead.</summary>
    public required MovedAppointmentRequest Appointment { get; init; }
}

/// <summary>When a moved appointment would be. What is absent stays as it was, but for the end.</summary>
public sealed class MovedAppointmentRequest
{
    /// <summary>The new start: a local date-time in the clinic's zone (the seconds optional), or one with `Z` or an offset. Its date must be today at the clinic, or later.</summary>
    /// <example>2026-06-10T10:30:00</example>
    [RegularExpression(Patterns.DateTime)]
    public required string Start { get; init; }

    /// <summary>The new end, in the same form. Absent: none is stated; the receipt's end belonged to the receipt's start.</summary>
    /// <example>2026-06-10T11:15:00</example>
    [RegularExpression(Patterns.DateTime)]
    public string? End { get; init; }

    /// <summary>The clinic's IANA zone, such as `America/New_York`. Absent: the receipt's.</summary>
    /// <example>America/New_York</example>
    public string? TimeZone { get; init; }

    /// <summary>The areas to be treated, by the protocol's codes; at least one, when given. Absent: the receipt's.</summary>
    public IReadOnlyList<string>? Areas { get; init; }
}
