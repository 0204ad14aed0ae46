using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>What a record entry with a certain code implies.</summary>
/// <remarks>
/// The set of kinds is closed: each is a sealed record here, and <see cref="Match{T}"/> makes every reader handle every kind; a new kind
/// does not compile until they do.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(RecordAnswerEffect), "answer")]
[JsonDerivedType(typeof(RecordEventEffect), "event")]
[JsonDerivedType(typeof(RecordPlaceEffect), "place")]
[JsonDerivedType(typeof(RecordValueEffect), "value")]
public abstract record RecordEffect
{
    /// <summary>Handles every kind; deliberately without a default case.</summary>
    public T Match<T>(
        Func<RecordAnswerEffect, T> answer,
        Func<RecordEventEffect, T> occurrence,
        Func<RecordPlaceEffect, T> place,
        Func<RecordValueEffect, T> value) => Handle(new Cases<T>(answer, occurrence, place, value));

    private protected abstract T Handle<T>(Cases<T> cases);

    private protected readonly record struct Cases<T>(
        Func<RecordAnswerEffect, T> Answer,
        Func<RecordEventEffect, T> Event,
        Func<RecordPlaceEffect, T> Place,
        Func<RecordValueEffect, T> Value);
}

/// <summary>A coded answer, depending on the entry's state.</summary>
[Description(
    "Raises an answer of a choice or a list, by the state of the entry. Of several that fit, the first of ended, unconfirmed, "
    + "unstated, daily and active counts.")]
public sealed record RecordAnswerEffect : RecordEffect
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

    [Description("A medicine that is given by one of these routes raises nothing. An entry without a route is not one of them.")]
    public IReadOnlyList<RecordCoding>? NotByRoute { get; init; }

    [Description("For how many days after its date a procedure counts; absent: for good. One without a date counts.")]
    public int? Days { get; init; }

    private protected override T Handle<T>(Cases<T> cases) => cases.Answer(this);
}

/// <summary>An event on the entry's date.</summary>
[Description("Raises an event on the date of the entry, past or planned; without a date, one whose date is not known.")]
public sealed record RecordEventEffect : RecordEffect
{
    [Description("What happened: an option of the events.")]
    public required string Event { get; init; }

    private protected override T Handle<T>(Cases<T> cases) => cases.Event(this);
}

/// <summary>A place, depending on the entry's body site.</summary>
[Description(
    "Raises a place of a list by the body site of the entry; a site that is absent, or not listed here, raises `unknown`. An entry "
    + "that has ended raises nothing.")]
public sealed record RecordPlaceEffect : RecordEffect
{
    [Description("The body sites and the place that each is.")]
    public required IReadOnlyList<CodedAnswer> Sites { get; init; }

    private protected override T Handle<T>(Cases<T> cases) => cases.Place(this);
}

/// <summary>An answer, depending on the observed value.</summary>
[Description(
    "Raises an answer by the value of the entry; a value that is absent, or not listed here, raises `unknown`. An entry that is "
    + "surely older than a confirmed one of the same codes raises nothing.")]
public sealed record RecordValueEffect : RecordEffect
{
    [Description("For how many days after its date an entry counts; absent: for good. One without a date counts.")]
    public int? Days { get; init; }

    [Description("The values and the answer that each raises.")]
    public required IReadOnlyList<CodedAnswer> Values { get; init; }

    private protected override T Handle<T>(Cases<T> cases) => cases.Value(this);
}

[Description("Codes that stand for the same answer.")]
public sealed record CodedAnswer
{
    [Description("The answer; absent: they raise nothing.")]
    public string? Answer { get; init; }

    [Description("The codes.")]
    public required IReadOnlyList<RecordCoding> AnyOf { get; init; }
}
