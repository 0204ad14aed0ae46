using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using NodaTime;
using NodaTime.TimeZones;
using Duration = NodaTime.Duration;

namespace Screening.Api.CarePlans;

/// <summary>
/// Clinic-local times in a calendar, and the definition of their zone. The definition lists the very offsets of the span that the calendar covers,
/// read from the same data as the plan: a rule of recurrence would only guess at zones that change their clocks by decree.
/// </summary>
internal sealed class CalendarZone(DateTimeZone zone)
{
    private Instant first = Instant.MaxValue;
    private Instant last = Instant.MinValue;

    /// <summary>
    /// A time of the plan: local to the clinic, whole seconds, which is all that the format can say. A clock time that comes twice is written in UTC:
    /// the format means the earlier of the two, but not every calendar reads it so.
    /// </summary>
    public CalDateTime Time(ZonedDateTime time)
    {
        first = Instant.Min(first, time.ToInstant());
        last = Instant.Max(last, time.ToInstant());
        return zone.MapLocal(time.LocalDateTime).Count == 1
            ? Local(time.LocalDateTime, zone.Id)
            : Utc(time.ToInstant());
    }

    /// <summary>An instant in whole seconds.</summary>
    public static CalDateTime Utc(Instant instant) => Local(instant.InUtc().LocalDateTime, "UTC");

    /// <summary>A whole day.</summary>
    public static CalDateTime Day(LocalDate date) => new(date.Year, date.Month, date.Day);

    /// <summary>The definition of the zone from the first of the times so far to the last; null in UTC, whose times need none.</summary>
    public VTimeZone? Definition()
    {
        if (zone.Id == "UTC" || first > last)
        {
            return null;
        }

        // One more before the first: some calendars read no zone that has only summer time.
        var definition = new VTimeZone(zone.Id);
        var begun = zone.GetZoneInterval(first);
        foreach (var interval in zone.GetZoneIntervals(begun.HasStart ? begun.Start.Minus(Duration.Epsilon) : first, last.Plus(Duration.Epsilon)))
        {
            definition.TimeZoneInfos.Add(Observance(interval));
        }

        return definition;
    }

    private VTimeZoneInfo Observance(ZoneInterval interval)
    {
        // The onset is told by the clock of before; an offset that always held begins with the calendar's own first century.
        var before = interval.HasStart ? zone.GetUtcOffset(interval.Start.Minus(Duration.Epsilon)) : interval.WallOffset;
        var onset = interval.HasStart ? interval.Start.WithOffset(before).LocalDateTime : new LocalDateTime(1601, 1, 1, 0, 0);
        return new VTimeZoneInfo(interval.Savings > Offset.Zero ? Components.Daylight : Components.Standard)
        {
            DtStart = Local(onset, null),
            OffsetFrom = new UtcOffset(before.ToTimeSpan()),
            OffsetTo = new UtcOffset(interval.WallOffset.ToTimeSpan()),
            TimeZoneName = interval.Name,
        };
    }

    private static CalDateTime Local(LocalDateTime local, string? zoneId) =>
        new(local.Year, local.Month, local.Day, local.Hour, local.Minute, local.Second, zoneId);
}
