namespace Screening.Rules;

/// <summary>The dates that the decision allows, and those that it does not.</summary>
public sealed record DatesSection : ReportSection
{
    public required string Heading { get; init; }

    /// <summary>The requested dates.</summary>
    public required IReadOnlyList<ReportRow> Asked { get; init; }

    /// <summary>The first possible date, or its lower bound, if it is not the requested one; and the possible dates.</summary>
    public required IReadOnlyList<ReportRow> Free { get; init; }

    /// <summary>A note that no possible dates are listed; null when some are.</summary>
    public string? NoneFree { get; init; }

    /// <summary>What must, or would have to, be done, with its dates.</summary>
    public required IReadOnlyList<ReportRow> Required { get; init; }

    /// <summary>Every wait, in the decision's order; of many only some, those that block the requested date first.</summary>
    public required IReadOnlyList<ReportWait> Waits { get; init; }

    /// <summary>The number of waits that are not listed; null when all are.</summary>
    public string? MoreWaits { get; init; }

    /// <summary>The heading of the other requested times.</summary>
    public required string SlotsHeading { get; init; }

    /// <summary>The status of each other requested time.</summary>
    public required IReadOnlyList<ReportRow> Slots { get; init; }

    /// <summary>A note on them; null for none.</summary>
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

    /// <summary>The question of the date that it is counted from, if the answer does not name it.</summary>
    public string? Question { get; init; }

    /// <summary>The date that it is counted from.</summary>
    public required string CountedFrom { get; init; }

    /// <summary>The day that was assumed for it, if the answer is not exactly that day.</summary>
    public string? CountedAs { get; init; }

    /// <summary>The blocked dates.</summary>
    public required ReportRow Blocked { get; init; }

    /// <summary>When it ends.</summary>
    public required string FreeAgain { get; init; }

    /// <summary>True when it contains the requested date.</summary>
    public required bool Blocks { get; init; }

    /// <summary>The same in words.</summary>
    public required string Requested { get; init; }
}
