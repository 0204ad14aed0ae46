using System.Collections.Immutable;

namespace Screening.Rules;

/// <summary>
/// One entry of a health record, in no format's own words: what a protocol's codes may look at. Made by whoever reads the record; an entry
/// that is not true, as one entered in error, is not made at all.
/// </summary>
public sealed record RecordEntry
{
    /// <summary>What the record calls it, such as <c>Condition/123</c>; evidence names it so.</summary>
    public required string Reference { get; init; }

    /// <summary>What kind of entry it is.</summary>
    public required RecordKind Kind { get; init; }

    /// <summary>What it is of.</summary>
    public required RecordConcept Concept { get; init; }

    /// <summary>Whether it still holds.</summary>
    public RecordState State { get; init; }

    /// <summary>True when nobody has confirmed it yet.</summary>
    public bool IsUnconfirmed { get; init; }

    /// <summary>The beginning of the time over which it takes place; null: not told, or it takes no time.</summary>
    public PartialDate? Since { get; init; }

    /// <summary>When it happened, was observed or is planned, at the latest; null: not told.</summary>
    public PartialDate? On { get; init; }

    /// <summary>When it ended or will end; null: not told. Of an entry that does not state whether it holds this decides, once the last day that it may mean is there.</summary>
    public PartialDate? Ended { get; init; }

    /// <summary>By which routes a medicine is given; a route without a code is an empty concept.</summary>
    public ImmutableArray<RecordConcept> Routes { get; init; } = [];

    /// <summary>True when a medicine is taken every day.</summary>
    public bool IsDaily { get; init; }

    /// <summary>Where in the body; a site without a code is an empty concept.</summary>
    public ImmutableArray<RecordConcept> Sites { get; init; } = [];

    /// <summary>What was observed; null: not told.</summary>
    public RecordConcept? Value { get; init; }
}

/// <summary>One thing, said in any number of code systems and of texts.</summary>
/// <param name="Codes">Its codes; empty when it is said in words alone.</param>
public sealed record RecordConcept(ImmutableArray<RecordCode> Codes)
{
    /// <summary>What people call it: its texts, the displays of its codes, names; in any language.</summary>
    public ImmutableArray<string> Texts { get; init; } = [];
}

/// <summary>A code as a record says it.</summary>
/// <param name="System">The identifier of the code system.</param>
/// <param name="Code">The code.</param>
public readonly record struct RecordCode(string System, string Code);

/// <summary>Whether an entry of a record still holds.</summary>
public enum RecordState
{
    /// <summary>The record does not say.</summary>
    Unstated,

    /// <summary>It holds, or will.</summary>
    Active,

    /// <summary>It has ended.</summary>
    Ended,
}

/// <summary>What a record says about a question.</summary>
/// <param name="Question">The question's index.</param>
/// <param name="Option">
/// The index of the option that the entry raises; of an event's options for a question of events; null for what no option says: that the
/// events are not known. <see cref="CompiledQuestion.OptionOf"/> has it.
/// </param>
/// <param name="Reference">What the record calls the entry.</param>
/// <param name="Coding">The code of the protocol's map by which it raises; null when it raises by words.</param>
/// <param name="Words">
/// The record's own words by which it raises, on one line and cut to <see cref="RecordVocabulary.MostWords"/> characters; null when it
/// raises by a code, whose display stands for it.
/// </param>
/// <param name="ChangesAnswer">True when it made the answer another one than was said; false when as much, or worse, was said already.</param>
/// <param name="Disagrees">True when the person had answered, without a doubt, and the entry raises something that was not said.</param>
public sealed record RecordEvidence(
    int Question, int? Option, string Reference, RecordCoding? Coding, string? Words, bool ChangesAnswer, bool Disagrees)
{
    /// <summary>When, as the record has it: an event was or may be, a use ended; null where no date goes with it.</summary>
    public RecordedTime? When { get; init; }

    /// <summary>What the record calls it: its own words, or the name of the code by which it counts.</summary>
    public string? Text => Words ?? Coding?.Display;
}

/// <summary>How much of a record there was.</summary>
/// <param name="Looked">How many entries were looked at.</param>
/// <param name="Matter">How many of them raise an answer, or tell as much as was said.</param>
public readonly record struct RecordSummary(int Looked, int Matter);
