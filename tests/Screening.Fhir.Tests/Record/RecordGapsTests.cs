using Screening.Fhir.Record;
using static Screening.Fhir.Tests.Record.Records;

namespace Screening.Fhir.Tests.Record;

/// <summary>What nobody can read is told, and what somebody could read is not.</summary>
public static class RecordGapsTests
{
    private const string Own = """ { "coding": [{ "system": "urn:oid:1.2.3.4", "code": "X1" }] } """;

    private static readonly Rules.RecordVocabulary Vocabulary = ShippedProtocol.Load().RecordVocabulary;

    public static TheoryData<string> Silent => new(
        """ MedicationRequest/1 "status": "active" """,
        $$""" MedicationRequest/1 "status": "active", "medicationCodeableConcept": {{Own}} """,
        """ MedicationRequest/1 "status": "active", "medicationCodeableConcept": { } """,
        """ MedicationRequest/1 "status": "active", "medicationCodeableConcept": { "text": " - " } """,
        """ MedicationRequest/1 "status": "active", "medicationCodeableConcept": { "coding": [{ "code": "11289" }] } """,
        """ MedicationRequest/1 "status": "active", "medicationCodeableConcept": { "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm" }] } """,
        """ MedicationRequest/1 "status": "active", "medicationCodeableConcept": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "unknown", "display": "Unknown" }] } """,
        """ MedicationRequest/1 "status": "active", "medication": { "concept": { "text": "Warfarin" } } """,
        """ MedicationRequest/1 "status": "active", "medication": { "reference": { "reference": "Medication/1" } } """,
        """ MedicationRequest/1 "status": "actve" """,
        """ MedicationRequest/1 "status": "active", "contained": [{ "resourceType": "Medication", "id": "m" }], "medicationReference": { "reference": "#m" } """,
        """ MedicationStatement/1 "status": "active" """,
        """ MedicationAdministration/1 "status": "completed" """,
        $$""" MedicationDispense/1 "status": "completed", "medicationCodeableConcept": {{Own}} """,
        """ Condition/1 "clinicalStatus": { "coding": [{ "code": "active" }] } """,
        $$""" Condition/1 "code": {{Own}} """,
        """ Condition/1 "code": { "coding": [{ "code": "L40.0" }] } """,
        """ Condition/1 "code": { "text": "?" } """,
        """ AllergyIntolerance/1 "type": "allergy", "reaction": [{ "manifestation": [{ "text": "rash" }] }] """,
        """ Device/1 "status": "active", "manufacturer": "Acme", "deviceName": [{ "type": "model-name" }] """,
        $$""" Device/1 "type": {{Own}} """,
        """ DeviceUseStatement/1 "status": "active" """,
        """ DeviceUseStatement/1 "status": "active", "device": { "reference": "#d" }, "contained": [{ "resourceType": "Device", "id": "d" }] """,
        """ Procedure/1 "status": "completed" """,
        $$""" Procedure/1 "status": "completed", "code": {{Own}} """,
        """ Observation/1 "status": "final", "valueBoolean": true """,
        $$""" Observation/1 "status": "final", "code": {{Own}}, "component": [{ "code": {{Own}} }] """);

    public static TheoryData<string> Readable => new(
        $$""" MedicationRequest/1 "status": "active", {{Warfarin}} """,
        """ MedicationRequest/1 "status": "active", "medicationCodeableConcept": { "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "198440" }] } """,
        """ MedicationRequest/1 "status": "active", "medicationCodeableConcept": { "coding": [{ "system": "urn:oid:1.2.3.4", "code": "X1", "display": "Paracetamol" }] } """,
        """ MedicationRequest/1 "status": "active", "medicationCodeableConcept": { "text": "Аспирин" } """,
        """ MedicationRequest/1 "status": "active", "medicationReference": { "display": "Paracetamol" } """,
        """ MedicationRequest/1 "status": "active", "medicationReference": { "reference": "Medication/elsewhere", "display": "Paracetamol" } """,
        """ MedicationRequest/1 "status": "entered-in-error" """,
        """ MedicationRequest/1 "status": "cancelled" """,
        """ MedicationStatement/1 "status": "not-taken" """,
        """ MedicationStatement/1 "status": "active", "contained": [{ "resourceType": "Medication", "id": "m", "ingredient": [{ "itemCodeableConcept": { "text": "zinc" } }] }], "medicationReference": { "reference": "#m" } """,
        """ Condition/1 "verificationStatus": { "coding": [{ "code": "refuted" }] } """,
        """ Condition/1 "code": { "coding": [{ "code": "L40.0", "display": "Psoriasis" }] } """,
        """ AllergyIntolerance/1 "reaction": [{ "substance": { "text": "látex" } }] """,
        """ Device/1 "deviceName": [{ "name": "Micra" }] """,
        """ Device/1 "specialization": [{ "systemType": { "text": "pacing" } }] """,
        """ DeviceUseStatement/1 "status": "active", "device": { "display": "Pump" } """,
        """ Procedure/1 "status": "completed", "usedCode": [{ "text": "ICD" }] """,
        """ Procedure/1 "status": "not-done" """,
        """ Observation/1 "status": "final", "code": { "text": "Heart rate" } """,
        """ Observation/1 "status": "final", "component": [{ "code": { "text": "systolic" } }] """,
        """ Medication/1 """,
        """ Substance/1 """,
        """ Patient/1 """,
        """ Encounter/1 """);

    [Theory]
    [MemberData(nameof(Silent))]
    public static void An_entry_that_says_in_no_known_code_and_no_word_what_it_is_is_a_gap_by_its_name(string resource)
    {
        var gap = Assert.Single(Of(resource));
        Assert.Equal((RecordGapKind.Unnamed, "record", resource.TrimStart().Split(' ')[0]), (gap.Kind, gap.Expression, gap.Reference));
    }

    [Theory]
    [MemberData(nameof(Readable))]
    public static void What_has_a_code_of_a_known_system_or_a_word_and_what_is_said_not_to_be_so_is_none(string resource) =>
        Assert.Empty(Of(resource));

    [Theory]
    [InlineData(""" MedicationRequest/1 "status": "active", "medicationReference": { "reference": "Medication/9" } """, RecordGapKind.Dangling)]
    [InlineData(""" MedicationRequest/1 "status": "active", "medicationReference": { "reference": "Medication/9", "display": " " } """, RecordGapKind.Dangling)]
    [InlineData(""" DeviceUseStatement/1 "status": "active", "device": { "identifier": { "value": "9" } } """, RecordGapKind.Dangling)]
    [InlineData(""" Condition/1 "modifierExtension": [{ "url": "http://example.org/not", "valueBoolean": true }] """, RecordGapKind.NotInFull)]
    public static void An_entry_of_which_something_else_is_told_is_told_once(string resource, RecordGapKind kind) =>
        Assert.Equal(kind, Assert.Single(Of(resource)).Kind);

    [Fact]
    public static void A_medicine_that_came_and_says_nothing_is_a_gap_of_who_points_at_it()
    {
        var gaps = Of("Medication/a", """ MedicationRequest/1 "status": "active", "medicationReference": { "reference": "Medication/a" } """);

        Assert.Equal(("MedicationRequest/1", RecordGapKind.Unnamed), Assert.Single(gaps) is var gap ? (gap.Reference, gap.Kind) : default);
    }

    [Theory]
    [InlineData(""" MedicationRequest/1 "medicationCodeableConcept": { "coding": [{ "system": "http://snomed.info/sct", "code": "372756006" }] } """, true)]
    [InlineData(""" MedicationRequest/1 "medicationCodeableConcept": { "coding": [{ "system": "https://www.nlm.nih.gov/research/umls/rxnorm/", "code": "198440" }] } """, false)]
    [InlineData(""" Condition/1 "code": { "coding": [{ "system": "http://snomed.info/sct", "code": "25064002" }] } """, false)]
    [InlineData(""" Condition/1 "code": { "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "198440" }] } """, true)]
    public static void A_code_can_be_read_where_the_protocol_lists_codes_of_its_system_for_such_entries(string resource, bool isGap) =>
        Assert.Equal(isGap ? [RecordGapKind.Unnamed] : [], Of(resource).Select(gap => gap.Kind));

    [Theory]
    [InlineData(""" Condition/1 "code": { "text": "LONG" } """)]
    [InlineData(""" MedicationRequest/1 "medicationReference": { "display": "LONG" } """)]
    [InlineData(""" Medication/1 "code": { "coding": [{ "display": "LONG" }] } """)]
    public static void A_name_of_which_the_end_is_not_looked_at_is_one_that_was_not_read_in_full(string resource) =>
        Assert.Equal(
            RecordGapKind.NotInFull,
            Assert.Single(Of(resource.Replace(
                "LONG", new string('x', Rules.RecordVocabulary.MaxLengthRead + 1), StringComparison.Ordinal))).Kind);

    private static IReadOnlyList<RecordGap> Of(params string[] resources) => RecordGaps.Of(resources.Select(Resource), "record", Vocabulary);
}
