using System.Text;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Screening.Api.Tests.CdsHooks;
using static Screening.Api.Tests.Fhir.PopulateCalls;
using Task = System.Threading.Tasks.Task;

namespace Screening.Api.Tests.Fhir;

/// <summary><c>$populate</c>: what a record suggests, where each suggestion comes from, and what it leaves to the person.</summary>
public sealed class PopulateTests(ServiceFixture service)
{
    private static readonly JsonObject Pregnant = CdsCalls.Resource("""{ "resourceType": "Condition", "id": "p1", "subject": { "reference": "Patient/42" }, "clinicalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active" }] }, "code": { "coding": [{ "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "Z33.1" }] } }""");
    private static readonly JsonObject MaybePregnant = CdsCalls.Resource("""{ "resourceType": "Condition", "id": "p2", "subject": { "reference": "Patient/42" }, "code": { "text": "High-risk pregnancy" } }""");
    private static readonly JsonObject Toxin = CdsCalls.Resource("""{ "resourceType": "MedicationAdministration", "id": "t1", "status": "completed", "subject": { "reference": "Patient/42" }, "effectiveDateTime": "2026-05-25", "medicationCodeableConcept": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "M03AX01" }] } }""");
    private static readonly JsonObject OldToxin = CdsCalls.Resource("""{ "resourceType": "MedicationAdministration", "id": "t2", "status": "completed", "subject": { "reference": "Patient/42" }, "effectiveDateTime": "2020-05-25", "medicationCodeableConcept": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "M03AX01" }] } }""");

    [Fact]
    public async Task What_the_record_raises_is_filled_in_marked_and_listed()
    {
        var (form, issues) = await service.PopulateAsync(Parameters(further: Record(Pregnant, Toxin, OldToxin, CdsCalls.Psoriasis())));
        Assert.Equal(
            ("in-progress", "urn:screening-api:questionnaire:sublative-rf|1.0.0", "Patient/42", "2026-06-01T14:00:00-04:00"),
            ((string)form["status"]!, (string)form["questionnaire"]!, (string)form["subject"]!["reference"]!, (string)form["authored"]!));
        string[] linkIds = ["pregnancy", "skinConditions", "injections.any", "injections.product", "injections.date"];
        Assert.Equal(linkIds, FilledIn(form));
        Assert.Equal([.. linkIds, FormMarks.Confirmed], Listed(form));
        Assert.Equal(["yes", "psoriasis", "yes", "botulinum-toxin"], linkIds[..4].Select(linkId => (string)form.AnswersOf(linkId).Single()["valueCoding"]!["code"]!));
        Assert.Equal("2026-05-25", (string)form.AnswersOf("injections.date").Single()["valueString"]!);
        Assert.All(linkIds.SelectMany(form.AnswersOf), answer =>
        {
            var origin = Assert.Single(answer["extension"]!.AsArray())!;
            Assert.Equal(FormMarks.Origin, (string)origin["url"]!);
            Assert.Equal(("source", "auto"), ((string)origin["extension"]![0]!["url"]!, (string)origin["extension"]![0]!["valueCode"]!));
        });
        Assert.Equal(["filled-in pregnancy", "filled-in skinConditions", "filled-in injections"], Told(issues));
        Assert.Contains("In the record: Yes, from Condition/p1", Texts(issues)[0], StringComparison.Ordinal);
        Assert.Contains("entries looked at: 4; of these matter here: 4", Texts(issues)[^1], StringComparison.Ordinal);
        Assert.Contains("The person has not said any of this yet.", (string)form["text"]!["div"]!, StringComparison.Ordinal);
        Assert.NotNull(issues["text"]);
    }

    [Fact]
    public async Task What_the_record_leaves_unclear_is_left_to_the_person_and_told()
    {
        var (form, issues) = await service.PopulateAsync(Parameters(further: Record(MaybePregnant)));
        Assert.Empty(FilledIn(form));
        Assert.False(form.ContainsKey("item"));
        Assert.Equal(["left-open pregnancy"], Told(issues));
        Assert.Contains("from Condition/p2 (High-risk pregnancy)", Texts(issues)[0], StringComparison.Ordinal);

        // What another entry makes clear is filled in beside it, and nobody is told less of the unclear one.
        (form, issues) = await service.PopulateAsync(Parameters(further: Record(MaybePregnant, Pregnant)));
        Assert.Equal(["pregnancy"], FilledIn(form));
        Assert.Equal(["filled-in pregnancy", "left-open pregnancy"], Told(issues));
    }

    [Fact]
    public async Task A_record_that_raises_nothing_fills_in_nothing()
    {
        var harmless = CdsCalls.Resource("""{ "resourceType": "Condition", "id": "c1", "subject": { "reference": "Patient/42" }, "code": { "text": "Hay fever" } }""");
        foreach (var record in (JsonObject[][])[[], [harmless], [OldToxin]])
        {
            var (form, issues) = await service.PopulateAsync(Parameters(further: Record(record)));
            Assert.False(form.ContainsKey("item"));
            Assert.DoesNotContain(Told(issues), told => told.StartsWith("filled-in", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Without_a_record_it_says_that_it_has_none()
    {
        var local = new JsonObject { ["name"] = "local", ["valueBoolean"] = true };
        var (form, issues) = await service.PopulateAsync(Parameters(further: local));
        Assert.False(form.ContainsKey("item"));
        Assert.Equal(2, Texts(issues).Count);
        Assert.Contains("No health record came", Texts(issues)[0], StringComparison.Ordinal);
        Assert.Contains("keeps no data of its own", Texts(issues)[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_may_come_in_contexts()
    {
        var medicine = JsonNode.Parse("""{ "resourceType": "Medication", "id": "m1", "code": { "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "6064" }] } }""")!;
        var order = CdsCalls.Resource("""{ "resourceType": "MedicationRequest", "id": "o1", "status": "active", "intent": "order", "subject": { "reference": "Patient/42" }, "medicationReference": { "reference": "Medication/m1" } }""");
        var patient = new JsonObject { ["name"] = "content", ["valueReference"] = new JsonObject { ["reference"] = "Patient/42" } };
        var (form, issues) = await service.PopulateAsync(Parameters(further: [Context(Content(Pregnant)), Context(Content(CdsCalls.Bundle(medicine.DeepClone()))), Context(Content(order)), Context(patient)]));
        Assert.Equal(["pregnancy", "isotretinoinUse"], FilledIn(form));

        // The medicine stands in another context than its order, the patient in none.
        var gap = Assert.Single(issues["issue"]!.AsArray(), issue => issue!["expression"] is not null)!;
        Assert.Equal(("not-sent", "Parameters.parameter[5].part[1].value"), ((string)gap["details"]!["coding"]![0]!["code"]!, (string)gap["expression"]![0]!));
    }

    [Fact]
    public async Task A_flawed_resource_is_a_gap_and_the_rest_counts()
    {
        var flawed = Pregnant.DeepClone().AsObject();
        flawed["unheardOf"] = 1;
        var misspelt = new JsonObject { ["resourceType"] = "Conditon", ["id"] = "x" };
        JsonObject[] further = [Context(Content(flawed)), Context(Content(misspelt)), Context(Content(CdsCalls.Bundle(flawed.DeepClone()))), Record(flawed)];
        var (form, issues) = await service.PopulateAsync(Parameters(further: further));
        Assert.Equal(["pregnancy"], FilledIn(form));
        var gap = Assert.Single(issues["issue"]!.AsArray(), issue => issue!["expression"] is not null)!;
        Assert.Equal("not-in-full", (string)gap["details"]!["coding"]![0]!["code"]!);
        Assert.Equal(
            ["Parameters.parameter[2].part[1].resource", "Parameters.parameter[3].part[1].resource", "Parameters.parameter[4].part[1].resource.entry[0].resource", "Parameters.parameter[5].resource.entry[0].resource"],
            gap["expression"]!.AsArray().Select(path => (string)path!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task XML_is_answered_like_JSON()
    {
        var body = Encoding.UTF8.GetBytes(Parameters(further: [Record(Pregnant), Context(Content(Toxin)), Context(Content(CdsCalls.Bundle(CdsCalls.Psoriasis())))]).ToJsonString());
        var (status, json) = await service.FhirScreenBytesAsync(body, FhirCalls.Json, FhirCalls.Json, Populate);
        Assert.Equal(200, status);
        var asXml = Screening.Fhir.FhirFormat.Xml;
        var xmlBody = Screening.Fhir.FhirFormats.Write(asXml, FhirCalls.Read(body, FhirCalls.Json));
        var (xmlStatus, xml) = await service.FhirScreenBytesAsync(xmlBody, FhirCalls.Xml, FhirCalls.Xml, Populate);
        Assert.Equal(200, xmlStatus);
        Assert.True(FhirCalls.Read(json, FhirCalls.Json).IsExactly(FhirCalls.Read(xml, FhirCalls.Xml)));
    }

    [Fact]
    public async Task It_is_answered_in_the_preferred_language()
    {
        using var content = new StringContent(Parameters(further: Record(Pregnant)).ToJsonString(), Encoding.UTF8, FhirCalls.Json);
        using var request = new HttpRequestMessage(HttpMethod.Post, Populate) { Content = content };
        request.Headers.AcceptLanguage.ParseAdd("es");
        using var response = await service.Client.SendAsync(request);
        Assert.Equal("es", Assert.Single(response.Content.Headers.ContentLanguage));
        var text = await response.Content.ReadAsStringAsync();
        Assert.Contains("Completado con datos de la historia clínica", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Filled in", text, StringComparison.Ordinal);
    }

    public static TheoryData<string, int, string[]> Slips => new()
    {
        { """{ "resourceType": "Parameters", "parameter": [{ "name": "timeZone", "valueString": "UTC" }] }""", 400, ["missing-member Parameters"] },
        { """{ "resourceType": "Parameters", "parameter": [{ "name": "subject", "valueReference": { "reference": "Patient/42" } }] }""", 400, ["missing-member Parameters"] },
        { Slip("""{ "name": "subjekt", "valueString": "x" }"""), 400, ["unknown-member Parameters.parameter[2]"] },
        { Slip("""{ "name": "subject", "valueString": "x" }"""), 400, ["repeated-member Parameters.parameter[2]"] },
        { Slip("""{ "name": "context", "valueString": "x" }"""), 400, ["wrong-type Parameters.parameter[2]"] },
        { Slip("""{ "name": "context", "part": [{ "name": "contents", "valueString": "x" }] }"""), 400, ["unknown-member Parameters.parameter[2].part[0]"] },
        { Slip("""{ "name": "context", "part": [{ "name": "content", "valueString": "x" }] }"""), 400, ["wrong-type Parameters.parameter[2].part[0]"] },
        { Slip("""{ "name": "record", "resource": { "resourceType": "Patient", "id": "42" } }"""), 400, ["wrong-type Parameters.parameter[2]"] },
        { Slip("""{ "name": "local", "valueString": "true" }"""), 400, ["wrong-type Parameters.parameter[2]"] },
        { Slip("""{ "name": "asOf", "valueDateTime": "2026-06-01" }"""), 400, ["wrong-type Parameters.parameter[2]"] },
        { Slip("""{ "name": "asOf", "valueInstant": "2020-06-01T18:00:00Z" }"""), 422, ["no-version-in-force Parameters.parameter[2]"] },
        { Slip("""{ "name": "record", "modifierExtension": [{ "url": "http://example.org/not", "valueBoolean": true }], "resource": { "resourceType": "Bundle", "type": "collection" } }"""), 400, ["unknown-member Parameters.parameter[2].modifierExtension[0]"] },
        { Slip("""{ "name": "context", "part": [{ "name": "content", "resource": { "resourceType": "Condition", "subject": { "reference": "Patient/43" } } }] }"""), 422, ["different-patients Parameters.parameter[2].part[0].resource"] },
        { Slip("""{ "name": "record", "resource": { "resourceType": "Bundle", "type": "collection", "entry": [{ "resource": { "resourceType": "Condition", "subject": { "reference": "Patient/43" } } }] } }"""), 422, ["different-patients Parameters.parameter[2].resource.entry[0].resource"] },
        { Slip("""{ "name": "context", "part": [{ "name": "name", "valueString": "x" }] }""").Replace("\"UTC\"", "\"Utopia\"", StringComparison.Ordinal), 422, ["unknown-time-zone Parameters.parameter[1].value"] },
        { Slip("""{ "name": "context", "part": [{ "name": "name", "valueString": "x" }] }""").Replace("Patient/42", "#p", StringComparison.Ordinal), 400, ["missing-member Parameters.parameter[0].value"] },
    };

    [Theory]
    [MemberData(nameof(Slips))]
    public async Task What_is_wrong_is_told_at_its_place(string body, int status, string[] errors)
    {
        var (answered, outcome) = await service.FhirScreenAsync(JsonNode.Parse(body)!.AsObject(), Populate);
        Assert.Equal(errors, outcome["issue"]!.AsArray().Select(issue => $"{issue!["details"]!["coding"]![0]!["code"]} {issue["expression"]![0]}"));
        Assert.Equal(status, answered);
    }

    [Fact]
    public async Task Parameters_that_name_a_form_are_ignored_as_the_standard_has_it()
    {
        var named = new JsonObject { ["name"] = "questionnaireRef", ["valueReference"] = new JsonObject { ["reference"] = "Questionnaire/other" } };
        var (form, _) = await service.PopulateAsync(Parameters(further: [named, Record(Pregnant)]));
        Assert.Equal(["pregnancy"], FilledIn(form));
    }

    [Fact]
    public async Task The_clinics_own_zone_stands_in_for_one_that_is_not_named()
    {
        await using var timed = new SettingsService(("Clinic:TimeZone", "Pacific/Auckland"));
        var (form, _) = await timed.PopulateAsync(Parameters(zone: null, Record(Pregnant)));
        Assert.Equal("2026-06-02T06:00:00+12:00", (string)form["authored"]!);
        var (status, _) = await service.FhirScreenAsync(Parameters(zone: null, Record(Pregnant)), Populate);
        Assert.Equal(400, status);
    }

    [Fact]
    public async Task An_unknown_protocol_is_not_found() =>
        Assert.Equal(404, (await service.FhirScreenAsync(Parameters(), "/fhir/Questionnaire/other/$populate")).Status);

    [Fact]
    public async Task It_is_published_as_the_standard_operation()
    {
        const string Standard = "http://hl7.org/fhir/uv/sdc/OperationDefinition/Questionnaire-populate";
        var (_, metadata) = await service.FhirGetAsync("/fhir/metadata");
        var statement = Assert.IsType<CapabilityStatement>(FhirCalls.Read(metadata, FhirCalls.Json));
        var forms = Assert.Single(Assert.Single(statement.Rest).Resource, resource => resource.Type == nameof(Questionnaire));
        Assert.Equal(Standard, Assert.Single(forms.Operation, operation => operation.Name == "populate").Definition);
        var (_, bytes) = await service.FhirGetAsync("/fhir/OperationDefinition/populate");
        var definition = Assert.IsType<OperationDefinition>(FhirCalls.Read(bytes, FhirCalls.Json));
        Assert.Equal((Standard, "populate", true), (definition.Base, definition.Code, definition.Instance));
        Assert.Equal(["subject", "context", "record", "local", "timeZone", "asOf"], definition.Parameter.Where(one => one.Use == OperationParameterUse.In).Select(one => one.Name));
        Assert.Equal(["response", "issues"], definition.Parameter.Where(one => one.Use == OperationParameterUse.Out).Select(one => one.Name));
    }

    [Fact]
    public async Task The_examples_of_the_document_are_answered_as_it_says()
    {
        var document = JsonNode.Parse(await service.Client.GetByteArrayAsync("/openapi/v1.json"))!;
        var operation = document["paths"]!["/fhir/Questionnaire/{protocol}/$populate"]!["post"]!;
        var expected = operation["responses"]!["200"]!["content"]![FhirCalls.Json]!["examples"]!["from-record"]!["value"]!;
        Assert.NotEmpty(FilledIn(expected["parameter"]![0]!["resource"]!.AsObject()));
        foreach (var (mediaType, body) in operation["requestBody"]!["content"]!.AsObject())
        {
            var example = body!["examples"]!["from-record"]!["value"]!;
            var text = example is JsonObject ? example.ToJsonString() : (string)example!;
            var (status, bytes) = await service.FhirScreenBytesAsync(Encoding.UTF8.GetBytes(text), mediaType, FhirCalls.Json, Populate);
            Assert.Equal(200, status);
            Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(bytes)), Encoding.UTF8.GetString(bytes));
        }
    }

    private static string Slip(string parameter) => $$"""
        { "resourceType": "Parameters", "parameter": [
            { "name": "subject", "valueReference": { "reference": "Patient/42" } },
            { "name": "timeZone", "valueString": "UTC" },
            {{parameter}}] }
        """;

    private static IEnumerable<string> Told(JsonObject issues) => issues["issue"]!.AsArray()
        .Select(issue => issue!["details"]!["coding"]).OfType<JsonArray>().Where(codings => codings.Count == 2)
        .Select(codings => $"{codings[0]!["code"]} {codings[1]!["code"]}");

    private static List<string> Texts(JsonObject issues) => [.. issues["issue"]!.AsArray().Select(issue => (string)issue!["details"]!["text"]!)];
}
