using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Screening.Api.Tests.Protocols;
using Screening.Api.Tests.Screenings;
using Task = System.Threading.Tasks.Task;

namespace Screening.Api.Tests.Fhir;

/// <summary>What <c>$screen</c> answers: its resources, its forms, its languages, and that it answers alike each time.</summary>
public sealed class ScreenTests(ServiceFixture service)
{
    [Fact]
    public async Task The_same_request_gives_the_same_bytes_apart_from_the_decisions_id()
    {
        var body = Encoding.UTF8.GetBytes(Parameters(Requests.NothingToReport().With("isotretinoinUse", "past")).ToJsonString());
        var one = await TextAsync(body);
        var other = await TextAsync(body);
        Assert.Equal(2, one.Split(IdIn(one)).Length - 1);
        Assert.NotEqual(IdIn(one), IdIn(other));
        Assert.Equal(one, other.Replace(IdIn(other), IdIn(one), StringComparison.Ordinal));
    }

    [Fact]
    public async Task XML_says_what_JSON_says_both_ways()
    {
        foreach (var request in (JsonObject[])[Requests.NothingToReport(), RestToFhir.Bare(Requests.Everything()), Requests.NothingToReport().With("pregnancy", null)])
        {
            var parameters = Parameters(request).ToJsonString();
            var json = Encoding.UTF8.GetBytes(parameters);
            var xml = new FhirXmlSerializer().SerializeToBytes(FhirCalls.Read(json, FhirCalls.Json));
            var expected = await TextAsync(json);
            foreach (var (body, type) in new[] { (json, FhirCalls.Json), (xml, FhirCalls.Xml) })
            {
                foreach (var accept in (string[])[FhirCalls.Json, FhirCalls.Xml])
                {
                    var (status, bytes) = await service.FhirScreenBytesAsync(body, type, accept);
                    Assert.Equal(200, status);
                    var text = new FhirJsonSerializer().SerializeToString(FhirCalls.Read(bytes, accept));
                    var plain = new FhirJsonSerializer().SerializeToString(FhirCalls.Read(Encoding.UTF8.GetBytes(expected), FhirCalls.Json));
                    Assert.Equal(plain.Replace(IdIn(plain), "", StringComparison.Ordinal), text.Replace(IdIn(text), "", StringComparison.Ordinal));
                }
            }
        }
    }

    [Fact]
    public async Task The_guidance_points_to_the_care_plan_whose_steps_are_those_of_the_care_plans_route()
    {
        var request = RestToFhir.Bare(Requests.NothingToReport().With("herpesSimplexHistory", "yes").With("antiviralStart", "2026-06-05"));
        request["appointment"]!["end"] = "2026-06-10T11:00:00";
        var (_, bundle) = await service.FhirScreenAsync(Parameters(request));
        var plan = Assert.Single(bundle.Resources("CarePlan"));
        var entry = bundle["entry"]!.AsArray().Single(entry => entry!["resource"] == plan)!;
        Assert.Equal((string)entry["fullUrl"]!, (string)bundle.Resources("GuidanceResponse")[0]["result"]!["reference"]!);
        Assert.Equal("Patient/42", (string)plan["subject"]!["reference"]!);

        using var response = await service.PostAsync("/v1/care-plans", request.ToJsonString());
        var steps = JsonNode.Parse(await response.Content.ReadAsByteArrayAsync())!["steps"]!.AsArray();
        Assert.Equal(
            steps.Select(step => $"{step!["id"]} {step["text"]} {(string)step["kind"]! == "avoid"} {step["startsOn"] ?? step["startsAt"]} {step["endsOn"] ?? step["endsAt"]}"),
            plan["activity"]!.AsArray().Select(activity => activity!["detail"]!).Select(detail =>
                $"{detail["code"]!["coding"]![0]!["code"]} {detail["description"]} {(bool)detail["doNotPerform"]!} {detail["scheduledPeriod"]!["start"]} {detail["scheduledPeriod"]!["end"]}"));
    }

    [Theory]
    [InlineData("pregnancy", "yes", "high")]
    [InlineData("isotretinoinUse", "past", "moderate")]
    [InlineData("pregnancy", "unknown", "moderate")]
    [InlineData("pregnancy", null, "moderate")]
    [InlineData("topicalRetinoidUse", "current", "moderate")]
    [InlineData("herpesSimplexHistory", "yes", "low")]
    public async Task An_issue_is_as_grave_as_what_it_leads_to(string question, string? answer, string severity)
    {
        var (_, bundle) = await service.FhirScreenAsync(Parameters(Requests.NothingToReport().With(question, answer)));
        var issue = Assert.Single(bundle.Resources("DetectedIssue"));
        Assert.Equal(severity, (string)issue["severity"]!);
        Assert.StartsWith("urn:screening-api:source:sublative-rf:1.0.0:", (string)issue["reference"]!, StringComparison.Ordinal);
        Assert.Equal("Patient/42", (string)issue["patient"]!["reference"]!);
    }

    [Fact]
    public async Task What_is_missing_is_required_by_its_linkId()
    {
        var (_, bundle) = await service.FhirScreenAsync(Parameters(Requests.NothingToReport().With("pregnancy", null).With("injections", null)));
        var guidance = bundle.Resources("GuidanceResponse").Single();
        Assert.Equal("data-required", (string)guidance["status"]!);
        Assert.Equal(["pregnancy", "injections.any"], guidance["dataRequirement"]!.AsArray().Select(one => (string)one!["codeFilter"]![0]!["code"]![0]!["code"]!));
        Assert.Empty(bundle.Resources("CarePlan"));
    }

    [Fact]
    public async Task Evidence_names_the_item_its_answer_and_the_response()
    {
        var (_, bundle) = await service.FhirScreenAsync(Parameters(Requests.NothingToReport().With("injections", JsonNode.Parse("""[{"product":"filler","date":"2026-06"}]"""))));
        var evidence = Assert.Single(Assert.Single(bundle.Resources("DetectedIssue"))["evidence"]!.AsArray())!;
        Assert.Equal("injections.any", (string)evidence["code"]![0]!["coding"]![0]!["code"]!);
        Assert.Equal(("filler", "2026-06"), ((string)evidence["code"]![1]!["coding"]![0]!["code"]!, (string)evidence["code"]![1]!["text"]!));
        Assert.Equal("QuestionnaireResponse/filled-in", (string)evidence["detail"]![0]!["reference"]!);
    }

    [Fact]
    public async Task A_record_raises_an_answer_and_is_named_by_reference()
    {
        var parameters = Parameters(Requests.NothingToReport());
        var plain = (await service.FhirScreenAsync(parameters)).Answer;
        parameters["parameter"]!.AsArray().Add(JsonNode.Parse("""
            { "name": "record", "resource": { "resourceType": "Bundle", "type": "searchset", "entry": [
              { "resource": { "resourceType": "Condition", "id": "psoriasis-1", "subject": { "reference": "Patient/42" },
                "clinicalStatus": { "coding": [ { "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active" } ] },
                "code": { "coding": [ { "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "L40.0" } ] } } },
              { "resource": { "resourceType": "Condition", "id": "refuted-1", "subject": { "reference": "Patient/42" },
                "verificationStatus": { "coding": [ { "system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "refuted" } ] },
                "code": { "coding": [ { "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "Z33.1" } ] } } } ] } }
            """));
        var (status, bundle) = await service.FhirScreenAsync(parameters);
        Assert.Equal((200, "eligible", "ineligible"), (status, (string)FhirDecision.Of(plain)["eligibility"]!, (string)FhirDecision.Of(bundle)["eligibility"]!));
        var issue = Assert.Single(bundle.Resources("DetectedIssue"));
        Assert.Contains(issue["evidence"]!.AsArray(), evidence => (string?)evidence!["detail"]?[0]?["reference"] == "Condition/psoriasis-1" && (string)evidence["code"]![0]!["coding"]![0]!["system"]! == "http://hl7.org/fhir/sid/icd-10-cm");
        Assert.EndsWith("the worse of the two counts.", (string)issue["detail"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("refuted-1", bundle.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "5 more entries of the health record")]
    [InlineData("es", "5 entradas más de la historia clínica")]
    public async Task Of_many_entries_of_a_record_a_hundred_are_named_and_the_rest_are_counted(string language, string more)
    {
        // What was said already raises nothing: it comes first in the record, and last in the evidence.
        JsonObject Entry(string id, string on) => new()
        {
            ["resource"] = new JsonObject
            {
                ["resourceType"] = "MedicationStatement",
                ["id"] = id,
                ["status"] = "completed",
                ["subject"] = new JsonObject { ["reference"] = "Patient/42" },
                ["effectiveDateTime"] = on,
                ["medicationCodeableConcept"] = JsonNode.Parse("""{ "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "860189" }] }"""),
            },
        };
        var parameters = Parameters(Requests.NothingToReport().With("injections", JsonNode.Parse("""[{"product":"botulinum-toxin","date":"2020-01-01"}]""")));
        var entries = Enumerable.Range(0, 104).Select(i => Entry($"said-{i}", "2020-01-01")).Append(Entry("new", "2026-06-05"));
        parameters["parameter"]!.AsArray().Add(new JsonObject
        {
            ["name"] = "record",
            ["resource"] = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "collection", ["entry"] = new JsonArray([.. entries]) },
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, FhirCalls.Screen) { Content = new StringContent(parameters.ToJsonString(), System.Text.Encoding.UTF8, FhirCalls.Json) };
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var response = await service.Client.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        _ = FhirCalls.Read(bytes, FhirCalls.Json);
        var evidence = Assert.Single(JsonNode.Parse(bytes)!.AsObject().Resources("DetectedIssue"))["evidence"]!.AsArray();
        Assert.Equal(1 + 100 + 1, evidence.Count);
        Assert.Equal("MedicationStatement/new", (string)evidence[1]!["detail"]![0]!["reference"]!);
        Assert.Equal("MedicationStatement/said-98", (string)evidence[100]!["detail"]![0]!["reference"]!);
        Assert.Equal(more, (string)evidence[101]!["code"]![0]!["text"]!);
    }

    [Fact]
    public async Task Without_a_start_the_question_is_today_and_the_care_plan_has_words_and_no_dates()
    {
        var request = RestToFhir.Bare(Requests.NothingToReport().With("skincareKit", "yes"));
        var dated = Assert.Single((await service.FhirScreenAsync(Parameters(request))).Answer.Resources("CarePlan"));
        request["appointment"]!.AsObject().Remove("start");
        var (status, bundle) = await service.FhirScreenAsync(Parameters(request));
        var decision = FhirDecision.Of(bundle);
        Assert.Equal((200, true, "2026-06-01"), (status, (bool)decision["bookable"]!, (string)decision["appointment"]!["date"]!));
        var plan = Assert.Single(bundle.Resources("CarePlan"));
        Assert.Equal(("draft", "proposal"), ((string)plan["status"]!, (string)plan["intent"]!));
        Assert.DoesNotContain("2026", plan.ToJsonString(), StringComparison.Ordinal);
        var when = Details(plan).ToDictionary(Id, detail => (string)detail["scheduledString"]!);
        Assert.Equal(Details(dated).Select(Id).Order(), when.Keys.Order());
        Assert.Equal(
            ("from 13 days before the appointment through the day of the appointment", "1 day before the appointment", "from 30 minutes before the start of the appointment through the start of the appointment", "from 24 hours after the end of the appointment", "from 4 days after the appointment"),
            (when["topical-retinoid-stop"], when["numbing-cream-collect"], when["numbing-cream-apply"], when["discomfort-persists"], when["restorative-complex"]));
    }

    [Fact]
    public async Task The_words_of_a_care_plan_without_dates_are_in_the_language_of_the_answer()
    {
        var request = RestToFhir.Bare(Requests.NothingToReport());
        request["appointment"]!.AsObject().Remove("start");
        using var message = new HttpRequestMessage(HttpMethod.Post, FhirCalls.Screen) { Content = new StringContent(Parameters(request).ToJsonString(), Encoding.UTF8, FhirCalls.Json) };
        message.Headers.AcceptLanguage.ParseAdd("es");
        using var response = await service.Client.SendAsync(message);
        var plan = Assert.Single(JsonNode.Parse(await response.Content.ReadAsByteArrayAsync())!.AsObject().Resources("CarePlan"));
        var when = Details(plan).ToDictionary(Id, detail => (string)detail["scheduledString"]!);
        Assert.Equal(
            ("desde 13 días antes de la cita hasta el día de la cita", "1 día antes de la cita", "desde 24 horas después del final de la cita"),
            (when["topical-retinoid-stop"], when["numbing-cream-collect"], when["discomfort-persists"]));
    }

    private static IEnumerable<JsonNode> Details(JsonObject plan) => plan["activity"]!.AsArray().Select(activity => activity!["detail"]!);

    private static string Id(JsonNode detail) => (string)detail["code"]!["coding"]![0]!["code"]!;

    [Fact]
    public async Task A_code_needs_no_system_and_a_response_no_questionnaire_subject_or_id()
    {
        var parameters = Parameters(Requests.NothingToReport());
        var response = parameters["parameter"]![0]!["resource"]!.AsObject();
        foreach (var member in (string[])["questionnaire", "subject", "id"])
        {
            response.Remove(member);
        }

        foreach (var coding in response["item"]!.AsArray().SelectMany(item => item!["answer"]!.AsArray()).Select(answer => answer!["valueCoding"]!.AsObject()))
        {
            coding.Remove("system");
        }

        parameters["parameter"]![1]!["resource"]!["participant"]![0]!.AsObject().Remove("actor");
        var (status, bundle) = await service.FhirScreenAsync(parameters);
        Assert.Equal((200, "eligible"), (status, (string?)FhirDecision.Of(bundle)["eligibility"]));
    }

    [Fact]
    public async Task Another_protocol_is_one_file_and_no_line_of_code()
    {
        await using var other = new FurtherProtocolTests.ServiceWithFolder();
        var response = JsonNode.Parse("""
            { "resourceType": "QuestionnaireResponse", "status": "completed", "item": [
              { "linkId": "sunburn", "answer": [ { "valueCoding": { "code": "none" } } ] },
              { "linkId": "scarsAt", "answer": [ { "valueCoding": { "system": "urn:screening-api:codes", "code": "none" } } ] },
              { "linkId": "hairRemovals", "item": [ { "linkId": "hairRemovals.method", "answer": [ { "valueCoding": { "system": "urn:screening-api:codes:made-up-peel:hairRemovals.method", "code": "laser" } } ] },
                { "linkId": "hairRemovals.day", "answer": [ { "valueDate": "2026-06-08" } ] } ] },
              { "linkId": "acidToner", "answer": [ { "valueCoding": { "code": "no" } } ] } ] }
            """)!;
        var parameters = Parameters(Requests.NothingToReport());
        parameters["parameter"]![0]!["resource"] = response;
        var (status, bundle) = await other.FhirScreenAsync(parameters, "/fhir/Questionnaire/made-up-peel/$screen");
        Assert.True(status == 200, bundle.ToJsonString());
        var decision = FhirDecision.Of(bundle);
        Assert.Equal(("deferred", "2026-06-11", "made-up-peel"), ((string?)decision["eligibility"], (string?)decision["notBefore"], (string?)decision["protocol"]!["id"]));

        var (got, bytes) = await other.FhirGetAsync("/fhir/Questionnaire/made-up-peel");
        Assert.Equal(HttpStatusCode.OK, got.StatusCode);
        Assert.Equal("MadeUpPeel", ((Questionnaire)FhirCalls.Read(bytes, FhirCalls.Json)).Name);
    }

    [Fact]
    public async Task The_examples_of_the_document_are_answered_as_it_says()
    {
        var document = JsonNode.Parse(await service.Client.GetByteArrayAsync("/openapi/v1.json"))!;
        var operation = document["paths"]!["/fhir/Questionnaire/{protocol}/$screen"]!["post"]!;
        var expected = operation["responses"]!["200"]!["content"]![FhirCalls.Json]!["examples"]!["deferred"]!["value"]!.AsObject();
        var bodies = operation["requestBody"]!["content"]!.AsObject();
        Assert.Equal(["application/fhir+json", "application/json", "application/fhir+xml", "application/xml", "text/xml"], bodies.Select(body => body.Key));
        foreach (var (mediaType, body) in bodies)
        {
            var example = body!["examples"]!["deferred"]!["value"]!;
            var text = example is JsonObject ? example.ToJsonString() : (string)example!;
            var (status, bytes) = await service.FhirScreenBytesAsync(Encoding.UTF8.GetBytes(text), mediaType, FhirCalls.Json);
            Assert.Equal(200, status);
            var answer = Encoding.UTF8.GetString(bytes);
            Assert.Equal(expected.ToJsonString(), JsonNode.Parse(answer.Replace(IdIn(answer), IdIn(expected.ToJsonString()), StringComparison.Ordinal))!.ToJsonString());
        }
    }

    private static JsonObject Parameters(JsonObject request) => RestToFhir.Parameters(RestToFhir.Bare(request))!;

    private async Task<string> TextAsync(byte[] body)
    {
        var (status, bytes) = await service.FhirScreenBytesAsync(body, FhirCalls.Json, FhirCalls.Json);
        Assert.True(status == 200, Encoding.UTF8.GetString(bytes));
        return Encoding.UTF8.GetString(bytes);
    }

    private static string IdIn(string bundle) => (string)FhirDecision.Of(JsonNode.Parse(bundle)!.AsObject())["decisionId"]!;
}
