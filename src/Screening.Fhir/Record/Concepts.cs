using System.Collections.Immutable;
using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>
/// Reads codes, texts and statuses of FHIR resources. A value outside the specification is read as written, and matches nothing.
/// </summary>
internal static class Concepts
{
    /// <summary>The code systems whose codes mean that a value is unknown.</summary>
    private static readonly string[] AbsentValueSystems =
    [
        "http://terminology.hl7.org/CodeSystem/data-absent-reason",
        "http://terminology.hl7.org/CodeSystem/v3-NullFlavor",
        "http://hl7.org/fhir/v3/NullFlavor",
    ];

    /// <summary>The total length of codes and texts up to which they are repeated for every reference to them.</summary>
    private const int MaxRepeatedSize = 300;

    /// <summary>The empty concept.</summary>
    public static RecordConcept Empty { get; } = new([]);

    /// <summary>The concept that these CodeableConcepts express together: their codes, texts and displays.</summary>
    public static RecordConcept Of(params IEnumerable<CodeableConcept?> concepts) => Of(concepts, []);

    /// <summary>The same, with additional names.</summary>
    public static RecordConcept Of(IEnumerable<CodeableConcept?> concepts, IEnumerable<PrimitiveType?> names)
    {
        var given = concepts.OfType<CodeableConcept>().ToList();
        var codings = given.SelectMany(concept => concept.Coding).Where(coding => !IsOf(coding, AbsentValueSystems)).ToList();
        var texts = given.Select(concept => concept.TextElement).Concat(codings.Select(coding => coding.DisplayElement)).Concat(names);
        return new RecordConcept([.. Codes(codings)])
        {
            Texts = [.. texts.Select(Literal).Where(text => !string.IsNullOrWhiteSpace(text)).Distinct(StringComparer.Ordinal)],
        };
    }

    /// <summary>A concept without its texts.</summary>
    public static RecordConcept WithoutWords(CodeableConcept? concept) => Of(concept) with { Texts = [] };

    /// <summary>The display of a reference as a concept; empty without one.</summary>
    public static RecordConcept DisplayOf(ResourceReference? reference) => Of([], [reference?.DisplayElement]);

    /// <summary>
    /// The concept of a target together with the display of a reference to it. For a large target the display stays separate: any number of
    /// references may have that target, and each would repeat all of it.
    /// </summary>
    public static IEnumerable<RecordConcept> WithDisplay(RecordConcept target, ResourceReference reference)
    {
        if (DisplayOf(reference) is not { Texts: [var name] } display)
        {
            return [target];
        }

        var size = target.Codes.Length + target.Texts.Sum(text => text.Length);
        return size == 0 ? [display]
            : size > MaxRepeatedSize ? [target, display]
            : [target.Texts.Contains(name) ? target : target with { Texts = target.Texts.Add(name) }];
    }

    /// <summary>The text of a primitive, such as a status, whether or not the specification allows it; empty when absent.</summary>
    public static string Literal(PrimitiveType? element) => element?.JsonValue as string ?? "";

    /// <summary>The codes of a concept in a code system; a code without a system counts as one of it.</summary>
    public static ImmutableArray<string> Codes(CodeableConcept? concept, string system) =>
    [
        .. (concept?.Coding ?? []).Where(coding => Literal(coding.SystemElement) is "" || IsOf(coding, system))
            .Select(coding => Literal(coding.CodeElement)),
    ];

    /// <summary>The number of a primitive; null when absent or not a number.</summary>
    public static decimal? Number(PrimitiveType? element) => element?.JsonValue switch
    {
        decimal number => number,
        int number => number,
        long number => number,
        _ => null,
    };

    private static IEnumerable<RecordCode> Codes(IEnumerable<Coding> codings) => codings
        .Select(coding => new RecordCode(Literal(coding.SystemElement), Literal(coding.CodeElement)))
        .Where(code => code.System.Length > 0 && code.Code.Length > 0);

    private static bool IsOf(Coding coding, params string[] systems) =>
        systems.Contains(Rules.CodeSystem.Plain(Literal(coding.SystemElement)), StringComparer.Ordinal);
}
