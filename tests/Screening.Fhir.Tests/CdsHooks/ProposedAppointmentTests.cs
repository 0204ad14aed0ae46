using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Screening.Fhir.CdsHooks;

namespace Screening.Fhir.Tests.CdsHooks;

/// <summary>Status, start and zone of an appointment are read strictly; its end is not.</summary>
public static class ProposedAppointmentTests
{
    [Fact]
    public static void The_malformed_end_of_the_specification_is_left_out_and_said()
    {
        var read = Read(_ => { });
        Assert.Null(read.Flaw);
        Assert.Equal(new LocalDateTime(2019, 8, 10, 9, 0), read.Start!.Value.Local);
        Assert.Equal(Offset.FromHours(-6), read.Start!.Value.Offset);
        Assert.Null(read.End);
        Assert.True(read.EndLeftOut);
        Assert.Equal("Appointment/apt1", read.Reference);
    }

    [Theory]
    [InlineData("\"2019-08-10T09:10:00-06:00\"", true)]
    [InlineData("\"2019-08-10T15:00:00Z\"", true)]
    [InlineData("\"2019-08-10T14:59:59Z\"", false)]
    [InlineData("\"2019-08-10T09:10:00\"", false)]
    [InlineData("\"2019-08-10\"", false)]
    [InlineData("17", false)]
    [InlineData("null", false)]
    public static void An_end_counts_when_it_is_an_instant_that_is_not_before_the_start(string end, bool counts)
    {
        var read = Read(appointment => appointment["end"] = JsonNode.Parse(end));
        Assert.Null(read.Flaw);
        Assert.Equal((counts, !counts), (read.End is not null, read.EndLeftOut));
    }

    [Theory]
    [InlineData("proposed", null)]
    [InlineData("pending", null)]
    [InlineData("booked", null)]
    [InlineData("waitlist", null)]
    [InlineData("arrived", null)]
    [InlineData("checked-in", null)]
    [InlineData("cancelled", AppointmentFlaw.Off)]
    [InlineData("fulfilled", AppointmentFlaw.NotToCome)]
    [InlineData("noshow", AppointmentFlaw.Off)]
    [InlineData("entered-in-error", AppointmentFlaw.Off)]
    [InlineData("Cancelled", AppointmentFlaw.NotToCome)]
    [InlineData("canceled", AppointmentFlaw.NotToCome)]
    [InlineData("Proposed", AppointmentFlaw.NotToCome)]
    [InlineData("", AppointmentFlaw.NotToCome)]
    [InlineData(null, AppointmentFlaw.NotToCome)]
    public static void The_treatment_must_still_be_to_come(string? status, AppointmentFlaw? flaw) =>
        Assert.Equal(flaw, Read(appointment => appointment["status"] = status).Flaw);

    [Theory]
    [InlineData("\"2019-08-10T09:00:00\"")]
    [InlineData("\"2019-08-10T09:00-06:00\"")]
    [InlineData("\"2019-08-10\"")]
    [InlineData("\"2019-02-30T09:00:00Z\"")]
    [InlineData("\"2019-08-10T09:10:00:00-06:00\"")]
    [InlineData("\"2019-08-10T24:00:00Z\"")]
    [InlineData("\"tomorrow\"")]
    [InlineData("20190810")]
    [InlineData("null")]
    public static void A_start_is_an_instant_or_the_appointment_cannot_be_screened(string start) =>
        Assert.Equal(AppointmentFlaw.StartUnreadable, Read(appointment => appointment["start"] = JsonNode.Parse(start)).Flaw);

    [Fact]
    public static void Without_a_start_it_cannot_be_screened() => Assert.Equal(AppointmentFlaw.NoStart, Read(appointment => appointment.Remove("start")).Flaw);

    [Theory]
    [InlineData("""[{ "url": "http://hl7.org/fhir/StructureDefinition/timezone", "valueCode": "America/New_York" }]""", null, "America/New_York", null)]
    [InlineData(null, """[{ "url": "http://hl7.org/fhir/StructureDefinition/tz-code", "valueCode": "Asia/Kolkata" }]""", "Asia/Kolkata", null)]
    [InlineData("""[{ "url": "http://hl7.org/fhir/StructureDefinition/timezone", "valueCode": "Asia/Kolkata" }]""", """[{ "url": "http://hl7.org/fhir/StructureDefinition/tz-code", "valueCode": "Asia/Kolkata" }]""", "Asia/Kolkata", null)]
    [InlineData("""[{ "url": "http://hl7.org/fhir/StructureDefinition/timezone", "valueCode": "Asia/Kolkata" }]""", """[{ "url": "http://hl7.org/fhir/StructureDefinition/tz-code", "valueCode": "Asia/Tokyo" }]""", null, AppointmentFlaw.ZoneUnknown)]
    [InlineData("""[{ "url": "http://hl7.org/fhir/StructureDefinition/timezone", "valueCode": "America/New York" }]""", null, null, AppointmentFlaw.ZoneUnknown)]
    [InlineData("""[{ "url": "http://hl7.org/fhir/StructureDefinition/timezone", "valueString": "Asia/Kolkata" }]""", null, null, AppointmentFlaw.ZoneUnknown)]
    [InlineData("""[{ "url": "http://hl7.org/fhir/StructureDefinition/timezone", "valueCode": "US/Eastern" }]""", """[{ "url": "http://hl7.org/fhir/StructureDefinition/timezone", "valueCode": "America/New_York" }]""", "US/Eastern", null)]
    [InlineData("""[{ "url": "http://example.org/zone", "valueCode": "nowhere" }]""", null, null, null)]
    [InlineData("17", "null", null, null)]
    public static void The_zone_is_named_by_extension(string? ofAppointment, string? ofStart, string? zone, AppointmentFlaw? flaw)
    {
        var read = Read(appointment =>
        {
            appointment["extension"] = ofAppointment is null ? null : JsonNode.Parse(ofAppointment);
            appointment["_start"] = ofStart is null ? null : new JsonObject { ["extension"] = JsonNode.Parse(ofStart) };
        });
        Assert.Equal((zone, flaw), (read.Zone?.Id, read.Flaw));
    }

    [Theory]
    [InlineData("Patient/1288992", null, false)]
    [InlineData("https://ehr.example.org/fhir/Patient/1288992/_history/3", null, false)]
    [InlineData("Practitioner/7", null, false)]
    [InlineData("Location/7", null, false)]
    [InlineData("#p", null, false)]
    [InlineData("Patient/7", null, true)]
    [InlineData("patient/7", null, true)]
    [InlineData("https://ehr.example.org/fhir/Patient/7", null, true)]
    [InlineData("Patient/7/_history/1", null, true)]
    [InlineData("urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "Patient", true)]
    public static void Another_patients_appointment_is_not_screened(string reference, string? type, bool isOther)
    {
        var actor = new JsonObject { ["reference"] = reference, ["type"] = type };
        AppointmentFlaw? flaw = isOther ? AppointmentFlaw.OtherPatient : null;
        Assert.Equal(flaw, Read(appointment => appointment["participant"] = new JsonArray(new JsonObject { ["actor"] = actor.DeepClone() })).Flaw);
        Assert.Equal(flaw, Read(appointment => appointment["participant"]!.AsArray().Add(new JsonObject { ["actor"] = actor.DeepClone() })).Flaw);
        Assert.Equal(flaw, Read(appointment => appointment["subject"] = actor.DeepClone()).Flaw);
    }

    [Theory]
    [InlineData("requestedPeriod", """[{ "start": "2019-08-10", "end": "2019-08-12" }]""", AppointmentFlaw.DatesWanted)]
    [InlineData("requestedPeriod", """{ "start": "2019-08-10" }""", AppointmentFlaw.DatesWanted)]
    [InlineData("slot", """[{ "reference": "Slot/1" }]""", AppointmentFlaw.DatesWanted)]
    [InlineData("requestedPeriod", "[]", AppointmentFlaw.NoStart)]
    public static void Dates_that_are_only_wanted_are_told_from_none(string member, string value, AppointmentFlaw flaw)
    {
        Assert.Equal(flaw, Read(appointment =>
        {
            appointment.Remove("start");
            appointment[member] = JsonNode.Parse(value);
        }).Flaw);
        Assert.Null(Read(appointment => appointment[member] = JsonNode.Parse(value)).Flaw);
    }

    [Fact]
    public static void A_status_whose_meaning_is_changed_calls_nothing_off() =>
        Assert.Equal(AppointmentFlaw.MeaningUnknown, Read(appointment => (appointment["status"], appointment["implicitRules"]) = ("cancelled", "http://example.org/rules")).Flaw);

    [Theory]
    [InlineData("modifierExtension", "[]")]
    [InlineData("implicitRules", "\"http://example.org/rules\"")]
    [InlineData("_implicitRules", "{ \"id\": \"a\" }")]
    [InlineData("participant", "[{ \"actor\": { \"reference\": \"Practitioner/1\" } }, { \"modifierExtension\": [{ \"url\": \"http://example.org/not\", \"valueBoolean\": true }] }]")]
    public static void What_changes_its_meaning_cannot_be_overlooked(string member, string value) =>
        Assert.Equal(AppointmentFlaw.MeaningUnknown, Read(appointment => appointment[member] = JsonNode.Parse(value)).Flaw);

    [Theory]
    [InlineData("null")]
    [InlineData("17")]
    [InlineData("{}")]
    [InlineData("""{ "resourceType": "Slot" }""")]
    public static void What_is_no_Appointment_is_none(string resource) =>
        Assert.Equal(AppointmentFlaw.NotAnAppointment, Calls.Proposed(JsonSerializer.Deserialize<JsonElement>(resource)).Flaw);

    [Theory]
    [InlineData("a b")]
    [InlineData("`x`")]
    [InlineData("")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public static void An_id_that_FHIR_does_not_allow_is_no_name(string id) => Assert.Null(Read(appointment => appointment["id"] = id).Reference);

    private static ProposedAppointment Read(Action<JsonObject> change)
    {
        var appointment = Calls.OfTheSpecification()["context"]!["appointments"]!["entry"]![0]!["resource"]!.AsObject();
        appointment["participant"]![0]!["actor"]!["reference"] = "Patient/" + Calls.Patient;
        change(appointment);
        return Calls.Proposed(JsonSerializer.Deserialize<JsonElement>(appointment));
    }
}
