using NodaTime;

namespace Screening.Rules;

/// <summary>
/// The zones to assume for a clinic whose zone is unknown. An instant alone has no local date, and guessing one could allow a day too
/// early. So a screening is made for every pair of local dates that some zone gives, with the dates of the record in every zone, and the
/// worst result counts.
/// </summary>
public static class PossibleZones
{
    private static readonly DateTimeZone[] All =
        [.. DateTimeZoneProviders.Tzdb.Ids.Order(StringComparer.Ordinal).Select(ClinicZones.Find).OfType<DateTimeZone>()];

    /// <summary>
    /// Zones that give every local date that a time in a record may have: the first and the last in the world, and one between, since at
    /// some hours those two are two days apart.
    /// </summary>
    public static IReadOnlyList<DateTimeZone> OfRecord { get; } =
        [DateTimeZone.ForOffset(Offset.FromHours(-12)), DateTimeZone.Utc, DateTimeZone.ForOffset(Offset.FromHours(14))];

    /// <summary>The latest date that it is anywhere.</summary>
    public static LocalDate LatestDate(Instant now) => OfRecord[^1].DateAt(now);

    /// <summary>A zone for each distinct pair of local dates, today's and the appointment's; at most a handful.</summary>
    /// <param name="now">The as-of instant.</param>
    /// <param name="start">The appointment's start; null asks for today.</param>
    public static IReadOnlyList<DateTimeZone> Of(Instant now, Instant? start) =>
        [.. All.DistinctBy(zone => (now.InZone(zone).Date, start?.InZone(zone).Date))];
}
