using System.Text;
using System.Text.Json.Nodes;
using Hl7.Fhir.FhirPath;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Screening.Api.Tests.Screenings;
using Task = System.Threading.Tasks.Task;

namespace Screening.Api.Tests.Fhir;

/// <summary>What is wrong with a request is told all at once, each at its FHIRPath, and never with a value of the request.</summary>
public sealed class FhirErrorTests(ServiceFixture service)
{
    private static readonly FhirJsonDeserializer Lenient = new(new DeserializerSettings().UsingMode(DeserializationMode.Ostrich));

    /// <summary>A change to a good request, the status, and the codes and paths of what is wrong then, in order.</summary>
    public static TheoryData<string, string, int, string[]> Slips => new()
    {
        // Not FHIR.
        { "$", "not json", 400, ["invalid-json Parameters"] },
        { "$", "[]", 400, ["invalid-json Parameters"] },
        { "$", """{"resourceType":"Patient"}""", 400, ["wrong-type Parameters"] },
        { "$", """{"resourceType":"Parameters","parameter":[{"name":"timeZone","valueString":"UTC"}],"resourceType":"Parameters"}""", 400, ["repeated-member Parameters"] },
        { "$", """{"resourceType":"Parameters","parameter":[{"name":"timeZone","valueString":"UTC"}]} {}""", 400, ["invalid-json Parameters"] },
        { "qr.foo", "1", 400, ["unknown-member Parameters.parameter[0].resource.foo"] },
        { "qr.zq 9", "1", 400, ["unknown-member Parameters.parameter[0].resource"] },
        { "qr.contained", "\"x\"", 400, ["wrong-type Parameters.parameter[0].resource.contained"] },
        { "qr.contained", "[{\"resourceType\":\"Medication\",\"coed\":1}]", 400, ["unknown-member Parameters.parameter[0].resource.contained[0].coed"] },
        { "qr.contained", "[{\"resourceType\":\"Medication\",\"id\":\"a\"},{\"id\":\"b\"}]", 400, ["wrong-type Parameters.parameter[0].resource.contained[1]"] },
        { "qr.contained", "[null]", 400, ["wrong-type Parameters.parameter[0].resource.contained[0]"] },
        { "appointment.contained", "{}", 400, ["wrong-type Parameters.parameter[1].resource.contained"] },
        { "qr.status", "\"finished\"", 400, ["wrong-type Parameters.parameter[0].resource.status"] },
        { "qr.status", "null", 400, ["null-value Parameters.parameter[0].resource.status"] },
        { "qr.item.0.linkId", "5", 400, ["wrong-type Parameters.parameter[0].resource.item[0].linkId"] },
        { "appointment.start", "\"2026-06-10T10:00:00\"", 400, ["wrong-type Parameters.parameter[1].resource.start"] },
        { "appointment.participant", "[]", 400, ["wrong-type Parameters.parameter[1].resource.participant[0]", "missing-member Parameters.parameter[1].resource"] },

        // Not the operation's parameters.
        { "$", """{"resourceType":"Parameters"}""", 400, ["missing-member Parameters", "missing-member Parameters", "missing-member Parameters"] },
        { "parameter.2.name", "\"timezone\"", 400, ["unknown-member Parameters.parameter[2]", "missing-member Parameters"] },
        { "parameter.2.name", "\"asOf\"", 400, ["repeated-member Parameters.parameter[3]", "missing-member Parameters", "wrong-type Parameters.parameter[2]"] },
        { "parameter.2", """{"name":"timeZone","valueCode":"UTC"}""", 400, ["wrong-type Parameters.parameter[2]"] },
        { "parameter.3", """{"name":"asOf","valueDateTime":"2026-06-01T18:00:00Z"}""", 400, ["wrong-type Parameters.parameter[3]"] },
        { "parameter.0.resource", """{"resourceType":"Patient","id":"1"}""", 400, ["wrong-type Parameters.parameter[0]"] },
        { "parameter.4", """{"name":"record","resource":{"resourceType":"Patient","id":"1"}}""", 400, ["wrong-type Parameters.parameter[4]"] },
        { "qr.modifierExtension", """[{"url":"http://example.org/not","valueBoolean":true}]""", 400, ["unknown-member Parameters.parameter[0].resource.modifierExtension[0]"] },
        { "qr.item.0.answer.0.modifierExtension", """[{"url":"http://example.org/not","valueBoolean":true}]""", 400, ["unknown-member Parameters.parameter[0].resource.item[0].answer[0].modifierExtension[0]"] },
        { "appointment.implicitRules", "\"http://example.org/rules\"", 400, ["unknown-member Parameters.parameter[1].resource.implicitRules"] },

        // Not answers.
        { "qr.item.0.answer.0", """{"valueString":"nope"}""", 422, ["unknown-code Parameters.parameter[0].resource.item[0].answer[0].value"] },
        { "qr.item.0.answer.0", """{"valueInteger":0}""", 400, ["wrong-type Parameters.parameter[0].resource.item[0].answer[0].value"] },
        { "qr.item.5.answer.0", """{"valueBoolean":false}""", 400, ["wrong-type Parameters.parameter[0].resource.item[5].answer[0].value"] },
        { "qr.item.0.answer.0", """{"extension":[{"url":"http://example.org/x","valueBoolean":true}]}""", 400, ["missing-member Parameters.parameter[0].resource.item[0].answer[0]"] },
        { "qr.item.0.answer.0.valueCoding", """{"display":"No"}""", 400, ["missing-member Parameters.parameter[0].resource.item[0].answer[0].value"] },
        { "qr.item.1.linkId", "\"pregnancy\"", 400, ["repeated-member Parameters.parameter[0].resource.item[1]"] },
        { "qr.item.0.linkId", "\"pregnant\"", 422, ["unknown-question Parameters.parameter[0].resource.item[0]"] },
        { "qr.item.0.item", """[{"linkId":"breastfeeding"}]""", 422, ["unknown-question Parameters.parameter[0].resource.item[0].item[0]"] },
        { "qr.item.0.answer.0.item", """[{"linkId":"breastfeeding"}]""", 422, ["unknown-question Parameters.parameter[0].resource.item[0].answer[0].item[0]"] },
        { "qr.item.0.answer.0.valueCoding.code", "\"nope\"", 422, ["unknown-code Parameters.parameter[0].resource.item[0].answer[0].value"] },
        { "qr.item.0.answer.0.valueCoding.system", "\"http://snomed.info/sct\"", 422, ["unknown-code Parameters.parameter[0].resource.item[0].answer[0].value.system"] },
        { "qr.item.0.answer.1", """{"valueCoding":{"code":"yes"}}""", 422, ["too-many Parameters.parameter[0].resource.item[0].answer[1]"] },
        { "qr.item.8.answer.1", """{"valueCoding":{"code":"pacemaker"}}""", 422, ["contradictory-answers Parameters.parameter[0].resource.item[8].answer[0]"] },
        { "qr.item.8.answer", """[{"valueCoding":{"code":"pacemaker"}},{"valueCoding":{"code":"lvad"}},{"valueCoding":{"code":"pacemaker"}},{"valueCoding":{"code":"tail"}}]""", 422, ["repeated-code Parameters.parameter[0].resource.item[8].answer[2].value", "unknown-code Parameters.parameter[0].resource.item[8].answer[3].value"] },
        { "qr.item.15", """{"linkId":"injections","item":[{"linkId":"injections.product","answer":[{"valueCoding":{"code":"filler"}}]}]}""", 422, ["contradictory-answers Parameters.parameter[0].resource.item[14].answer[0].value"] },
        { "qr.item.14", """{"linkId":"injections","item":[{"linkId":"injections.product","answer":[{"valueCoding":{"code":"tail"}}]}]}""", 422, ["unknown-code Parameters.parameter[0].resource.item[14].item[0].answer[0].value"] },
        { "qr.item.14", """{"linkId":"injections","item":[{"linkId":"injections.date","answer":[{"valueDate":"2026-05"}]},{"linkId":"injections.date.unknown","answer":[{"valueBoolean":true}]},{"linkId":"pregnancy","answer":[{"valueCoding":{"code":"no"}}]}]}""", 422, ["unknown-question Parameters.parameter[0].resource.item[14].item[2]", "contradictory-answers Parameters.parameter[0].resource.item[14].item[1].answer[0].value"] },
        { "qr.item.15", """{"linkId":"antiviralEnd","answer":[{"valueDate":"2026"}]}""", 422, ["invalid-date Parameters.parameter[0].resource.item[15].answer[0].value"] },
        { "qr.item.15", """{"linkId":"antiviralEnd","answer":[{"valueDate":"2026-06-20"}]}""", 422, ["contradictory-answers Parameters.parameter[0].resource.item[15].answer[0].value", "contradictory-answers Parameters.parameter[0].resource.item[15].answer[0].value"] },
        { "qr.item.15", """{"linkId":"isotretinoinLastTaken","answer":[{"valueDate":"1800"}]}""", 422, ["invalid-date Parameters.parameter[0].resource.item[15].answer[0].value"] },
        { "qr.item.15", """{"linkId":"isotretinoinLastTaken","answer":[{"valueDateTime":"2020-05"}]}""", 400, ["wrong-type Parameters.parameter[0].resource.item[15].answer[0].value"] },
        { "qr.item.15", """{"linkId":"antiviralEnd","answer":[{"valueString":"2026-06-20"}]}""", 400, ["wrong-type Parameters.parameter[0].resource.item[15].answer[0].value"] },

        // Not to be screened.
        { "qr.status", "\"in-progress\"", 422, ["unusable-status Parameters.parameter[0].resource.status"] },
        { "qr.status", "\"entered-in-error\"", 422, ["unusable-status Parameters.parameter[0].resource.status"] },
        { "qr.questionnaire", "\"urn:screening-api:questionnaire:other\"", 422, ["unknown-protocol Parameters.parameter[0].resource.questionnaire"] },
        { "qr.questionnaire", "\"urn:screening-api:questionnaire:sublative-rf|9.9.9\"", 422, ["unknown-protocol Parameters.parameter[0].resource.questionnaire"] },
        { "qr.subject.reference", "\"Patient/another\"", 422, ["different-patients Parameters.parameter[0].resource.subject"] },
        { "qr.subject.reference", "\"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0\"", 422, ["different-patients Parameters.parameter[0].resource.subject"] },
        { "appointment.participant", """[{"status":"accepted","actor":{"reference":"Patient/42"}},{"status":"accepted","actor":{"reference":"Patient/43"}}]""", 422, ["different-patients Parameters.parameter[0].resource.subject"] },
        { "parameter.4", """{"name":"record","resource":{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Condition","subject":{"reference":"http://ehr.example/Patient/another"}}}]}}""", 422, ["different-patients Parameters.parameter[4].resource.entry[0].resource"] },
        { "parameter.4", """{"name":"record","resource":{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"another"}}]}}]}}""", 422, ["different-patients Parameters.parameter[4].resource.entry[0].resource.entry[0].resource"] },
        { "appointment.status", "\"cancelled\"", 422, ["unusable-status Parameters.parameter[1].resource.status"] },
        { "appointment.status", "\"entered-in-error\"", 422, ["unusable-status Parameters.parameter[1].resource.status"] },
        { "appointment.status", "\"noshow\"", 422, ["unusable-status Parameters.parameter[1].resource.status"] },
        { "appointment.status", "\"fulfilled\"", 422, ["unusable-status Parameters.parameter[1].resource.status"] },
        { "appointment.start", "null-away", 400, ["missing-member Parameters.parameter[1].resource"] },
        { "appointment.start", "\"2026-05-31T10:00:00-07:00\"", 422, ["date-before-as-of Parameters.parameter[1].resource.start"] },
        { "parameter.1.resource", """{"resourceType":"Appointment","status":"proposed","end":"2026-06-10T10:00:00-07:00","participant":[{"status":"accepted"}]}""", 400, ["missing-member Parameters.parameter[1].resource.end"] },
        { "appointment.end", "\"2026-06-10T09:00:00-07:00\"", 422, ["end-before-start Parameters.parameter[1].resource.end"] },
        { "parameter.2.valueString", "\"Mars/Olympus\"", 422, ["unknown-time-zone Parameters.parameter[2].value"] },
        { "parameter.3.valueInstant", "\"2024-06-01T18:00:00Z\"", 422, ["no-version-in-force Parameters.parameter[3]", "date-after-as-of Parameters.parameter[0].resource.authored"] },
    };

    [Theory]
    [MemberData(nameof(Slips))]
    public async Task A_slip_is_told_at_its_place(string place, string value, int status, string[] expected)
    {
        var body = Changed(place, value);
        var (actual, bytes) = await service.FhirScreenBytesAsync(Encoding.UTF8.GetBytes(body), FhirCalls.Json, FhirCalls.Json);
        var outcome = Assert.IsType<OperationOutcome>(FhirCalls.Read(bytes, FhirCalls.Json));
        Assert.Equal(expected, outcome.Issue.Select(issue => issue.Details!.Coding[0].Code + " " + issue.Expression.Single()));
        Assert.Equal(status, actual);
        Assert.All(outcome.Issue, issue => Assert.True(issue is { Severity: OperationOutcome.IssueSeverity.Error, Details.Text.Length: > 5, Diagnostics.Length: > 5, Code: not null }));
        AssertPathsLeadSomewhere(body, outcome);
    }

    [Theory]
    [InlineData("Patient/42", "http://a.example/fhir/Patient/42", "http://a.example/fhir/Patient/42/_history/3", null)]
    [InlineData("http://a.example/fhir/Patient/42/_history/1", "Patient/42/_history/2", "Patient/42", null)]
    [InlineData("urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", null)]
    [InlineData("Patient/42", "Patient/42", "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", null)]
    [InlineData("http://a.example/fhir/Patient/42", "http://b.example/fhir/Patient/42", null, "parameter[0].resource.subject")]
    [InlineData("http://a.example/fhir/Patient/42/_history/1", "http://b.example/fhir/Patient/42/_history/1", null, "parameter[0].resource.subject")]
    [InlineData("http://a.example/fhir/Patient/42", "http://a.example/fhir/Patient/43", null, "parameter[0].resource.subject")]
    [InlineData("http://a.example/fhir/Patient/42", "Patient/42", "http://b.example/fhir/Patient/42", "parameter[4].resource.entry[0].resource")]
    [InlineData("Patient/42", "http://a.example/fhir/Patient/42", "http://b.example/fhir/Patient/42", "parameter[4].resource.entry[0].resource")]
    [InlineData("urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", null, "urn:uuid:1c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "parameter[4].resource.entry[0].resource")]
    public async Task An_id_is_of_one_person_at_one_server(string response, string? appointment, string? record, string? refusedAt)
    {
        var parameters = Good();
        parameters["parameter"]![0]!["resource"]!["subject"]!["reference"] = response;
        parameters["parameter"]![1]!["resource"]!["participant"]![0]!["actor"] = appointment is null ? new JsonObject { ["display"] = "A" } : new JsonObject { ["reference"] = appointment };
        if (record is not null)
        {
            parameters["parameter"]!.AsArray().Add(Record($$"""{ "resource": { "resourceType": "Condition", "subject": { "reference": "{{record}}" } } }"""));
        }

        await AssertRefusedAsync(parameters, refusedAt);
    }

    [Theory]
    [InlineData("""{ "fullUrl": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "resource": { "resourceType": "Patient", "id": "42" } }, { "resource": { "resourceType": "Condition", "subject": { "reference": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0" } } }""", null)]
    [InlineData("""{ "resource": { "resourceType": "Condition", "subject": { "reference": "http://a.example/fhir/Patient/42" } } }, { "fullUrl": "http://b.example/fhir/Patient/42", "resource": { "resourceType": "Patient", "id": "42" } }""", 1)]
    [InlineData("""{ "resource": { "resourceType": "Condition", "contained": [{ "resourceType": "Patient", "id": "p" }], "subject": { "reference": "#p" } } }, { "resource": { "resourceType": "Device", "patient": { "reference": "#q" } } }""", null)]
    public async Task A_record_is_of_one_person(string entries, int? refused)
    {
        var parameters = Good();
        parameters["parameter"]!.AsArray().Add(Record(entries));
        await AssertRefusedAsync(parameters, refused is { } at ? $"parameter[4].resource.entry[{at}].resource" : null);
    }

    [Fact]
    public async Task A_record_of_two_persons_is_refused_although_nobody_says_who_is_meant()
    {
        var parameters = Good();
        parameters["parameter"]![0]!["resource"]!.AsObject().Remove("subject");
        parameters["parameter"]![1]!["resource"]!["participant"]![0]!["actor"] = new JsonObject { ["display"] = "A" };
        parameters["parameter"]!.AsArray().Add(Record("""{ "resource": { "resourceType": "Patient", "id": "42" } }, { "resource": { "resourceType": "Condition", "subject": { "reference": "Patient/43" } } }"""));
        await AssertRefusedAsync(parameters, "parameter[4].resource.entry[1].resource");
    }

    [Fact]
    public async Task A_reference_within_a_record_is_to_whom_it_leads()
    {
        var parameters = Good();
        parameters["parameter"]!.AsArray().Add(Record("""
            { "resource": { "resourceType": "Condition", "subject": { "reference": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0" } } },
            { "fullUrl": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "resource": { "resourceType": "Patient", "id": "43" } }
            """));
        var (status, answer) = await service.FhirScreenAsync(parameters);
        Assert.Equal(422, status);
        Assert.Equal(["Parameters.parameter[4].resource.entry[0].resource", "Parameters.parameter[4].resource.entry[1].resource"], answer["issue"]!.AsArray().Select(issue => (string)issue!["expression"]![0]!));
    }

    private static JsonNode Record(string entries) => JsonNode.Parse($$"""{ "name": "record", "resource": { "resourceType": "Bundle", "type": "collection", "entry": [{{entries}}] } }""")!;

    private async Task AssertRefusedAsync(JsonObject parameters, string? at)
    {
        var (status, answer) = await service.FhirScreenAsync(parameters);
        Assert.True(status == (at is null ? 200 : 422), answer.ToJsonString());
        if (at is not null)
        {
            var issue = Assert.Single(answer["issue"]!.AsArray())!;
            Assert.Equal(("different-patients", "Parameters." + at), ((string)issue["details"]!["coding"]![0]!["code"]!, (string)issue["expression"]![0]!));
        }
    }

    [Fact]
    public async Task Several_slips_are_told_at_once()
    {
        var parameters = Good();
        parameters["parameter"]![0]!["resource"]!["item"]![0]!["linkId"] = "pregnant";
        parameters["parameter"]![0]!["resource"]!["item"]![1]!["answer"]![0]!["valueCoding"]!["code"] = "SECRET";
        parameters["parameter"]![1]!["resource"]!["status"] = "cancelled";
        parameters["parameter"]![2]!["valueString"] = "SECRET";
        var (status, outcome) = await service.FhirScreenAsync(parameters);
        Assert.Equal(422, status);
        Assert.Equal(4, outcome["issue"]!.AsArray().Count);
        Assert.DoesNotContain("SECRET", outcome.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"linkId":"a","answer":[{"valueBoolean":true}]}""")]
    [InlineData("""{"linkID":1}""")]
    public async Task A_body_full_of_errors_has_an_answer_of_a_thousand(string item)
    {
        // As long as an answer of a thousand is no more than ten times as much.
        var items = string.Join(',', Enumerable.Repeat(item, 1_500)) + new string(' ', 200_000);
        var body = "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"questionnaireResponse\",\"resource\":{\"resourceType\":\"QuestionnaireResponse\",\"status\":\"completed\",\"item\":[" + items + "]}}]}";
        var (status, bytes) = await service.FhirScreenBytesAsync(Encoding.UTF8.GetBytes(body), FhirCalls.Json, FhirCalls.Json);
        Assert.Equal((400, 1000), (status, ((OperationOutcome)FhirCalls.Read(bytes, FhirCalls.Json)).Issue.Count));
    }

    [Theory]
    [InlineData("qr.status", "\"SECRET\"")]
    [InlineData("qr.SECRETs", "\"SECRET\"")]
    [InlineData("qr.authored", "\"SECRET\"")]
    [InlineData("qr.item.0.answer.0", """{"valueDate":"SECRET"}""")]
    [InlineData("qr.text", """{"status":"generated","div":"SECRET"}""")]
    [InlineData("parameter.4", """{"name":"SECRET","valueString":"SECRET"}""")]
    [InlineData("parameter.4", """{"name":"record","resource":{"resourceType":"SECRET"}}""")]
    [InlineData("$", "{\"resourceType\":\"SECRET\"}")]
    [InlineData("$", "SECRET")]
    public async Task No_value_is_repeated(string place, string value)
    {
        var (_, bytes) = await service.FhirScreenBytesAsync(Encoding.UTF8.GetBytes(Changed(place, value)), FhirCalls.Json, FhirCalls.Json);

        // A path may hold the name of an element, never what stands in it.
        var outcome = (OperationOutcome)FhirCalls.Read(bytes, FhirCalls.Json);
        outcome.Issue.ForEach(issue => issue.Expression = []);
        Assert.DoesNotContain("SECRET", outcome.ToJson(), StringComparison.Ordinal);
    }

    private static JsonObject Good() => RestToFhir.Parameters(Requests.NothingToReport())!;

    /// <summary>The good request with another value at a place: <c>$</c> for all of it, <c>qr</c> and <c>appointment</c> for the resources.</summary>
    private static string Changed(string place, string value)
    {
        if (place == "$")
        {
            return value;
        }

        var parameters = Good();
        var steps = place.Split('.');
        var node = steps[0] switch
        {
            "qr" => parameters["parameter"]![0]!["resource"]!,
            "appointment" => parameters["parameter"]![1]!["resource"]!,
            _ => parameters["parameter"]!,
        };
        foreach (var step in steps[1..^1])
        {
            node = int.TryParse(step, out var index) ? node[index]! : node[step]!;
        }

        if (value == "null-away")
        {
            node.AsObject().Remove(steps[^1]);
        }
        else if (node is JsonArray list && int.Parse(steps[^1]) is var at)
        {
            if (at == list.Count)
            {
                list.Add(JsonNode.Parse(value));
            }
            else
            {
                list[at] = JsonNode.Parse(value);
            }
        }
        else
        {
            node[steps[^1]] = JsonNode.Parse(value);
        }

        return parameters.ToJsonString();
    }

    private static void AssertPathsLeadSomewhere(string body, OperationOutcome outcome)
    {
        Resource? read = null;
        try
        {
            read = Lenient.DeserializeResource(body);
        }
        catch (Exception e) when (e is DeserializationFailedException or System.Text.Json.JsonException or InvalidOperationException)
        {
            read = (e as DeserializationFailedException)?.PartialResult as Resource;
        }

        if (read is not Parameters)
        {
            // What the SDK cannot even hold has no path that it could follow.
            Assert.All(outcome.Issue, issue => Assert.StartsWith("Parameters", issue.Expression.Single(), StringComparison.Ordinal));
            return;
        }

        Assert.All(outcome.Issue.Select(issue => issue.Expression.Single()!), path =>
            Assert.True(read.Select(path).Any() || read.Select(path[..path.LastIndexOf('.')]).Any(), path));
    }
}
