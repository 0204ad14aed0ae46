using Screening.Rules;
using static Screening.Fhir.Tests.Record.Records;

namespace Screening.Fhir.Tests.Record;

/// <summary>An entry has its words beside its codes, wherever FHIR lets them stand.</summary>
public static class RecordWordsTests
{
    private const string TextAndDisplay = """ { "text": "Text", "coding": [{ "system": "s", "code": "1", "display": "Display" }, { "display": "Only words" }, { "code": "2", "display": "Text" }] } """;
    private const string Words = "Text|Display|Only words";

    [Theory]
    [InlineData($$""" Condition/1 "code": {{TextAndDisplay}}, "note": [{ "text": "note" }] """, Words)]
    [InlineData($$""" AllergyIntolerance/1 "code": {{TextAndDisplay}}, "reaction": [{ "substance": { "text": "Látex" }, "manifestation": [{ "text": "rash" }] }] """, "Text|Látex|Display|Only words")]
    [InlineData($$""" MedicationRequest/1 "medicationCodeableConcept": {{TextAndDisplay}}, "note": [{ "text": "note" }] """, Words)]
    [InlineData($$""" MedicationStatement/1 "medicationCodeableConcept": {{TextAndDisplay}} """, Words)]
    [InlineData($$""" MedicationAdministration/1 "medicationCodeableConcept": {{TextAndDisplay}} """, Words)]
    [InlineData($$""" MedicationDispense/1 "medicationCodeableConcept": {{TextAndDisplay}} """, Words)]
    [InlineData($$""" Device/1 "type": {{TextAndDisplay}} """, Words)]
    [InlineData(""" Device/1 "type": { "text": "Marcapasos" }, "deviceName": [{ "name": "Assurity", "type": "model-name" }, { "name": " " }], "specialization": [{ "systemType": { "text": "pacing" } }] """, "Marcapasos|pacing|Assurity")]
    [InlineData(""" DeviceUseStatement/1 "device": { "display": "Insulin pump" } """, "Insulin pump")]
    [InlineData(""" DeviceUseStatement/1 "device": { "reference": "Device/elsewhere", "display": "Insulin pump" } """, "Insulin pump")]
    [InlineData($$""" Procedure/1 "code": {{TextAndDisplay}}, "note": [{ "text": "note" }] """, Words)]
    [InlineData($$""" Observation/1 "code": {{TextAndDisplay}} """, "")]
    [InlineData(""" Condition/1 "code": { "text": " " } """, "")]
    [InlineData(""" Condition/1 "code": { "text": 5, "coding": [{ "display": true }] } """, "")]
    public static void An_entry_has_the_texts_and_displays_of_what_it_is(string resource, string words) =>
        Assert.Equal(words, Texts(One(resource)));

    [Theory]
    [InlineData("http://terminology.hl7.org/CodeSystem/data-absent-reason")]
    [InlineData("http://terminology.hl7.org/CodeSystem/v3-NullFlavor")]
    [InlineData("https://terminology.hl7.org/CodeSystem/data-absent-reason/ ")]
    public static void What_says_that_nothing_is_known_is_no_name(string system) =>
        Assert.Equal(("", ""), One($$""" Condition/1 "code": { "coding": [{ "system": "{{system}}", "code": "unknown", "display": "Unknown" }] } """) is var entry ? (Codes(entry), Texts(entry)) : default);

    [Theory]
    [InlineData(""" "reference": "Medication/a" """, "Warfarina|Sodium|Ingredient|Salt|Deep")]
    [InlineData(""" "reference": "Medication/a", "display": "Blood thinner" """, "Warfarina|Sodium|Ingredient|Salt|Deep|Blood thinner")]
    [InlineData(""" "reference": "Medication/a", "display": "Warfarina" """, "Warfarina|Sodium|Ingredient|Salt|Deep")]
    [InlineData(""" "reference": "Medication/elsewhere", "display": "Blood thinner" """, "Blood thinner")]
    [InlineData(""" "reference": "#c", "display": "Blood thinner" """, "Contained|Blood thinner")]
    [InlineData(""" "display": "Blood thinner" """, "Blood thinner")]
    [InlineData(""" "identifier": { "value": "9" } """, "")]
    public static void A_medicine_by_reference_has_its_words_those_of_what_is_in_it_and_those_of_the_reference(string reference, string words)
    {
        string[] record =
        [
            """ Medication/a "code": { "text": "Warfarina" }, "ingredient": [{ "itemCodeableConcept": { "coding": [{ "display": "Sodium" }] } }, { "itemReference": { "reference": "Substance/b", "display": "Ingredient" } }, { "isActive": false, "itemCodeableConcept": { "text": "Lactose" } }] """,
            """ Substance/b "code": { "text": "Salt" }, "ingredient": [{ "substanceCodeableConcept": { "coding": [{ "display": "Deep" }] } }] """,
        ];
        const string Contained = """ "contained": [{ "resourceType": "Medication", "id": "c", "code": { "text": "Contained" } }] """;
        foreach (var type in new[] { "MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense" })
        {
            var entry = Assert.Single(Read([$$""" {{type}}/1 {{Contained}}, "medicationReference": { {{reference}} } """, .. record]));
            Assert.Equal(words.Split('|').Order(StringComparer.Ordinal), Texts(entry).Split('|').Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public static void Of_a_medicine_that_says_a_lot_the_name_that_a_reference_gives_it_stands_apart()
    {
        var many = string.Join(", ", Enumerable.Range(0, 2_000).Select(i => $$""" { "itemCodeableConcept": { "coding": [{ "system": "s", "code": "{{i}}" }] } } """));
        var read = Read(
            """ MedicationRequest/1 "status": "active", "medicationReference": { "reference": "Medication/a", "display": "Warfarin" } """,
            """ MedicationRequest/2 "status": "active", "medicationReference": { "reference": "Medication/a", "display": "Coumadin" } """,
            $$""" Medication/a "ingredient": [{{many}}] """);

        Assert.Equal([("MedicationRequest/1", ""), ("MedicationRequest/1", "Warfarin"), ("MedicationRequest/2", ""), ("MedicationRequest/2", "Coumadin")], read.Select(entry => (entry.Reference, Texts(entry))));
        Assert.Same(read[0].Concept, read[2].Concept);
    }

    [Fact]
    public static void A_use_has_the_words_of_its_device_and_of_the_reference()
    {
        const string device = """ Device/d "type": { "coding": [{ "system": "s", "code": "1", "display": "Pump" }] }, "deviceName": [{ "name": "MiniMed" }] """;

        Assert.Equal("Pump|MiniMed|insulin", Texts(Read(""" DeviceUseStatement/u "status": "active", "device": { "reference": "Device/d", "display": "insulin" } """, device)[0]));
        Assert.Equal("held within", Texts(One(""" DeviceUseStatement/u "status": "active", "device": { "reference": "#d" }, "contained": [{ "resourceType": "Device", "id": "d", "type": { "text": "held within" } }] """)));
    }

    [Fact]
    public static void A_second_copy_of_a_device_that_is_called_something_else_counts()
    {
        const string use = """ DeviceUseStatement/u "status": "active", "device": { "reference": "Device/d" }, "bodySite": { "text": "chest" } """;

        Assert.Equal(["DeviceUseStatement/u"], Read(use, """ Device/d "type": { "text": "plate" } """, """ Device/d "type": { "text": "plate" } """).Select(entry => entry.Reference));
        Assert.Equal(["DeviceUseStatement/u", "Device/d"], Read(use, """ Device/d "type": { "text": "plate" } """, """ Device/d "type": { "text": "pacemaker" } """).Select(entry => entry.Reference));
    }

    [Fact]
    public static void A_place_in_words_is_a_place_without_a_name()
    {
        var use = One(""" DeviceUseStatement/u "status": "active", "device": { "display": "plate" }, "bodySite": { "text": "chest", "coding": [{ "display": "Chest" }] } """);
        var procedure = One(""" Procedure/1 "code": { "text": "plating" }, "bodySite": [{ "text": "mandible" }] """);

        Assert.All([.. use.Sites, .. procedure.Sites], site => Assert.Equal((0, 0), (site.Codes.Length, site.Texts.Length)));
        Assert.Equal((1, 1), (use.Sites.Length, procedure.Sites.Length));
    }

    [Theory]
    [InlineData(""" "valueString": "Pregnant" """, "Pregnant")]
    [InlineData(""" "valueCodeableConcept": { "text": "embarazada" } """, "embarazada")]
    [InlineData(""" "valueCodeableConcept": { "coding": [{ "display": "Not pregnant" }] } """, "Not pregnant")]
    [InlineData(""" "valueBoolean": true """, "")]
    public static void The_words_of_an_observation_are_those_of_its_value(string value, string words)
    {
        var entry = One($$""" Observation/1 "status": "final", "code": { "text": "Pregnancy status" }, {{value}} """);

        Assert.Empty(entry.Concept.Texts);
        Assert.Equal(words, string.Join('|', entry.Value!.Texts));
    }

    [Theory]
    [InlineData("https://terminology.hl7.org/CodeSystem/condition-clinical")]
    [InlineData("http://terminology.hl7.org/CodeSystem/condition-clinical/")]
    [InlineData(" http://terminology.hl7.org/CodeSystem/condition-clinical|4.0.1 ")]
    public static void A_status_counts_however_the_address_of_its_code_system_is_written(string system) =>
        Assert.Equal(RecordState.Ended, One($$""" Condition/1 "clinicalStatus": { "coding": [{ "system": "{{system}}", "code": "resolved" }] }, {{Rash}} """).State);
}
