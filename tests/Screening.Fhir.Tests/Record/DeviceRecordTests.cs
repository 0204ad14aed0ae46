using Screening.Rules;
using static Screening.Fhir.Tests.Record.Records;

namespace Screening.Fhir.Tests.Record;

public static class DeviceRecordTests
{
    private const string Plate = """ Device/p "status": "active", "type": { "coding": [{ "system": "http://snomed.info/sct", "code": "271003" }] } """;
    private const string Mandible = """ "bodySite": { "coding": [{ "system": "http://snomed.info/sct", "code": "91609006" }] } """;

    [Theory]
    [InlineData("active", RecordState.Active)]
    [InlineData("inactive", RecordState.Unstated)]
    [InlineData("unknown", RecordState.Unstated)]
    [InlineData("entered-in-error", null)]
    public static void A_device_that_is_switched_off_still_is_in_the_body(string status, RecordState? state) =>
        Assert.Equal(state is { } told ? [told] : [], Read($$""" Device/1 "status": "{{status}}" """).Select(entry => entry.State));

    [Fact]
    public static void A_use_tells_where_a_device_is_and_then_the_device_alone_tells_no_more()
    {
        var read = Read(Plate, $$""" DeviceUseStatement/u "status": "active", "device": { "reference": "Device/p" }, {{Mandible}} """);

        var entry = Assert.Single(read);
        Assert.Equal(("DeviceUseStatement/u", RecordKind.Device, RecordState.Active, "271003", "91609006"), (entry.Reference, entry.Kind, entry.State, Codes(entry), Codes(entry.Sites)));
    }

    [Fact]
    public static void A_device_that_came_with_its_use_and_by_itself_is_one_device()
    {
        var read = Read($$""" DeviceUseStatement/u "status": "active", "device": { "reference": "Device/p" }, {{Mandible}} """, Plate, Plate);

        Assert.Equal("DeviceUseStatement/u", Assert.Single(read).Reference);

        var other = Plate.Replace("271003", "14106009", StringComparison.Ordinal);
        Assert.Equal(["DeviceUseStatement/u", "Device/p"], Read($$""" DeviceUseStatement/u "status": "active", "device": { "reference": "Device/p" }, {{Mandible}} """, Plate, other).Select(entry => entry.Reference));
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("stopped")]
    public static void A_use_that_has_ended_leaves_the_device_as_it_is(string status)
    {
        var read = Read(Plate, $$""" DeviceUseStatement/u "status": "{{status}}", "timingPeriod": { "start": "2020", "end": "2021-03" }, "device": { "reference": "Device/p" }, {{Mandible}} """);

        Assert.Equal([("Device/p", RecordState.Active, ""), ("DeviceUseStatement/u", RecordState.Ended, "2021-03")], read.Select(entry => (entry.Reference, entry.State, entry.Ended.ToString() ?? "")));
    }

    [Fact]
    public static void A_use_whose_status_there_is_not_has_not_ended() =>
        Assert.Equal((RecordState.Unstated, null), Read(Plate, $$""" DeviceUseStatement/u "status": "actve", "timingPeriod": { "start": "2020", "end": "2021-03" }, "device": { "reference": "Device/p" }, {{Mandible}} """) is [.., var use] ? (use.State, use.Ended) : default);

    [Fact]
    public static void A_use_without_a_site_entered_in_error_or_of_a_device_elsewhere_adds_nothing_to_it()
    {
        Assert.Equal(["Device/p", "DeviceUseStatement/u"], Read(Plate, """ DeviceUseStatement/u "status": "active", "device": { "reference": "Device/p" } """).Select(entry => entry.Reference));
        Assert.Equal(["Device/p"], Read(Plate, $$""" DeviceUseStatement/u "status": "entered-in-error", "device": { "reference": "Device/p" }, {{Mandible}} """).Select(entry => entry.Reference));
        var elsewhere = Read(Plate, $$""" DeviceUseStatement/u "status": "active", "device": { "reference": "Device/q" }, {{Mandible}} """);
        Assert.Equal([("Device/p", 1), ("DeviceUseStatement/u", 0)], elsewhere.Select(entry => (entry.Reference, entry.Concept.Codes.Length)));
    }

    [Fact]
    public static void A_procedure_tells_what_was_put_in_and_where_but_not_what_was_taken_out()
    {
        const string site = """ "bodySite": [{ "coding": [{ "system": "http://snomed.info/sct", "code": "91609006" }] }, { "text": "chin" }] """;
        var done = Read(Plate, $$""" Procedure/1 "status": "completed", "performedDateTime": "2019-03", {{site}}, "focalDevice": [{ "action": { "coding": [{ "code": "implanted" }] }, "manipulated": { "reference": "Device/p" } }] """);
        var removed = Read(Plate, $$""" Procedure/1 "status": "completed", {{site}}, "focalDevice": [{ "action": { "coding": [{ "system": "http://hl7.org/fhir/device-action", "code": "explanted" }] }, "manipulated": { "reference": "Device/p" } }] """);
        var coded = Read($$""" Procedure/1 "status": "completed", {{site}}, "usedCode": [{ "coding": [{ "system": "http://snomed.info/sct", "code": "271003" }] }] """);

        Assert.Equal([(RecordKind.Procedure, "", "2019-03"), (RecordKind.Device, "271003", "2019-03")], done.Select(entry => (entry.Kind, Codes(entry), entry.On.ToString() ?? "")));
        Assert.All(done, entry => Assert.Equal("91609006|", Codes(entry.Sites)));
        Assert.Equal(["Device/p", "Procedure/1"], removed.Select(entry => entry.Reference));
        Assert.Equal(RecordKind.Procedure, removed[1].Kind);
        Assert.Equal([RecordKind.Procedure, RecordKind.Device], coded.Select(entry => entry.Kind));
    }

    [Theory]
    [InlineData("not-done", 0)]
    [InlineData("entered-in-error", 0)]
    [InlineData("preparation", 1)]
    [InlineData("completed", 1)]
    [InlineData("unknown", 1)]
    public static void A_procedure_that_was_not_done_is_no_entry(string status, int entries) => Assert.Equal(entries, Read($$""" Procedure/1 "status": "{{status}}" """).Count);
}
