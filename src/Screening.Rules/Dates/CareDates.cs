using NodaTime;
using NodaTime.TimeZones;

namespace Screening.Rules;

/// <summary>
/// The date arithmetic of care plans. S is the appointment's start, E its end, and whole days are counted from the date of S.
/// </summary>
internal static class CareDates
{
    private const long MinutesOfADay = 1440;

    /// <summary>A local time that the zone skips becomes the first one after the gap; of two occurrences the earlier is used.</summary>
    private static readonly ZoneLocalMappingResolver ClockTime =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>When a step applies.</summary>
    public static CareTime At(Timing timing, ZonedDateTime start, ZonedDateTime end) => timing.Match<CareTime>(
        days => new CareDays(
            days.From is { } from ? start.Date.PlusDays(from) : null,
            days.Through is { } through ? start.Date.PlusDays(through) : null),
        clock => new CareHours(At(clock.From, start, end), At(clock.Through, start, end)));

    /// <summary>
    /// When a step begins; without a beginning, before everything. A whole day begins at its local midnight or, if the zone skips midnight
    /// or the day, when the gap ends.
    /// </summary>
    public static Instant Beginning(CareTime when, DateTimeZone zone) => when.Match(
        days => days.StartsOn is { } date ? zone.ResolveLocal(date.AtMidnight(), ClockTime).ToInstant() : Instant.MinValue,
        hours => hours.StartsAt is { } time ? time.ToInstant() : Instant.MinValue);

    /// <summary>The minutes from the anchor to a point, with days of 24 hours: sufficient to order points of the same anchor.</summary>
    public static long Minutes(ClockPoint point) =>
        ((point.Days ?? 0) * MinutesOfADay) + ((point.Hours ?? 0) * 60L) + (point.Minutes ?? 0);

    /// <summary>True when a point is at most this many days of 24 hours before or after its anchor.</summary>
    public static bool IsWithin(ClockPoint point, int days) => Math.Abs(Minutes(point)) <= days * MinutesOfADay;

    private static ZonedDateTime? At(ClockPoint? point, ZonedDateTime start, ZonedDateTime end)
    {
        if (point is null)
        {
            return null;
        }

        var anchor = point.Anchor == ClockAnchor.Start ? start : end;

        // 0 days is the anchor itself, even when it is the later of two occurrences of a local time.
        return point.Days is { } days and not 0
            ? anchor.Zone.ResolveLocal(anchor.LocalDateTime.PlusDays(days), ClockTime)
            : anchor.PlusHours(point.Hours ?? 0).PlusMinutes(point.Minutes ?? 0);
    }
}
