using System.Text;
using CsCheck;
using NodaTime;

namespace Screening.Rules.Tests.Dates;

public static class PartialDateTests
{
    [Theory]
    [InlineData("2026", "2026-01-01", "2026-12-31")]
    [InlineData("1900", "1900-01-01", "1900-12-31")]
    [InlineData("2199", "2199-01-01", "2199-12-31")]
    [InlineData("2026-02", "2026-02-01", "2026-02-28")]
    [InlineData("2024-02", "2024-02-01", "2024-02-29")]
    [InlineData("1900-02", "1900-02-01", "1900-02-28")]
    [InlineData("2000-02", "2000-02-01", "2000-02-29")]
    [InlineData("2026-04", "2026-04-01", "2026-04-30")]
    [InlineData("2026-12", "2026-12-01", "2026-12-31")]
    [InlineData("2026-06-10", "2026-06-10", "2026-06-10")]
    [InlineData("2024-02-29", "2024-02-29", "2024-02-29")]
    [InlineData("1900-01-01", "1900-01-01", "1900-01-01")]
    [InlineData("2199-12-31", "2199-12-31", "2199-12-31")]
    public static void A_partial_date_stands_for_every_day_from_its_first_to_its_last(string text, string first, string last)
    {
        Assert.True(PartialDate.TryParse(Encoding.UTF8.GetBytes(text), out var date));

        Assert.Equal((first, last), (PartialDate.Of(date.First).ToString(), PartialDate.Of(date.Last).ToString()));
        Assert.Equal(text.Length == 10, date.IsFull);
        Assert.Equal(text, date.ToString());
        Assert.Equal(text, Formatted(date));
    }

    [Theory]
    [InlineData("")]
    [InlineData("20")]
    [InlineData("202")]
    [InlineData("20266")]
    [InlineData("2026-")]
    [InlineData("2026-6")]
    [InlineData("2026-06-")]
    [InlineData("2026-06-1")]
    [InlineData("2026-06-101")]
    [InlineData("2026-6-10")]
    [InlineData("26-06-10")]
    [InlineData("1899")]
    [InlineData("1899-12-31")]
    [InlineData("2200")]
    [InlineData("2200-01-01")]
    [InlineData("0000")]
    [InlineData("9999")]
    [InlineData("2026-00")]
    [InlineData("2026-13")]
    [InlineData("2026-00-10")]
    [InlineData("2026-06-00")]
    [InlineData("2026-06-31")]
    [InlineData("2026-01-32")]
    [InlineData("2026-02-29")]
    [InlineData("1900-02-29")]
    [InlineData("2026/06/10")]
    [InlineData("2026-06/10")]
    [InlineData("2026.06")]
    [InlineData("2026-06 10")]
    [InlineData("20260610")]
    [InlineData(" 2026")]
    [InlineData("+026")]
    [InlineData("-026")]
    [InlineData("2026-+6")]
    [InlineData("2026-06--1")]
    [InlineData("2026-06-1 ")]
    [InlineData("202a")]
    [InlineData("2026-W24")]
    [InlineData("2026-161")]
    [InlineData("2026-06-10T")]
    [InlineData("2026-06-10T10:30:00")]
    [InlineData("unknown")]
    [InlineData("٢٠٢٦")]
    [InlineData("２０２６")]
    [InlineData("10.06.2026")]
    [InlineData("06/10/2026")]
    public static void Any_other_text_is_no_date(string text)
    {
        Assert.False(PartialDate.TryParse(Encoding.UTF8.GetBytes(text), out var date));
        Assert.Equal(default, date);
    }

    [Fact]
    public static void Every_day_of_three_centuries_is_read_as_it_is_written()
    {
        var days = 0;
        for (var day = new LocalDate(PartialDate.MinYear, 1, 1); day.Year <= PartialDate.MaxYear; day = day.PlusDays(1), days++)
        {
            var written = PartialDate.Of(day);
            Assert.True(PartialDate.TryParse(Encoding.UTF8.GetBytes(written.ToString()), out var read));
            Assert.Equal(written, read);
            Assert.Equal((day, day), (read.First, read.Last));
        }

        Assert.Equal(109573, days);
    }

    [Fact]
    public static void A_day_the_calendar_does_not_have_is_no_date() =>
        Gen.Select(Gen.Int[1890, 2210], Gen.Int[0, 99], Gen.Int[0, 99]).Sample((year, month, day) =>
        {
            var exists = year is >= 1900 and <= 2199 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
            Assert.Equal(exists, PartialDate.TryParse(Encoding.UTF8.GetBytes($"{year:D4}-{month:D2}-{day:D2}"), out _));
        });

    private static string Formatted(PartialDate date)
    {
        Span<byte> bytes = stackalloc byte[10];
        return Encoding.UTF8.GetString(bytes[..date.Format(bytes)]);
    }
}
