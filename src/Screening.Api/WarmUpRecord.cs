using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Screening.Api.OpenApi;
using Screening.Fhir;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api;

/// <summary>A fictional patient's health record, sent in the bodies of <see cref="WarmUpCalls"/>.</summary>
/// <param name="condition">The coding of a diagnosis.</param>
/// <param name="medicine">The coding of a medicine that was ordered.</param>
internal sealed class WarmUpRecord((string System, string Code) condition, (string System, string Code) medicine)
{
    private const string UnknownSystem = "http://example.org/none";

    /// <summary>A record whose codes match no protocol.</summary>
    public static WarmUpRecord NonMatching { get; } = new((UnknownSystem, "0"), (UnknownSystem, "0"));

    /// <summary>A record whose codes match the protocol, if the protocol has codes.</summary>
    public static WarmUpRecord Matching(Protocol protocol) =>
        new(FirstCoding(protocol, RecordKind.Condition), FirstCoding(protocol, RecordKind.Medication));

    /// <summary>Adds this record to the body of a hook request.</summary>
    public JsonObject AddTo(JsonObject request, ProtocolFamily family)
    {
        var templates = PrefetchTemplate.For(family, []);
        foreach (var resource in Entries())
        {
            var template = templates.First(template => template.Type == (string)resource["resourceType"]!);
            request["prefetch"]![template.Key] = CdsExamples.Bundle(resource);
        }

        return request;
    }

    /// <summary>Returns the operation's parameters with this record added.</summary>
    public JsonNode AddTo(Parameters parameters)
    {
        var body = JsonNode.Parse(FhirFormat.Json.Write(parameters))!;
        body["parameter"]!.AsArray().Add(new JsonObject { ["name"] = "record", ["resource"] = CdsExamples.Bundle(Entries()) });
        return body;
    }

    /// <summary>One entry per resource type; the Observation has an element that FHIR does not define.</summary>
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
        Entry("Procedure", "code", (UnknownSystem, "0"), """ "status": "completed", "performedDateTime": "2020-01-01" """),
        Entry("Observation", "code", (UnknownSystem, "0"), """ "status": "final", "unheardOf": 1 """),
    ];

    private static JsonNode Entry(string type, string codeElement, (string System, string Code) coding, string members)
    {
        var entry = JsonNode.Parse("{" + members + "}")!;
        entry["resourceType"] = type;
        entry["id"] = type.ToLowerInvariant();
        entry["subject"] = new JsonObject { ["reference"] = "Patient/" + CdsExamples.Patient };
        entry[codeElement] = new JsonObject
        {
            ["coding"] = new JsonArray(new JsonObject { ["system"] = coding.System, ["code"] = coding.Code, ["display"] = "-" }),
        };
        return entry;
    }

    private static (string System, string Code) FirstCoding(Protocol protocol, RecordKind kind) =>
        protocol.Document.Codes.Where(codes => codes.Entries.Contains(kind)).SelectMany(codes => codes.Codings)
            .Select(coding => (coding.System, coding.Code)).FirstOrDefault((UnknownSystem, "0"));
}
