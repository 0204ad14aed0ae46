using Screening.Fhir.Record;
using Screening.Rules;
using static Screening.Fhir.Tests.Record.Records;

namespace Screening.Fhir.Tests.Record;

/// <summary>Which medicine an entry of a record is about, where it refers to one that may have others in it.</summary>
public static class ReferencedMedicineTests
{
    [Theory]
    [InlineData("\"#m\"", "contained 1")]
    [InlineData("\"Medication/a\"", "a")]
    [InlineData("\"Medication/a/_history/2\"", "a")]
    [InlineData("\"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0\"", "b")]
    [InlineData("\"https://ehr.example.org/fhir/Medication/a\"", "a")]
    [InlineData("\"Medication/elsewhere\"", "")]
    [InlineData("\"https://ehr.example.org/fhir/Medication/elsewhere\"", "")]
    [InlineData("\"\"", "")]
    public static void A_referenced_medicine_is_looked_up_in_the_record_and_nowhere_else(string reference, string codes)
    {
        var bundle = Parse($$"""
            { "resourceType": "Bundle", "type": "collection", "entry": [
              { "resource": { "resourceType": "MedicationRequest", "id": "1", "status": "active", "medicationReference": { "reference": {{reference}} },
                "contained": [{ "resourceType": "Medication", "id": "m", "code": { "coding": [{ "system": "s", "code": "contained" }] },
                  "ingredient": [{ "itemCodeableConcept": { "coding": [{ "system": "s", "code": "1" }] } }, { "isActive": false, "itemCodeableConcept": { "coding": [{ "system": "s", "code": "2" }] } }] }] } },
              { "resource": { "resourceType": "Medication", "id": "a", "code": { "coding": [{ "system": "s", "code": "a" }] } } },
              { "fullUrl": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "resource": { "resourceType": "Medication", "code": { "coding": [{ "system": "s", "code": "b" }] } } }
            ] }
            """);

        Assert.Equal(codes, Codes(Assert.Single(Fhir.Record.RecordReader.Read([bundle], NewYork))));
    }

    [Theory]
    [InlineData(""" Medication/a "ingredient": [{ "itemReference": { "reference": "Substance/b" } }] """, """ Substance/b "code": { "coding": [{ "system": "s", "code": "b" }] }, "ingredient": [{ "substanceReference": { "reference": "Substance/c" } }, { "substanceCodeableConcept": { "coding": [{ "system": "s", "code": "d" }] } }] """)]
    [InlineData(""" Medication/a "contained": [{ "resourceType": "Substance", "id": "b", "code": { "coding": [{ "system": "s", "code": "b" }] }, "ingredient": [{ "substanceCodeableConcept": { "coding": [{ "system": "s", "code": "d" }] } }, { "substanceReference": { "reference": "Substance/c" } }] }], "ingredient": [{ "itemReference": { "reference": "#b" } }] """, " Substance/elsewhere ")]
    [InlineData(""" Medication/a "contained": [{ "resourceType": "Medication", "id": "m", "ingredient": [{ "itemReference": { "reference": "#b" } }] }, { "resourceType": "Medication", "id": "b", "code": { "coding": [{ "system": "s", "code": "b" }, { "system": "s", "code": "d" }] }, "ingredient": [{ "itemReference": { "reference": "Substance/c" } }] }], "ingredient": [{ "itemReference": { "reference": "#m" } }] """, " Substance/elsewhere ")]
    public static void What_is_in_a_medicine_counts_however_far_down_it_is(string medicine, string beside)
    {
        var read = Read(""" MedicationRequest/1 "status": "active", "medicationReference": { "reference": "Medication/a" } """, medicine, beside, """ Substance/c "code": { "coding": [{ "system": "s", "code": "c" }] } """);

        Assert.Equal(["b", "c", "d"], Assert.Single(read).Concept.Codes.Select(code => code.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public static void Medicines_that_contain_each_other_come_to_an_end()
    {
        var read = Read(
            """ MedicationRequest/1 "status": "active", "medicationReference": { "reference": "Medication/a" } """,
            """ Medication/a "code": { "coding": [{ "system": "s", "code": "a" }] }, "ingredient": [{ "itemReference": { "reference": "Medication/a" } }] """);

        Assert.Contains(new RecordCode("s", "a"), Assert.Single(read).Concept.Codes);
    }

    [Fact]
    public static void A_medicine_that_is_in_itself_many_times_is_opened_once()
    {
        var ingredients = string.Join(", ", Enumerable.Repeat(""" { "itemReference": { "reference": "Medication/a" } } """, 10_000));
        var read = Read(
            """ MedicationRequest/1 "status": "active", "medicationReference": { "reference": "Medication/a" } """,
            $$""" Medication/a "code": { "coding": [{ "system": "s", "code": "a" }] }, "ingredient": [{{ingredients}}] """);

        Assert.Equal("a", Codes(Assert.Single(read)));
    }

    [Fact]
    public static void Medicines_of_one_name_all_count()
    {
        var read = Read(
            """ Medication/a "code": { "coding": [{ "system": "s", "code": "1" }] } """,
            """ Medication/a "code": { "coding": [{ "system": "s", "code": "2" }] }, "ingredient": [{ "itemReference": { "reference": "Medication/b" } }] """,
            """ Medication/b "code": { "coding": [{ "system": "s", "code": "3" }] } """,
            """ Medication/b "code": { "coding": [{ "system": "s", "code": "4" }] } """,
            """ MedicationRequest/1 "status": "active", "medicationReference": { "reference": "Medication/a" } """);

        Assert.Equal("1 2 3 4", Codes(Assert.Single(read)));
    }

    [Fact]
    public static void A_medicine_without_an_id_is_found_by_its_full_url()
    {
        var bundle = Parse("""
            { "resourceType": "Bundle", "type": "collection", "entry": [
              { "fullUrl": "https://ehr.example.org/fhir/Medication/a", "resource": { "resourceType": "Medication", "code": { "coding": [{ "system": "s", "code": "a" }] } } },
              { "resource": { "resourceType": "MedicationRequest", "id": "1", "status": "active", "medicationReference": { "reference": "Medication/a" } } }
            ] }
            """);

        Assert.Equal("a", Codes(Assert.Single(RecordReader.Read([bundle], NewYork))));
    }
}
