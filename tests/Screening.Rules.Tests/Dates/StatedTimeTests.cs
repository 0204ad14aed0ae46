using System.Globalization;
using System.Text;
using NodaTime.Text;

namespace Screening.Rules.Tests.Dates;

public static class StatedTimeTests
{
    [Theory]
    [InlineData("2026-12-18T10:30:00", "2026-12-18T10:30:00", null)]
    [InlineData("2026-12-18T00:00:00", "2026-12-18T00:00:00", null)]
    [InlineData("2026-12-18T23:59:59", "2026-12-18T23:59:59", null)]
    [InlineData("2026-12-18T10:30:00Z", "2026-12-18T10:30:00", "+00:00")]
    [InlineData("2026-12-18T10:30:00+00:00", "2026-12-18T10:30:00", "+00:00")]
    [InlineData("2026-12-18T10:30:00-00:00", "2026-12-18T10:30:00", "+00:00")]
    [InlineData("2026-12-18T10:30:00-05:00", "2026-12-18T10:30:00", "-05:00")]
    [InlineData("2026-12-18T10:30:00+05:45", "2026-12-18T10:30:00", "+05:45")]
    [InlineData("2026-12-18T10:30:00-03:30", "2026-12-18T10:30:00", "-03:30")]
    [InlineData("2026-12-18T10:30:00+17:59", "2026-12-18T10:30:00", "+17:59")]
    [InlineData("2026-12-18T10:30:00.5", "2026-12-18T10:30:00.5", null)]
    [InlineData("2026-12-18T10:30:00.123456789Z", "2026-12-18T10:30:00.123456789", "+00:00")]
    [InlineData("2026-12-18T10:30:00.000000001", "2026-12-18T10:30:00.000000001", null)]
    [InlineData("2026-12-18T23:59:59.999999999-05:00", "2026-12-18T23:59:59.999999999", "-05:00")]
    [InlineData("1900-01-01T00:00:00Z", "1900-01-01T00:00:00", "+00:00")]
    [InlineData("2199-12-31T23:59:59", "2199-12-31T23:59:59", null)]
    public static void A_time_is_read_as_it_is_written(string text, string local, string? offset)
    {
        Assert.True(StatedTime.TryParse(Encoding.UTF8.GetBytes(text), out var time));

        Assert.Equal(LocalDateTimePattern.ExtendedIso.Parse(local).Value, time.Local);
        Assert.Equal(offset, time.Offset?.ToString("+HH:mm", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2026-12-18T10:30", "2026-12-18T10:30:00")]
    [InlineData("2026-12-18T00:00", "2026-12-18T00:00:00")]
    [InlineData("2026-12-18T10:30Z", "2026-12-18T10:30:00Z")]
    [InlineData("2026-12-18T10:30-05:00", "2026-12-18T10:30:00-05:00")]
    [InlineData("2026-12-18T23:59+05:45", "2026-12-18T23:59:00+05:45")]
    public static void Where_seconds_may_be_left_out_they_are_0(string text, string whole)
    {
        Assert.False(StatedTime.TryParse(Encoding.UTF8.GetBytes(text), out _));
        Assert.True(StatedTime.TryParse(Encoding.UTF8.GetBytes(text), out var time, secondsOptional: true));
        Assert.True(StatedTime.TryParse(Encoding.UTF8.GetBytes(whole), out var same, secondsOptional: true));

        Assert.Equal(same, time);
    }

    [Theory]
    [InlineData("2026-12-18")]
    [InlineData("2026-12-18T")]
    [InlineData("2026-12-18T10")]
    [InlineData("2026-12-18T10:3")]
    [InlineData("2026-12-18T10:30:")]
    [InlineData("2026-12-18T10:30:0")]
    [InlineData("2026-12-18T10:30.5")]
    [InlineData("2026-12-18T10:30z")]
    [InlineData("2026-12-18T10:30 Z")]
    [InlineData("2026-12-18T10:30+05")]
    [InlineData("2026-12-18T10:60")]
    [InlineData("2026-12-18T24:00")]
    [InlineData("2026-02-29T10:30")]
    public static void Without_its_seconds_any_other_text_is_no_time_either(string text) =>
        Assert.False(StatedTime.TryParse(Encoding.UTF8.GetBytes(text), out _, secondsOptional: true));

    [Theory]
    [InlineData("")]
    [InlineData("2026-12-18")]
    [InlineData("2026-12")]
    [InlineData("10:30:00")]
    [InlineData("2026-12-18T")]
    [InlineData("2026-12-18T10")]
    [InlineData("2026-12-18T10:30")]
    [InlineData("2026-12-18T10:30Z")]
    [InlineData("2026-12-18T10:30:0")]
    [InlineData("2026-12-18 10:30:00")]
    [InlineData("2026-12-18t10:30:00")]
    [InlineData("2026-12-18T10.30.00")]
    [InlineData("2026-12-18T10:30.00")]
    [InlineData("2026-12-18T24:00:00")]
    [InlineData("2026-12-18T10:60:00")]
    [InlineData("2026-12-18T10:30:60")]
    [InlineData("2026-12-18T-1:30:00")]
    [InlineData("2026-12-18T10:30:+5")]
    [InlineData("2026-02-29T10:30:00")]
    [InlineData("2026-00-18T10:30:00")]
    [InlineData("1899-12-31T10:30:00")]
    [InlineData("2200-01-01T10:30:00")]
    [InlineData("2026-12-18T10:30:00z")]
    [InlineData("2026-12-18T10:30:00ZZ")]
    [InlineData("2026-12-18T10:30:00 Z")]
    [InlineData("2026-12-18T10:30:00Z ")]
    [InlineData(" 2026-12-18T10:30:00")]
    [InlineData("2026-12-18T10:30:00,5")]
    [InlineData("2026-12-18T10:30:00.")]
    [InlineData("2026-12-18T10:30:00.Z")]
    [InlineData("2026-12-18T10:30:00.1234567890")]
    [InlineData("2026-12-18T10:30:00.-5")]
    [InlineData("2026-12-18T10:30:00+5")]
    [InlineData("2026-12-18T10:30:00+05")]
    [InlineData("2026-12-18T10:30:00+0500")]
    [InlineData("2026-12-18T10:30:00+05:0")]
    [InlineData("2026-12-18T10:30:00+05:60")]
    [InlineData("2026-12-18T10:30:00+18:00")]
    [InlineData("2026-12-18T10:30:00+-5:00")]
    [InlineData("2026-12-18T10:30:00−05:00")]
    [InlineData("2026-12-18T10:30:00+05:00:00")]
    [InlineData("2026-12-18T10:30:00[America/New_York]")]
    [InlineData("2026-12-18T10:30:00-05:00[America/New_York]")]
    [InlineData("20261218T103000")]
    [InlineData("1797676200")]
    [InlineData("now")]
    public static void Any_other_text_is_no_time(string text)
    {
        Assert.False(StatedTime.TryParse(Encoding.UTF8.GetBytes(text), out var time));
        Assert.Equal(default, time);
    }

    [Theory]
    [InlineData("America/New_York", "2026-12-18T10:30:00", "2026-12-18T10:30:00-05")]
    [InlineData("America/New_York", "2026-07-18T10:30:00", "2026-07-18T10:30:00-04")]
    [InlineData("America/New_York", "2026-11-01T00:59:59", "2026-11-01T00:59:59-04")]
    [InlineData("America/New_York", "2026-11-01T01:30:00", "2026-11-01T01:30:00-04")]
    [InlineData("America/New_York", "2026-11-01T02:00:00", "2026-11-01T02:00:00-05")]
    [InlineData("America/New_York", "2026-11-01T01:30:00-05:00", "2026-11-01T01:30:00-05")]
    [InlineData("America/New_York", "2026-03-08T03:00:00", "2026-03-08T03:00:00-04")]
    [InlineData("America/New_York", "2026-12-18T03:30:00Z", "2026-12-17T22:30:00-05")]
    [InlineData("America/New_York", "2026-12-18T23:30:00-08:00", "2026-12-19T02:30:00-05")]
    [InlineData("Europe/Berlin", "2026-10-25T02:30:00", "2026-10-25T02:30:00+02")]
    [InlineData("Asia/Kathmandu", "2026-12-18T18:15:00Z", "2026-12-19T00:00:00+05:45")]
    [InlineData("Asia/Kathmandu", "2026-12-18T18:14:59Z", "2026-12-18T23:59:59+05:45")]
    [InlineData("Pacific/Kiritimati", "2026-12-18T10:00:00Z", "2026-12-19T00:00:00+14")]
    [InlineData("Pacific/Pago_Pago", "2026-12-18T10:59:59Z", "2026-12-17T23:59:59-11")]
    [InlineData("Pacific/Apia", "2011-12-29T23:59:59", "2011-12-29T23:59:59-10")]
    [InlineData("UTC", "2026-12-18T10:30:00", "2026-12-18T10:30:00+00")]
    public static void A_time_becomes_the_clinics_own(string zone, string text, string expected)
    {
        Assert.True(StatedTime.TryParse(Encoding.UTF8.GetBytes(text), out var stated));

        Assert.True(stated.TryInZone(ClinicZones.Find(zone)!, out var time));

        Assert.Equal(expected, time.ToString("uuuu-MM-dd'T'HH:mm:sso<g>", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("America/New_York", "2026-03-08T02:00:00")]
    [InlineData("America/New_York", "2026-03-08T02:30:00")]
    [InlineData("America/New_York", "2026-03-08T02:59:59.999999999")]
    [InlineData("Europe/Berlin", "2026-03-29T02:30:00")]
    [InlineData("Pacific/Apia", "2011-12-30T12:00:00")]
    [InlineData("America/Sao_Paulo", "2018-11-04T00:00:00")]
    public static void A_local_time_that_the_zone_skips_is_none_unless_it_has_an_offset(string zone, string text)
    {
        Assert.True(StatedTime.TryParse(Encoding.UTF8.GetBytes(text), out var local));
        Assert.True(StatedTime.TryParse(Encoding.UTF8.GetBytes(text + "Z"), out var instant));

        Assert.False(local.TryInZone(ClinicZones.Find(zone)!, out _));
        Assert.True(instant.TryInZone(ClinicZones.Find(zone)!, out _));
    }
}
