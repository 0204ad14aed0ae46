using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using NodaTime;
using NodaTime.TimeZones;
using Duration = NodaTime.Duration;

namespace Screening.Api.CarePlans;

/// <summary>
/// Clinic-local times in a calendar, and the definition of their zone. The definition lists the actual offsets in the span of the calendar,
/// from the same data as the plan: a recurrence rule would only guess at zones that change their clocks by decree.
/// </summary>
internal sealed class CalendarZone(DateTimeZone zone)
{
    private Instant first = Instant.MaxValue;
    private Instant last = Instant.MinValue;

    /// <summary>
    /// Returns a time of the plan: clinic-local, in whole seconds, which is all the format supports. An ambiguous local time is written in
    /// UTC: the format means the earlier of the two, but not every calendar reads it so.
    /// </summary>
    public CalDateTime Time(ZonedDateTime time)
    {
        first = Instant.Min(first, time.ToInstant());
        last = Instant.Max(last, time.ToInstant());
        return zone.MapLocal(time.LocalDateTime).Count == 1
            ? Local(time.LocalDateTime, zone.Id)
            : Utc(time.ToInstant());
    }

    /// <summary>Returns an instant in whole seconds.</summary>
    public static CalDateTime Utc(Instant instant) => Local(instant.InUtc().LocalDateTime, "UTC");

    /// <summary>Returns a whole day.</summary>
    public static CalDateTime Day(LocalDate date) => new(date.Year, date.Month, date.Day);

    /// <summary>Returns the definition of the zone from the first to the last time used so far; null in UTC, which needs none.</summary>
    public VTimeZone? Definition()
    {
        if (zone.Id == "UTC" || first > last)
        {
            return null;
        }

        // Include the interval before the first: some calendars cannot read a zone that has only summer time.
        var definition = new VTimeZone(zone.Id);
        var firstInterval = zone.GetZoneInterval(first);
        var from = firstInterval.HasStart ? firstInterval.Start.Minus(Duration.Epsilon) : first;
        foreach (var interval in zone.GetZoneIntervals(from, last.Plus(Duration.Epsilon)))
        {
            definition.TimeZoneInfos.Add(Observance(interval));
        }

        return definition;
    }

    private VTimeZoneInfo Observance(ZoneInterval interval)
    {
        // The onset is in local time before the change; an offset without a start begins in 1601.
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
