using System.Collections.Immutable;
using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>Codes and statuses as FHIR writes them. A value that the specification does not have is read as it stands, and matches nothing.</summary>
internal static class Concepts
{
    /// <summary>The concept of any number of CodeableConcepts that say the same; empty when none has a code.</summary>
    public static RecordConcept Of(params IEnumerable<CodeableConcept?> concepts) =>
        new([.. concepts.SelectMany(concept => concept?.Coding ?? []).Select(coding => new RecordCode(Literal(coding.SystemElement), Literal(coding.CodeElement))).Where(code => code.System.Length > 0 && code.Code.Length > 0)]);

    /// <summary>The text of a primitive, such as a status, whether or not the specification has it; empty when it is absent.</summary>
    public static string Literal(PrimitiveType? element) => element?.JsonValue as string ?? "";

    /// <summary>The codes that a concept has in a code system; a code without a system counts as one of it.</summary>
    public static ImmutableArray<string> Codes(CodeableConcept? concept, string system) =>
        [.. (concept?.Coding ?? []).Where(coding => Literal(coding.SystemElement) is "" || Literal(coding.SystemElement) == system).Select(coding => Literal(coding.CodeElement))];

    /// <summary>The number of a primitive; null when it is absent or none.</summary>
    public static decimal? Number(PrimitiveType? element) => element?.JsonValue switch
    {
        decimal number => number,
        int number => number,
        long number => number,
        _ => null,
    };
}
