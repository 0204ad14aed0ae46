namespace Screening.Rules;

/// <summary>A part of a report under a heading of its own.</summary>
public abstract record ReportSection
{
    private protected ReportSection()
    {
    }

    /// <summary>Writes it in a format.</summary>
    public abstract void Write(IReportFormat format);
}

/// <summary>A format that reports are written in: a new kind of section does not compile until every format can write it.</summary>
public interface IReportFormat
{
    /// <summary>Writes findings.</summary>
    void Write(FindingsSection section);

    /// <summary>Writes what is missing.</summary>
    void Write(MissingSection section);

    /// <summary>Writes dates.</summary>
    void Write(DatesSection section);

    /// <summary>Writes what was not seen.</summary>
    void Write(NotSeenSection section);
}

/// <summary>Findings that have the same weight: they decide the status, or are to be done, or stand beside it.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Groups">The findings; those that rest on the same answers and the same line of the source are one group.</param>
public sealed record FindingsSection(string Heading, IReadOnlyList<ReportGroup> Groups) : ReportSection
{
    /// <inheritdoc/>
    public override void Write(IReportFormat format) => format.Write(this);
}

/// <summary>Findings with what they rest on.</summary>
/// <param name="Findings">The findings.</param>
/// <param name="Evidence">The questions that they rest on.</param>
/// <param name="Source">The line of the source that says so.</param>
public sealed record ReportGroup(IReadOnlyList<ReportFinding> Findings, IReadOnlyList<ReportEvidence> Evidence, string Source);

/// <summary>What a rule came to.</summary>
public sealed record ReportFinding
{
    /// <summary>The rule's id.</summary>
    public required string RuleId { get; init; }

    /// <summary>What is said of it.</summary>
    public required ReportText Message { get; init; }

    /// <summary>What kind of finding it is and whether it applies, for staff.</summary>
    public required string Kind { get; init; }

    /// <summary>By when something is to be done for it, each in a sentence.</summary>
    public required IReadOnlyList<string> Deadlines { get; init; }

    /// <summary>Who cleared it and when; null where nobody has.</summary>
    public string? Clearance { get; init; }

    /// <summary>What the one who cleared it wrote, from one clinician to others.</summary>
    public string? ClearanceNote { get; init; }
}

/// <summary>A question that a finding rests on: what the person answered, and what the record says, each under its own name.</summary>
public sealed record ReportEvidence
{
    /// <summary>The question.</summary>
    public required string Question { get; init; }

    /// <summary>True when the person answered it.</summary>
    public required bool IsAnswered { get; init; }

    /// <summary>The answer, one text for each thing that was said; that there is none, where there is none.</summary>
    public required IReadOnlyList<string> Answers { get; init; }

    /// <summary>The same in a sentence that says whose answer it is.</summary>
    public required ReportText Answered { get; init; }

    /// <summary>What the record says, to staff: each entry by its name.</summary>
    public required IReadOnlyList<Phrase> Record { get; init; }

    /// <summary>The same to the patient; empty where no record tells of the question.</summary>
    public required IReadOnlyList<string> YourRecord { get; init; }
}

/// <summary>The needed questions that were not answered.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Questions">The questions.</param>
public sealed record MissingSection(ReportText Heading, IReadOnlyList<ReportQuestion> Questions) : ReportSection
{
    /// <inheritdoc/>
    public override void Write(IReportFormat format) => format.Write(this);
}

/// <summary>A question to be asked.</summary>
/// <param name="Question">The question.</param>
/// <param name="Text">Its text.</param>
/// <param name="Parts">Of events that were told in part: the texts of the parts that were not. Else empty.</param>
public sealed record ReportQuestion(CompiledQuestion Question, string Text, IReadOnlyList<string> Parts);

/// <summary>What of the record was not seen: nothing of it may pass for evidence of absence. For staff.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Lead">What that means.</param>
/// <param name="Lines">What was not seen.</param>
public sealed record NotSeenSection(string Heading, string Lead, IReadOnlyList<Phrase> Lines) : ReportSection
{
    /// <inheritdoc/>
    public override void Write(IReportFormat format) => format.Write(this);

    /// <summary>The section; null when everything was seen.</summary>
    public static NotSeenSection? Of(IReadOnlyList<Phrase> lines, Language language) =>
        lines.Count == 0 ? null : new(ReportTexts.NotSeen.In(language), ReportTexts.NotSeenLead.In(language), lines);
}
