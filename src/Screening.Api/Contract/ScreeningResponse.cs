using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Contract;

// The response's shape, for the OpenAPI document and for the test that compares it with DecisionWriter. Members that echo something
// optional are omitted when it was not sent; computed members are always present, and null means "none".

/// <summary>The decision on one screening.</summary>
public class ScreeningResponse
{
    /// <summary>Names this decision; a new one each time, later ones sort after earlier ones.</summary>
    public required Guid DecisionId { get; init; }

    /// <summary>The reference of the request, if it had one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reference { get; init; }

    /// <summary>The status, worst first: `ineligible`, `incomplete`, `review`, `deferred`, `conditional`, `eligible`. Treat a status that you do not know as not bookable.</summary>
    public required Eligibility Eligibility { get; init; }

    /// <summary>True when the appointment may be confirmed: only for `conditional` and `eligible`.</summary>
    public required bool Bookable { get; init; }

    /// <summary>The first allowed date on or after the requested one; null unless only dates stand in the way.</summary>
    [DataType(DataType.Date)]
    public required string? EarliestDate { get; init; }

    /// <summary>The first unblocked date on or after the requested one, by the waits known so far: a lower bound, not a promise.</summary>
    [DataType(DataType.Date)]
    public required string NotBefore { get; init; }

    /// <summary>The free dates from the as-of date on, in order; empty unless only dates stand in the way. The last has no end.</summary>
    public required IReadOnlyList<DateWindow> Windows { get; init; }

    /// <summary>Every wait, whether the requested date lies in it or not.</summary>
    public required IReadOnlyList<WaitingPeriodResponse> WaitingPeriods { get; init; }

    /// <summary>What must still be met so that the date is allowed.</summary>
    public required IReadOnlyList<RequirementResponse> Requirements { get; init; }

    /// <summary>Every rule that is not clear, worst level first, then in protocol order.</summary>
    public required IReadOnlyList<ReasonResponse> Reasons { get; init; }

    /// <summary>Every needed question that was not answered.</summary>
    public required IReadOnlyList<MissingAnswer> Missing { get; init; }

    /// <summary>Every rule, in protocol order.</summary>
    public required IReadOnlyList<TraceEntry> Trace { get; init; }

    /// <summary>The status of each candidate slot, in the order asked; with `slots=each` also why one cannot be screened.</summary>
    public required IReadOnlyList<SlotResponse> Slots { get; init; }

    /// <summary>The protocol that was decided by.</summary>
    public required ProtocolReference Protocol { get; init; }

    /// <summary>When the answers were true: with it the decision can be asked for again.</summary>
    [DataType(DataType.DateTime)]
    public required string AsOf { get; init; }

    /// <summary>When it would be, in the clinic's zone.</summary>
    public required AppointmentResponse Appointment { get; init; }

    /// <summary>A receipt of the decision, if one was asked for: a signed text that proves it. It is health data, like the decision.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Receipt { get; init; }
}

/// <summary>A needed question that was not answered.</summary>
public sealed class MissingAnswer
{
    /// <summary>The question.</summary>
    public required string Question { get; init; }

    /// <summary>JSON pointer to where the request would hold the answer.</summary>
    public required string Pointer { get; init; }

    /// <summary>What to ask the person.</summary>
    public required string Text { get; init; }
}

/// <summary>What one rule came to.</summary>
public sealed class TraceEntry
{
    /// <summary>The rule.</summary>
    public required string RuleId { get; init; }

    /// <summary>The outcome.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The effect; when clear, the worst that it could have had.</summary>
    public required Effect Effect { get; init; }
}

/// <summary>The status of one candidate start. With `slots=each` it may have an `error` instead; it is not bookable then.</summary>
public sealed class SlotResponse
{
    /// <summary>
    /// The start in the clinic's zone. With an `error`: the start as it was sent, without an offset if it had none; null when the text was
    /// no date and time.
    /// </summary>
    [DataType(DataType.DateTime)]
    public required string? Start { get; init; }

    /// <summary>Its clinic-local date.</summary>
    [DataType(DataType.Date)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Date { get; init; }

    /// <summary>The status that an appointment then would have.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Eligibility? Eligibility { get; init; }

    /// <summary>True when it may be confirmed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Bookable { get; init; }

    /// <summary>Why it cannot be screened; the other members are absent then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProblemError? Error { get; init; }
}

/// <summary>A version of a protocol.</summary>
public sealed class ProtocolReference
{
    /// <summary>The protocol.</summary>
    public required string Id { get; init; }

    /// <summary>The version.</summary>
    public required string Version { get; init; }

    /// <summary>`sha256:` and the digest of the file, which `GET /v1/protocols/{id}/versions/{version}` returns byte for byte.</summary>
    public required string Digest { get; init; }
}

/// <summary>When it would be.</summary>
public sealed class AppointmentResponse
{
    /// <summary>The clinic's IANA zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The start in that zone, if the request had one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [DataType(DataType.DateTime)]
    public string? Start { get; init; }

    /// <summary>The end in that zone, if the request had one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [DataType(DataType.DateTime)]
    public string? End { get; init; }

    /// <summary>The clinic-local date that was decided on: the start's, or the as-of date.</summary>
    [DataType(DataType.Date)]
    public required string Date { get; init; }

    /// <summary>The treated areas, if the request named them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Areas { get; init; }
}
