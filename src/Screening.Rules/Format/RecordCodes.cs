using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>Codes of a health record that raise the answer to one question, all in the same way.</summary>
/// <remarks>A code can only raise an answer, never clear one: that a record holds no such code answers nothing.</remarks>
[Description(
    "Codes of a health record that raise the answer to one question. They never clear one: that a record holds no such code answers "
    + "nothing.")]
public sealed record RecordCodes
{
    [Description("The question whose answer is raised.")]
    public required string Question { get; init; }

    [Description(
        "The kinds of record entry in which the codes count; a code means another thing in another kind, as a drug does in an "
        + "allergy.")]
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
