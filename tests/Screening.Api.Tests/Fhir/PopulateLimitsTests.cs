using System.Text.Json.Nodes;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Screenings;
using static Screening.Api.Tests.Fhir.PopulateCalls;

namespace Screening.Api.Tests.Fhir;

/// <summary><c>$populate</c> fills in what the record states, for the patient that it is about, and tells what was not read.</summary>
public sealed class PopulateLimitsTests(ServiceFixture service)
{
    [Theory]
    [InlineData("", null)]
    [InlineData(""", "dosageInstruction": [{ "text": "5 mg" }]""", null)]
    [InlineData(""", "dosageInstruction": [{ "text": "5 mg daily" }]""", "daily")]
    [InlineData(""", "dosageInstruction": [{ "text": "5 mg every other day" }]""", "occasional")]
    [InlineData(""", "dosageInstruction": [{ "text": "5 mg every other day" }, { "text": "5 mg" }]""", null)]
    public async Task How_often_a_medicine_is_taken_is_filled_in_only_where_a_dosage_says_so(string dosage, string? filledIn)
    {
        var (form, issues) = await service.PopulateAsync(Parameters(further: Record(Warfarin(dosage))));
        Assert.Equal(filledIn is null ? [] : [filledIn], form.AnswersOf("anticoagulantUse").Select(answer => (string)answer["valueCoding"]!["code"]!));
        var text = issues.ToJsonString();
        Assert.Equal(filledIn is null, text.Contains("how often is not stated", StringComparison.Ordinal));
        Assert.Equal(filledIn is null, text.Contains("left-open", StringComparison.Ordinal));
        Assert.Equal(filledIn == "occasional", text.Contains("not every day", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_screening_tells_that_how_often_is_not_stated()
    {
        var (_, bundle) = await service.FhirScreenAsync(Doors.Parameters(Requests.NothingToReport(), null, null, Warfarin("")));
        Assert.Equal("review", (string)FhirDecision.Of(bundle)["eligibility"]!);
        Assert.Contains("how often is not stated", bundle.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Yes, an anticoagulant, but not every day", bundle.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_be_worse_than_another_entry_states_leaves_the_question_open()
    {
        var aspirin = CdsCalls.Resource("""{ "resourceType": "MedicationRequest", "id": "a1", "status": "active", "intent": "order", "subject": { "reference": "Patient/42" }, "medicationCodeableConcept": { "text": "Aspirin 81 MG" } }""");
        var longTerm = CdsCalls.Resource("""{ "resourceType": "Condition", "id": "z1", "subject": { "reference": "Patient/42" }, "code": { "coding": [{ "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "Z79.01" }] } }""");
        foreach (var record in (JsonObject[][])[[Warfarin(""), aspirin], [longTerm], [longTerm, aspirin]])
        {
            var (form, issues) = await service.PopulateAsync(Parameters(further: Record(record)));
            Assert.Empty(form.AnswersOf("anticoagulantUse"));
            Assert.Contains("how often is not stated", issues.ToJsonString(), StringComparison.Ordinal);
        }

        var (daily, _) = await service.PopulateAsync(Parameters(further: Record(longTerm, Warfarin(""", "dosageInstruction": [{ "text": "daily" }]"""))));
        Assert.Equal("daily", (string)Assert.Single(daily.AnswersOf("anticoagulantUse"))["valueCoding"]!["code"]!);
    }

    [Theory]
    [InlineData("""{ "resourceType": "OperationOutcome", "issue": [{ "severity": "error", "code": "processing" }] }""", "in-part")]
    [InlineData("""{ "resourceType": "OperationOutcome", "issue": [{ "severity": "fatal", "code": "processing" }] }""", "in-part")]
    [InlineData("""{ "resourceType": "OperationOutcome", "issue": [{ "severity": "information", "code": "informational" }] }""", "remark")]
    [InlineData("""{ "resourceType": "QuestionnaireResponse", "status": "completed" }""", "not-in-full")]
    [InlineData("""{ "resourceType": "Patient", "id": "42", "contained": [{ "resourceType": "Condition", "id": "c", "subject": { "reference": "Patient/42" }, "code": { "text": "Psoriasis" } }] }""", "not-in-full")]
    public async Task A_context_that_is_not_read_is_told(string content, string gap)
    {
        var (_, issues) = await service.PopulateAsync(Parameters(further: Context(Content(JsonNode.Parse(content)!.AsObject()))));
        var told = Assert.Single(issues["issue"]!.AsArray(), issue => issue!["expression"] is not null)!;
        Assert.Equal((gap, "Parameters.parameter[2].part[1].resource"), ((string)told["details"]!["coding"]![0]!["code"]!, (string)told["expression"]![0]!));
    }

    [Theory]
    [InlineData("urn:uuid:11111111-1111-1111-1111-111111111111")]
    [InlineData("Group/42")]
    [InlineData("Practitioner/42")]
    [InlineData("javascript:alert(1)")]
    [InlineData("javascript:alert(1)//Patient/42")]
    [InlineData("Patient/")]
    public async Task The_subject_is_a_patient(string reference)
    {
        var parameters = Parameters(further: Record(Warfarin("")));
        parameters["parameter"]![0]!["valueReference"]!["reference"] = reference;
        var (status, outcome) = await service.FhirScreenAsync(parameters, Populate);
        Assert.True(status is 400 or 422, outcome.ToJsonString());
        Assert.Contains("Parameters.parameter[0].value", outcome.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("urn:uuid:11111111-1111-1111-1111-111111111111")]
    [InlineData("Group/42")]
    [InlineData("Practitioner/42")]
    public async Task A_record_about_someone_who_is_not_surely_the_patient_is_refused(string reference)
    {
        var entry = Warfarin("");
        entry["subject"]!["reference"] = reference;
        var (status, outcome) = await service.FhirScreenAsync(Parameters(further: Record(entry)), Populate);
        Assert.Equal(422, status);
        Assert.Contains("different-patients", outcome.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_list_in_a_record_is_an_absent_one()
    {
        var empty = JsonNode.Parse("""{ "name": "record", "resource": { "resourceType": "Bundle", "type": "collection", "entry": [] } }""")!.AsObject();
        var warfarin = Warfarin(""", "extension": [], "contained": [], "dosageInstruction": [{ "text": "daily" }]""");
        var (form, _) = await service.PopulateAsync(Parameters(further: [empty, Context(Content(warfarin))]));
        Assert.Equal(["anticoagulantUse"], FilledIn(form));
    }

    private static JsonObject Warfarin(string dosage) => CdsCalls.Resource($$"""{ "resourceType": "MedicationRequest", "id": "m1", "status": "active", "intent": "order", "subject": { "reference": "Patient/42" }, "medicationCodeableConcept": { "text": "Warfarin Sodium 5 MG Oral Tablet" }{{dosage}} }""");
}
