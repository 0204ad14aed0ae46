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

    /// <summary>The answers that were given to the rule's questions.</summary>
    public required IReadOnlyList<EvidenceResponse> Evidence { get; init; }

    /// <summary>Who cleared it, when it is cleared.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClearanceResponse? Clearance { get; init; }

    /// <summary>Where the rule is read from.</summary>
    public required SourceLine Source { get; init; }
}

/// <summary>An answer that a reason rests on.</summary>
public sealed class EvidenceResponse
{
    /// <summary>The question.</summary>
    public required string Question { get; init; }

    /// <summary>The answer as it was given.</summary>
    public required JsonElement Answer { get; init; }
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
    public required int Line { get; init; }
}
