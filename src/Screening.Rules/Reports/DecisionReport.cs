using NodaTime;

namespace Screening.Rules;

/// <summary>
/// A decision in words, in one language: what it comes to, and the sections that say why, from when, on what it rests and what was not
/// seen. Pages, cards and narratives each write it down in their own format and say nothing of their own, so that all of them say the same.
/// </summary>
public sealed record DecisionReport
{
    /// <summary>The decision.</summary>
    public required Decision Decision { get; init; }

    /// <summary>The language.</summary>
    public required Language Language { get; init; }

    /// <summary>Which treatment.</summary>
    public required string Title { get; init; }

    /// <summary>The status as a heading.</summary>
    public required ReportText Headline { get; init; }

    /// <summary>What the status means and what comes next.</summary>
    public required ReportText Lead { get; init; }

    /// <summary>The lower bound, where the status promises no date and it is not the requested one.</summary>
    public ReportText? Bound { get; init; }

    /// <summary>When it would be.</summary>
    public required string When { get; init; }

    /// <summary>The areas that would be treated; null where nobody said.</summary>
    public string? Areas { get; init; }

    /// <summary>What is asked: about this appointment, or about today.</summary>
    public required Phrase Asked { get; init; }

    /// <summary>What should be known before anything else, each in a sentence.</summary>
    public required IReadOnlyList<string> Caveats { get; init; }

    /// <summary>True when a health record has a part in it: then every answer is named as the person's.</summary>
    public required bool HasRecord { get; init; }

    /// <summary>The sections, in the order in which they are read; none of them is empty.</summary>
    public required IReadOnlyList<ReportSection> Sections { get; init; }

    /// <summary>Whose answers they are and how much of a record there was.</summary>
    public required IReadOnlyList<ReportRow> Basis { get; init; }

    /// <summary>What tells this answer from another, and lets anyone repeat it.</summary>
    public required IReadOnlyList<ReportRow> About { get; init; }

    /// <summary>The findings of all sections, with what they rest on.</summary>
    public IEnumerable<ReportGroup> Groups => Sections.OfType<FindingsSection>().SelectMany(section => section.Groups);

    /// <summary>The report of a decision.</summary>
    public static DecisionReport Of(ReportSource source) => new ReportBuilder(source).Build();
}

/// <summary>What a report is made of.</summary>
public sealed record ReportSource
{
    /// <summary>The decision.</summary>
    public required Decision Decision { get; init; }

    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>When the answers were true.</summary>
    public required Instant AsOf { get; init; }

    /// <summary>What the client calls the request.</summary>
    public string? Reference { get; init; }

    /// <summary>The language.</summary>
    public required Language Language { get; init; }

    /// <summary>What is told besides the decision.</summary>
    public ReportNotes Notes { get; init; } = ReportNotes.None;

    /// <summary>
    /// The most that is told of one kind about one thing, the rest being counted: where the reader wants it short, and a request could ask
    /// for any size.
    /// </summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>True where each finding is read by itself: else findings that rest on the same answers are told together.</summary>
    public bool Apart { get; init; }

    /// <summary>What the report of a request's decision is made of.</summary>
    public static ReportSource Of(Guid id, ScreeningRequest request, Decision decision, Language language) =>
        new() { Decision = decision, Id = id, AsOf = request.AsOf, Reference = request.Reference, Language = language };
}

/// <summary>A text in the words for each reader.</summary>
/// <param name="Clinician">To clinic staff.</param>
/// <param name="Patient">To the patient.</param>
public sealed record ReportText(string Clinician, string Patient);

/// <summary>Something with its name.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">What is said of it.</param>
/// <param name="ForStaff">True for what only staff is told.</param>
public sealed record ReportRow(string Name, Phrase Value, bool ForStaff = false)
{
    /// <summary>Whose answers they are and how much of a record there was: nothing where nobody says.</summary>
    public static IReadOnlyList<ReportRow> Basis(ReportNotes notes, Language language) =>
    [
        .. notes.Answers is { } answers ? [new(ReportTexts.Answers.In(language), answers)] : Array.Empty<ReportRow>(),
        .. notes.LookedAt is { } looked ? [new(RecordTexts.Record.In(language), looked)] : Array.Empty<ReportRow>(),
    ];
}
