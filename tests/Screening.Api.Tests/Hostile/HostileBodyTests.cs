using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Hl7.Fhir.Serialization;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Reference;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Hostile;

/// <summary>
/// Whatever is done to a body, it is answered with a decision, or with what is wrong with it, and never with a failure of the service. A run that fails
/// tells its seed; <c>CsCheck_Seed</c> repeats it.
/// </summary>
public sealed class HostileBodyTests(ServiceFixture service)
{
    private const string Of42 = "\"subject\":{\"reference\":\"Patient/42\"}";

    private static readonly int Bodies = GeneratedRun.Count(300, 1000);

    /// <summary>Something of every kind that a record may hold.</summary>
    private static readonly string[] Record =
    [
        $$"""{ "resourceType": "Condition", "id": "c", {{Of42}}, "clinicalStatus": { "coding": [{ "code": "active" }] }, "code": { "coding": [{ "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "Z99.9", "display": "x" }], "text": "x" }, "onsetDateTime": "2020-01-01", "text": { "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>" } }""",
        """{ "resourceType": "AllergyIntolerance", "id": "a", "patient": { "reference": "Patient/42" }, "code": { "text": "x" }, "onsetString": "x" }""",
        $$"""{ "resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order", {{Of42}}, "contained": [{ "resourceType": "Medication", "id": "i", "ingredient": [{ "itemCodeableConcept": { "text": "x" } }] }], "medicationReference": { "reference": "#i" }, "authoredOn": "2026-05-01", "dosageInstruction": [{ "timing": { "repeat": { "frequency": 1, "period": 1, "periodUnit": "d" } }, "route": { "text": "x" } }] }""",
        $$"""{ "resourceType": "MedicationStatement", "id": "s", "status": "completed", {{Of42}}, "medicationReference": { "reference": "Medication/med" }, "effectivePeriod": { "start": "2026-05-01", "end": "2026-05-02" } }""",
        """{ "resourceType": "Medication", "id": "med", "code": { "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "0" }] } }""",
        $$"""{ "resourceType": "DeviceUseStatement", "id": "u", "status": "active", {{Of42}}, "device": { "reference": "Device/d" }, "bodySite": { "text": "x" }, "timingPeriod": { "start": "2020" } }""",
        """{ "resourceType": "Device", "id": "d", "patient": { "reference": "Patient/42" }, "type": { "text": "x" }, "deviceName": [{ "name": "x", "type": "model-name" }] }""",
        $$"""{ "resourceType": "Procedure", "id": "p", "status": "completed", {{Of42}}, "code": { "text": "x" }, "performedPeriod": { "start": "2026-05-20T10:00:00Z", "end": "2026-05-21" }, "focalDevice": [{ "manipulated": { "reference": "Device/d" } }] }""",
        $$"""{ "resourceType": "Observation", "id": "o", "status": "final", {{Of42}}, "code": { "coding": [{ "system": "http://loinc.org", "code": "82810-3" }] }, "effectiveDateTime": "2026-05-20", "valueCodeableConcept": { "coding": [{ "system": "http://snomed.info/sct", "code": "0" }] } }""",
        """{ "resourceType": "Bundle", "type": "collection", "entry": [{ "fullUrl": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "resource": { "resourceType": "OperationOutcome", "issue": [{ "severity": "warning", "code": "informational" }] } }] }""",
    ];

    [Fact]
    public async Task A_spoilt_body_of_the_operation_is_never_a_failure()
    {
        var body = Operation().ToJsonString();
        await AssertAnsweredAsync(FhirCalls.Screen, FhirCalls.Json, random => new JsonMutations(random).Spoil(body));
    }

    [Fact]
    public async Task A_spoilt_body_in_XML_is_never_a_failure()
    {
        var body = new FhirXmlSerializer().SerializeToString(FhirCalls.Read(Encoding.UTF8.GetBytes(Operation().ToJsonString()), FhirCalls.Json));
        await AssertAnsweredAsync(FhirCalls.Screen, FhirCalls.Xml, random => new XmlMutations(random).Spoil(body));
    }

    [Fact]
    public async Task A_spoilt_call_of_a_hook_is_never_a_failure()
    {
        var call = CdsCalls.Booking(RestToFhir.Bare(Requests.Everything()));
        foreach (var group in Record.Select(one => JsonNode.Parse(one)!).Where(one => (string)one["resourceType"]! != "Bundle").GroupBy(Key))
        {
            call["prefetch"]![group.Key] = CdsCalls.Bundle([.. group]);
        }

        var body = call.ToJsonString();
        await AssertAnsweredAsync(CdsCalls.Book, "application/json", random => new JsonMutations(random).Spoil(body));
    }

    [Theory]
    [InlineData("/v1/screenings")]
    [InlineData("/v1/care-plans")]
    public async Task A_spoilt_screening_is_never_a_failure(string path)
    {
        var body = Requests.Everything().ToJsonString();
        await AssertAnsweredAsync(path, "application/json", random => new JsonMutations(random).Spoil(body));
    }

    private static string Key(JsonNode resource) => (string)resource["resourceType"]! switch
    {
        "Condition" => "conditions",
        "AllergyIntolerance" => "allergies",
        "MedicationRequest" => "medicationRequests",
        "MedicationStatement" or "Medication" => "medicationStatements",
        "DeviceUseStatement" => "deviceUses",
        "Device" => "devices",
        "Procedure" => "procedures",
        _ => "observations",
    };

    private static JsonObject Operation()
    {
        var parameters = RestToFhir.Parameters(RestToFhir.Bare(Requests.Everything()))!;
        parameters["parameter"]!.AsArray().Add(new JsonObject { ["name"] = "record", ["resource"] = CdsCalls.Bundle([.. Record.Select(one => JsonNode.Parse(one)!)]) });
        return parameters;
    }

    private async Task AssertAnsweredAsync(string path, string contentType, Func<Random, byte[]> next)
    {
        var counts = new ConcurrentDictionary<int, int>();
        await Gen.Int.SampleAsync(
            async seed =>
            {
                var body = next(new Random(seed));
                using var content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } };
                using var response = await service.Client.PostAsync(new Uri(path, UriKind.Relative), content);
                var status = (int)response.StatusCode;
                counts.AddOrUpdate(status, 1, (_, known) => known + 1);
                var length = (await response.Content.ReadAsByteArrayAsync()).Length;
                Assert.True(status is 200 or 400 or 412 or 413 or 422, $"{status} to {Encoding.UTF8.GetString(body)}");
                Assert.True(length <= Math.Max(64 * 1024, 10 * body.Length), $"{length} bytes to {Encoding.UTF8.GetString(body)}");
            },
            iter: Bodies,
            threads: 2);

        // Much of it is refused, and some of it is well-formed, so that both ways are tried.
        Assert.True(counts.GetValueOrDefault(400) > Bodies / 10 && counts.GetValueOrDefault(200) + counts.GetValueOrDefault(422) > Bodies / 100, string.Join(", ", counts));
    }
}
