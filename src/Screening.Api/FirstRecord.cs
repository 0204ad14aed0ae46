using System.Text;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using NodaTime.Text;
using Screening.Fhir;
using Screening.Fhir.CdsHooks;
using Screening.Fhir.Questionnaires;
using Screening.Rules;
using Instant = NodaTime.Instant;

namespace Screening.Api;

/// <summary>The bodies of <see cref="FirstCalls"/>: a made-up person with a record.</summary>
/// <param name="condition">The coding of a diagnosis.</param>
/// <param name="medicine">The coding of a medicine that was ordered.</param>
internal sealed class FirstRecord((string System, string Code) condition, (string System, string Code) medicine)
{
    private const string Patient = "first";
    private const string None = "http://example.org/none";

    /// <summary>A record of codes that no protocol looks at.</summary>
    public static FirstRecord Harmless { get; } = new((None, "0"), (None, "0"));

    /// <summary>A record of codes that a protocol looks at, if it does at any.</summary>
    public static FirstRecord RaisingOf(Protocol protocol) => new(Code(protocol, RecordKind.Condition), Code(protocol, RecordKind.Medication));

    /// <summary>The form with these answers; null: with none.</summary>
    public JsonNode Form(Protocol protocol, Intake? answers)
    {
        var form = answers is null
            ? new QuestionnaireResponse { Questionnaire = Canonicals.Questionnaire(protocol.Id), Status = QuestionnaireResponse.QuestionnaireResponseStatus.Completed }
            : ResponseBuilder.Build(answers);
        form.Id = Patient;
        form.Subject = new ResourceReference("Patient/" + Patient);
        form.Authored = "2020-01-01T00:00:00Z";
        return JsonNode.Parse(FhirFormat.Json.Write(form))!;
    }

    /// <summary>A call of a hook, on an appointment of today.</summary>
    public byte[] Call(HookService service, JsonNode form, Instant now)
    {
        var prefetch = new JsonObject
        {
            ["patient"] = new JsonObject { ["resourceType"] = "Patient", ["id"] = Patient },
            ["questionnaireResponses"] = Bundle(form.DeepClone()),
        };
        var templates = PrefetchTemplate.For(service.Family, HookSettings.None.Prefetch);
        foreach (var resource in Entries())
        {
            var type = (string)resource["resourceType"]!;
            prefetch[templates.First(template => template.Type == type).Key] = Bundle(resource);
        }

        return ToBytes(new JsonObject
        {
            ["hook"] = WireName.Of(service.Hook),
            ["hookInstance"] = Guid.Empty.ToString("D"),
            ["context"] = new JsonObject { ["userId"] = "Practitioner/" + Patient, ["patientId"] = Patient, ["appointments"] = Bundle(Appointment(InstantPattern.General.Format(now))) },
            ["prefetch"] = prefetch,
        });
    }

    /// <summary>The parameters of the operation, as of when a screening was true, for its appointment.</summary>
    public byte[] Operation(JsonNode form, ScreeningRequest asked) => ToBytes(new JsonObject
    {
        ["resourceType"] = "Parameters",
        ["parameter"] = new JsonArray(
            new JsonObject { ["name"] = "questionnaireResponse", ["resource"] = form.DeepClone() },
            new JsonObject { ["name"] = "appointment", ["resource"] = Appointment(OffsetDateTimePattern.Rfc3339.Format(asked.Appointment.Start!.Value.ToOffsetDateTime())) },
            new JsonObject { ["name"] = "timeZone", ["valueString"] = asked.Appointment.Zone.Id },
            new JsonObject { ["name"] = "asOf", ["valueInstant"] = InstantPattern.General.Format(asked.AsOf) },
            new JsonObject { ["name"] = "record", ["resource"] = Bundle([.. Entries()]) }),
    });

    private static (string System, string Code) Code(Protocol protocol, RecordKind kind) =>
        protocol.Document.Codes.Where(codes => codes.Entries.Contains(kind)).SelectMany(codes => codes.Codings)
            .Select(coding => (coding.System, coding.Code)).FirstOrDefault((None, "0"));

    /// <summary>An entry of several types, one of them with something that FHIR does not have.</summary>
    private IEnumerable<JsonObject> Entries() =>
    [
        new()
        {
            ["resourceType"] = "Condition", ["id"] = "c", ["subject"] = Reference(), ["clinicalStatus"] = Concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active"),
            ["code"] = Concept(condition.System, condition.Code), ["onsetDateTime"] = "2020-01-01",
        },
        new()
        {
            ["resourceType"] = "MedicationRequest", ["id"] = "m", ["status"] = "active", ["intent"] = "order", ["subject"] = Reference(), ["medicationCodeableConcept"] = Concept(medicine.System, medicine.Code),
            ["authoredOn"] = "2020-01-01", ["dosageInstruction"] = new JsonArray(JsonNode.Parse("""{ "timing": { "repeat": { "frequency": 1, "period": 1, "periodUnit": "d" } } }""")),
        },
        new()
        {
            ["resourceType"] = "MedicationStatement", ["id"] = "s", ["status"] = "active", ["subject"] = Reference(), ["medicationCodeableConcept"] = Concept(medicine.System, medicine.Code),
            ["effectivePeriod"] = new JsonObject { ["start"] = "2020-01-01T00:00:00Z" }, ["dosage"] = new JsonArray(new JsonObject { ["text"] = "5 mg daily" }),
        },
        new() { ["resourceType"] = "Procedure", ["id"] = "p", ["status"] = "completed", ["subject"] = Reference(), ["code"] = Concept(None, "0"), ["performedDateTime"] = "2020-01-01" },
        new() { ["resourceType"] = "Observation", ["id"] = "o", ["status"] = "final", ["subject"] = Reference(), ["code"] = Concept(None, "0"), ["unheardOf"] = 1 },
    ];

    private static JsonObject Appointment(string start) => new()
    {
        ["resourceType"] = "Appointment",
        ["id"] = Patient,
        ["status"] = "booked",
        ["start"] = start,
        ["end"] = start,
        ["participant"] = new JsonArray(new JsonObject { ["status"] = "accepted", ["actor"] = Reference() }),
    };

    private static JsonObject Reference() => new() { ["reference"] = "Patient/" + Patient };

    private static JsonObject Concept(string system, string code) => new() { ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code, ["display"] = "-" }) };

    private static JsonObject Bundle(params JsonNode[] resources) => new()
    {
        ["resourceType"] = "Bundle",
        ["type"] = "searchset",
        ["entry"] = new JsonArray([.. resources.Select(resource => new JsonObject { ["fullUrl"] = "http://example.org/" + (string?)resource["id"], ["resource"] = resource })]),
    };

    private static byte[] ToBytes(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString());
}
