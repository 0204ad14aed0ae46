using System.Text;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Screenings;
using Task = System.Threading.Tasks.Task;

namespace Screening.Api.Tests.Hostile;

/// <summary>One invalid entry of a record is a gap of that entry, at both doors and in both forms; what can be read of it counts, and so does the rest.</summary>
public sealed class FlawedEntryTests(ServiceFixture service)
{
    private const string Psoriasis = """ "resourceType": "Condition", "subject": { "reference": "Patient/42" }, "code": { "coding": [{ "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "L40.0" }] } """;
    private const string At = "Parameters.parameter[4].resource.entry[1]";

    /// <summary>The resource of an entry beside a good one, whether it raises by itself, and where the gap is told.</summary>
    public static TheoryData<string, bool, string> Flawed => new()
    {
        { $$"""{ "": 0, {{Psoriasis}} }""", true, At + ".resource" },
        { $$"""{ "_": 0, {{Psoriasis}} }""", true, At + ".resource" },
        { $$"""{ "onsetDateTime": "when young", {{Psoriasis}} }""", true, At + ".resource" },
        { $$"""{ "onsetDateTime": 17, {{Psoriasis}} }""", true, At + ".resource" },
        { $$"""{ "onsetDateTime": [], {{Psoriasis}} }""", true, At + ".resource" },
        { $$"""{ "onsetDateTime": null, {{Psoriasis}} }""", true, At + ".resource" },
        { $$"""{ "unheardOf": { "x": [1] }, {{Psoriasis}} }""", true, At + ".resource" },
        { $$"""{ "clinicalStatus": [17], {{Psoriasis}} }""", true, At + ".resource" },
        { $$"""{ "contained": [{ "id": "m" }], {{Psoriasis}} }""", true, At + ".resource" },
        { $$"""{ "contained": [{ "resourceType": "DomainResource" }], {{Psoriasis}} }""", true, At + ".resource" },
        { $$"""{ "contained": [{ "resourceType": "Resource", "id": "x" }], {{Psoriasis}} }""", true, At + ".resource" },
        { $$"""{ "contained": true, {{Psoriasis}} }""", true, At + ".resource" },
        { $$"""{ "extension": [{ "": 0 }], {{Psoriasis}} }""", true, At + ".resource" },
        { $$"""{ "id": 5, {{Psoriasis}} }""", true, At + ".resource" },
        { """{ "resourceType": "DomainResource", "id": "1" }""", false, At },
        { """{ "resourceType": "Resource" }""", false, At },
        { """{ "resourceType": "Conditon" }""", false, At },
        { """{ "resourceType": 7 }""", false, At },
        { """{ "id": "1" }""", false, At },
        { "{}", false, At },
        { "17", false, At },
        { "null", false, At },
    };

    [Theory]
    [MemberData(nameof(Flawed))]
    public async Task It_is_a_gap_at_the_operation(string resource, bool raises, string at)
    {
        foreach (var others in (string[])["no", "yes"])
        {
            var parameters = Parameters($$"""{ "resource": {{Medicine(others)}} }, { "fullUrl": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "resource": {{resource}} }""");
            var (status, answer) = await service.FhirScreenAsync(parameters);
            Assert.True(status == 200, answer.ToJsonString());
            Assert.Equal([at], Gaps(answer));
            Assert.Equal(raises ? "ineligible" : others == "yes" ? "deferred" : "eligible", (string?)FhirDecision.Of(answer)["eligibility"]);
        }
    }

    [Theory]
    [MemberData(nameof(Flawed))]
    public async Task It_is_a_gap_at_the_hook(string resource, bool raises, string at)
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"]!["conditions"] = CdsCalls.Bundle(JsonNode.Parse(resource)!, CdsCalls.Resource("""{ "resourceType": "Condition", "id": "c9", "code": { "text": "hay fever" } }"""));
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.Equal(raises ? "ineligible" : "eligible", card.Eligibility());

        // What is no resource makes the whole part one that was not read.
        Assert.Contains(at.EndsWith("resource", StringComparison.Ordinal) || resource.Contains("\"resourceType\": \"", StringComparison.Ordinal) ? "could not be read in full: 1" : "Conditions: could not be read", card.Text("detail"), StringComparison.Ordinal);
    }

    /// <summary>An entry in XML, whether it raises by itself, and where the gap is told.</summary>
    public static TheoryData<string, bool, string> FlawedInXml => new()
    {
        { "<resource><Condition><unheardOf/>§</Condition></resource>", true, At + ".resource" },
        { "<resource><Condition>§<onsetDateTime value='when young'/></Condition></resource>", true, At + ".resource" },
        { "<resource><Condition>§<onsetDateTime valeu='2020'/></Condition></resource>", true, At + ".resource" },
        { "<resource><Condition><contained><DomainResource/></contained>§</Condition></resource>", true, At + ".resource" },
        { "<resource><Condition>§<clinicalStatus value='active'/></Condition></resource>", true, At + ".resource" },
        { "<resource><DomainResource/></resource>", false, At },
        { "<resource><Resource><id value='1'/></Resource></resource>", false, At },
        { "<resource><Conditon/></resource>", false, At },
        { "<resource/>", false, At },
        { "<resource value='1'/>", false, At },
        { "<fullUrl value='urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0'/>", false, At },
    };

    [Theory]
    [MemberData(nameof(FlawedInXml))]
    public async Task It_is_a_gap_in_XML(string entry, bool raises, string at)
    {
        var good = ToXml(Parameters($$"""{ "resource": { {{Psoriasis.Replace("L40.0", "Z99.9", StringComparison.Ordinal)}} } }, { "resource": { {{Psoriasis}} } }"""));
        var second = good.LastIndexOf("<resource><Condition>", StringComparison.Ordinal);
        var end = good.LastIndexOf("</Condition></resource>", StringComparison.Ordinal) + "</Condition></resource>".Length;
        var whatItSays = good[(second + "<resource><Condition>".Length)..(end - "</Condition></resource>".Length)];
        var body = good[..second] + entry.Replace("§", whatItSays, StringComparison.Ordinal) + good[end..];
        var (status, bytes) = await service.FhirScreenBytesAsync(Encoding.UTF8.GetBytes(body), FhirCalls.Xml, FhirCalls.Json);
        Assert.True(status == 200, Encoding.UTF8.GetString(bytes));
        var answer = JsonNode.Parse(bytes)!.AsObject();
        Assert.Equal([at], Gaps(answer));
        Assert.Equal(raises ? "ineligible" : "eligible", (string?)FhirDecision.Of(answer)["eligibility"]);
    }

    [Theory]
    [InlineData("""{ "fullUrl": 17, "resource": { § } }""")]
    [InlineData("""{ "unheardOf": 1, "resource": { § } }""")]
    [InlineData("""{ "search": "match", "resource": { § } }""")]
    [InlineData("""{ "": 0, "resource": { § } }""")]
    public async Task What_is_wrong_around_a_resource_is_a_gap_of_its_entry(string entry)
    {
        var (status, answer) = await service.FhirScreenAsync(Parameters($$"""{ "resource": { "resourceType": "Practitioner", "id": "p" } }, {{entry.Replace("§", Psoriasis, StringComparison.Ordinal)}}"""));
        Assert.Equal((200, "ineligible"), (status, (string?)FhirDecision.Of(answer)["eligibility"]));
        Assert.Equal([At], Gaps(answer));
    }

    [Fact]
    public async Task An_outcome_whose_severity_nobody_can_look_at_is_a_gap()
    {
        var (status, answer) = await service.FhirScreenAsync(Parameters("""
            { "resource": { "resourceType": "Practitioner", "id": "p" } },
            { "resource": { "resourceType": "OperationOutcome", "issue": [{ "severity": ["information", "error"], "code": "informational" }] } }
            """));
        Assert.Equal((200, "eligible"), (status, (string?)FhirDecision.Of(answer)["eligibility"]));
        Assert.Equal([At], Gaps(answer));
    }

    [Fact]
    public async Task A_flawed_entry_of_a_Bundle_within_the_record_is_told_in_its_place()
    {
        var (status, answer) = await service.FhirScreenAsync(Parameters($$"""
            { "resource": { "resourceType": "Practitioner", "id": "p" } },
            { "resource": { "resourceType": "Bundle", "type": "collection", "entry": [{ "resource": { "resourceType": "Practitioner", "id": "p" } }, { "resource": { "": 0, {{Psoriasis}} } }] } }
            """));
        Assert.Equal((200, "ineligible"), (status, (string?)FhirDecision.Of(answer)["eligibility"]));
        Assert.Equal([At + ".resource.entry[1].resource"], Gaps(answer));
    }

    [Theory]
    [InlineData("""{"resourceType":"Parameters","":0}""", "unknown-member Parameters")]
    [InlineData("""{"resourceType":"Parameters","parameter":[{"":0}]}""", "unknown-member Parameters.parameter[0]")]
    [InlineData("""{"resourceType":"Parameters","parameter":[{"name":"questionnaireResponse","resource":{"resourceType":"QuestionnaireResponse","status":"completed","":0}}]}""", "unknown-member Parameters.parameter[0].resource")]
    [InlineData("""{"resourceType":"Parameters","parameter":[{"name":"questionnaireResponse","resource":{"resourceType":"QuestionnaireResponse","status":"completed","_":{}}}]}""", "unknown-member Parameters.parameter[0].resource")]
    [InlineData("""{"resourceType":"Parameters","parameter":[{"name":"appointment","resource":{"resourceType":"Appointment","contained":[{"resourceType":"Resource"}]}}]}""", "wrong-type Parameters.parameter[0].resource.contained[0]")]
    [InlineData("""{"resourceType":"Parameters","parameter":[{"name":"appointment","resource":{"resourceType":"DomainResource"}}]}""", "wrong-type Parameters.parameter[0].resource")]
    [InlineData("""{"resourceType":"DomainResource"}""", "wrong-type Parameters")]
    [InlineData("""{"resourceType":"Parameters","parameter":[{"name":"record","resource":{"resourceType":"Bundle","":0,"entry":[{}]}}]}""", "unknown-member Parameters.parameter[0].resource")]
    [InlineData("""{"resourceType":"Parameters","parameter":[{"name":"record","resource":{"resourceType":"Bundle","type":"colection","entry":[{}]}}]}""", "wrong-type Parameters.parameter[0].resource.type")]
    [InlineData("""{"resourceType":"Parameters","parameter":[{"name":"record","resource":{"resourceType":"Bundle","type":"collection","entry":{}}}]}""", "wrong-type Parameters.parameter[0].resource.entry[0]")]
    [InlineData("""{"resourceType":"Parameters","parameter":[{"name":"record","resource":{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Condition","code":{},"code":{}}}]}}]}""", "repeated-member Parameters.parameter[0].resource.entry[0].resource.code")]
    public async Task What_decides_is_read_strictly_still(string body, string error)
    {
        var (status, bytes) = await service.FhirScreenBytesAsync(Encoding.UTF8.GetBytes(body), FhirCalls.Json, FhirCalls.Json);
        var outcome = Assert.IsType<OperationOutcome>(FhirCalls.Read(bytes, FhirCalls.Json));
        Assert.Equal(400, status);
        Assert.Equal(error, outcome.Issue.Select(issue => issue.Details!.Coding[0].Code + " " + issue.Expression.Single()).First());
    }

    [Theory]
    [InlineData("<Parameters xmlns='http://hl7.org/fhir'><parameter><name value='appointment'/><resource><DomainResource/></resource></parameter></Parameters>")]
    [InlineData("<DomainResource xmlns='http://hl7.org/fhir'/>")]
    [InlineData("<Parameters xmlns='http://hl7.org/fhir'><parameter><name value='appointment'/><resource><Appointment><contained><Resource/></contained></Appointment></resource></parameter></Parameters>")]
    public async Task A_type_that_is_abstract_is_an_error_in_XML_as_well(string body)
    {
        var (status, bytes) = await service.FhirScreenBytesAsync(Encoding.UTF8.GetBytes(body), FhirCalls.Xml, FhirCalls.Json);
        Assert.IsType<OperationOutcome>(FhirCalls.Read(bytes, FhirCalls.Json));
        Assert.Equal(400, status);
    }

    private static string Medicine(string taken) => taken == "yes"
        ? """{ "resourceType": "MedicationStatement", "status": "active", "effectiveDateTime": "2026-06-01", "subject": { "reference": "Patient/42" }, "medicationCodeableConcept": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "M03AX01" }] } }"""
        : """{ "resourceType": "Practitioner", "id": "p" }""";

    private static IEnumerable<string> Gaps(JsonObject answer) =>
        Assert.Single(answer.Resources("GuidanceResponse"))["contained"]!.AsArray().Where(one => (string)one!["resourceType"]! == "OperationOutcome")
            .SelectMany(one => one!["issue"]!.AsArray()).Where(issue => (string)issue!["details"]!["coding"]![0]!["code"]! == "not-in-full").SelectMany(issue => issue!["expression"]!.AsArray()).Select(path => (string)path!);

    private static JsonObject Parameters(string entries)
    {
        var parameters = RestToFhir.Parameters(RestToFhir.Bare(Requests.NothingToReport()))!;
        parameters["parameter"]!.AsArray().Add(JsonNode.Parse($$"""{ "name": "record", "resource": { "resourceType": "Bundle", "type": "collection", "entry": [{{entries}}] } }"""));
        return parameters;
    }

    private static string ToXml(JsonObject parameters) => new FhirXmlSerializer().SerializeToString(FhirCalls.Read(Encoding.UTF8.GetBytes(parameters.ToJsonString()), FhirCalls.Json));
}
