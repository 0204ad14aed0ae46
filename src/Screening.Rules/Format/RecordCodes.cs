using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>Codes of a health record that raise the answer to one question, all in the same way.</summary>
/// <remarks>A code can only raise an answer, never clear one: that a record holds no such code answers nothing.</remarks>
[Description("Codes of a health record that raise the answer to one question. They never clear one: that a record holds no such code answers nothing.")]
public sealed record RecordCodes
{
    [Description("The question whose answer is raised.")]
    public required string Question { get; init; }

    [Description("The kinds of record entry in which the codes count; a code means another thing in another kind, as a drug does in an allergy.")]
    public required IReadOnlyList<RecordKind> Entries { get; init; }

    [Description("The codes; any one of them raises the answer.")]
    public required IReadOnlyList<RecordCoding> AnyOf { get; init; }

    [Description("What an entry with such a code raises.")]
    public required Raise Raises { get; init; }

    [Description("Where the codes are published.")]
    public required string Source { get; init; }
}

/// <summary>A code of a published code system.</summary>
[Description("A code of a published code system.")]
public sealed record RecordCoding
{
    [Description("The code system, by the URI that FHIR gives it.")]
    public required string System { get; init; }

    [Description("The code, as the system spells it.")]
    public required string Code { get; init; }

    [Description("What the system calls it, in English.")]
    public required string Display { get; init; }

    [Description("True: every code that begins with this one counts as well. Only in ICD-10-CM and ATC, whose codes are built so.")]
    public bool Descendants { get; init; }
}

/// <summary>The kinds of entry of a health record.</summary>
[JsonConverter(typeof(ExactEnumConverter<RecordKind>))]
public enum RecordKind
{
    /// <summary>A diagnosis or problem.</summary>
    Condition,

    /// <summary>An allergy or intolerance.</summary>
    Allergy,

    /// <summary>A medicine that is ordered, dispensed, given or taken.</summary>
    Medication,

    /// <summary>A device in or on the body.</summary>
    Device,

    /// <summary>Something that was done or will be.</summary>
    Procedure,

    /// <summary>Something observed, with a value.</summary>
    Observation,
}

/// <summary>What an entry with a certain code raises.</summary>
/// <remarks>
/// The set of kinds is closed: each is a sealed record here, and <see cref="Match{T}"/> makes every reader handle every kind, so a new one does
/// not compile until it does.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AnswerRaise), "answer")]
[JsonDerivedType(typeof(EventRaise), "event")]
[JsonDerivedType(typeof(PlaceRaise), "place")]
[JsonDerivedType(typeof(ValueRaise), "value")]
public abstract record Raise
{
    /// <summary>Handles every kind; there is no default case on purpose.</summary>
    public abstract T Match<T>(Func<AnswerRaise, T> answer, Func<EventRaise, T> happened, Func<PlaceRaise, T> place, Func<ValueRaise, T> value);
}

/// <summary>An answer by code, by the entry's state.</summary>
[Description("Raises an answer of a choice or a list, by the state of the entry. Of several that fit, the first of ended, unconfirmed, unstated, daily and active counts.")]
public sealed record AnswerRaise : Raise
{
    [Description("The answer that an entry raises which holds now, or will.")]
    public required string Active { get; init; }

    [Description("The answer that an entry raises which has ended; absent: nothing.")]
    public string? Ended { get; init; }

    [Description("The answer that a diagnosis raises which nobody has confirmed yet; absent: as if it were.")]
    public string? Unconfirmed { get; init; }

    [Description("The answer that an entry raises which does not say whether it still holds; absent: as if it did.")]
    public string? Unstated { get; init; }

    [Description("The answer that a medicine raises which is taken every day; absent: as any other.")]
    public string? Daily { get; init; }

    [Description("A medicine that is given by one of these routes raises nothing. A route that is not told is none of them.")]
    public IReadOnlyList<RecordCoding>? NotByRoute { get; init; }

    public override T Match<T>(Func<AnswerRaise, T> answer, Func<EventRaise, T> happened, Func<PlaceRaise, T> place, Func<ValueRaise, T> value) => answer(this);
}

/// <summary>An event on the entry's date.</summary>
[Description("Raises an event on the date of the entry, past or planned; without a date, one whose date is not known.")]
public sealed record EventRaise : Raise
{
    [Description("What happened: an option of the events.")]
    public required string Event { get; init; }

    public override T Match<T>(Func<AnswerRaise, T> answer, Func<EventRaise, T> happened, Func<PlaceRaise, T> place, Func<ValueRaise, T> value) => happened(this);
}

/// <summary>A place, by the entry's body site.</summary>
[Description("Raises a place of a list by the body site of the entry; a site that is not told, or not listed here, raises `unknown`. An entry that has ended raises nothing.")]
public sealed record PlaceRaise : Raise
{
    [Description("The body sites and the place that each is.")]
    public required IReadOnlyList<CodedAnswer> Sites { get; init; }

    public override T Match<T>(Func<AnswerRaise, T> answer, Func<EventRaise, T> happened, Func<PlaceRaise, T> place, Func<ValueRaise, T> value) => place(this);
}

/// <summary>An answer by the value that was observed.</summary>
[Description("Raises an answer by the value of the entry; a value that is not told, or not listed here, raises `unknown`. An entry that is surely older than a confirmed one of the same codes raises nothing.")]
public sealed record ValueRaise : Raise
{
    [Description("The values and the answer that each raises.")]
    public required IReadOnlyList<CodedAnswer> Values { get; init; }

    public override T Match<T>(Func<AnswerRaise, T> answer, Func<EventRaise, T> happened, Func<PlaceRaise, T> place, Func<ValueRaise, T> value) => value(this);
}

/// <summary>Codes that stand for the same answer.</summary>
[Description("Codes that stand for the same answer.")]
public sealed record CodedAnswer
{
    [Description("The answer; absent: they raise nothing.")]
    public string? Answer { get; init; }

    [Description("The codes.")]
    public required IReadOnlyList<RecordCoding> AnyOf { get; init; }
}
