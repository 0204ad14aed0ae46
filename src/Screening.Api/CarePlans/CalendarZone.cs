using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using NodaTime;
using NodaTime.TimeZones;
using Duration = NodaTime.Duration;

namespace Screening.Api.CarePlans;

/// <summary>
/// Clinic-local times in a calendar, and the definition of their zone: one STANDARD where all times have one offset, else one STANDARD and
/// one DAYLIGHT. Times that no such definition fits are in UTC.
/// </summary>
/// <remarks>
/// RFC 5545 allows any number of onsets, each with its dates. Outlook keeps one STANDARD and one DAYLIGHT, and reads either as a month, a
/// weekday and its occurrence there in every year (MS-OXCICAL 2.1.3.1.1.19). The definition gives every time its offset in both readings.
/// DAYLIGHT is the larger of two offsets, whatever the tz database calls it: there, winter in Dublin is a negative summer time.
/// </remarks>
internal sealed class CalendarZone
{
    private const int WeeksOfHalfAYear = 26;

    // How far around the times to look for changes of the clocks: a year, and some weeks since their dates move.
    private static readonly Duration Nearby = Duration.FromDays(400);

    // The rules begin so long before the first time: some programs are off in the year of the first onset.
    private static readonly Duration RulesAhead = Duration.FromDays(365);

    // The onset of an offset without a change: Outlook's own, before every time.
    private static readonly LocalDateTime Always = new(1601, 1, 1, 0, 0);

    private readonly DateTimeZone zone;

    /// <summary>Defines a zone.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="times">All times that the calendar will contain; one at least.</param>
    public CalendarZone(DateTimeZone zone, IReadOnlyCollection<Instant> times)
    {
        this.zone = zone;
        if (Observances(times) is { } observances)
        {
            Definition = new VTimeZone(zone.Id);
            foreach (var observance in observances)
            {
                Definition.TimeZoneInfos.Add(observance);
            }
        }
    }

    /// <summary>The definition; null when every time is in UTC.</summary>
    public VTimeZone? Definition { get; }

    /// <summary>
    /// Returns a time in whole seconds, which is all the format supports. An ambiguous local time is written in UTC: the format means the
    /// earlier of the two, but not every calendar reads it so.
    /// </summary>
    public CalDateTime Time(Instant time)
    {
        var local = time.InZone(zone).LocalDateTime;
        return Definition is not null && zone.MapLocal(local).Count == 1 ? Local(local, zone.Id) : Utc(time);
    }

    /// <summary>Returns an instant in whole seconds.</summary>
    public static CalDateTime Utc(Instant instant) => Local(instant.InUtc().LocalDateTime, "UTC");

    /// <summary>Returns a whole day.</summary>
    public static CalDateTime Day(LocalDate date) => new(date.Year, date.Month, date.Day);

    /// <summary>Returns a component of a definition.</summary>
    /// <param name="name">STANDARD or DAYLIGHT.</param>
    /// <param name="onset">The onset, in the local time before it.</param>
    /// <param name="from">The offset before it.</param>
    /// <param name="interval">The interval of the zone that has the offset after it.</param>
    public static VTimeZoneInfo Observance(string name, LocalDateTime onset, Offset from, ZoneInterval interval) => new(name)
    {
        DtStart = Local(onset, null),
        OffsetFrom = new UtcOffset(from.ToTimeSpan()),
        OffsetTo = new UtcOffset(interval.WallOffset.ToTimeSpan()),
        TimeZoneName = interval.Name,
    };

    /// <summary>The components of the definition; null when there is none that fits, or an offset has seconds, which Outlook cannot read.</summary>
    private VTimeZoneInfo[]? Observances(IReadOnlyCollection<Instant> times)
    {
        var first = times.Min();
        ZoneInterval[] intervals =
            [.. zone.GetZoneIntervals(new Interval(first - Nearby, times.Max() + Nearby), ZoneEqualityComparer.Options.OnlyMatchWallOffset)];
        var place = Array.FindIndex(intervals, interval => interval.Contains(first));
        var before = intervals[place];
        if (zone.Id == "UTC" || HasSeconds(before))
        {
            return null;
        }

        if (times.All(before.Contains))
        {
            return [Observance(Components.Standard, Always, before.WallOffset, before)];
        }

        var after = intervals[place + 1];
        if (HasSeconds(after))
        {
            return null;
        }

        var there = Onset(after, before).LastUntil(first - RulesAhead);
        return OnsetsBefore(intervals, place).Select(onset => onset.LastUntil(first - RulesAhead))
            .Where(back => times.All(time => YearlyOnset.OffsetAt(time, back, there) == zone.GetUtcOffset(time)))
            .Select(back => before.WallOffset < after.WallOffset
                ? (VTimeZoneInfo[])[back.ToObservance(Components.Standard), there.ToObservance(Components.Daylight)]
                : [there.ToObservance(Components.Standard), back.ToObservance(Components.Daylight)])
            .FirstOrDefault();
    }

    /// <summary>
    /// Onsets of the offset that the first time has, from the one that follows it, the best first: the zone's own last one, its next, and, as
    /// where the clocks were changed once and for all, half a year from that change.
    /// </summary>
    private static IEnumerable<YearlyOnset> OnsetsBefore(ZoneInterval[] intervals, int place)
    {
        var (before, after) = (intervals[place], intervals[place + 1]);
        if (place > 0 && intervals[place - 1].WallOffset == after.WallOffset)
        {
            yield return Onset(before, after);
        }

        if (place + 2 < intervals.Length && intervals[place + 2].WallOffset == before.WallOffset)
        {
            yield return Onset(intervals[place + 2], after);
        }

        yield return new YearlyOnset(Onset(after, after).Local.PlusWeeks(-WeeksOfHalfAYear), after.WallOffset, before);
    }

    private static YearlyOnset Onset(ZoneInterval interval, ZoneInterval before) =>
        new(interval.Start.WithOffset(before.WallOffset).LocalDateTime, before.WallOffset, interval);

    private static bool HasSeconds(ZoneInterval interval) => interval.WallOffset.Seconds % NodaConstants.SecondsPerMinute != 0;

    private static CalDateTime Local(LocalDateTime local, string? zoneId) =>
        new(local.Year, local.Month, local.Day, local.Hour, local.Minute, local.Second, zoneId);
}
