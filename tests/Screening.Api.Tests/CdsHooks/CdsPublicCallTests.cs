using System.Net;
using System.Text.Json.Nodes;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.CdsHooks;

/// <summary>
/// Calls of the shapes that public clients send and the specification shows, each with our prefetch and without: a card for each
/// appointment, and none that contradicts itself. Modelled on, not copied from:
/// <list type="bullet">
/// <item>the CDS Hooks sandbox (github.com/cds-hooks/sandbox, Apache-2.0, <c>src/retrieve-data-helpers/service-exchange.js</c>): a key
/// whose search failed is left out, and <c>prefetch</c> altogether when no search succeeded;</item>
/// <item>the hooks' definitions (github.com/cds-hooks/docs, CC BY 4.0, <c>docs/hooks</c>): appointments in a list, ends that are no times,
/// members of STU3, one id for two appointments;</item>
/// <item>Inferno's CRD test kit (github.com/inferno-framework/davinci-crd-test-kit, Apache-2.0,
/// <c>spec/fixtures/appointment_book_hook_request.json</c> and <c>execution_scripts/prefetch</c>): a searchset of appointments under
/// absolute addresses, and a prefetch of other keys than those that were asked for.</item>
/// </list>
/// </summary>
public sealed class CdsPublicCallTests(ServiceFixture service)
{
    private const string Sandbox = """
        {
          "hookInstance": "5c1a3c5e-2f0b-4f4e-9a55-0d3f4ff3a801", "hook": "patient-view", "fhirServer": "https://ehr.example.org/r4",
          "context": { "patientId": "42", "userId": "Practitioner/7" },
          "fhirAuthorization": { "token_type": "Bearer", "expires_in": 300, "scope": "patient/*.read", "subject": "sandbox" }
        }
        """;

    private const string OpenedInEncounter = """
        {
          "hookInstance": "5c1a3c5e-2f0b-4f4e-9a55-0d3f4ff3a802", "hook": "patient-view",
          "context": { "userId": "PractitionerRole/7", "patientId": "42", "encounterId": "456" }
        }
        """;

    private const string ListOfTwo = """
        {
          "hookInstance": "5c1a3c5e-2f0b-4f4e-9a55-0d3f4ff3a803", "hook": "appointment-book",
          "context": {
            "userId": "PractitionerRole/7", "patientId": "42",
            "appointments": [
              {
                "resourceType": "Appointment", "id": "one-id", "status": "proposed", "description": "Follow-up",
                "serviceType": [{ "coding": [{ "code": "183" }] }], "reason": { "coding": { "system": "", "code": "1" } },
                "start": "2026-06-20T09:00:00-06:00", "end": "2026-06-20T09:10:00:00-06:00", "created": "2026-06-01",
                "participant": [
                  { "actor": { "reference": "Patient/42", "display": "Somebody" }, "required": "required", "status": "tentative" },
                  { "actor": { "reference": "Practitioner/7" }, "required": "required", "status": "accepted" }
                ]
              },
              {
                "resourceType": "Appointment", "id": "one-id", "status": "proposed", "description": "Check-up",
                "start": "2027-06-01T13:00:00-06:00", "end": "2027-06-01T13:30:00:00-06:00", "created": "2026-06-01",
                "participant": [{ "actor": { "reference": "Patient/42" }, "required": "required", "status": "tentative" }]
              }
            ]
          }
        }
        """;

    private const string AtLocation = """
        {
          "hookInstance": "5c1a3c5e-2f0b-4f4e-9a55-0d3f4ff3a804", "hook": "appointment-book",
          "context": {
            "userId": "PractitionerRole/7", "patientId": "42", "encounterId": "456",
            "appointments": [
              {
                "resourceType": "Appointment", "id": "example", "status": "proposed", "priority": 5, "comment": "Bring the results.",
                "text": { "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">Talk</div>" },
                "serviceCategory": { "coding": [{ "system": "http://example.org/category", "code": "gp" }] },
                "indication": [{ "reference": "Condition/example" }], "incomingReferral": [{ "reference": "ReferralRequest/example" }],
                "start": "2026-06-10T09:00:00Z", "end": "2026-06-10T11:00:00Z", "created": "2026-06-01",
                "participant": [
                  { "actor": { "reference": "Patient/42" }, "required": "required", "status": "tentative" },
                  { "actor": { "reference": "Location/1", "display": "Second floor" }, "required": "required", "status": "action-needed" }
                ]
              }
            ]
          }
        }
        """;

    private const string Fixture = """
        {
          "hookInstance": "5c1a3c5e-2f0b-4f4e-9a55-0d3f4ff3a805", "hook": "appointment-book", "fhirServer": "https://example/r4",
          "fhirAuthorization": { "access_token": "TOKEN", "token_type": "Bearer", "expires_in": 300, "subject": "cds" },
          "context": {
            "userId": "Practitioner/7", "patientId": "42",
            "appointments": {
              "resourceType": "Bundle", "id": "two", "type": "searchset", "total": 2,
              "entry": [
                {
                  "fullUrl": "https://example/r4/Appointment/apt1",
                  "resource": {
                    "resourceType": "Appointment", "id": "apt1", "status": "proposed",
                    "start": "2026-06-10T09:00:00-06:00", "end": "2026-06-10T09:10:00:00-06:00",
                    "participant": [{ "actor": { "reference": "Patient/42" }, "required": "required", "status": "tentative" }]
                  }
                },
                {
                  "fullUrl": "https://example.com/Appointment/apt2",
                  "resource": {
                    "resourceType": "Appointment", "id": "apt2", "status": "proposed",
                    "start": "2026-07-01T13:00:00-06:00", "end": "2026-07-01T13:30:00:00-06:00",
                    "participant": [{ "actor": { "reference": "Patient/42" }, "required": "required", "status": "tentative" }]
                  }
                }
              ]
            }
          }
        }
        """;

    private const string WithoutStart = """
        {
          "hookInstance": "5c1a3c5e-2f0b-4f4e-9a55-0d3f4ff3a806", "hook": "appointment-book", "fhirServer": "https://example/r4",
          "context": {
            "userId": "Practitioner/7", "patientId": "42", "encounterId": "42",
            "appointments": {
              "resourceType": "Bundle",
              "entry": [
                {
                  "resource": {
                    "resourceType": "Appointment", "id": "a", "status": "proposed", "basedOn": [{ "reference": "ServiceRequest/s" }],
                    "participant": [
                      { "actor": { "reference": "Patient/42" }, "status": "tentative" },
                      { "actor": { "reference": "PractitionerRole/7" }, "status": "accepted" }
                    ]
                  }
                }
              ]
            }
          }
        }
        """;

    private const string OtherKeys = """
        {
          "encounter": { "resourceType": "Encounter", "id": "42", "status": "in-progress", "subject": { "reference": "Patient/42" } },
          "serviceRequests": {
            "resourceType": "Bundle",
            "entry": [
              {
                "resource": {
                  "resourceType": "ServiceRequest", "id": "s", "status": "draft", "intent": "order",
                  "code": { "text": "Implant Pacemaker" }, "subject": { "reference": "Patient/42" }
                }
              }
            ]
          }
        }
        """;

    private static readonly Dictionary<string, (string Call, string Path, int Cards)> Calls = new(StringComparer.Ordinal)
    {
        [nameof(Sandbox)] = (Sandbox, CdsCalls.Opened, 1),
        [nameof(OpenedInEncounter)] = (OpenedInEncounter, CdsCalls.Opened, 1),
        [nameof(ListOfTwo)] = (ListOfTwo, CdsCalls.Book, 2),
        [nameof(AtLocation)] = (AtLocation, CdsCalls.Book, 1),
        [nameof(Fixture)] = (Fixture, CdsCalls.Book, 2),
        [nameof(WithoutStart)] = (WithoutStart, CdsCalls.Book, 1),
    };

    public static TheoryData<string> Names => [.. Calls.Keys];

    public static MatrixTheoryData<string, string> All => new(Calls.Keys, ["en", "es"]);

    [Theory]
    [MemberData(nameof(All))]
    public async Task With_our_prefetch_each_appointment_has_its_card(string name, string language)
    {
        var cards = await CardsAsync(name, CdsCalls.Prefetch(CdsCalls.Form(Requests.NothingToReport())), language);
        Assert.All(cards, card => Assert.Equal(name == nameof(WithoutStart) ? null : "eligible", CardLaw.Hold(card, language)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task With_nothing_in_any_key_each_card_asks_for_the_form(string name, string language)
    {
        var prefetch = CdsCalls.Prefetch();
        prefetch.Select(member => member.Key).ToList().ForEach(key => prefetch[key] = null);
        var cards = await CardsAsync(name, prefetch, language);
        Assert.All(cards, card => Assert.Equal(name == nameof(WithoutStart) ? null : "incomplete", CardLaw.Hold(card, language)));
    }

    /// <summary>The sandbox leaves out what failed; any key that came may be the only one.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task With_one_key_of_ours_alone_each_appointment_has_its_card(string name, string language)
    {
        var whole = CdsCalls.Prefetch(CdsCalls.Form(Requests.NothingToReport()));
        foreach (var (key, value) in whole)
        {
            var cards = await CardsAsync(name, new JsonObject { [key] = value?.DeepClone(), ["encounter"] = null }, language);
            var expected = name == nameof(WithoutStart) ? null : key == "questionnaireResponses" ? "eligible" : "incomplete";
            Assert.All(cards, card => Assert.Equal(expected, CardLaw.Hold(card, language)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Without_any_key_of_ours_the_client_is_told_so(string name)
    {
        foreach (var prefetch in (string?[])[null, "{}", OtherKeys])
        {
            var call = Call(name, prefetch is null ? null : JsonNode.Parse(prefetch));
            using var response = await service.PostAsync(Calls[name].Path, call.ToJsonString());
            Assert.Equal(HttpStatusCode.PreconditionFailed, response.StatusCode);
        }
    }

    private async Task<IReadOnlyList<JsonObject>> CardsAsync(string name, JsonNode? prefetch, string language)
    {
        var cards = await service.CardsAsync(Call(name, prefetch), Calls[name].Path, language);
        Assert.Equal(Calls[name].Cards, cards.Count);
        return cards;
    }

    private static JsonObject Call(string name, JsonNode? prefetch)
    {
        var call = JsonNode.Parse(Calls[name].Call)!.AsObject();
        if (prefetch is not null)
        {
            call["prefetch"] = prefetch;
        }

        return call;
    }
}
