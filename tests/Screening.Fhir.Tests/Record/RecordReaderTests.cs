using Hl7.Fhir.Model;
using NodaTime;
using Screening.Fhir.Record;
using Screening.Rules;
using static Screening.Fhir.Tests.Record.Records;
using Appointment = Screening.Rules.Appointment;

namespace Screening.Fhir.Tests.Record;

public static class RecordReaderTests
{
    private static readonly Protocol Protocol = Shipped();

    [Fact]
    public static void Evidence_names_a_resource_by_type_and_id_else_by_its_full_url_else_by_its_place()
    {
        var bundle = (Bundle)Parse($$"""
            { "resourceType": "Bundle", "type": "collection", "entry": [
              { "fullUrl": "https://ehr.example.org/fhir/Condition/a", "resource": { "resourceType": "Condition", "id": "a", {{Rash}} } },
              { "fullUrl": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "resource": { "resourceType": "Condition", {{Rash}} } },
              { "resource": { "resourceType": "Condition", {{Rash}} } },
              { "resource": { "resourceType": "Bundle", "type": "collection", "entry": [{ "resource": { "resourceType": "Condition", "id": "deep", {{Rash}} } }] } },
              { "search": { "mode": "match" } }
            ] }
            """);

        Assert.Equal(["Condition/a", "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "Condition/unidentified-3", "Condition/deep"], RecordReader.Read([bundle], NewYork).Select(entry => entry.Reference));
    }

    [Fact]
    public static void Bundles_within_bundles_are_opened_to_the_last()
    {
        // Far more than a body may be deep; the place of each is a text as long as it is deep, so that ten times more takes a hundred times longer.
        var record = Resource($"Condition/1 {Rash}");
        for (var depth = 0; depth < 1000; depth++)
        {
            record = new Bundle { Entry = [new Bundle.EntryComponent { Resource = record }] };
        }

        Assert.Equal("Condition/1", Assert.Single(RecordReader.Read([record], NewYork)).Reference);
    }

    [Fact]
    public static void Other_resources_and_empty_ones_say_nothing()
    {
        Assert.Empty(Read("Patient/1", "Medication/1", "Encounter/1"));
        Assert.All(
            Read("Condition", "AllergyIntolerance", "MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense", "Device", "DeviceUseStatement", "Procedure", "Observation"),
            entry => Assert.Empty(entry.Concept.Codes));
    }

    [Fact]
    public static void Values_of_the_wrong_kind_are_read_as_not_told()
    {
        var read = Read($$""" MedicationRequest/1 "status": 5, "doNotPerform": "yes", "authoredOn": true, {{Warfarin}}, "dosageInstruction": [{ "asNeededBoolean": "no", "timing": { "repeat": { "frequency": "many", "period": "long", "periodUnit": "fortnight" } } }] """);

        Assert.Equal((RecordState.Unstated, null, false), Assert.Single(read) is var entry ? (entry.State, entry.On, entry.IsDaily) : default);
    }

    [Theory]
    [InlineData("Condition/1", """ "clinicalStatus": { "coding": [{ "code": "active" }] }, "code": { "coding": [{ "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "O09.90" }] } """, Eligibility.Ineligible)]
    [InlineData("Condition/1", """ "clinicalStatus": { "coding": [{ "code": "resolved" }] }, "code": { "coding": [{ "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "O09.90" }] } """, Eligibility.Eligible)]
    [InlineData("Condition/1", """ "verificationStatus": { "coding": [{ "code": "refuted" }] }, "code": { "coding": [{ "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "O09.90" }] } """, Eligibility.Eligible)]
    [InlineData("MedicationRequest/1", """ "status": "active", "medicationCodeableConcept": { "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "60223" }] } """, Eligibility.Deferred)]
    [InlineData("MedicationRequest/1", """ "status": "active", "medicationCodeableConcept": { "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "11289" }] }, "dosageInstruction": [{ "text": "1 daily" }] """, Eligibility.Ineligible)]
    [InlineData("MedicationAdministration/1", """ "status": "completed", "effectiveDateTime": "2026-06-01T22:00:00-04:00", "medicationCodeableConcept": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "M03AX01" }] } """, Eligibility.Deferred)]
    [InlineData("MedicationAdministration/1", """ "status": "completed", "effectiveDateTime": "2026-05-27T22:00:00-04:00", "medicationCodeableConcept": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "M03AX01" }] } """, Eligibility.Eligible)]
    [InlineData("Observation/1", """ "status": "final", "code": { "coding": [{ "system": "http://loinc.org", "code": "82810-3" }] }, "valueCodeableConcept": { "coding": [{ "system": "http://snomed.info/sct", "code": "77386006" }] } """, Eligibility.Ineligible)]
    [InlineData("Device/1", """ "status": "inactive", "type": { "coding": [{ "system": "http://snomed.info/sct", "code": "14106009" }] } """, Eligibility.Ineligible)]
    [InlineData("AllergyIntolerance/1", """ "code": { "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "11289" }] } """, Eligibility.Eligible)]
    public static void A_record_raises_what_the_shipped_protocol_says(string name, string members, Eligibility expected)
    {
        var baseline = Protocol.Document.Baseline;
        var intake = RecordReconciliation.Reconcile(Nothing(), Read($"{name} {members}"), baseline.AsOf);
        var appointment = new Appointment(NewYork, NewYork.AtLeniently(baseline.Date.At(LocalTime.Noon)), null, []);

        Assert.Equal(expected, Screener.Screen(intake, appointment, baseline.AsOf).Eligibility);
        Assert.All(intake.Record, evidence => Assert.Equal(name, evidence.Reference));
    }

    private static Intake Nothing()
    {
        var sheet = new AnswerSheet(Protocol);
        var errors = new InputErrors();
        var reader = new System.Text.Json.Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(Protocol.Document.Baseline.Answers.GetRawText()));
        reader.Read();
        AnswersReader.Read(ref reader, sheet, errors);
        Assert.Empty(errors.All);
        return new Intake(Protocol, sheet.Answers.ToArray(), []);
    }

    private static Protocol Shipped()
    {
        using var file = typeof(Protocol).Assembly.GetManifestResourceStream("sublative-rf/1.0.0.json")!;
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        Assert.True(ProtocolLoader.TryLoad("sublative-rf/1.0.0.json", bytes.ToArray(), out var protocol, out _));
        return protocol;
    }
}
