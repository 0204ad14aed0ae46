using Ical.Net;
using Ical.Net.DataTypes;
using NodaTime;
using NodaTime.TimeZones;

namespace Screening.Api.CarePlans;

/// <summary>When an offset begins, read as a month, a weekday and its occurrence there in every year.</summary>
/// <param name="Local">The onset, in the local time before it.</param>
/// <param name="From">The offset before it.</param>
/// <param name="Interval">The interval of the zone that has the offset after it.</param>
internal sealed record YearlyOnset(LocalDateTime Local, Offset From, ZoneInterval Interval)
{
    private const int DaysOfAWeek = 7;

    /// <summary>The occurrence that is the last in its month, be it the fourth or the fifth.</summary>
    private const int Last = 5;

    /// <summary>The occurrence of the weekday: of this onset, and so of all that are derived from it.</summary>
    private int Occurrence { get; } = Local.Day + DaysOfAWeek > CalendarSystem.Iso.GetDaysInMonth(Local.Year, Local.Month)
        ? Last
        : ((Local.Day - 1) / DaysOfAWeek) + 1;

    /// <summary>The offset that two onsets give at an instant, when each repeats in every year.</summary>
    public static Offset OffsetAt(Instant instant, YearlyOnset one, YearlyOnset other)
    {
        var (first, second) = (one.LastUntil(instant), other.LastUntil(instant));
        return (first.Instant > second.Instant ? first : second).Interval.WallOffset;
    }

    /// <summary>The latest onset until an instant.</summary>
    public YearlyOnset LastUntil(Instant instant)
    {
        // The local year of an onset may be the next one already, and the onset of this year is perhaps still to come.
        var year = instant.InUtc().Year + 1;
        while (In(year).Instant > instant)
        {
            year--;
        }

        return In(year);
    }

    /// <summary>The component of a VTIMEZONE.</summary>
    public VTimeZoneInfo ToObservance(string name)
    {
        var observance = CalendarZone.Observance(name, Local, From, Interval);
        observance.RecurrenceRule = new RecurrenceRule(FrequencyType.Yearly)
        {
            ByMonth = [Local.Month],
            ByDay = [new WeekDay((DayOfWeek)((int)Local.DayOfWeek % DaysOfAWeek), Occurrence == Last ? -1 : Occurrence)],
        };
        return observance;
    }

    private Instant Instant => Local.WithOffset(From).ToInstant();

    private YearlyOnset In(int year) =>
        this with { Local = LocalDate.FromYearMonthWeekAndDay(year, Local.Month, Occurrence, Local.DayOfWeek) + Local.TimeOfDay };
}
