using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Reading;

/// <summary>
/// The option that an answer means which names none by a code: forms that were made from another Questionnaire answer by a truth value or
/// by the text of an option. Only where exactly one is meant: what may mean two means none.
/// </summary>
internal static class OptionMatcher
{
    /// <summary>Whether there are events.</summary>
    public static IReadOnlyList<Option> WhetherAny { get; } =
        [New(GeneralAnswer.Yes, FormTexts.Yes), New(GeneralAnswer.No, FormTexts.No), New(GeneralAnswer.Unknown, FormTexts.NotSure)];

    /// <summary>Of a list: none of its options.</summary>
    public static Option NoneOfThese { get; } = New(GeneralAnswer.None, FormTexts.NoneOfThese);

    /// <summary>The code of the option; null when none is meant, or not exactly one.</summary>
    public static string? Of(DataType value, IReadOnlyList<Option> options) => value switch
    {
        FhirBoolean { Value: { } said } when Offers(options, GeneralAnswer.Yes) && Offers(options, GeneralAnswer.No) =>
            said ? GeneralAnswer.Yes : GeneralAnswer.No,
        FhirString { Value: { } said } =>
            options.Where(option => Names(option).Any(name => Same(name, said))).ToList() is [var only] ? only.Code : null,
        _ => null,
    };

    private static bool Offers(IReadOnlyList<Option> options, string code) => options.Any(option => option.Code == code);

    private static IEnumerable<string> Names(Option option) => [option.Code, .. Language.All.Select(option.Label.In)];

    private static bool Same(string name, string said) => string.Equals(name, said.Trim(), StringComparison.OrdinalIgnoreCase);

    private static Option New(string code, LocalizedText label) => new() { Code = code, Label = label };
}
