using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Screening.Api.OpenApi;
using Screening.Fhir;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api;

/// <summary>The record of a made-up person, in the bodies of <see cref="WarmUpCalls"/>.</summary>
/// <param name="condition">The coding of a diagnosis.</param>
/// <param name="medicine">The coding of a medicine that was ordered.</param>
internal sealed class WarmUpRecord((string System, string Code) condition, (string System, string Code) medicine)
{
    private const string None = "http://example.org/none";

    /// <summary>A record of codes that no protocol looks at.</summary>
    public static WarmUpRecord Harmless { get; } = new((None, "0"), (None, "0"));

    /// <summary>A record of codes that a protocol looks at, if it does at any.</summary>
    public static WarmUpRecord RaisingOf(Protocol protocol) =>
        new(Code(protocol, RecordKind.Condition), Code(protocol, RecordKind.Medication));

    /// <summary>A call of a hook, with this record.</summary>
    public JsonObject In(JsonObject call, ProtocolFamily family)
    {
        var templates = PrefetchTemplate.For(family, []);
        foreach (var resource in Entries())
        {
            var template = templates.First(template => template.Type == (string)resource["resourceType"]!);
            call["prefetch"]![template.Key] = CdsExamples.Bundle(resource);
        }

        return call;
    }

    /// <summary>The parameters of the operation, with this record.</summary>
    public JsonNode In(Parameters parameters)
    {
        var body = JsonNode.Parse(FhirFormat.Json.Write(parameters))!;
        body["parameter"]!.AsArray().Add(new JsonObject { ["name"] = "record", ["resource"] = CdsExamples.Bundle(Entries()) });
        return body;
    }

    /// <summary>An entry of several types, one of them with something that FHIR does not have.</summary>
    private IEnumerable<JsonNode> Entries() =>
    [
        Entry("Condition", "code", condition, """
            "clinicalStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]},
            "onsetDateTime": "2020-01-01"
            """),
        Entry("MedicationRequest", "medicationCodeableConcept", medicine, """
            "status": "active", "intent": "order", "authoredOn": "2020-01-01",
            "dosageInstruction": [{"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}}]
            """),
        Entry("MedicationStatement", "medicationCodeableConcept", medicine, """
            "status": "active", "effectivePeriod": {"start": "2020-01-01T00:00:00Z"}, "dosage": [{"text": "5 mg daily"}]
            """),
        Entry("Procedure", "code", (None, "0"), """ "status": "completed", "performedDateTime": "2020-01-01" """),
        Entry("Observation", "code", (None, "0"), """ "status": "final", "unheardOf": 1 """),
    ];

    private static JsonNode Entry(string type, string what, (string System, string Code) coding, string members)
    {
        var entry = JsonNode.Parse("{" + members + "}")!;
        entry["resourceType"] = type;
        entry["id"] = type.ToLowerInvariant();
        entry["subject"] = new JsonObject { ["reference"] = "Patient/" + CdsExamples.Patient };
        entry[what] = new JsonObject
        {
            ["coding"] = new JsonArray(new JsonObject { ["system"] = coding.System, ["code"] = coding.Code, ["display"] = "-" }),
        };
        return entry;
    }

    private static (string System, string Code) Code(Protocol protocol, RecordKind kind) =>
        protocol.Document.Codes.Where(codes => codes.Entries.Contains(kind)).SelectMany(codes => codes.Codings)
            .Select(coding => (coding.System, coding.Code)).FirstOrDefault((None, "0"));
}
