using System.Text;
using System.Text.Json.Nodes;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Microsoft.Extensions.DependencyInjection;
using NodaTime.Text;
using Screening.Api.CarePlans;
using Screening.Api.Tests.Screenings;
using Screening.Rules;
using Calendar = Ical.Net.Calendar;

namespace Screening.Api.Tests.CarePlans;

/// <summary>The iCalendar form. tests/browser reads the same with a parser that had no part in writing it.</summary>
public sealed class CarePlanCalendarTests(ServiceFixture service)
{
    // What a neighbour must not learn: conditions, medicines, products, the treatment and its areas.
    private static readonly string[] Telling =
    [
        "retino", "herpes", "antivir", "accutane", "numb", "anest", "cream", "crema", "sublative", "radio", "skin", "piel", "alastin", "nectar", "néctar",
        "hydrocort", "hidrocort", "vinegar", "vinagre", "scab", "costra", "treat", "tratam", "sun", "sol", "face", "cara", "pregnan", "screen", "botul", "toxin", "makeup", "swell", "red", "handout", "line", "bk-20931",
    ];

    public static TheoryData<string, string, string, string> Appointments => new()
    {
        { "America/New_York", "2026-10-20T15:00:00Z", "2026-10-31T10:30:00", "2026-10-31T11:15:00" },
        { "America/New_York", "2026-02-20T15:00:00Z", "2026-03-07T10:30:00", "2026-03-07T11:15:00" },
        { "America/New_York", "2026-10-20T15:00:00Z", "2026-11-01T06:30:00Z", "2026-11-01T07:15:00Z" },
        { "Australia/Sydney", "2026-03-20T00:00:00Z", "2026-04-04T17:00:00", "2026-04-04T18:00:00" },
        { "Europe/Madrid", "2026-10-01T00:00:00Z", "2026-10-24T10:30:00", "2026-10-24T11:15:00" },
        { "Asia/Kathmandu", "2026-10-01T00:00:00Z", "2026-10-24T10:30:00", "2026-10-24T11:15:00" },
        { "Africa/Casablanca", "2026-01-20T00:00:00Z", "2026-02-10T10:30:00", "2026-02-10T11:15:00" },
        { "UTC", "2026-10-01T00:00:00Z", "2026-10-24T10:30:00", "2026-10-24T11:15:00" },
    };

    [Theory]
    [MemberData(nameof(Appointments))]
    public async Task Read_again_it_has_the_times_of_the_JSON(string zone, string asOf, string start, string end)
    {
        foreach (var kit in (string[])["yes", "no"])
        {
            var request = CarePlans.Personal(zone, asOf, start, end, kit);
            var (_, plan) = await CarePlans.PlanAsync(service, request);
            var calendar = await ReadAsync(request);
            Assert.Equal(zone == "UTC" ? [] : [zone], calendar.TimeZones.Select(t => t.TzId));
            Assert.All(calendar.Events.Where(e => e.DtStart!.HasTime && e.DtStart.TzId != "UTC"), e => Assert.Equal(zone, e.DtStart!.TzId));

            var steps = plan["steps"]!.AsArray();
            Assert.Equal(steps.Count + 1, calendar.Events.Count);
            var appointment = calendar.Events.Single(e => e.Transparency == TransparencyType.Opaque);
            Assert.Equal((Instant(plan["appointment"]!["start"]), Instant(plan["appointment"]!["end"])), (appointment.DtStart!.AsUtc, appointment.DtEnd!.AsUtc));
            Assert.All(steps.Zip(calendar.Events.Skip(1)), pair => AssertSame(pair.First!.AsObject(), pair.Second));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("?detail=full")]
    public async Task It_is_well_formed_and_no_line_is_longer_than_75_octets(string query)
    {
        var text = await CarePlans.CalendarAsync(service, Personal(), query);
        Assert.StartsWith("BEGIN:VCALENDAR\r\nPRODID:", text, StringComparison.Ordinal);
        Assert.EndsWith("END:VCALENDAR\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.All(text.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));

        var calendar = Calendar.Load(text)!;
        Assert.Equal("2.0", calendar.Version);
        Assert.Null(calendar.Method);
        Assert.All(calendar.Events, entry =>
        {
            Assert.Equal("PRIVATE", entry.Class);
            Assert.Equal((new DateTime(2026, 5, 1, 8, 30, 0, DateTimeKind.Utc), new DateTime(2026, 5, 1, 8, 30, 0, DateTimeKind.Utc)), (entry.DtStamp!.AsUtc, entry.LastModified!.AsUtc));
            Assert.Equal(29627070, entry.Sequence);
            Assert.NotEmpty(entry.Summary!);
            Assert.Null(entry.Status);
        });
        Assert.Single(calendar.Events, entry => entry.Transparency == TransparencyType.Opaque);
    }

    [Fact]
    public void Spanish_texts_are_folded_by_octets_and_come_back_whole()
    {
        var reader = service.Services.GetRequiredService<ScreeningRequestReader>();
        var request = reader.Read(Encoding.UTF8.GetBytes(Personal().ToJsonString()), ServiceFixture.Now, new InputErrors())!;
        var decision = Screener.Screen(request.Intake, request.Appointment, request.Today);
        var plan = CarePlanner.Plan(request.Intake, request.Appointment);
        var text = CarePlanCalendar.Write(request, decision, plan, fullDetail: true, Language.Find("es")!);
        Assert.All(text.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.Equal(plan.Steps.Select(planned => planned.Step.Text.Es), Calendar.Load(text)!.Events.Skip(1).Select(entry => entry.Summary));
    }

    [Fact]
    public async Task The_zone_is_defined_by_the_offsets_of_the_span_that_it_covers()
    {
        var calendar = await ReadAsync(CarePlans.Personal("Europe/Madrid", "2026-10-01T00:00:00Z", "2026-10-24T10:30:00", "2026-10-24T11:15:00", "no"));
        Assert.Equal(
            ["STANDARD 2025-10-26T03:00 02:00:00 01:00:00 CET", "DAYLIGHT 2026-03-29T02:00 01:00:00 02:00:00 CEST", "STANDARD 2026-10-25T03:00 02:00:00 01:00:00 CET"],
            Assert.Single(calendar.TimeZones).TimeZoneInfos.OrderBy(o => o.DtStart!.Value).Select(o => $"{o.Name} {o.DtStart!.Value:yyyy-MM-ddTHH:mm} {o.OffsetFrom!.Offset} {o.OffsetTo!.Offset} {o.TimeZoneName}"));
    }

    [Fact]
    public async Task Titles_tell_a_neighbour_nothing_and_there_are_no_details()
    {
        var text = await CarePlans.CalendarAsync(service, Personal());
        var calendar = Calendar.Load(text)!;
        Assert.All(calendar.Events, entry => Assert.Null(entry.Description));
        Assert.Equal(
            [
                "Appointment", "Before your appointment: tell the clinic", "Before your appointment: to do", "Before your appointment: to avoid", "After your appointment: to avoid",
                "After your appointment: what to expect", "After your appointment: allowed if you wish", "After your appointment: to do", "After your appointment: tell the clinic",
            ],
            calendar.Events.Select(entry => entry.Summary).Distinct());
        var shown = string.Join('\n', calendar.Events.SelectMany(entry => entry.Alarms.Select(alarm => alarm.Description).Append(entry.Summary)));
        Assert.All(Telling, word => Assert.DoesNotContain(word, shown, StringComparison.OrdinalIgnoreCase));
        Assert.All(Telling.Except(["screen", "line", "sol", "red"]), word => Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public void Neutral_titles_exist_in_every_language_and_tell_nothing(string code)
    {
        var language = code == "es" ? Language.Find("es")! : Language.English;
        var kinds = from phase in Enum.GetValues<CarePhase>()
                    from kind in Enum.GetValues<CareKind>()
                    select CalendarTexts.TitleOf(Step(phase, kind), full: false, language);
        Assert.Equal(10, kinds.Distinct().Count());
        Assert.All(kinds, title => Assert.All(Telling, word => Assert.DoesNotContain(word, title, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Full_detail_says_what_each_entry_is_about_and_the_risks()
    {
        var request = Personal();
        var (_, plan) = await CarePlans.PlanAsync(service, request);
        var calendar = await ReadAsync(request, "?detail=full");
        Assert.All(plan["steps"]!.AsArray().Zip(calendar.Events.Skip(1)), pair =>
        {
            Assert.Equal((string)pair.First!["text"]!, pair.Second.Summary);
            Assert.Contains((string)pair.First["text"]!, pair.Second.Description, StringComparison.Ordinal);
            Assert.EndsWith($"{pair.First["source"]!["document"]}, line {pair.First["source"]!["line"]}", pair.Second.Description, StringComparison.Ordinal);
        });
        Assert.Equal("Sublative RF skin treatment", calendar.Events[0]!.Summary);
        Assert.All(plan["risks"]!.AsArray(), risk => Assert.Contains((string)risk!["text"]!, calendar.Events[0]!.Description, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_must_be_done_in_time_has_an_alarm_and_nothing_else()
    {
        var request = Personal();
        var (_, plan) = await CarePlans.PlanAsync(service, request);
        var calendar = await ReadAsync(request);
        Assert.Empty(calendar.Events[0]!.Alarms);
        var alarms = plan["steps"]!.AsArray().Zip(calendar.Events.Skip(1)).Where(pair => pair.Second.Alarms.Count > 0)
            .Select(pair => $"{pair.First!["id"]} {Assert.Single(pair.Second.Alarms).Action} {pair.Second.Alarms.First().Trigger!.Duration}");
        Assert.Equal(
            ["isotretinoin-tell DISPLAY -PT15H", "nectar-prepare DISPLAY PT9H", "topical-retinoid-stop DISPLAY -PT15H", "antiviral-course DISPLAY PT9H", "numbing-cream-collect DISPLAY PT9H", "numbing-cream-apply DISPLAY -PT15M"],
            alarms);
    }

    [Fact]
    public async Task The_same_request_gives_the_same_bytes_and_each_entry_its_own_UID()
    {
        var text = await CarePlans.CalendarAsync(service, Personal());
        Assert.Equal(text, await CarePlans.CalendarAsync(service, Personal()));
        var uids = Uids(text);
        Assert.Equal(uids.Count, uids.Values.Distinct().Count());
        Assert.Equal(Uids(text).Values, Uids(await CarePlans.CalendarAsync(service, Personal(), "?detail=full")).Values);
    }

    [Fact]
    public async Task With_a_reference_a_moved_appointment_updates_its_entries()
    {
        var before = Personal();
        var moved = Personal();
        moved["asOf"] = "2026-05-02T08:30:00Z";
        moved["appointment"] = JsonNode.Parse("""{ "timeZone": "America/Denver", "start": "2026-06-20T15:00:00", "areas": ["neck"] }""");
        var first = Calendar.Load(await CarePlans.CalendarAsync(service, before))!.Events;
        var second = Calendar.Load(await CarePlans.CalendarAsync(service, moved))!.Events;
        Assert.Equal(first.Select(e => e.Uid!).Order(StringComparer.Ordinal), second.Select(e => e.Uid!).Order(StringComparer.Ordinal));
        Assert.True(second[0]!.Sequence > first[0]!.Sequence);
    }

    [Theory]
    [InlineData("bk-20931", "dec2cf8d-320d-845a-83a1-d64d8f8221f4")]
    [InlineData(null, "68535c6d-1dc5-8abe-9313-930ffd661856")]
    public async Task The_same_appointment_has_the_same_UID_in_every_release(string? reference, string uid)
    {
        var request = Personal();
        request.Remove("reference");
        if (reference is not null)
        {
            request["reference"] = reference;
        }

        Assert.Equal(uid, Uids(await CarePlans.CalendarAsync(service, request))[0]);
    }

    [Fact]
    public async Task UIDs_of_different_appointments_differ()
    {
        var withReference = Personal();
        var otherReference = Personal();
        otherReference["reference"] = "bk-20932";
        var without = Personal();
        without.Remove("reference");
        var later = without.DeepClone().AsObject();
        later["appointment"]!["start"] = "2026-06-10T10:45:00";
        var elsewhere = without.DeepClone().AsObject();
        elsewhere["appointment"]!["timeZone"] = "Europe/Paris";
        var sets = new List<IEnumerable<string>>();
        foreach (var request in (JsonObject[])[withReference, otherReference, without, later, elsewhere])
        {
            sets.Add(Uids(await CarePlans.CalendarAsync(service, request)).Values);
        }

        Assert.Equal(sets.Sum(set => set.Count()), sets.SelectMany(set => set).Distinct().Count());
        later["answers"]!["skincareKit"] = "no";
        Assert.Superset(Uids(await CarePlans.CalendarAsync(service, later)).Values.Intersect(sets[3]).ToHashSet(), sets[3].ToHashSet());
    }

    [Fact]
    public async Task A_preview_is_tentative_and_an_appointment_without_an_end_has_none()
    {
        var calendar = await ReadAsync(Requests.NothingToReport().With("pregnancy", "yes"), "?preview=true");
        Assert.All(calendar.Events, entry => Assert.Equal(EventStatus.Tentative, entry.Status));
        Assert.Null(calendar.Events[0]!.DtEnd);
        Assert.Equal(new DateTime(2026, 6, 10, 17, 0, 0, DateTimeKind.Utc), calendar.Events[0]!.DtStart!.AsUtc);
    }

    private static JsonObject Personal()
    {
        var request = CarePlans.Personal("Europe/Madrid", "2026-05-01T08:30:00Z", "2026-06-10T10:30:00", "2026-06-10T11:15:00", "yes");
        request["reference"] = "bk-20931";
        return request;
    }

    private static CareStep Step(CarePhase phase, CareKind kind) => new()
    {
        Id = "step",
        Line = 1,
        Phase = phase,
        Kind = kind,
        Text = new LocalizedText { En = "herpes", Es = "herpes" },
        Timing = new DaysTiming { From = 0, Through = 0 },
    };

    /// <summary>A whole day ends before the next begins; an open end is half an hour, or a day; a missing beginning is the last day.</summary>
    private static void AssertSame(JsonObject step, CalendarEvent entry)
    {
        if (step.ContainsKey("startsOn"))
        {
            var first = (string?)step["startsOn"] ?? (string)step["endsOn"]!;
            var last = step["startsOn"] is null ? first : (string?)step["endsOn"] ?? first;
            Assert.False(entry.DtStart!.HasTime);
            Assert.Equal((Day(first), Day(last).AddDays(1)), (entry.DtStart.Date, entry.DtEnd!.Date));
            return;
        }

        var from = Instant(step["startsAt"]);
        Assert.Equal((from, step["endsAt"] is null ? from.AddMinutes(30) : Instant(step["endsAt"])), (entry.DtStart!.AsUtc, entry.DtEnd!.AsUtc));
    }

    private static DateOnly Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd");

    private static DateTime Instant(JsonNode? time) => OffsetDateTimePattern.ExtendedIso.Parse((string)time!).Value.ToInstant().ToDateTimeUtc();

    private async Task<Calendar> ReadAsync(JsonObject request, string query = "") => Calendar.Load(await CarePlans.CalendarAsync(service, request, query))!;

    private static Dictionary<int, string> Uids(string text) =>
        Calendar.Load(text)!.Events.Select((entry, index) => (index, entry.Uid!)).ToDictionary(e => e.index, e => e.Item2);
}
