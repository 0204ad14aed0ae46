using System.Collections.Immutable;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// A decision in words, in one language: the result, and sections for the reasons, the dates, the evidence and the gaps. Pages, cards and
/// narratives only render it in their own format, so that all of them say the same.
/// </summary>
public sealed record DecisionReport
{
    /// <summary>The decision.</summary>
    public required Decision Decision { get; init; }

    /// <summary>The language.</summary>
    public required Language Language { get; init; }

    /// <summary>The treatment.</summary>
    public required string Title { get; init; }

    /// <summary>The status as a heading.</summary>
    public required ReportText Headline { get; init; }

    /// <summary>What the status means and what to do next.</summary>
    public required ReportText Lead { get; init; }

    /// <summary>The lower bound, if the status has no earliest date and the bound is not the requested date.</summary>
    public ReportText? Bound { get; init; }

    /// <summary>When the appointment would be.</summary>
    public required string When { get; init; }

    /// <summary>The areas to be treated; null when not stated.</summary>
    public string? Areas { get; init; }

    /// <summary>What was requested: an appointment, or treatment today.</summary>
    public required Phrase Asked { get; init; }

    /// <summary>The caveats to read first, one sentence each.</summary>
    public required IReadOnlyList<string> Caveats { get; init; }

    /// <summary>True when a health record was used: every answer is then marked as the patient's.</summary>
    public required bool HasRecord { get; init; }

    /// <summary>The sections in reading order; none is empty.</summary>
    public required IReadOnlyList<ReportSection> Sections { get; init; }

    /// <summary>
    /// Every question that was asked, with its answer and what the record says, whether or not a finding rests on it. For staff; put into
    /// words only where it is read.
    /// </summary>
    public required IEnumerable<ReportEvidence> AllAnswers { get; init; }

    /// <summary>The origin of the answers, and how much of a record was used.</summary>
    public required IReadOnlyList<ReportRow> Basis { get; init; }

    /// <summary>What identifies the decision and makes it reproducible.</summary>
    public required IReadOnlyList<ReportRow> About { get; init; }

    /// <summary>The findings of all sections, with their evidence.</summary>
    public IEnumerable<ReportGroup> Groups => Sections.OfType<FindingsSection>().SelectMany(section => section.Groups);

    /// <summary>Builds the report of a decision.</summary>
    public static DecisionReport Of(ReportSource source) => new ReportBuilder(source).Build();
}

/// <summary>The input of a report.</summary>
public sealed record ReportSource
{
    /// <summary>The decision.</summary>
    public required Decision Decision { get; init; }

    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>When the answers were true.</summary>
    public required Instant AsOf { get; init; }

    /// <summary>The client's reference.</summary>
    public string? Reference { get; init; }

    /// <summary>The slots that could not be screened.</summary>
    public ImmutableArray<RefusedSlot> RefusedSlots { get; init; } = [];

    /// <summary>The language.</summary>
    public required Language Language { get; init; }

    /// <summary>Notes in addition to the decision.</summary>
    public ReportNotes Notes { get; init; } = ReportNotes.None;

    /// <summary>
    /// The most lines of one kind in a list, the rest being counted: for formats that must stay short, whatever the size of the request.
    /// </summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>True when each finding is read separately; otherwise findings that rest on the same answers are grouped.</summary>
    public bool Apart { get; init; }

    /// <summary>The input of the report for a request's decision.</summary>
    public static ReportSource Of(Guid id, ScreeningRequest request, Decision decision, Language language) =>
        new()
        {
            Decision = decision,
            Id = id,
            AsOf = request.AsOf,
            Reference = request.Reference,
            RefusedSlots = request.RefusedSlots,
            Language = language,
        };
}

/// <summary>A text in the version for each reader.</summary>
/// <param name="Clinician">For clinic staff.</param>
/// <param name="Patient">For the patient.</param>
public sealed record ReportText(string Clinician, string Patient);

/// <summary>A named value.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
/// <param name="ForStaff">True when only staff see it.</param>
public sealed record ReportRow(string Name, Phrase Value, bool ForStaff = false)
{
    /// <summary>What the patient reads in place of the value; null for the same.</summary>
    public string? ForPatient { get; init; }

    /// <summary>The origin of the answers, and how much of a record was used, as far as stated.</summary>
    public static IReadOnlyList<ReportRow> Basis(ReportNotes notes, Language language) =>
    [
        .. notes.Answers is { } answers ? [new(ReportTexts.Answers.In(language), answers)] : Array.Empty<ReportRow>(),
        .. notes.LookedAt is { } looked ? [new(RecordTexts.Record.In(language), looked)] : Array.Empty<ReportRow>(),
    ];
}
