using Screening.Api.Tests.Fhir;
using static Screening.Api.Tests.Problems.WrongRequest;

namespace Screening.Api.Tests.Problems;

/// <summary>Bodies of the FHIR operations that FHIR R4 itself refuses, or of which one answer is wrong.</summary>
internal static class WrongFhirRequests
{
    private const string Populate = "/fhir/Questionnaire/sublative-rf/$populate";
    private const string Namespace = "`http://hl7.org/fhir`";
    private const string Date = "`YYYY-MM-DD`";
    private const string Instant = "`YYYY-MM-DDTHH:MM:SSZ`";
    private const string Zone = "`America/New_York`";
    private const string Qr = "/parameter/0/resource";
    private const string Item = Qr + "/item/0";
    private const string Appointment = "/parameter/1/resource";
    private const string Implants = "`urn:screening-api:codes:sublative-rf:electronicImplants`";
    private const string Upcoming = "`proposed`, `pending`, `booked`, `arrived`, `checked-in`, `waitlist`";

    private static readonly string[] Types = ["`Address`", "as FHIR R4 defines", "como lo define FHIR R4"];
    private static readonly string[] Unusable = ["`in-progress`", "`stopped`", "`cancelled`", "`noshow`", "`entered-in-error`"];
    private static readonly string[] NoneOfThese = [Implants, "`pacemaker`", "`other`, `unknown`", "`none`", "`urn:screening-api:codes`"];

    public static readonly Dictionary<string, WrongRequest> All = new(StringComparer.Ordinal)
    {
        // Values of parameters.
        ["FHIR as-of without offset"] =
            OfFhir("/parameter/3/valueInstant", "\"2026-06-01T16:00:00\"", "wrong-type", Instant) with { Never = Types },
        ["FHIR as-of of no month"] =
            OfFhir("/parameter/3/valueInstant", "\"2026-13-01T16:00:00Z\"", "wrong-type", Instant) with { Never = Types },
        ["FHIR as-of of populate"] =
            OfFhir("/parameter", "[{\"name\":\"asOf\",\"valueInstant\":\"2026-06-01T16:00:00\"}]", "wrong-type", Instant) with
            { Path = Populate, Never = Types },
        ["FHIR as-of in XML"] =
            OfXml("<parameter><name value=\"asOf\"/><valueInstant value=\"zq9secretvalue\"/></parameter>", "wrong-type", Instant) with
            { Never = Types },
        ["FHIR slot without offset"] = OfFhir(
            "/parameter/3", "{\"name\":\"slot\",\"valueDateTime\":\"2026-06-11T16:00:00\"}", "wrong-type", Instant) with
        { Never = Types },
        ["FHIR slot a boolean"] =
            OfFhir("/parameter/3", "{\"name\":\"slot\",\"valueBoolean\":\"§\"}", "wrong-type", Instant) with { Never = Types },
        ["FHIR slot in XML"] =
            OfXml("<parameter><name value=\"slot\"/><valueDateTime value=\"2026-06-11T16:00:00\"/></parameter>", "wrong-type", Instant) with
            { Never = Types },
        ["FHIR clearance on another date"] = OfFhir("/parameter/3", Clearance("on", "valueDate", "\"01/06/2026\""), "wrong-type", Date) with
        { Never = [.. Types, "`YYYY-MM`"] },
        ["FHIR clearance on no date"] = OfFhir("/parameter/3", Clearance("on", "valueDate", "\"2026-02-30\""), "wrong-type", Date) with
        { Never = [.. Types, "`YYYY-MM`"] },
        ["FHIR clearance of an empty rule"] =
            OfFhir("/parameter/3", Clearance("ruleId", "valueCode", "\"\""), "wrong-type", "`isotretinoin`", "`skin-infection`") with
            { Never = Types },
        ["FHIR clearance by a number"] =
            OfFhir("/parameter/3", Clearance("by", "valueString", "5"), "wrong-type", "200") with { Never = Types },
        ["FHIR note a number"] = OfFhir("/parameter/3", Clearance("note", "valueString", "5"), "wrong-type", "1000") with { Never = Types },
        ["FHIR clearance without parts"] = OfFhir(
            "/parameter/3", "{\"name\":\"clearance\",\"part\":[]}", "wrong-type", "`ruleId`, `by`, `on`, `note`") with
        { Never = Types },
        ["FHIR zone empty"] = OfFhir("/parameter/2/valueString", "\"\"", "wrong-type", Zone) with { Never = Types },
        ["FHIR zone a number"] = OfFhir("/parameter/2/valueString", "5", "wrong-type", Zone) with { Never = Types },
        ["FHIR zone a code in XML"] = OfXml(
            "<parameter><name value=\"timeZone\"/><valueCode value=\"zq9secretvalue\"/></parameter>", "wrong-type", "`valueString`") with
        { Path = Populate, Never = ["JSON"] },
        ["FHIR local no boolean"] =
            OfFhir("/parameter", "[{\"name\":\"local\",\"valueBoolean\":\"§\"}]", "wrong-type", "`true`, `false`") with
            { Path = Populate, Never = Types },

        // Elements of the form and the appointment.
        ["FHIR answer of no date"] = OfFhir(Item, Answered("antiviralStart", "\"valueDate\":\"2026-02-30\""), "wrong-type", Date) with
        { Never = [.. Types, "`YYYY-MM`", "`decimal`"] },
        ["FHIR answer of another date"] = OfFhir(Item, Answered("antiviralStart", "\"valueDate\":\"10/12/2026\""), "wrong-type", Date) with
        { Never = [.. Types, "`YYYY-MM`", "`decimal`"] },
        ["FHIR answer of a date in part"] = OfFhir(
            Item, Answered("topicalRetinoidLastUsed", "\"valueDate\":\"2026-13\""), "wrong-type", Date, "`YYYY-MM`") with
        { Never = Types },
        ["FHIR answer a broken coding"] =
            OfFhir(Item, Answered("pregnancy", "\"valueCoding\":\"§\""), "wrong-type", "`yes`, `no`, `unknown`") with { Never = Types },
        ["FHIR answer a broken boolean"] =
            OfFhir(Item, Answered("topicalRetinoidLastUsed.unknown", "\"valueBoolean\":\"§\""), "wrong-type", "`true`, `false`") with
            { Never = Types },
        ["FHIR items an object"] = OfFhir(Qr + "/item", "{\"linkId\":\"§\"}", "wrong-type", "`linkId`", "`answer`") with { Never = Types },
        ["FHIR subject a text"] = OfFhir(Qr + "/subject", "\"§\"", "wrong-type", "`reference`", "`display`") with { Never = Types },
        ["FHIR authored another date"] = OfFhir(Qr + "/authored", "\"22/11/2026\"", "wrong-type", Instant, Date) with { Never = Types },
        ["FHIR item without linkId"] = OfFhir(
            Item + "/linkId", null, "missing-member", "`linkId`", "`pregnancy`, `breastfeeding`", "`injections`") with
        { Never = Types },
        ["FHIR item of an event without linkId"] = OfFhir(
            Item, "{\"linkId\":\"injections\",\"item\":[{\"answer\":[{\"valueString\":\"§\"}]}]}", "missing-member",
            "`injections.product`, `injections.date`, `injections.date.unknown`") with
        { Never = [.. Types, "`pregnancy`"] },
        ["FHIR status finished"] = OfFhir(Qr + "/status", "\"finished\"", "wrong-type", "`completed`, `amended`") with { Never = Unusable },
        ["FHIR status missing"] =
            OfFhir(Qr + "/status", null, "missing-member", "`status`", "`completed`, `amended`") with { Never = Unusable },
        ["FHIR status of an appointment unknown"] =
            OfFhir(Appointment + "/status", "\"§\"", "wrong-type", Upcoming) with { Never = Unusable },
        ["FHIR status of an appointment missing"] =
            OfFhir(Appointment + "/status", null, "missing-member", Upcoming) with { Never = Unusable },

        // Types of resources.
        ["FHIR without a type"] = OfFhir("/resourceType", null, "wrong-type", "`Parameters`"),
        ["FHIR without a type at populate"] = OfFhir("/resourceType", null, "wrong-type", "`Parameters`") with { Path = Populate },
        ["FHIR of a misspelt type"] = OfFhir("/resourceType", "\"Parameter\"", "wrong-type", "`Parameters`"),
        ["FHIR of an empty Patient"] =
            Post(FhirCalls.Screen, "{\"resourceType\":\"Patient\"}", "wrong-type", "`Parameters`") with { ContentType = FhirCalls.Json },
        ["FHIR of a Patient in XML"] = Post(
            FhirCalls.Screen,
            "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"zq9secretvalue\"/></Patient>",
            "wrong-type",
            "`Parameters`") with
        { ContentType = FhirCalls.Xml, Accept = FhirCalls.Json },
        ["FHIR form without a type"] = OfFhir(Qr + "/resourceType", null, "wrong-type", "`QuestionnaireResponse`"),
        ["FHIR form of a misspelt type"] = OfFhir(
            Qr + "/resourceType", "\"QuestionaireResponse\"", "wrong-type", "`QuestionnaireResponse`"),
        ["FHIR form an empty Patient"] = OfFhir(Qr, "{\"resourceType\":\"Patient\"}", "wrong-type", "`QuestionnaireResponse`"),
        ["FHIR appointment without a type"] = OfFhir(Appointment + "/resourceType", null, "wrong-type", "`Appointment`"),
        ["FHIR form of a misspelt type in XML"] = OfXml(
            "<parameter><name value=\"questionnaireResponse\"/><resource><QuestionaireResponse><status value=\"completed\"/>"
                + "</QuestionaireResponse></resource></parameter>",
            "wrong-type",
            "`QuestionnaireResponse`"),

        // XML.
        ["FHIR XML without the namespace"] = Post(
            FhirCalls.Screen,
            "<Parameters><parameter><name value=\"zq9secretvalue\"/></parameter></Parameters>",
            "wrong-type",
            Namespace) with
        { ContentType = FhirCalls.Xml, Accept = FhirCalls.Json },
        ["FHIR XML of a part without the namespace"] = OfXml(
            "<parameter xmlns=\"\"><name value=\"zq9secretvalue\"/></parameter>", "unknown-member", Namespace),
        ["FHIR XML with a document type"] = Post(
            FhirCalls.Screen,
            "<?xml version=\"1.0\"?>\n <!DOCTYPE zq9secretvalue>\n<Parameters xmlns=\"http://hl7.org/fhir\"/>",
            "invalid-json",
            "`<!DOCTYPE`") with
        { ContentType = FhirCalls.Xml, Accept = FhirCalls.Json, Says = ("line 2, column 2", "línea 2, columna 2") },
        ["FHIR XML blank"] = Post(FhirCalls.Screen, " \n ", "invalid-json") with
        { ContentType = FhirCalls.Xml, Accept = FhirCalls.Json, Says = ("The body is empty.", "El cuerpo está vacío.") },
        ["FHIR XML deep"] = Post(
            FhirCalls.Screen,
            "<Parameters xmlns=\"http://hl7.org/fhir\">" + string.Concat(Enumerable.Repeat("<part>", 70))
                + string.Concat(Enumerable.Repeat("</part>", 70)) + "</Parameters>",
            "too-complex",
            "64") with
        { ContentType = FhirCalls.Xml, Accept = FhirCalls.Json },
        ["FHIR JSON deep"] = Post(
            FhirCalls.Screen, "{\"deep\":" + new string('[', 70) + new string(']', 70) + "}", "too-complex", "64") with
        { ContentType = FhirCalls.Json, Says = ("line 1, column 72", "línea 1, columna 72") },

        // Answers to lists, and answers that contradict each other.
        ["FHIR code of a list unknown"] = OfFhir(
            Qr + "/item", "[" + Answered("electronicImplants", "\"valueCoding\":{\"code\":\"§\"}") + "]", "unknown-code", NoneOfThese) with
        { Never = ["`[]`"] },
        ["FHIR code of a list of another system"] = OfFhir(
            Qr + "/item", "[" + Answered("electronicImplants", "\"valueCoding\":{\"system\":\"http://§\",\"code\":\"none\"}") + "]",
            "unknown-code", NoneOfThese),
        ["FHIR text no option of a list"] = OfFhir(
            Qr + "/item", "[" + Answered("electronicImplants", "\"valueString\":\"§\"") + "]", "unknown-code", NoneOfThese),
        ["FHIR code of the areas"] = OfFhir(
            Qr + "/item",
            "[" + Answered("treatmentAreas", "\"valueCoding\":{\"code\":\"§\"}") + "]",
            "unknown-code",
            "`face`, `neck`, `chest`, `hands`") with
        { Never = ["`none`", "`[]`"] },
        ["FHIR none and another"] = OfFhir(
            Qr + "/item",
            "[{\"linkId\":\"electronicImplants\",\"answer\":["
                + "{\"valueCoding\":{\"code\":\"none\"}},{\"valueCoding\":{\"code\":\"lvad\"}}]}]",
            "contradictory-answers",
            "`none`"),
        ["FHIR date and not known"] = OfFhir(
            Qr + "/item",
            $"[{Answered("topicalRetinoidLastUsed", "\"valueString\":\"2026-01\"")},"
                + $"{Answered("topicalRetinoidLastUsed.unknown", "\"valueBoolean\":true")}]",
            "contradictory-answers",
            "`topicalRetinoidLastUsed`",
            "`topicalRetinoidLastUsed.unknown`"),
        ["FHIR events and none"] = OfFhir(
            Qr + "/item",
            $"[{Answered("injections.any", "\"valueCoding\":{\"code\":\"no\"}")},"
                + $"{{\"linkId\":\"injections\",\"item\":[{Answered("injections.date", "\"valueString\":\"2026-01\"")}]}}]",
            "contradictory-answers",
            "`injections`",
            "`injections.any`"),

        // Versions, addresses.
        ["FHIR as-of before any version"] =
            OfFhir("/parameter/3/valueInstant", "\"2020-06-01T18:00:00Z\"", "no-version-in-force", "`asOf`", "2025-01-01") with
            { Never = ["`id@version`"] },
        ["FHIR method"] = Get(FhirCalls.Screen, "method-not-allowed", "`POST`"),
        ["FHIR protocol of no file"] = OfFhir("/parameter/2/valueString", "\"§\"", "not-found", "`sublative-rf`") with
        { Path = "/fhir/Questionnaire/zq9secretvalue/$screen" },
    };

    private static WrongRequest OfXml(string parameter, string code, params string[] both) =>
        Post(FhirCalls.Screen, $"<Parameters xmlns=\"http://hl7.org/fhir\">{parameter}</Parameters>", code, both) with
        { ContentType = FhirCalls.Xml, Accept = FhirCalls.Json };

    private static string Clearance(string part, string element, string value) =>
        $"{{\"name\":\"clearance\",\"part\":[{{\"name\":\"{part}\",\"{element}\":{value}}}]}}";

    private static string Answered(string linkId, string value) => $"{{\"linkId\":\"{linkId}\",\"answer\":[{{{value}}}]}}";
}
