using Screening.Rules;
using static Screening.Fhir.Tests.Record.Records;

namespace Screening.Fhir.Tests.Record;

public static class ConditionRecordTests
{
    [Theory]
    [InlineData("active", RecordState.Active)]
    [InlineData("recurrence", RecordState.Active)]
    [InlineData("relapse", RecordState.Active)]
    [InlineData("remission", RecordState.Active)]
    [InlineData("inactive", RecordState.Ended)]
    [InlineData("resolved", RecordState.Ended)]
    [InlineData("better", RecordState.Unstated)]
    public static void A_condition_has_the_state_that_its_clinical_status_tells(string status, RecordState state) =>
        Assert.Equal(state, One($$""" Condition/1 "clinicalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "{{status}}" }] }, {{Rash}} """).State);

    [Fact]
    public static void Without_a_status_the_date_of_an_abatement_decides_and_what_is_no_date_tells_nothing()
    {
        Assert.Equal(RecordState.Unstated, One($"Condition/1 {Rash}").State);

        var abated = One($$""" Condition/1 {{Rash}}, "abatementDateTime": "2026-05" """);
        Assert.Equal((RecordState.Unstated, "2026-05"), (abated.State, abated.Ended.ToString()));
        Assert.All(
            ["\"abatementString\": \"2019-05-01\"", "\"abatementAge\": { \"value\": 20 }", "\"abatementRange\": { \"high\": { \"value\": 20 } }"],
            abatement => Assert.Equal((RecordState.Unstated, null), (One($"Condition/1 {Rash}, {abatement}") is var told ? (told.State, told.Ended) : default)));
        Assert.Equal("2026-04-30", One($$""" Condition/1 {{Rash}}, "abatementPeriod": { "start": "2026-04-01", "end": "2026-04-30" } """).Ended.ToString());
    }

    [Fact]
    public static void Beside_a_status_that_there_is_not_an_abatement_ends_nothing() =>
        Assert.Equal((RecordState.Unstated, null), One($$""" Condition/1 "clinicalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "actve" }] }, {{Rash}}, "abatementDateTime": "2019" """) is var told ? (told.State, told.Ended) : default);

    [Fact]
    public static void An_active_status_outweighs_an_abatement() =>
        Assert.Equal(RecordState.Active, One($$""" Condition/1 "clinicalStatus": { "coding": [{ "code": "active" }] }, {{Rash}}, "abatementDateTime": "2026-05" """).State);

    [Theory]
    [InlineData("refuted", 0, false)]
    [InlineData("entered-in-error", 0, false)]
    [InlineData("confirmed", 1, false)]
    [InlineData("unconfirmed", 1, true)]
    [InlineData("provisional", 1, true)]
    [InlineData("differential", 1, true)]
    [InlineData("whatever", 1, false)]
    [InlineData("refuted\" }, { \"code\": \"entered-in-error", 0, false)]
    [InlineData("refuted\" }, { \"code\": \"confirmed", 1, true)]
    [InlineData("entered-in-error\" }, { \"code\": \"provisional", 1, true)]
    public static void A_condition_that_is_not_true_is_no_entry_and_one_not_confirmed_says_so(string verification, int entries, bool unconfirmed)
    {
        var read = Read($$""" Condition/1 "verificationStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "{{verification}}" }] }, {{Rash}} """);

        Assert.Equal(entries, read.Count);
        Assert.All(read, entry => Assert.Equal(unconfirmed, entry.IsUnconfirmed));
    }

    [Fact]
    public static void A_status_of_another_code_system_says_nothing() =>
        Assert.Single(Read($$""" Condition/1 "verificationStatus": { "coding": [{ "system": "http://example.org/own", "code": "refuted" }] }, {{Rash}} """));

    [Fact]
    public static void An_allergy_has_the_codes_of_what_it_is_to_and_its_own_statuses()
    {
        var allergy = One("""
            AllergyIntolerance/7 "clinicalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "code": "active" }] },
            "verificationStatus": { "coding": [{ "code": "presumed" }] },
            "code": { "coding": [{ "system": "http://snomed.info/sct", "code": "1" }] }, "reaction": [{ "substance": { "coding": [{ "system": "http://snomed.info/sct", "code": "2" }] } }]
            """);

        Assert.Equal((RecordKind.Allergy, RecordState.Active, true, "1 2", "AllergyIntolerance/7"), (allergy.Kind, allergy.State, allergy.IsUnconfirmed, Codes(allergy), allergy.Reference));
        Assert.Empty(Read(""" AllergyIntolerance/7 "verificationStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification", "code": "refuted" }] } """));
    }

    [Fact]
    public static void Every_code_of_a_concept_counts_and_one_without_a_system_does_not()
    {
        var condition = One(""" Condition/1 "code": { "coding": [{ "system": "a", "code": "1" }, { "code": "2" }, { "system": "b" }, { "system": "c", "code": "3" }], "text": "rash" } """);

        Assert.Equal("1 3", Codes(condition));
        Assert.Equal("", Codes(One(""" Condition/1 "code": { "text": "rash" } """)));
    }

    [Theory]
    [InlineData(""" "abatementPeriod": { "start": "2026-04-01" } """)]
    [InlineData(""" "_abatementDateTime": { "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown" }] } """)]
    public static void An_abatement_that_tells_no_end_is_none(string abatement) =>
        Assert.Equal(RecordState.Unstated, One($"Condition/1 {Rash}, {abatement}").State);
}
