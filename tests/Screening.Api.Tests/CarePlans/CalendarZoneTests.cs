using System.Text.Json.Nodes;
using Ical.Net.CalendarComponents;
using Ical.Net.Serialization;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using Screening.Api.CarePlans;
using Screening.Api.Tests.Screenings;
using Calendar = Ical.Net.Calendar;
using Duration = NodaTime.Duration;

namespace Screening.Api.Tests.CarePlans;

/// <summary>The definition of the zone in a calendar, read as calendar programs read it.</summary>
public sealed class CalendarZoneTests(ServiceFixture service)
{
    // Beside the changes of the north and of the south, beside Ramadan in Morocco, and beside none.
    private static readonly string[] Dates = ["2026-03-20", "2026-06-15", "2026-10-20", "2027-02-03", "2027-09-20", "2028-04-01"];

    private static readonly IReadOnlyList<string> Zones =
        [.. TzdbDateTimeZoneSource.Default.CanonicalIdMap.Values.Distinct(StringComparer.Ordinal).Where(id => id.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> AllDates => [.. Dates];

    [Theory]
    [MemberData(nameof(AllDates))]
    public async Task In_every_zone_both_readings_give_each_entry_its_offset(string date)
    {
        Assert.True(Zones.Count >= 312, $"{Zones.Count} zones");
        List<string> wrong = [];
        foreach (var zone in Zones)
        {
            wrong.AddRange(Wrong(zone, await CalendarAsync(zone, date + "T10:30:00")));
        }

        Assert.Empty(wrong);
    }

    // A single STANDARD where no change is near; else one of each, DAYLIGHT the one that is further ahead, whatever the tz database calls it.
    [Theory]
    [InlineData("America/Sao_Paulo", "2026-12-18", "STANDARD")]
    [InlineData("America/New_York", "2026-07-18", "STANDARD")]
    [InlineData("America/New_York", "2026-10-28", "DAYLIGHT STANDARD")]
    [InlineData("Europe/Dublin", "2027-10-20", "DAYLIGHT STANDARD")]
    [InlineData("Europe/Dublin", "2027-03-20", "DAYLIGHT STANDARD")]
    [InlineData("Africa/Cairo", "2027-10-20", "DAYLIGHT STANDARD")]
    [InlineData("Australia/Lord_Howe", "2027-04-01", "DAYLIGHT STANDARD")]
    [InlineData("Antarctica/Troll", "2027-03-20", "DAYLIGHT STANDARD")]
    [InlineData("Asia/Kathmandu", "2026-10-20", "STANDARD")]
    public async Task A_zone_has_one_STANDARD_and_at_most_one_DAYLIGHT(string zone, string date, string names)
    {
        var text = await CalendarAsync(zone, date + "T10:30:00");
        Assert.Equal(names, string.Join(' ', CalendarText.Read(text).Onsets.Select(onset => onset.Name).Order(StringComparer.Ordinal)));
        Assert.Empty(Wrong(zone, text));
    }

    [Fact]
    public void Beside_every_change_from_2000_to_2040_both_readings_give_each_time_its_offset()
    {
        List<string> wrong = [];
        List<string> inUtc = [];
        var changes = 0;
        foreach (var zone in Zones.Select(id => DateTimeZoneProviders.Tzdb[id]))
        {
            var span = new Interval(Instant.FromUtc(2000, 1, 1, 0, 0), Instant.FromUtc(2040, 1, 1, 0, 0));
            foreach (var change in zone.GetZoneIntervals(span, ZoneEqualityComparer.Options.OnlyMatchWallOffset).Skip(1).Select(interval => interval.Start))
            {
                changes++;
                Instant[] times = [change - Duration.FromDays(1), change + Duration.FromHours(13), change + Duration.FromDays(14)];
                var text = Text(new CalendarZone(zone, times), times);
                if (text.Contains("BEGIN:VTIMEZONE", StringComparison.Ordinal))
                {
                    wrong.AddRange(Wrong(zone.Id, text));
                }
                else
                {
                    inUtc.Add($"{zone.Id} {change.InUtc().Year}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.Empty(inUtc);
        Assert.True(changes > 5000, $"{changes} changes");
    }

    [Theory]
    [InlineData("UTC", "2026-10-20T10:30:00Z")]
    [InlineData("Africa/Monrovia", "1971-12-28T10:30:00Z")]
    public void Where_no_definition_fits_or_none_is_needed_times_are_in_UTC(string zone, string at)
    {
        Instant[] times = [InstantPattern.General.Parse(at).Value];
        var text = Text(new CalendarZone(DateTimeZoneProviders.Tzdb[zone], times), times);
        Assert.DoesNotContain("VTIMEZONE", text, StringComparison.Ordinal);
        Assert.Contains("DTSTART:" + at.Replace("-", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal), text, StringComparison.Ordinal);
    }

    private static string Text(CalendarZone zone, Instant[] times)
    {
        var calendar = new Calendar();
        if (zone.Definition is { } definition)
        {
            calendar.AddTimeZone(definition);
        }

        foreach (var time in times)
        {
            calendar.Events.Add(new CalendarEvent { DtStart = zone.Time(time) });
        }

        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    /// <summary>The times that a reading gets wrong, and those in UTC that could have been local.</summary>
    private static IEnumerable<string> Wrong(string id, string text)
    {
        var zone = DateTimeZoneProviders.Tzdb[id];
        var calendar = CalendarText.Read(text);
        Assert.NotEmpty(calendar.Times);
        if (calendar.Onsets.Count(onset => onset.Name == "STANDARD") > 1 || calendar.Onsets.Count(onset => onset.Name == "DAYLIGHT") > 1)
        {
            yield return $"{id}: {string.Join(' ', calendar.Onsets.Select(onset => onset.Name))}";
        }

        foreach (var (name, local) in calendar.Times.Distinct())
        {
            if (name == CalendarText.Utc)
            {
                if (zone.MapLocal(local.InUtc().WithZone(zone).LocalDateTime).Count == 1)
                {
                    yield return $"{id} {local} UTC";
                }

                continue;
            }

            var offset = zone.AtStrictly(local).Offset;
            if (name != id || ZoneReadings.Yearly(calendar, local) != offset || ZoneReadings.Full(calendar, local) != offset)
            {
                yield return $"{name} {local} is {offset}, not {ZoneReadings.Yearly(calendar, local)}";
            }
        }
    }

    private async Task<string> CalendarAsync(string zone, string start)
    {
        var request = Requests.NothingToReport();
        var local = LocalDateTimePattern.ExtendedIso.Parse(start).Value;
        request["asOf"] = LocalDateTimePattern.ExtendedIso.Format(local.PlusDays(-20)) + "Z";
        request["appointment"] = new JsonObject { ["timeZone"] = zone, ["start"] = start, ["areas"] = new JsonArray("face") };
        return await CarePlans.CalendarAsync(service, request);
    }
}
