namespace Screening.Rules;

/// <summary>A part of a report with its own heading.</summary>
public abstract record ReportSection
{
    private protected ReportSection()
    {
    }

    /// <summary>Writes it in a format.</summary>
    public abstract void Write(IReportFormat format);
}

/// <summary>An output format of reports: a new kind of section does not compile until every format can write it.</summary>
public interface IReportFormat
{
    void Write(FindingsSection section);

    /// <summary>Writes missing answers.</summary>
    void Write(MissingSection section);

    void Write(DatesSection section);

    /// <summary>Writes gaps.</summary>
    void Write(NotSeenSection section);
}

/// <summary>Findings of the same weight: those that decide the status, those to be done, or the others.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Groups">The findings, grouped if they rest on the same answers and the same line of the source.</param>
public sealed record FindingsSection(string Heading, IReadOnlyList<ReportGroup> Groups) : ReportSection
{
    /// <inheritdoc/>
    public override void Write(IReportFormat format) => format.Write(this);
}

/// <summary>Findings with their evidence.</summary>
/// <param name="Findings">The findings.</param>
/// <param name="Evidence">The questions that they rest on.</param>
/// <param name="Source">The line of the source.</param>
public sealed record ReportGroup(IReadOnlyList<ReportFinding> Findings, IReadOnlyList<ReportEvidence> Evidence, Phrase Source);

/// <summary>The result of a rule.</summary>
public sealed record ReportFinding
{
    /// <summary>The rule's id.</summary>
    public required string RuleId { get; init; }

    /// <summary>Its message.</summary>
    public required ReportText Message { get; init; }

    /// <summary>Its kind and whether it applies, for staff.</summary>
    public required string Kind { get; init; }

    /// <summary>Its deadlines, one sentence each.</summary>
    public required IReadOnlyList<string> Deadlines { get; init; }

    /// <summary>Who cleared it and when; null when not cleared.</summary>
    public string? Clearance { get; init; }

    /// <summary>The clinician's note on the clearance, for other clinicians.</summary>
    public string? ClearanceNote { get; init; }
}

/// <summary>A question that a finding rests on: the patient's answer and the record's findings, separately.</summary>
public sealed record ReportEvidence
{
    /// <summary>The question.</summary>
    public required string Question { get; init; }

    /// <summary>True when the patient answered it.</summary>
    public required bool IsAnswered { get; init; }

    /// <summary>The answer, one text for each part; if absent, a text that says so.</summary>
    public required IReadOnlyList<string> Answers { get; init; }

    /// <summary>The same in a sentence that attributes the answer to the patient.</summary>
    public required ReportText Answered { get; init; }

    /// <summary>The record's findings for staff, each with its reference.</summary>
    public required IReadOnlyList<Phrase> Record { get; init; }

    /// <summary>The same for the patient; empty when no record entry concerns the question.</summary>
    public required IReadOnlyList<string> YourRecord { get; init; }
}

/// <summary>The needed questions that are unanswered.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Questions">The questions.</param>
public sealed record MissingSection(ReportText Heading, IReadOnlyList<ReportQuestion> Questions) : ReportSection
{
    /// <inheritdoc/>
    public override void Write(IReportFormat format) => format.Write(this);
}

/// <summary>A question to ask.</summary>
/// <param name="Question">The question.</param>
/// <param name="Text">Its text.</param>
/// <param name="Parts">For partially stated events, the texts of the absent parts; otherwise empty.</param>
public sealed record ReportQuestion(CompiledQuestion Question, string Text, IReadOnlyList<string> Parts);

/// <summary>The gaps of the record, where no finding is no evidence of absence. For staff.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Lead">An explanation.</param>
/// <param name="Lines">The gaps.</param>
public sealed record NotSeenSection(string Heading, string Lead, IReadOnlyList<Phrase> Lines) : ReportSection
{
    /// <inheritdoc/>
    public override void Write(IReportFormat format) => format.Write(this);

    /// <summary>The section; null without gaps.</summary>
    public static NotSeenSection? Of(IReadOnlyList<Phrase> lines, Language language) =>
        lines.Count == 0 ? null : new(ReportTexts.NotSeen.In(language), ReportTexts.NotSeenLead.In(language), lines);
}
