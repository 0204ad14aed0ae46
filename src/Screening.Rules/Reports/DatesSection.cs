namespace Screening.Rules;

/// <summary>Which dates the decision leaves free, and which it does not.</summary>
public sealed record DatesSection : ReportSection
{
    /// <summary>The heading.</summary>
    public required string Heading { get; init; }

    /// <summary>The dates that were asked about.</summary>
    public required IReadOnlyList<ReportRow> Asked { get; init; }

    /// <summary>
    /// The first possible date, or what it cannot be before, where that is not the requested one; and the possible dates.
    /// </summary>
    public required IReadOnlyList<ReportRow> Free { get; init; }

    /// <summary>That no possible dates are named; null when some are.</summary>
    public string? NoneFree { get; init; }

    /// <summary>What must be done, or would have to be, with its dates.</summary>
    public required IReadOnlyList<ReportRow> Required { get; init; }

    /// <summary>Every wait, in the decision's order; of many only some, those that block the requested date first.</summary>
    public required IReadOnlyList<ReportWait> Waits { get; init; }

    /// <summary>How many more waits there are; null when all are told.</summary>
    public string? MoreWaits { get; init; }

    /// <summary>The heading of the other times that were asked about.</summary>
    public required string SlotsHeading { get; init; }

    /// <summary>What came of each other time that was asked about.</summary>
    public required IReadOnlyList<ReportRow> Slots { get; init; }

    /// <summary>What must be known of them; null when nothing.</summary>
    public string? SlotsNote { get; init; }

    /// <inheritdoc/>
    public override void Write(IReportFormat format) => format.Write(this);
}

/// <summary>A wait.</summary>
public sealed record ReportWait
{
    /// <summary>Its number among the waits of the decision.</summary>
    public required int Number { get; init; }

    /// <summary>The id of its rule.</summary>
    public required string RuleId { get; init; }

    /// <summary>How long it is.</summary>
    public required string Length { get; init; }

    /// <summary>The question that tells what it is counted from, where the answer does not speak for itself.</summary>
    public string? Question { get; init; }

    /// <summary>What it is counted from.</summary>
    public required string CountedFrom { get; init; }

    /// <summary>The day that this is counted as, where it is not the very day that was said.</summary>
    public string? CountedAs { get; init; }

    /// <summary>The dates that are not possible.</summary>
    public required ReportRow Blocked { get; init; }

    /// <summary>From when on it leaves dates free.</summary>
    public required string FreeAgain { get; init; }

    /// <summary>True when the requested date is inside it.</summary>
    public required bool Blocks { get; init; }

    /// <summary>The same in words.</summary>
    public required string Requested { get; init; }
}
