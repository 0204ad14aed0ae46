using System.Net;
using System.Text.Json.Nodes;
using Screening.Api.Tests.Reference;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.CdsHooks;

/// <summary>Whatever stands in whatever place of a call, the service answers, and never lets anyone through whom it should not.</summary>
public sealed class CdsOddCallTests(ServiceFixture service)
{
    private static readonly string?[] Odd = ["null", "17", "\"zq9<b>\"", "{}", "[]", "[null]", "[{}]", "[[17]]", "true", "{ \"reference\": 7 }", null];

    [Fact]
    public async Task Any_value_in_any_place_is_answered()
    {
        var call = Full();
        var pointers = Pointers(call, string.Empty).ToList();
        Assert.True(pointers.Count > 300);
        var counts = new Dictionary<HttpStatusCode, int>();
        var random = GeneratedRun.Random(10);
        for (var i = 0; i < pointers.Count; i++)
        {
            // Every value in every place, or for each place one that another run draws differently.
            foreach (var value in GeneratedRun.IsFull ? Odd : [Odd[random.Next(Odd.Length)]])
            {
                var odd = Full();
                Replace(odd, pointers[i], value);
                using var response = await service.PostAsync(CdsCalls.Book, odd.ToJsonString());
                counts[response.StatusCode] = counts.GetValueOrDefault(response.StatusCode) + 1;
                var text = await response.Content.ReadAsStringAsync();
                Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.PreconditionFailed, $"{pointers[i]} {value}: {text}");
                var shown = response.StatusCode == HttpStatusCode.OK ? string.Concat(JsonNode.Parse(text)!["cards"]!.AsArray().Select(card => (string)card!["summary"]! + card["detail"])) : text;
                Assert.DoesNotContain("zq9", shown, StringComparison.Ordinal);

                // The one thing that is wrong with the person stands in the form, in the record, and nowhere else.
                Assert.True(response.StatusCode != HttpStatusCode.OK || !text.Contains("\"bookable\":true", StringComparison.Ordinal), $"{pointers[i]}: {text}");
            }
        }

        Assert.True(counts[HttpStatusCode.OK] > counts.Values.Sum() / 3, string.Join(", ", counts));
    }

    /// <summary>A call with something of every kind in the record; the answers and the record both exclude.</summary>
    private static JsonObject Full()
    {
        var rest = Requests.Everything();
        rest["answers"]!["pregnancy"] = "yes";
        var call = CdsCalls.Booking(rest);
        void Held(string key, params JsonNode[] resources) => call["prefetch"]![key] = CdsCalls.Bundle(resources);
        var within = JsonNode.Parse("""[{ "resourceType": "Practitioner", "id": "p1" }]""")!;
        call["prefetch"]!["questionnaireResponses"]!["entry"]![0]!["resource"]!["contained"] = within.DeepClone();
        var psoriasis = CdsCalls.Psoriasis();
        psoriasis["contained"] = within;
        Held("conditions", psoriasis);
        Held("allergies", CdsCalls.Resource("""
            { "resourceType": "AllergyIntolerance", "id": "a1", "code": { "coding": [{ "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "L23.0" }] }, "onsetDateTime": "2020" }
            """));
        Held("medicationRequests", CdsCalls.Resource("""
            {
              "resourceType": "MedicationRequest", "id": "m1", "status": "active", "intent": "order", "medicationReference": { "reference": "Medication/med1" }, "authoredOn": "2026-05-01",
              "dosageInstruction": [{ "route": { "coding": [{ "system": "http://snomed.info/sct", "code": "26643006" }] }, "timing": { "repeat": { "frequency": 1, "period": 1, "periodUnit": "d" } } }],
              "dispenseRequest": { "validityPeriod": { "start": "2026-05-01", "end": "2026-07-01" } }
            }
            """), JsonNode.Parse("""{ "resourceType": "Medication", "id": "med1", "code": { "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "11289" }] } }""")!);
        Held("medicationStatements", CdsCalls.Resource("""
            { "resourceType": "MedicationStatement", "id": "s1", "status": "completed", "medicationCodeableConcept": { "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "860189" }] }, "effectivePeriod": { "start": "2026-05-01", "end": "2026-05-02" } }
            """));
        Held("deviceUses", CdsCalls.Resource("""
            { "resourceType": "DeviceUseStatement", "id": "u1", "status": "active", "device": { "reference": "Device/d1" }, "bodySite": { "coding": [{ "system": "http://snomed.info/sct", "code": "69536005" }] }, "timingPeriod": { "start": "2020" } }
            """));
        Held("devices", CdsCalls.Resource("""
            { "resourceType": "Device", "id": "d1", "status": "active", "type": { "coding": [{ "system": "http://snomed.info/sct", "code": "14106009" }] } }
            """));
        Held("procedures", CdsCalls.Resource("""
            { "resourceType": "Procedure", "id": "p1", "status": "completed", "performedDateTime": "2026-05-20T10:00:00Z", "code": { "text": "x" }, "usedCode": [{ "coding": [{ "system": "http://snomed.info/sct", "code": "14106009" }] }], "focalDevice": [{ "manipulated": { "reference": "Device/d1" } }] }
            """));
        Held("observations", CdsCalls.Resource("""
            { "resourceType": "Observation", "id": "o1", "status": "final", "code": { "coding": [{ "system": "http://loinc.org", "code": "82810-3" }] }, "effectiveDateTime": "2026-05-20", "valueCodeableConcept": { "coding": [{ "system": "http://snomed.info/sct", "code": "77386006" }] } }
            """));
        return call;
    }

    private static IEnumerable<string> Pointers(JsonNode? node, string at) => node switch
    {
        JsonObject members => members.SelectMany(member => Pointers(member.Value, $"{at}/{member.Key}").Prepend($"{at}/{member.Key}")),
        JsonArray elements => elements.SelectMany((element, i) => Pointers(element, $"{at}/{i}").Prepend($"{at}/{i}")),
        _ => [],
    };

    private static void Replace(JsonNode root, string pointer, string? value)
    {
        var steps = pointer.Split('/')[1..];
        var owner = steps[..^1].Aggregate(root, (node, step) => node is JsonArray list ? list[int.Parse(step)]! : node[step]!);
        if (owner is JsonArray array)
        {
            array[int.Parse(steps[^1])] = value is null ? null : JsonNode.Parse(value);
        }
        else if (value is null)
        {
            owner.AsObject().Remove(steps[^1]);
        }
        else
        {
            owner[steps[^1]] = JsonNode.Parse(value);
        }
    }
}
