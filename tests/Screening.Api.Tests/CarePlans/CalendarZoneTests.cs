using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using Screening.Api.Tests.Screenings;

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
    [InlineData("Africa/Casablanca", "2027-02-03", "DAYLIGHT STANDARD")]
    [InlineData("Australia/Lord_Howe", "2027-04-01", "DAYLIGHT STANDARD")]
    [InlineData("Antarctica/Troll", "2027-03-20", "DAYLIGHT STANDARD")]
    [InlineData("Asia/Kathmandu", "2026-10-20", "STANDARD")]
    public async Task A_zone_has_one_STANDARD_and_at_most_one_DAYLIGHT(string zone, string date, string names)
    {
        var text = await CalendarAsync(zone, date + "T10:30:00");
        Assert.Equal(names, string.Join(' ', CalendarText.Read(text).Onsets.Select(onset => onset.Name).Order(StringComparer.Ordinal)));
        Assert.Empty(Wrong(zone, text));
    }

    // Before 1972 Monrovia was 44 minutes and 30 seconds behind; Kwajalein skipped a day; Samoa skipped one and changed its clocks in one year.
    [Theory]
    [InlineData("Africa/Monrovia", "1971-12-28T10:30:00", 0)]
    [InlineData("Pacific/Kwajalein", "1993-08-18T10:30:00", 2)]
    [InlineData("Pacific/Apia", "2011-12-28T10:30:00", 2)]
    [InlineData("America/Sao_Paulo", "2019-02-12T10:30:00", 2)]
    [InlineData("Europe/Lisbon", "1912-01-01T10:30:00", 1)]
    [InlineData("UTC", "2026-10-20T10:30:00", 0)]
    public async Task Where_two_onsets_a_year_cannot_tell_it_times_are_in_UTC(string zone, string start, int onsets)
    {
        var text = await CalendarAsync(zone, start);
        var calendar = CalendarText.Read(text);
        Assert.Equal(onsets, calendar.Onsets.Count);
        Assert.All(calendar.Times, time => Assert.True(onsets > 0 || time.Zone == CalendarText.Utc));
        Assert.Empty(Wrong(zone, text, utc: onsets == 0));
    }

    /// <summary>The times that a reading gets wrong, and those in UTC that could have been local.</summary>
    private static IEnumerable<string> Wrong(string id, string text, bool utc = false)
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
                if (!utc && zone.MapLocal(local.InUtc().WithZone(zone).LocalDateTime).Count == 1)
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
