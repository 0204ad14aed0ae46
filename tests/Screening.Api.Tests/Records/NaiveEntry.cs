using Screening.Api.Tests.Reference;

namespace Screening.Api.Tests.Records;

/// <summary>What one resource of a record tells of one thing.</summary>
internal sealed class NaiveEntry
{
    /// <summary>Such as <c>Condition/1</c>.</summary>
    public required string Name { get; init; }

    public required string Kind { get; init; }

    public List<NaiveCoding> Codings { get; } = [];

    public List<string> Texts { get; } = [];

    /// <summary><c>active</c>, <c>ended</c>, or <c>unstated</c> where the record does not say.</summary>
    public string State { get; set; } = "unstated";

    public bool Unconfirmed { get; set; }

    public bool Daily { get; set; }

    /// <summary>The day on which it ended or will end.</summary>
    public NaivePartialDate? Ended { get; set; }

    /// <summary>When an observation was true.</summary>
    public NaivePartialDate? On { get; set; }

    /// <summary>Every date on which it may have happened, as an answer would say it: a partial date, or <c>unknown</c>.</summary>
    public List<string> Happened { get; } = [];

    /// <summary>True when it is over, and nothing says since when.</summary>
    public bool IsOverUndated { get; set; }

    /// <summary>The codes of each route; a dosage without a route has none.</summary>
    public List<List<NaiveCoding>> Routes { get; } = [];

    public List<List<NaiveCoding>> Sites { get; } = [];

    /// <summary>The codes of what was observed; null when nothing is told.</summary>
    public List<NaiveCoding>? Value { get; set; }
}
