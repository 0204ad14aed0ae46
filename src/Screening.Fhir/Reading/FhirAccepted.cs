using System.Text.Json;
using Screening.Rules;

namespace Screening.Fhir.Reading;

/// <summary>What only FHIR elements and CDS Hooks calls accept, in words; <see cref="Accepted"/> has what every API does.</summary>
internal static class FhirAccepted
{
    private const string List = "values";

    /// <summary>A full date, or a date.</summary>
    public static LocalizedText ValueDate { get; } = Values("valueDate");

    /// <summary>A partial date, typed or as a date.</summary>
    public static LocalizedText ValuePartialDate { get; } = Values("valueString", "valueDate");

    /// <summary>A boolean.</summary>
    public static LocalizedText ValueBoolean { get; } = Values("valueBoolean");

    /// <summary>Whether there are any events.</summary>
    public static LocalizedText GeneralCode { get; } = Coding(Canonicals.GeneralAnswers, OptionMatcher.WhetherAny);

    /// <summary>One item, with all answers to its question.</summary>
    public static LocalizedText OneItem { get; } = Words.Text("fhir.oneItem");

    /// <summary>Groups, one for each event.</summary>
    public static LocalizedText Groups { get; } = Accepted.AtMost("accepted.aList", JsonText.MostElements);

    /// <summary>The parameters of <c>$screen</c>.</summary>
    public static LocalizedText Parameters { get; } = Accepted.Naming(
        "fhir.parameters", List, ["questionnaireResponse", "appointment", "timeZone", "asOf", "record", "slot", "clearance"]);

    /// <summary>The parts of a clearance.</summary>
    public static LocalizedText Parts { get; } = Accepted.Naming("fhir.parts", List, ["ruleId", "by", "on", "note"]);

    /// <summary>Further starts, as many as REST takes; each has an offset.</summary>
    public static LocalizedText Slots { get; } = Accepted.AtMost("fhir.slots", RequestLimits.MostSlots);

    /// <summary>The start of an Appointment.</summary>
    public static LocalizedText Start { get; } = Words.Text("fhir.startForm");

    /// <summary>Anything that FHIR defines.</summary>
    public static LocalizedText Anything { get; } = Words.Text("fhir.anything");

    /// <summary>One of these elements.</summary>
    public static LocalizedText Values(params IReadOnlyList<string> elements) => Accepted.OneOf(elements);

    /// <summary>A coding of one of the options.</summary>
    public static LocalizedText Coding(string system, IReadOnlyList<Option> options) =>
        Accepted.Naming("fhir.codes", List, Accepted.Codes(options)).With("system", $"`{system}`");

    /// <summary>Items of these linkIds; where the one that was sent is similar to one of them, that one alone.</summary>
    public static LocalizedText Items(IReadOnlyList<string> linkIds, string? sent) =>
        (sent is null ? null : Accepted.Nearest(linkIds, sent)) ?? Accepted.Naming("fhir.links", List, linkIds);

    /// <summary>One of these statuses.</summary>
    public static LocalizedText Statuses(params IReadOnlyList<string> statuses) => Accepted.Naming("fhir.statuses", List, statuses);

    /// <summary>A resource of a type.</summary>
    public static LocalizedText Resource(string type) => Words.Text("fhir.resource").With("type", $"`{type}`");

    /// <summary>A member of a hook's call of a JSON kind.</summary>
    public static LocalizedText Of(JsonValueKind kind) => Words.Text(kind switch
    {
        JsonValueKind.Object => "accepted.anObject",
        JsonValueKind.Array => "accepted.list",
        _ => "accepted.aText",
    });
}
