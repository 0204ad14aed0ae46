using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Screening.Fhir.CdsHooks;
using Screening.Fhir.Reading;
using Screening.Rules;

namespace Screening.Fhir.Tests.CdsHooks;

/// <summary>Calls to start from.</summary>
internal static class Calls
{
    public const string Patient = "1288992";

    /// <summary>An appointment by itself.</summary>
    public static ProposedAppointment Proposed(JsonElement appointment, string patient = Patient) =>
        ProposedAppointment.Read(appointment, [new PatientName(null, patient, true)], new Places());

    /// <summary>The shipped protocol.</summary>
    public static ProtocolFamily Family { get; } = Load();

    /// <summary>
    /// The example of the hook's definition (https://cds-hooks.hl7.org/hooks/appointment-book/), shortened, with its malformed ends, its STU3 members, its two
    /// appointments of one id, and its participant who is not the patient of the context.
    /// </summary>
    public static JsonObject OfTheSpecification() => Parse("""
        {
          "hook": "appointment-book",
          "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
          "context": {
            "userId": "PractitionerRole/A2340113",
            "patientId": "1288992",
            "appointments": {
              "resourceType": "Bundle",
              "entry": [
                {
                  "resource": {
                    "resourceType": "Appointment",
                    "id": "apt1",
                    "status": "proposed",
                    "serviceType": [{ "coding": [{ "code": "183", "display": "Sleep Medicine" }] }],
                    "reason": { "coding": { "system": "", "code": "1023001", "display": "Apnea" } },
                    "description": "CPAP adjustments",
                    "start": "2019-08-10T09:00:00-06:00",
                    "end": "2019-08-10T09:10:00:00-06:00",
                    "created": "2019-08-01",
                    "participant": [
                      { "actor": { "reference": "Patient/example", "display": "Peter James Chalmers" }, "required": "required", "status": "tentative" },
                      { "actor": { "reference": "Practitioner/example", "display": "Dr Adam Careful" }, "required": "required", "status": "accepted" }
                    ]
                  }
                },
                {
                  "resource": {
                    "resourceType": "Appointment",
                    "id": "apt1",
                    "status": "proposed",
                    "description": "Regular physical",
                    "start": "2020-08-01T13:00:00-06:00",
                    "end": "2020-08-01T13:30:00:00-06:00",
                    "created": "2019-08-01",
                    "participant": [{ "actor": { "reference": "Patient/example" }, "required": "required", "status": "tentative" }]
                  }
                }
              ]
            }
          }
        }
        """);

    public static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;

    /// <summary>Reads a call that has nothing wrong with it.</summary>
    public static HookRequest Read(JsonObject call, Hook hook = Hook.AppointmentBook)
    {
        var errors = new InputErrors();
        var request = HookRequestReader.Read(Encoding.UTF8.GetBytes(call.ToJsonString()), hook, errors);
        Assert.Empty(errors.All);
        return request!;
    }

    /// <summary>Reads what was fetched.</summary>
    public static Prefetch Fetched(string prefetch)
    {
        var call = OfTheSpecification();
        call["prefetch"] = JsonNode.Parse(prefetch);
        return Prefetch.Read(Read(call), PrefetchTemplate.For(Family, []));
    }

    /// <summary>The part of what was fetched that came under a key.</summary>
    public static PrefetchedPart Part(this Prefetch prefetch, string key) => prefetch.Parts.Single(part => part.Template.Key == key);

    private static ProtocolFamily Load()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "sublative-rf.json");
        Assert.True(ProtocolLoader.TryLoad(path, File.ReadAllBytes(path), out var protocol, out var flaws), string.Join('\n', flaws));
        return new ProtocolCatalog([protocol]).Families[0];
    }
}
