using System.Collections.Immutable;

namespace Screening.Rules;

/// <summary>
/// One entry of a health record, independent of the record's format: the data that a protocol's codes may check. Entries that are not true,
/// such as those entered in error, must be left out by the reader of the record.
/// </summary>
public sealed record RecordEntry
{
    /// <summary>The record's own reference to the entry, such as <c>Condition/123</c>; evidence cites it.</summary>
    public required string Reference { get; init; }

    public required RecordKind Kind { get; init; }

    /// <summary>What the entry is about.</summary>
    public required RecordConcept Concept { get; init; }

    /// <summary>Whether the entry still holds.</summary>
    public RecordState State { get; init; }

    /// <summary>True when the entry has not been confirmed.</summary>
    public bool IsUnconfirmed { get; init; }

    /// <summary>When the period of the entry begins; null when not stated or when the entry has no period.</summary>
    public PartialDate? Since { get; init; }

    /// <summary>When it happened, was observed or is planned, at the latest; null when not stated.</summary>
    public PartialDate? On { get; init; }

    /// <summary>
    /// When it ended or will end; null when not stated. If the entry has no stated state, this decides it once the last day that the date
    /// may mean is reached.
    /// </summary>
    public PartialDate? Ended { get; init; }

    /// <summary>The routes by which a medicine is given; a route without a code is an empty concept.</summary>
    public ImmutableArray<RecordConcept> Routes { get; init; } = [];

    /// <summary>True when a medicine is taken every day.</summary>
    public bool IsDaily { get; init; }

    /// <summary>True when every dosage of a medicine states that it is taken less often than every day.</summary>
    public bool IsLessThanDaily { get; init; }

    /// <summary>The body sites; a site without a code is an empty concept.</summary>
    public ImmutableArray<RecordConcept> Sites { get; init; } = [];

    /// <summary>The observed value; null when not stated.</summary>
    public RecordConcept? Value { get; init; }
}

/// <summary>One concept, expressed in any number of code systems and texts.</summary>
/// <param name="Codes">Its codes; empty when it has only text.</param>
public sealed record RecordConcept(ImmutableArray<RecordCode> Codes)
{
    /// <summary>Its texts in any language: free text, displays of its codes, names.</summary>
    public ImmutableArray<string> Texts { get; init; } = [];
}

/// <summary>A code as it appears in a record.</summary>
/// <param name="System">The identifier of the code system.</param>
/// <param name="Code">The code.</param>
public readonly record struct RecordCode(string System, string Code);

/// <summary>Whether a record entry still holds.</summary>
public enum RecordState
{
    /// <summary>The record does not say.</summary>
    Unstated,

    /// <summary>It holds, or will.</summary>
    Active,

    /// <summary>It has ended.</summary>
    Ended,
}

/// <summary>What a record entry implies about a question.</summary>
/// <param name="Question">The question's index.</param>
/// <param name="Option">
/// The index of the option that the entry implies; for a question of events, of the event's options. Null when no option expresses it: the
/// events are unknown. See <see cref="CompiledQuestion.OptionOf"/>.
/// </param>
/// <param name="Reference">The record's reference to the entry; of a suggestion, see <see cref="Suggestion.Reference"/>.</param>
/// <param name="Coding">The matching code of the protocol's map; null when the entry matched by words.</param>
/// <param name="Words">
/// The record's own words that matched, on one line and cut to <see cref="RecordVocabulary.MaxExcerptLength"/> characters; null when
/// the entry matched by a code, whose display represents it.
/// </param>
/// <param name="ChangesAnswer">True when the entry changed the answer; false when the patient had already said as much, or worse.</param>
/// <param name="Disagrees">
/// True when the patient had answered, and not with unknown, and the entry implies something that the patient did not say.
/// </param>
public sealed record RecordEvidence(
    int Question, int? Option, string Reference, RecordCoding? Coding, string? Words, bool ChangesAnswer, bool Disagrees)
{
    /// <summary>
    /// True when the entry does not state how often a medicine is taken, so that another option may be true instead. It counts all the same.
    /// </summary>
    public bool LeavesHowOftenOpen { get; init; }

    /// <summary>
    /// The date in the record: when an event happened or may have happened, or when a use ended; null when the answer has no date.
    /// </summary>
    public RecordedTime? When { get; init; }

    /// <summary>
    /// The record's name for the entry: its own words, or the display of the matching code. Null for an answer that was filled in for the
    /// patient, and that the patient has not confirmed.
    /// </summary>
    public string? Text => Words ?? Coding?.Display;
}

/// <summary>How much of a record was used.</summary>
/// <param name="EntriesRead">How many entries were read.</param>
/// <param name="EntriesMatched">How many of them imply an answer, whether or not the patient had already given it.</param>
public readonly record struct RecordSummary(int EntriesRead, int EntriesMatched);
