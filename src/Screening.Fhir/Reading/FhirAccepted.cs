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

    /// <summary>The values of a boolean.</summary>
    public static LocalizedText Booleans { get; } = Values("true", "false");

    /// <summary>A text, which FHIR never has empty.</summary>
    public static LocalizedText SomeText { get; } = Words.Text("accepted.someText");

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

    /// <summary>A resource of any type.</summary>
    public static LocalizedText AnyResource { get; } = Words.Text("fhir.anyResource");

    /// <summary>Anything that FHIR defines.</summary>
    public static LocalizedText Anything { get; } = Words.Text("fhir.anything");

    /// <summary>One of these elements.</summary>
    public static LocalizedText Values(params IReadOnlyList<string> elements) => Accepted.OneOf(elements);

    /// <summary>A coding of one of the options.</summary>
    public static LocalizedText Coding(string system, IReadOnlyList<Option> options) =>
        Accepted.Naming("fhir.codes", List, Accepted.Codes(options)).With("system", $"`{system}`");

    /// <summary>A coding of one of the options of a question or, where its list may be empty, of none of them.</summary>
    public static LocalizedText CodingOf(Protocol protocol, CompiledQuestion question)
    {
        var system = Canonicals.Codes(protocol.Id, question.Id);
        return question.Kind != AnswerKind.Codes || question.Index == protocol.Areas.Index ? Coding(system, question.Codes) : Accepted
            .Naming("fhir.codesOrNone", List, Accepted.Codes(question.Codes))
            .With("system", $"`{system}`")
            .With("none", $"`{GeneralAnswer.None}`")
            .With("general", $"`{Canonicals.GeneralAnswers}`");
    }

    /// <summary>XML in FHIR's namespace.</summary>
    public static LocalizedText Namespace(string root) =>
        Words.Text("fhir.namespace").With("namespace", $"`{SdkReader.Namespace}`").With("root", root);

    /// <summary>Items of these linkIds; where the one that was sent is similar to one of them, that one alone.</summary>
    public static LocalizedText Items(IReadOnlyList<string> linkIds, string? sent) =>
        (sent is null ? null : Accepted.Nearest(linkIds, sent)) ?? Accepted.Naming("fhir.links", List, linkIds);

    /// <summary>One of these statuses.</summary>
    public static LocalizedText Statuses(params IReadOnlyList<string> statuses) => Accepted.Naming("fhir.statuses", List, statuses);

    /// <summary>A resource of a type.</summary>
    public static LocalizedText Resource(string type) => Words.Text("fhir.resource").With("type", $"`{type}`");
}
