using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Screening.Rules;

namespace Screening.Api.Contract;

/// <summary>A rule that is not clear.</summary>
public sealed class ReasonResponse
{
    /// <summary>The rule.</summary>
    public required string RuleId { get; init; }

    /// <summary>`triggered`, `undetermined` (its answer is absent or `unknown`) or `cleared` (by a clinician).</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>What the rule does; when undetermined, the worst that it could do.</summary>
    public required Effect Effect { get; init; }

    /// <summary>True when it is one of the reasons that determine the status.</summary>
    public required bool Binding { get; init; }

    /// <summary>How long it lasts.</summary>
    public required Persistence Persistence { get; init; }

    /// <summary>For the clinician.</summary>
    public required string Message { get; init; }

    /// <summary>For the patient.</summary>
    public required string PatientMessage { get; init; }

    /// <summary>The answers that were given to the rule's questions and, where a health record came along, what it says of them.</summary>
    public required IReadOnlyList<EvidenceResponse> Evidence { get; init; }

    /// <summary>Who cleared it, when it is cleared; with the outcome <c>triggered</c>, what was to be reviewed is cleared and the days or requirements remain.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClearanceResponse? Clearance { get; init; }

    /// <summary>Where the rule is read from.</summary>
    public required SourceLine Source { get; init; }
}

/// <summary>What a reason rests on: what the person said, and what a health record says. The one never stands for the other.</summary>
public sealed class EvidenceResponse
{
    /// <summary>The question.</summary>
    public required string Question { get; init; }

    /// <summary>The person's own answer, as it was given; absent when they gave none and only a record tells of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Answer { get; init; }

    /// <summary>
    /// What a health record says of the question, those entries first that made the answer worse; at most 10, and 30 in a decision.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RecordEvidenceResponse>? Record { get; init; }

    /// <summary>How many entries of the record tell of the question beside those that are named.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MoreInRecord { get; init; }
}

/// <summary>What an entry of a health record says of a question; the person said nothing of it here.</summary>
public sealed class RecordEvidenceResponse
{
    /// <summary>The code of the answer that the entry stands for; of events, what happened. `unknown`: a clinician must look.</summary>
    public required string Answer { get; init; }

    /// <summary>The date that the record has for it, in part or `unknown`; absent where none goes with it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Date { get; init; }

    /// <summary>In place of one date: the first that it may mean, whole or in part.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? From { get; init; }

    /// <summary>In place of one date: the last that it may mean; absent while none is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Through { get; init; }

    /// <summary>
    /// The entry, such as `MedicationRequest/123`; absent when its id is not one that FHIR allows. An intake form, if this was filled in in
    /// it beforehand and the person has not confirmed it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reference { get; init; }

    /// <summary>The record's words for it, or the name of its code; absent for what was filled in beforehand.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }
}

/// <summary>Who cleared a finding.</summary>
public sealed class ClearanceResponse
{
    /// <summary>The clinician.</summary>
    public required string By { get; init; }

    /// <summary>The date.</summary>
    [DataType(DataType.Date)]
    public required string On { get; init; }

    /// <summary>The clinician's own words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }
}

/// <summary>A line of the source document.</summary>
public sealed class SourceLine
{
    /// <summary>The document.</summary>
    public required string Document { get; init; }

    /// <summary>The line, from 1.</summary>
    [Range(1, int.MaxValue)]
    public required int Line { get; init; }
}
