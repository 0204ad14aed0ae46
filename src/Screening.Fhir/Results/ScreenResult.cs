using Hl7.Fhir.Model;
using Screening.Fhir.Record;
using Screening.Rules;
using Instant = NodaTime.Instant;

namespace Screening.Fhir.Results;

/// <summary>A decision, and what its FHIR resources need beside it.</summary>
public sealed record ScreenResult
{
    /// <summary>The decision.</summary>
    public required Decision Decision { get; init; }

    /// <summary>The decision's own id: the one thing that differs when the same request is decided again.</summary>
    public required Guid Id { get; init; }

    /// <summary>When the answers were true.</summary>
    public required Instant AsOf { get; init; }

    /// <summary>The language of the texts.</summary>
    public required Language Language { get; init; }

    /// <summary>What was screened, in bytes that are the same for the same request: the entries of the answer are named by it.</summary>
    public required ReadOnlyMemory<byte> Seed { get; init; }

    /// <summary>Who it is about; null when the request does not say.</summary>
    public ResourceReference? Subject { get; init; }

    /// <summary>The id of the questionnaire response, if it has one.</summary>
    public string? ResponseId { get; init; }

    /// <summary>True when a record was sent, whatever is in it.</summary>
    public bool HasRecord { get; init; }

    /// <summary>What of the record tells less than it seems to; empty when none was sent.</summary>
    public IReadOnlyList<RecordGap> Gaps { get; init; } = [];

    /// <summary>FHIRPath to the questionnaire response; null when the answers are not from one.</summary>
    public string? ResponseAt { get; init; }

    /// <summary>The date on which it was filled in, as exactly as it says; null when it does not.</summary>
    public PartialDate? Authored { get; init; }

    /// <summary>The protocol that decided.</summary>
    public Protocol Protocol => Decision.Intake.Protocol;
}
