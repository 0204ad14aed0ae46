using NodaTime;

namespace Screening.Rules.Tests.Dates;

public static class DayTests
{
    [Fact]
    public static void A_day_is_the_date_that_NodaTime_counts_to_on_every_day_that_a_decision_can_reach()
    {
        // Ten years of waits before the first year that an answer may name, and after the last.
        var first = new LocalDate(PartialDate.MinYear - 10, 1, 1);
        var last = new LocalDate(PartialDate.MaxYear + 10, 12, 31);
        var number = (int)Period.DaysBetween(new LocalDate(1970, 1, 1), first);
        for (var date = first; date <= last; date = date.PlusDays(1), number++)
        {
            var day = Day.Of(date);
            if (day.Number != number || day.ToLocalDate() != date || PartialDate.Of(day) != PartialDate.Of(date))
            {
                Assert.Fail($"{date} is day {number}, not {day.Number}, which is {day}.");
            }
        }
    }

    [Fact]
    public static void Days_are_in_the_order_of_their_dates()
    {
        var (earlier, later) = (Day.Of(2024, 2, 29), Day.Of(2024, 3, 1));

        Assert.Equal(earlier, later.PlusDays(-1));
        Assert.True(earlier < later && earlier <= later && later > earlier && later >= earlier && earlier.CompareTo(later) < 0);
        Assert.True(earlier <= Day.Of(new LocalDate(2024, 2, 29)) && earlier >= Day.Of(new LocalDate(2024, 2, 29)));
        Assert.Equal((earlier, later), (Day.Min(later, earlier), Day.Max(later, earlier)));
        Assert.Equal("2024-02-29", earlier.ToString());
    }
}
