using Screening.Fhir.Record;
using Screening.Rules;
using static Screening.Fhir.Tests.Record.Records;

namespace Screening.Fhir.Tests.Record;

public static class MedicationRecordTests
{
    [Theory]
    [InlineData("MedicationRequest", "active", RecordState.Active)]
    [InlineData("MedicationRequest", "on-hold", RecordState.Active)]
    [InlineData("MedicationRequest", "completed", RecordState.Ended)]
    [InlineData("MedicationRequest", "stopped", RecordState.Ended)]
    [InlineData("MedicationRequest", "unknown", RecordState.Unstated)]
    [InlineData("MedicationRequest", "finished", RecordState.Unstated)]
    [InlineData("MedicationRequest", "cancelled", null)]
    [InlineData("MedicationRequest", "entered-in-error", null)]
    [InlineData("MedicationRequest", "draft", null)]
    [InlineData("MedicationStatement", "active", RecordState.Active)]
    [InlineData("MedicationStatement", "intended", RecordState.Active)]
    [InlineData("MedicationStatement", "on-hold", RecordState.Active)]
    [InlineData("MedicationStatement", "completed", RecordState.Ended)]
    [InlineData("MedicationStatement", "stopped", RecordState.Ended)]
    [InlineData("MedicationStatement", "unknown", RecordState.Unstated)]
    [InlineData("MedicationStatement", "not-taken", null)]
    [InlineData("MedicationStatement", "entered-in-error", null)]
    [InlineData("MedicationAdministration", "in-progress", RecordState.Active)]
    [InlineData("MedicationAdministration", "completed", RecordState.Ended)]
    [InlineData("MedicationAdministration", "stopped", RecordState.Ended)]
    [InlineData("MedicationAdministration", "unknown", RecordState.Unstated)]
    [InlineData("MedicationAdministration", "not-done", null)]
    [InlineData("MedicationAdministration", "entered-in-error", null)]
    [InlineData("MedicationDispense", "completed", RecordState.Unstated)]
    [InlineData("MedicationDispense", "in-progress", RecordState.Unstated)]
    [InlineData("MedicationDispense", "declined", null)]
    [InlineData("MedicationDispense", "cancelled", null)]
    [InlineData("MedicationDispense", "entered-in-error", null)]
    public static void A_medicine_has_the_state_that_its_status_tells_and_what_is_not_taken_is_no_entry(string type, string status, RecordState? state) =>
        Assert.Equal(state is { } told ? [told] : [], Read($$""" {{type}}/1 "status": "{{status}}", {{Warfarin}} """).Select(entry => entry.State));

    [Theory]
    [InlineData("\"intent\": \"proposal\"", 0)]
    [InlineData("\"intent\": \"option\"", 0)]
    [InlineData("\"intent\": \"order\", \"doNotPerform\": true", 0)]
    [InlineData("\"intent\": \"plan\"", 1)]
    [InlineData("\"intent\": \"order\", \"doNotPerform\": false", 1)]
    public static void What_is_proposed_or_forbidden_is_not_taken(string intent, int entries) =>
        Assert.Equal(entries, Read($$""" MedicationRequest/1 "status": "active", {{intent}}, {{Warfarin}} """).Count);

    [Theory]
    [InlineData(""" "timing": { "repeat": { "frequency": 1, "period": 1, "periodUnit": "d" } } """, true)]
    [InlineData(""" "timing": { "repeat": { "frequency": 2, "period": 12, "periodUnit": "h" } } """, true)]
    [InlineData(""" "timing": { "repeat": { "frequency": 7, "period": 1, "periodUnit": "wk" } } """, true)]
    [InlineData(""" "timing": { "repeat": { "frequency": 1, "frequencyMax": 2, "period": 2, "periodUnit": "d" } } """, true)]
    [InlineData(""" "timing": { "repeat": { "when": ["HS"] } } """, true)]
    [InlineData(""" "timing": { "repeat": { "timeOfDay": ["08:00:00"] } } """, true)]
    [InlineData(""" "timing": { "code": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation", "code": "BID" }] } } """, true)]
    [InlineData(""" "text": "Take one tablet Daily." """, true)]
    [InlineData(""" "text": "Tome una tableta al día" """, true)]
    [InlineData(""" "patientInstruction": "one every morning" """, true)]
    [InlineData(""" "timing": { "repeat": { "frequency": 1, "period": 2, "periodUnit": "d" } } """, false)]
    [InlineData(""" "timing": { "repeat": { "frequency": 3, "period": 1, "periodUnit": "wk" } } """, false)]
    [InlineData(""" "timing": { "repeat": { "dayOfWeek": ["mon", "fri"], "frequency": 1, "period": 1, "periodUnit": "d" } } """, false)]
    [InlineData(""" "timing": { "code": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation", "code": "QOD" }] } } """, false)]
    [InlineData(""" "text": "every other day" """, false)]
    [InlineData(""" "asNeededBoolean": true, "text": "one tablet daily as needed" """, false)]
    [InlineData(""" "asNeededCodeableConcept": { "text": "pain" }, "timing": { "repeat": { "frequency": 1, "period": 1, "periodUnit": "d" } } """, false)]
    [InlineData(""" "text": "as directed" """, false)]
    public static void A_dosage_says_whether_it_is_daily(string dosage, bool daily)
    {
        Assert.Equal(daily, One($$""" MedicationRequest/1 "status": "active", {{Warfarin}}, "dosageInstruction": [{ "text": "as told" }, { {{dosage}} }] """).IsDaily);
        Assert.Equal(daily, One($$""" MedicationStatement/1 "status": "active", {{Warfarin}}, "dosage": [{ {{dosage}} }] """).IsDaily);
    }

    [Fact]
    public static void Each_dosage_tells_its_route_or_none()
    {
        const string oral = """ "route": { "coding": [{ "system": "http://snomed.info/sct", "code": "26643006" }] } """;

        Assert.Equal("26643006||", Codes(One($$""" MedicationRequest/1 "status": "active", {{Warfarin}}, "dosageInstruction": [{ {{oral}} }, { "text": "also on the skin" }, { "route": { "text": "by mouth" } }] """).Routes));
        Assert.Equal("26643006", Codes(One($$""" MedicationAdministration/1 "status": "completed", {{Warfarin}}, "dosage": { {{oral}} } """).Routes));
        Assert.Empty(One($$""" MedicationRequest/1 "status": "active", {{Warfarin}} """).Routes);
    }

    [Theory]
    [InlineData(""" "status": "completed", "authoredOn": "2026-05-01" """, "")]
    [InlineData(""" "status": "completed", "authoredOn": "2026-05-01", "dosageInstruction": [{ "timing": { "event": ["2026-05-20"] } }] """, "2026-05-20")]
    [InlineData(""" "status": "active", "dosageInstruction": [{ "timing": { "event": ["2026-06-20"] } }, { "text": "again when needed" }] """, "2026-06-20 ")]
    [InlineData(""" "status": "active", "authoredOn": "2026-05-01" """, "")]
    [InlineData(""" "status": "active", "authoredOn": "2026-05-01", "dosageInstruction": [{ "timing": { "event": ["2026-06-20", "2026-07"] } }] """, "2026-06-20 2026-07")]
    [InlineData(""" "status": "completed" """, "")]
    public static void What_is_ordered_may_be_given_any_day_unless_every_dosage_says_when(string order, string on) =>
        Assert.Equal(on, string.Join(' ', Read($"MedicationRequest/1 {order}, {Warfarin}").Select(entry => entry.On.ToString())));

    [Theory]
    [InlineData(""" MedicationRequest/1 "status": "completed", "authoredOn": "2026-05-01" """)]
    [InlineData(""" MedicationRequest/1 "status": "stopped", "dosageInstruction": [{ "text": "once" }] """)]
    [InlineData(""" MedicationStatement/1 "status": "completed", "dateAsserted": "2026-05-01" """)]
    [InlineData(""" MedicationAdministration/1 "status": "completed" """)]
    public static void What_is_over_and_does_not_say_when_has_ended_on_no_day(string order) =>
        Assert.Equal((RecordState.Ended, null, null), One($"{order}, {Warfarin}") is var one ? (one.State, one.On, one.Ended) : default);

    [Theory]
    [InlineData(""" "effectiveDateTime": "2026-05-01" """, "2026-05-01", "2026-05-01")]
    [InlineData(""" "effectivePeriod": { "start": "2026-04", "end": "2026-05-01" } """, "2026-04 2026-05-01", "2026-05-01")]
    [InlineData(""" "effectivePeriod": { "start": "2026-04" } """, "", "")]
    [InlineData(""" "effectivePeriod": { "end": "2026-05-01" } """, "2026-05-01", "2026-05-01")]
    [InlineData(""" "effectiveDateTime": "2026-05-02T03:30:00Z" """, "2026-05-01", "2026-05-01")]
    [InlineData(""" "effectiveDateTime": "2026-05-02T03:30:00.125+14:00" """, "2026-05-01", "2026-05-01")]
    [InlineData(""" "effectiveDateTime": "1850-05-02" """, "", "")]
    [InlineData(""" "effectiveDateTime": "soon" """, "", "")]
    public static void A_time_is_its_date_at_the_clinic_and_what_cannot_be_read_is_not_known(string effective, string on, string ended)
    {
        foreach (var type in new[] { "MedicationStatement", "MedicationAdministration" })
        {
            var read = Read($$""" {{type}}/1 "status": "completed", {{effective}}, {{Warfarin}} """);
            Assert.Equal(on, string.Join(' ', read.Select(entry => entry.On.ToString())));
            Assert.All(read, entry => Assert.Equal(ended, entry.Ended.ToString()));
        }
    }

    [Theory]
    [InlineData("unknown", "2021-03")]
    [InlineData("actve", "")]
    public static void Where_the_status_is_not_known_the_period_ends_it_and_where_it_is_misspelt_nothing_does(string status, string ended) =>
        Assert.All(Read($$""" MedicationStatement/1 "status": "{{status}}", "effectivePeriod": { "start": "2020", "end": "2021-03" }, {{Warfarin}} """), entry => Assert.Equal((RecordState.Unstated, ended), (entry.State, entry.Ended.ToString() ?? "")));

    [Fact]
    public static void A_course_ends_with_the_last_of_its_dosages_if_each_tells_its_end()
    {
        const string may = """ { "timing": { "repeat": { "boundsPeriod": { "end": "2026-05-31" } } } } """;
        const string june = """ { "timing": { "repeat": { "boundsPeriod": { "end": "2026-06-30" } } } } """;

        var course = Read($$""" MedicationRequest/1 "status": "completed", {{Warfarin}}, "dosageInstruction": [{{june}}, {{may}}] """);
        Assert.Equal([("2026-06-30", "2026-06-30"), ("2026-05-31", "2026-06-30")], course.Select(entry => (entry.On.ToString()!, entry.Ended.ToString()!)));
        Assert.All(Read($$""" MedicationRequest/1 "status": "completed", {{Warfarin}}, "dosageInstruction": [{{june}}, { "text": "go on" }] """), entry => Assert.Null(entry.Ended));
        Assert.Null(One($$""" MedicationRequest/1 "status": "completed", {{Warfarin}} """).Ended);
    }

    [Fact]
    public static void What_was_dispensed_is_used_up_when_its_days_of_supply_are_over()
    {
        var dispensed = One($$""" MedicationDispense/1 "status": "completed", {{Warfarin}}, "whenHandedOver": "2026-05-01T10:00:00-04:00", "daysSupply": { "value": 30 } """);

        Assert.Equal((RecordState.Ended, "2026-05-31"), (dispensed.State, dispensed.Ended.ToString()));
        Assert.Equal(RecordState.Unstated, One($$""" MedicationDispense/1 "status": "completed", {{Warfarin}}, "whenHandedOver": "2026-05", "daysSupply": { "value": 30 } """).State);
    }

    [Theory]
    [InlineData("", "", "2026-05-01")]
    [InlineData(""", "dosageInstruction": [{ "text": "into the skin" }] """, "", "2026-05-01")]
    [InlineData(""", "dosageInstruction": [{ "timing": { "event": ["2026-05-20"] } }] """, "2026-05-20", "")]
    public static void To_hand_a_medicine_over_is_not_to_give_it(string dosage, string on, string since)
    {
        var dispensed = One($$""" MedicationDispense/1 "status": "completed", {{Warfarin}}, "whenHandedOver": "2026-05-01" {{dosage}} """);

        Assert.Equal((on, since), (dispensed.On.ToString() ?? "", dispensed.Since.ToString() ?? ""));
    }

    [Theory]
    [InlineData("active", "2026-05-01 ")]
    [InlineData("on-hold", "2026-05-01 ")]
    [InlineData("unknown", "2026-05-01 ")]
    [InlineData("intended", "2026-05-01")]
    [InlineData("completed", "2026-05-01")]
    public static void What_is_still_taken_may_have_been_taken_again(string status, string on) =>
        Assert.Equal(on, string.Join(' ', Read($$""" MedicationStatement/1 "status": "{{status}}", "effectiveDateTime": "2026-05-01", {{Warfarin}} """).Select(entry => entry.On.ToString())));

    /// <summary>What an order planned is one possible day only where nobody tells what became of it.</summary>
    [Theory]
    [InlineData("active", "2026-05-01")]
    [InlineData("completed", "2026-05-01")]
    [InlineData("unknown", "2026-05-01 ")]
    [InlineData("finished", "2026-05-01 ")]
    public static void An_order_that_may_have_come_to_anything_may_be_given_on_any_day(string status, string on)
    {
        foreach (var timing in (string[])[""" "event": ["2026-05-01"] """, """ "repeat": { "boundsPeriod": { "end": "2026-05-01" } } """])
        {
            Assert.Equal(on, string.Join(' ', Read($$""" MedicationRequest/1 "status": "{{status}}", {{Warfarin}}, "dosageInstruction": [{ "timing": { {{timing}} } }] """)
                .Select(entry => entry.On.ToString())));
        }
    }

    [Theory]
    [InlineData(""" "effectivePeriod": { "start": "2026-05-30T01:00:00Z", "end": "2026-07-01" } """, "2026-05-29 2026-05-29")]
    [InlineData(""" "effectivePeriod": { "start": "2026-07-01" } """, "2026-07-01")]
    [InlineData(""" "effectivePeriod": { "end": "2026-07-01" } """, "")]
    public static void What_takes_place_over_a_time_tells_when_it_begins(string effective, string since)
    {
        foreach (var type in new[] { "MedicationStatement", "MedicationAdministration" })
        {
            Assert.Equal(since, string.Join(' ', Read($$""" {{type}}/1 "status": "active", {{effective}}, {{Warfarin}} """).Select(entry => entry.Since.ToString())));
        }
    }

    [Fact]
    public static void Each_dosage_of_an_order_tells_when_its_course_begins()
    {
        const string dosage = """ "dosageInstruction": [{ "text": "at once" }, { "timing": { "repeat": { "boundsPeriod": { "start": "2026-07-02" } } } }, { "timing": { "repeat": { "boundsPeriod": { "start": "2026-07-01" } } } }] """;

        Assert.Equal(["", "2026-07-02", "2026-07-01"], Read($$""" MedicationRequest/1 "status": "active", {{Warfarin}}, {{dosage}} """).Select(entry => entry.Since.ToString() ?? ""));
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    public static void A_time_at_an_end_of_the_calendar_is_not_known(string time) =>
        Assert.All(
            RecordReader.Read([Resource($$""" MedicationStatement/1 "status": "completed", "effectiveDateTime": "{{time}}", {{Warfarin}} """)], NodaTime.DateTimeZoneProviders.Tzdb["Pacific/Kiritimati"]),
            entry => Assert.Null(entry.On));

    [Theory]
    [InlineData(""" "value": 3, "code": "mo" """, false)]
    [InlineData(""" "value": 3, "unit": "weeks" """, false)]
    [InlineData(""" "value": 30, "comparator": ">" """, false)]
    [InlineData(""" "value": 30, "unit": "days", "code": "d" """, true)]
    [InlineData(""" "value": 30, "unit": "days" """, true)]
    public static void A_supply_ends_only_where_it_is_counted_in_days(string supply, bool ends) =>
        Assert.Equal(ends, One($$""" MedicationDispense/1 "status": "completed", {{Warfarin}}, "whenHandedOver": "2026-05-01", "daysSupply": { {{supply}} } """).Ended is not null);

    [Fact]
    public static void What_was_only_prepared_is_not_used_up() =>
        Assert.Equal((RecordState.Unstated, "2026-05-01"), One($$""" MedicationDispense/1 "status": "completed", {{Warfarin}}, "whenPrepared": "2026-05-01", "daysSupply": { "value": 30 } """) is var prepared ? (prepared.State, prepared.Since.ToString()) : default);

    [Fact]
    public static void A_leap_second_is_on_its_date_at_the_clinic() =>
        Assert.Equal("2016-12-31", One($$""" MedicationAdministration/1 "status": "completed", "effectiveDateTime": "2017-01-01T00:59:60.5+01:00", {{Warfarin}} """).On.ToString());

    [Fact]
    public static void A_second_may_have_any_number_of_digits() =>
        Assert.Equal("2026-05-01", One($$""" MedicationAdministration/1 "status": "completed", "effectiveDateTime": "2026-05-02T03:30:00.1234567890123Z", {{Warfarin}} """).On.ToString());
}
