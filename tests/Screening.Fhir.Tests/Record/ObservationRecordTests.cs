using static Screening.Fhir.Tests.Record.Records;

namespace Screening.Fhir.Tests.Record;

public static class ObservationRecordTests
{
    private const string Status = """ "code": { "coding": [{ "system": "http://loinc.org", "code": "82810-3" }] } """;
    private const string Pregnant = """ "valueCodeableConcept": { "coding": [{ "system": "http://snomed.info/sct", "code": "77386006" }] } """;

    [Theory]
    [InlineData("final", 1, false)]
    [InlineData("amended", 1, false)]
    [InlineData("corrected", 1, false)]
    [InlineData("preliminary", 1, true)]
    [InlineData("registered", 1, true)]
    [InlineData("unknown", 1, true)]
    [InlineData("cancelled", 0, false)]
    [InlineData("entered-in-error", 0, false)]
    public static void An_observation_that_is_not_final_is_not_confirmed(string status, int entries, bool unconfirmed)
    {
        var read = Read($$""" Observation/1 "status": "{{status}}", {{Status}}, {{Pregnant}} """);

        Assert.Equal(entries, read.Count);
        Assert.All(read, entry => Assert.Equal((unconfirmed, "82810-3", "77386006"), (entry.IsUnconfirmed, Codes(entry), Codes([entry.Value!]))));
    }

    [Theory]
    [InlineData("\"effectiveDateTime\": \"2026-05\"", "2026-05")]
    [InlineData("\"effectiveInstant\": \"2026-05-02T03:30:00Z\"", "2026-05-01")]
    [InlineData("\"effectivePeriod\": { \"start\": \"2026-05-01\", \"end\": \"2026-05-01\" }", "2026-05-01")]
    [InlineData("\"effectivePeriod\": { \"start\": \"2026-05-01\", \"end\": \"2026-05-09\" }", "")]
    [InlineData("\"issued\": \"2026-05-02T03:30:00Z\"", "2026-05-01")]
    [InlineData("\"subject\": { \"reference\": \"Patient/1\" }", "")]
    public static void An_observation_is_dated_by_when_it_was_true(string when, string on) =>
        Assert.Equal(on, One($$""" Observation/1 "status": "final", {{Status}}, {{Pregnant}}, {{when}} """).On.ToString() ?? "");

    [Fact]
    public static void A_value_that_is_no_code_is_one_that_no_protocol_lists_and_an_absent_one_is_absent()
    {
        Assert.Empty(One($$""" Observation/1 "status": "final", {{Status}}, "valueBoolean": true """).Value!.Codes);
        Assert.Null(One($$""" Observation/1 "status": "final", {{Status}}, "dataAbsentReason": { "text": "not asked" } """).Value);
    }

    [Fact]
    public static void A_component_is_an_observation_of_its_own() =>
        Assert.Equal(["1 ", "82810-3 77386006"], Read($$""" Observation/1 "status": "final", "code": { "coding": [{ "system": "s", "code": "1" }] }, "component": [{ {{Status}}, {{Pregnant}} }] """)
            .Select(entry => $"{Codes(entry)} {(entry.Value is { } value ? Codes([value]) : "")}"));

    [Fact]
    public static void What_changes_the_meaning_of_an_observation_leaves_it_unconfirmed_and_its_value_in_doubt()
    {
        var read = Read($$""" Observation/1 "status": "final", {{Status}}, {{Pregnant}}, "modifierExtension": [{ "url": "http://example.org/not", "valueBoolean": true }] """);

        Assert.All(read, entry => Assert.True(entry.IsUnconfirmed));
        Assert.Equal(["77386006", ""], read.Select(entry => entry.Value is { } value ? Codes([value]) : ""));
    }
}
