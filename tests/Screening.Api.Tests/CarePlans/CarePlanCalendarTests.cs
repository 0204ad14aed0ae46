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
    internal static readonly string[] Telling =
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
            var calendar = await CarePlans.ReadAsync(service, request);
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
        var text = await CarePlans.CalendarAsync(service, CarePlans.Personal(), query);
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
            Assert.Equal(399574800, entry.Sequence);
            Assert.NotEmpty(entry.Summary!);
            Assert.Null(entry.Status);
        });
        Assert.Single(calendar.Events, entry => entry.Transparency == TransparencyType.Opaque);
    }

    [Fact]
    public void Spanish_texts_are_folded_by_octets_and_come_back_whole()
    {
        var reader = service.Services.GetRequiredService<ScreeningRequestReader>();
        var request = reader.Read(Encoding.UTF8.GetBytes(CarePlans.Personal().ToJsonString()), ServiceFixture.Now, new InputErrors())!;
        var decision = Screener.Screen(request.Intake, request.Appointment, request.Today);
        var plan = CarePlanner.Plan(request.Intake, request.Appointment);
        var uid = CalendarUids.OfReference(request.Intake.Protocol, request.Reference!);
        var text = CarePlanCalendar.Write(request, decision, plan, uid, new CarePlanQuery { FullDetail = true }, Language.Find("es")!);
        Assert.All(text.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.Equal(plan.Steps.Select(planned => planned.Step.Text.Es), Calendar.Load(text)!.Events.Skip(1).Select(entry => entry.Description!.Split('\n')[1]));
    }

    [Fact]
    public async Task The_zone_is_defined_by_its_own_changes_beside_the_plan()
    {
        var calendar = await CarePlans.ReadAsync(
            service, CarePlans.Personal("Europe/Madrid", "2026-10-01T00:00:00Z", "2026-10-24T10:30:00", "2026-10-24T11:15:00", "no"));
        Assert.Equal(
            ["STANDARD 2024-10-27T03:00 02:00:00 01:00:00 CET -1Sunday 10", "DAYLIGHT 2025-03-30T02:00 01:00:00 02:00:00 CEST -1Sunday 3"],
            Assert.Single(calendar.TimeZones).TimeZoneInfos.OrderBy(o => o.DtStart!.Value).Select(o => $"{o.Name} {o.DtStart!.Value:yyyy-MM-ddTHH:mm} {o.OffsetFrom!.Offset} {o.OffsetTo!.Offset} {o.TimeZoneName} {o.RecurrenceRule!.ByDay.Single().Offset}{o.RecurrenceRule.ByDay.Single().DayOfWeek} {o.RecurrenceRule.ByMonth.Single()}"));
    }

    [Fact]
    public async Task Titles_tell_a_neighbour_nothing_and_there_are_no_details()
    {
        var text = await CarePlans.CalendarAsync(service, CarePlans.Personal());
        var calendar = Calendar.Load(text)!;
        Assert.All(calendar.Events, entry => Assert.Null(entry.Description));
        Assert.Equal(
            Enumerable.Range(1, calendar.Events.Count - 1).Select(number => $"{number}"),
            calendar.Events.Skip(1).Select(entry => entry.Summary!.Split(". ")[0]));
        Assert.Equal(calendar.Events.Count, calendar.Events.Select(entry => entry.Summary).Distinct().Count());
        Assert.Equal(
            [
                "Appointment", "Before the appointment: to report, see care plan", "14 days before the appointment: to do, see care plan",
                "13 days before the appointment: to avoid, see care plan", "5 days before the appointment: to do, see care plan",
                "1 day before the appointment: to do, see care plan", "After the appointment: to avoid, see care plan", "After the appointment: to expect, see care plan",
                "After the appointment: allowed, see care plan", "After the appointment: to do, see care plan", "30 minutes before the appointment: to do, see care plan",
                "12 hours after the appointment: allowed, see care plan", "1 day after the appointment: to do, see care plan",
                "24 hours after the appointment: to report, see care plan", "24 hours after the appointment: to expect, see care plan",
                "24 hours after the appointment: allowed, see care plan", "4 days after the appointment: to do, see care plan",
            ],
            calendar.Events.Select(entry => entry.Summary!.Split(". ")[^1]).Distinct());
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
        var titles = (from phase in Enum.GetValues<CarePhase>()
                      from kind in Enum.GetValues<CareKind>()
                      from timing in Timings
                      select Texts(full: false, language).TitleOf(Step(phase, kind, timing), 28)).ToList();
        Assert.Equal(2 * 5 + (5 * (Timings.Length - 1)), titles.Distinct().Count());
        Assert.All(titles, title => Assert.All(Telling, word => Assert.DoesNotContain(word, title, StringComparison.OrdinalIgnoreCase)));
        Assert.All(titles, title => Assert.StartsWith("28. ", title, StringComparison.Ordinal));
        var words = code == "es" ? "plan de cuidados" : "see care plan";
        Assert.All(titles, title =>
            Assert.True(title.EndsWith('…') ? title.Length > 50 : title.Contains(words, StringComparison.Ordinal), title));
        Assert.All(titles, title => Assert.InRange(title.Length, 1, 60));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public async Task No_title_is_longer_than_60_characters_and_a_cut_one_says_so(string language)
    {
        foreach (var kit in (string[])["yes", "no"])
        {
            var request = CarePlans.Personal("Europe/Madrid", "2026-05-01T08:30:00Z", "2026-06-10T10:30:00", "2026-06-10T11:15:00", kit);
            var calendar = Calendar.Load(await CarePlans.CalendarAsync(service, request, "?detail=full", language))!;
            Assert.All(calendar.Events, entry =>
            {
                Assert.InRange(entry.Summary!.Length, 1, 60);
                var whole = entry.Description!.Split('\n')[entry.Transparency == TransparencyType.Opaque ? 0 : 1];
                Assert.True(entry.Summary == whole || (entry.Summary.EndsWith('…') && whole.StartsWith(entry.Summary[..^1], StringComparison.Ordinal)), entry.Summary);
                Assert.True(entry.Summary == whole || !char.IsLetterOrDigit(whole[entry.Summary.Length - 1]), entry.Summary);
            });
        }
    }

    [Fact]
    public void A_title_without_a_space_is_cut_between_characters()
    {
        var text = string.Concat(Enumerable.Repeat("👩‍⚕️", 20));
        var title = Texts(full: true, Language.English).TitleOf(Step(CarePhase.Before, CareKind.Do, Timings[0], text), 1);
        Assert.Equal(string.Concat(Enumerable.Repeat("👩‍⚕️", 11)) + "…", title);
    }

    [Fact]
    public async Task The_calendar_has_a_name_that_tells_nothing()
    {
        foreach (var query in (string[])["", "?detail=full"])
        {
            Assert.Contains(
                "\r\nX-WR-CALNAME:Care plan\r\n",
                await CarePlans.CalendarAsync(service, CarePlans.Personal(), query), StringComparison.Ordinal);
            Assert.Contains(
                "\r\nX-WR-CALNAME:Plan de cuidados\r\n",
                await CarePlans.CalendarAsync(service, CarePlans.Personal(), query, "es"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Full_detail_says_what_each_entry_is_about_and_the_risks()
    {
        var request = CarePlans.Personal();
        var (_, plan) = await CarePlans.PlanAsync(service, request);
        var calendar = await CarePlans.ReadAsync(service, request, "?detail=full");
        Assert.All(plan["steps"]!.AsArray().Zip(calendar.Events.Skip(1)), pair =>
        {
            Assert.Equal((string)pair.First!["text"]!, pair.Second.Description!.Split('\n')[1]);
            Assert.EndsWith($"{pair.First["source"]!["document"]}, line {pair.First["source"]!["line"]}", pair.Second.Description, StringComparison.Ordinal);
        });
        Assert.Equal("Sublative RF skin treatment", calendar.Events[0]!.Summary);
        Assert.All(plan["risks"]!.AsArray(), risk => Assert.Contains((string)risk!["text"]!, calendar.Events[0]!.Description, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_must_be_done_in_time_has_an_alarm_and_nothing_else()
    {
        var request = CarePlans.Personal();
        var (_, plan) = await CarePlans.PlanAsync(service, request);
        var calendar = await CarePlans.ReadAsync(service, request);
        Assert.Empty(calendar.Events[0]!.Alarms);
        var alarms = plan["steps"]!.AsArray().Zip(calendar.Events.Skip(1)).Where(pair => pair.Second.Alarms.Count > 0)
            .Select(pair => $"{pair.First!["id"]} {Assert.Single(pair.Second.Alarms).Action} {pair.Second.Alarms.First().Trigger!.Duration}");
        Assert.Equal(
            ["isotretinoin-tell DISPLAY -PT15H", "nectar-prepare DISPLAY -PT15H", "topical-retinoid-stop DISPLAY -PT15H", "antiviral-course DISPLAY -PT15H", "numbing-cream-collect DISPLAY -PT15H", "numbing-cream-apply DISPLAY -PT15M"],
            alarms);
    }

    private CalendarTexts Texts(bool full, Language language) => new(
        service.Services.GetRequiredService<ProtocolCatalog>().Families.Single(family => family.Id == "sublative-rf").Versions[^1],
        full,
        isPreview: false,
        language);

    // An end in the same second is none in a calendar.
    [Theory]
    [InlineData("2026-06-10T10:00:00", null, 30 * 60)]
    [InlineData("2026-06-10T10:00:00.1", "2026-06-10T10:00:00.9", 30 * 60)]
    [InlineData("2026-06-10T10:00:00.9", "2026-06-10T10:00:01.1", 1)]
    [InlineData("2026-06-10T10:00:00", "2026-06-10T10:45:00", 45 * 60)]
    public async Task The_appointment_has_an_end_in_any_case(string start, string? end, int seconds)
    {
        var request = Requests.NothingToReport();
        request["appointment"]!["start"] = start;
        if (end is not null)
        {
            request["appointment"]!["end"] = end;
        }

        var calendar = await CarePlans.ReadAsync(service, request);
        Assert.Equal(new DateTime(2026, 6, 10, 17, 0, 0, DateTimeKind.Utc), calendar.Events[0]!.DtStart!.AsUtc);
        Assert.Equal(TimeSpan.FromSeconds(seconds), calendar.Events[0]!.DtEnd!.AsUtc - calendar.Events[0]!.DtStart!.AsUtc);
        Assert.All(calendar.Events, entry => Assert.True(entry.DtEnd!.Value > entry.DtStart!.Value));
    }

    private static readonly Timing[] Timings =
    [
        new DaysTiming { From = 0, Through = 0 },
        new DaysTiming { From = -1 },
        new DaysTiming { Through = 14 },
        new DaysTiming { From = -365 },
        new DaysTiming { From = 1000 },
        new ClockTiming { From = new ClockPoint { Anchor = ClockAnchor.Start, Minutes = -120 } },
        new ClockTiming { From = new ClockPoint { Anchor = ClockAnchor.End, Minutes = 120 } },
        new ClockTiming { Through = new ClockPoint { Anchor = ClockAnchor.End, Hours = 100 } },
        new ClockTiming { From = new ClockPoint { Anchor = ClockAnchor.End, Days = 1 } },
    ];

    private static CareStep Step(CarePhase phase, CareKind kind, Timing timing, string text = "herpes") => new()
    {
        Id = "step",
        Line = 1,
        Phase = phase,
        Kind = kind,
        Text = new LocalizedText { En = text, Es = text },
        Timing = timing,
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
}
