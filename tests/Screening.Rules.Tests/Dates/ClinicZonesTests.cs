using NodaTime;

namespace Screening.Rules.Tests.Dates;

public static class ClinicZonesTests
{
    [Theory]
    [InlineData("America/New_York")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("Europe/Berlin")]
    [InlineData("Asia/Kolkata")]
    [InlineData("Asia/Calcutta")]
    [InlineData("UTC")]
    [InlineData("Etc/UTC")]
    [InlineData("Etc/GMT+5")]
    public static void An_IANA_name_is_a_zone(string id) => Assert.Equal(id, ClinicZones.Find(id)?.Id);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("america/new_york")]
    [InlineData("AMERICA/NEW_YORK")]
    [InlineData("America/New York")]
    [InlineData("America/New_York ")]
    [InlineData("New_York")]
    [InlineData("Eastern Standard Time")]
    [InlineData("utc")]
    [InlineData("UTC+2")]
    [InlineData("UTC+02")]
    [InlineData("UTC+02:00")]
    [InlineData("UTC-11:30")]
    [InlineData("UTC+0")]
    [InlineData("GMT+2")]
    [InlineData("+02:00")]
    [InlineData("Mars/Olympus_Mons")]
    public static void Any_other_text_is_none(string id) => Assert.Null(ClinicZones.Find(id));

    [Fact]
    public static void Every_name_of_the_shipped_data_is_a_zone()
    {
        Assert.True(DateTimeZoneProviders.Tzdb.Ids.Count > 500);
        Assert.All(DateTimeZoneProviders.Tzdb.Ids, id => Assert.NotNull(ClinicZones.Find(id)));
    }
}
