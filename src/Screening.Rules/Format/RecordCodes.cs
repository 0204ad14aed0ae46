using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>Codes and words of a health record with the same effect on the answer to one question.</summary>
/// <remarks>They can only raise an answer, never clear one: a record without any of them answers nothing.</remarks>
[Description(
    "Codes and words of a health record that raise the answer to one question. They never clear one: that a record holds none of them "
    + "answers nothing.")]
public sealed record RecordCodes
{
    [Description("The question whose answer is raised.")]
    public required string Question { get; init; }

    [Description(
        "The kinds of record entry in which the codes count; a code means another thing in another kind, as a drug does in an "
        + "allergy.")]
    public required IReadOnlyList<RecordKind> Entries { get; init; }

    [Description("The codes; any one of them raises the answer. May be left out where there are words.")]
    public IReadOnlyList<RecordCoding>? AnyOf { get; init; }

    /// <summary>The codes; empty when the set has only words.</summary>
    [JsonIgnore]
    public IReadOnlyList<RecordCoding> Codings => AnyOf ?? [];

    [Description(
        "Words for the same; any one of them raises the answer where no code of the entry does. The name of a medicine raises what its "
        + "code raises; a word in another kind of entry raises `unknown`, where a code would raise anything.")]
    public LocalizedWords? Words { get; init; }

    [Description("True when only the present counts: a phrase of the past directly before a word stops it as well.")]
    public bool PresentOnly { get; init; }

    [Description("What an entry with such a code raises.")]
    public required RecordEffect Raises { get; init; }

    [Description("Where the codes are published.")]
    public required string Source { get; init; }
}

/// <summary>Words and phrases by language; those of every language apply to every record.</summary>
[Description(
    "Words and phrases: whole words, in a row, or beginnings of words, marked with a star as in `pregnan*`. In small letters without "
    + "accents; a record is compared without case and accents, and anything that is neither letter nor digit parts its words. Those of "
    + "every language count in every record; each stands once.")]
public sealed record LocalizedWords
{
    [Description("English.")]
    public required IReadOnlyList<string> En { get; init; }

    [Description("Spanish.")]
    public required IReadOnlyList<string> Es { get; init; }

    /// <summary>The words and phrases of every language.</summary>
    [JsonIgnore]
    public IEnumerable<string> All => [.. En, .. Es];
}

/// <summary>Phrases that change the meaning of a word in a record.</summary>
[Description("What keeps a word of a health record from raising an answer.")]
public sealed record RecordWords
{
    [Description(
        "Phrases of another person or of fear, such as `family history of`: a word directly behind one, in the same clause, raises "
        + "nothing.")]
    public LocalizedWords? NotCounting { get; init; }

    [Description("Phrases of the past, such as `history of`: the same, where only the present counts.")]
    public LocalizedWords? Past { get; init; }

    [Description(
        "Phrases that hold a word and mean something else, such as `herpes zoster`: no shorter word within one raises anything. One that is a "
        + "word itself raises what it raises.")]
    public LocalizedWords? OtherMeaning { get; init; }
}

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

    /// <summary>A procedure, performed or planned.</summary>
    Procedure,

    /// <summary>An observation with a value.</summary>
    Observation,
}
