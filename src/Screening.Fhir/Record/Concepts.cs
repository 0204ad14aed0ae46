using System.Collections.Immutable;
using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>
/// Codes, words and statuses as FHIR writes them. A value that the specification does not have is read as it stands, and matches
/// nothing.
/// </summary>
internal static class Concepts
{
    /// <summary>The code systems whose codes say that nothing is known, in place of a name.</summary>
    private static readonly string[] Absence =
    [
        "http://terminology.hl7.org/CodeSystem/data-absent-reason",
        "http://terminology.hl7.org/CodeSystem/v3-NullFlavor",
        "http://hl7.org/fhir/v3/NullFlavor",
    ];

    /// <summary>The most codes and letters that every reference to them says again.</summary>
    private const int MostSaidAgain = 300;

    /// <summary>A concept of which nothing is said.</summary>
    public static RecordConcept Nothing { get; } = new([]);

    /// <summary>The concept of any number of CodeableConcepts that say the same: their codes, and their texts and displays.</summary>
    public static RecordConcept Of(params IEnumerable<CodeableConcept?> concepts) => Of(concepts, []);

    /// <summary>The same, with other names of it.</summary>
    public static RecordConcept Of(IEnumerable<CodeableConcept?> concepts, IEnumerable<PrimitiveType?> names)
    {
        var said = concepts.OfType<CodeableConcept>().ToList();
        var codings = said.SelectMany(concept => concept.Coding).Where(coding => !IsOf(coding, Absence)).ToList();
        var texts = said.Select(concept => concept.TextElement).Concat(codings.Select(coding => coding.DisplayElement)).Concat(names);
        return new RecordConcept([.. Codes(codings)])
        {
            Texts = [.. texts.Select(Literal).Where(text => !string.IsNullOrWhiteSpace(text)).Distinct(StringComparer.Ordinal)],
        };
    }

    /// <summary>A concept without the words in which it is said.</summary>
    public static RecordConcept WithoutWords(CodeableConcept? concept) => Of(concept) with { Texts = [] };

    /// <summary>What a reference calls its target; nothing when it does not.</summary>
    public static RecordConcept Called(ResourceReference? reference) => Of([], [reference?.DisplayElement]);

    /// <summary>
    /// What a target says of itself together with what a reference calls it. Of a target that says a lot the name stands apart, since
    /// any number of references may have that target, and each would say all of it again.
    /// </summary>
    public static IEnumerable<RecordConcept> Called(RecordConcept target, ResourceReference reference)
    {
        if (Called(reference) is not { Texts: [var name] } called)
        {
            return [target];
        }

        var size = target.Codes.Length + target.Texts.Sum(text => text.Length);
        return size == 0 ? [called]
            : size > MostSaidAgain ? [target, called]
            : [target.Texts.Contains(name) ? target : target with { Texts = target.Texts.Add(name) }];
    }

    /// <summary>The text of a primitive, such as a status, whether or not the specification has it; empty when it is absent.</summary>
    public static string Literal(PrimitiveType? element) => element?.JsonValue as string ?? "";

    /// <summary>The codes that a concept has in a code system; a code without a system counts as one of it.</summary>
    public static ImmutableArray<string> Codes(CodeableConcept? concept, string system) =>
    [
        .. (concept?.Coding ?? []).Where(coding => Literal(coding.SystemElement) is "" || IsOf(coding, system))
            .Select(coding => Literal(coding.CodeElement)),
    ];

    /// <summary>The number of a primitive; null when it is absent or none.</summary>
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
