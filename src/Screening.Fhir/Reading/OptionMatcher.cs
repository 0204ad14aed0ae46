using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Reading;

/// <summary>
/// Finds the option meant by an answer without a code: forms made from another Questionnaire may answer by a boolean or by the text of an
/// option. An ambiguous answer matches none.
/// </summary>
internal static class OptionMatcher
{
    /// <summary>The options of whether there are events.</summary>
    public static IReadOnlyList<Option> WhetherAny { get; } =
        [New(GeneralAnswer.Yes, FormTexts.Yes), New(GeneralAnswer.No, FormTexts.No), New(GeneralAnswer.Unknown, FormTexts.NotSure)];

    /// <summary>The option of a list for none of its codes.</summary>
    public static Option NoneOfThese { get; } = New(GeneralAnswer.None, FormTexts.NoneOfThese);

    /// <summary>The code of the option; null unless exactly one matches.</summary>
    public static string? Of(DataType value, IReadOnlyList<Option> options) => value switch
    {
        FhirBoolean { Value: { } given } when Offers(options, GeneralAnswer.Yes) && Offers(options, GeneralAnswer.No) =>
            given ? GeneralAnswer.Yes : GeneralAnswer.No,
        FhirString { Value: { } given } =>
            options.Where(option => Names(option).Any(name => Same(name, given))).ToList() is [var only] ? only.Code : null,
        _ => null,
    };

    private static bool Offers(IReadOnlyList<Option> options, string code) => options.Any(option => option.Code == code);

    private static IEnumerable<string> Names(Option option) => [option.Code, .. Language.All.Select(option.Label.In)];

    private static bool Same(string name, string given) => string.Equals(name, given.Trim(), StringComparison.OrdinalIgnoreCase);

    private static Option New(string code, LocalizedText label) => new() { Code = code, Label = label };
}
