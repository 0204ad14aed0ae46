using Hl7.Fhir.Model;
using Screening.Fhir.Record;
using Screening.Rules;
using Instant = NodaTime.Instant;

namespace Screening.Fhir.Results;

/// <summary>A decision with the other data that its FHIR resources need.</summary>
public sealed record ScreenResult
{
    /// <summary>The decision.</summary>
    public required Decision Decision { get; init; }

    /// <summary>The decision's own id, which differs each time the same request is decided.</summary>
    public required Guid Id { get; init; }

    /// <summary>When the answers were true.</summary>
    public required Instant AsOf { get; init; }

    /// <summary>The language of the texts.</summary>
    public required Language Language { get; init; }

    /// <summary>The screened data as bytes, equal for equal requests: the names of the response's entries are derived from it.</summary>
    public required ReadOnlyMemory<byte> Seed { get; init; }

    /// <summary>The patient; null when the request names none.</summary>
    public ResourceReference? Subject { get; init; }

    /// <summary>The id of the questionnaire response, if it has one.</summary>
    public string? ResponseId { get; init; }

    /// <summary>True when a record was sent, even an empty one.</summary>
    public bool HasRecord { get; init; }

    /// <summary>The gaps of the record; empty when none was sent.</summary>
    public IReadOnlyList<RecordGap> Gaps { get; init; } = [];

    /// <summary>FHIRPath to the questionnaire response; null without one.</summary>
    public string? ResponseAt { get; init; }

    /// <summary>The date on which it was filled in, as precise as stated; null when not stated.</summary>
    public PartialDate? Authored { get; init; }

    /// <summary>The most record entries listed for a reason in the decision's parameters; the rest are counted.</summary>
    public int MaxEntries { get; init; } = int.MaxValue;

    /// <summary>The most record entries listed in a DetectedIssue; the decision's parameters list them as well.</summary>
    public int MaxIssueEntries { get; init; } = int.MaxValue;

    /// <summary>The receipt; null where none is wanted.</summary>
    public SignedDecision? Signed { get; init; }

    /// <summary>The protocol that decided.</summary>
    public Protocol Protocol => Decision.Intake.Protocol;
}
