using NodaTime;

namespace Screening.Rules.Tests.Dates;

public static class PossibleZonesTests
{
    [Theory]
    [InlineData("2026-11-22T15:00:00Z", "2026-12-18T15:30:00Z", 2)]
    [InlineData("2026-11-22T11:30:00Z", "2026-12-18T11:30:00Z", 2)]
    public static void Where_no_zone_is_known_every_pair_of_dates_is_possible_that_some_zone_gives(string now, string start, int least)
    {
        var (asOf, at) = (NodaTime.Text.InstantPattern.General.Parse(now).Value, NodaTime.Text.InstantPattern.General.Parse(start).Value);
        var zones = PossibleZones.Of(asOf, at);
        var pairs = zones.Select(zone => (asOf.InZone(zone).Date, at.InZone(zone).Date)).ToList();
        Assert.Equal(pairs.Count, pairs.Distinct().Count());
        Assert.True(pairs.Count >= least);
        foreach (var id in DateTimeZoneProviders.Tzdb.Ids)
        {
            var zone = DateTimeZoneProviders.Tzdb[id];
            Assert.Contains((asOf.InZone(zone).Date, at.InZone(zone).Date), pairs);
        }
    }

    [Fact]
    public static void Where_no_zone_is_known_every_date_of_a_time_in_the_record_is_possible()
    {
        for (var hour = 0; hour < 24; hour++)
        {
            var time = Instant.FromUtc(2026, 6, 10, hour, 30);
            Assert.Equal(
                DateTimeZoneProviders.Tzdb.Ids.Select(id => time.InZone(DateTimeZoneProviders.Tzdb[id]).Date).Distinct().Order(),
                PossibleZones.OfRecord.Select(zone => time.InZone(zone).Date).Distinct().Order());
        }
    }
}
