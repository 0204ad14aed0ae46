using NodaTime;
using NodaTime.TimeZones;

namespace Screening.Rules;

/// <summary>
/// A time as a request states it: a local date and time, optionally with an offset. It is converted to clinic-local time before any
/// comparison.
/// </summary>
/// <param name="Local">The date and time as written.</param>
/// <param name="Offset">The offset as written; null for a local time without one.</param>
public readonly record struct StatedTime(LocalDateTime Local, Offset? Offset)
{
    // The length of YYYY-MM-DDTHH:MM.
    private const int MinuteLength = 16;

    /// <summary>
    /// Reads <c>YYYY-MM-DDTHH:MM:SS</c> with an optional fraction of 1 to 9 digits and an optional <c>Z</c> or <c>±HH:MM</c>, and nothing
    /// else; false for a date or time that does not exist.
    /// </summary>
    /// <param name="text">The text, in UTF-8.</param>
    /// <param name="time">The time.</param>
    /// <param name="secondsOptional">
    /// True when seconds may be omitted, as date-time fields of web pages and some programs omit zero seconds. FHIR requires them.
    /// </param>
    public static bool TryParse(ReadOnlySpan<byte> text, out StatedTime time, bool secondsOptional = false)
    {
        time = default;
        if (text.Length < MinuteLength || text[10] != 'T' || text[13] != ':'
            || !PartialDate.TryParse(text[..10], out var date)
            || !Digits.TryRead(text[11..13], out var hour) || hour > 23
            || !Digits.TryRead(text[14..16], out var minute) || minute > 59)
        {
            return false;
        }

        var local = date.First.ToLocalDate().At(new LocalTime(hour, minute));
        var rest = text[MinuteLength..];
        if (rest.Length > 0 && rest[0] == ':' ? !TryAddSeconds(ref rest, ref local) : !secondsOptional)
        {
            return false;
        }

        Offset? offset = null;
        if (rest.Length > 0 && !TryParseOffset(rest, out offset))
        {
            return false;
        }

        time = new StatedTime(local, offset);
        return true;
    }

    /// <summary>
    /// The time in the clinic's zone. An offset is converted; a local time is resolved there, to the earlier of two occurrences; false when
    /// the zone skips it.
    /// </summary>
    public bool TryInZone(DateTimeZone zone, out ZonedDateTime time)
    {
        if (Offset is { } offset)
        {
            time = Local.WithOffset(offset).InZone(zone);
            return true;
        }

        var mapping = zone.MapLocal(Local);
        time = mapping.Count > 0 ? mapping.First() : default;
        return mapping.Count > 0;
    }

    /// <summary>The instant; null for a local time without an offset.</summary>
    public Instant? ToInstant() => Offset is { } offset ? Local.WithOffset(offset).ToInstant() : null;

    /// <summary>Reads <c>:SS</c> with an optional fraction from the rest of a text.</summary>
    private static bool TryAddSeconds(ref ReadOnlySpan<byte> rest, ref LocalDateTime local)
    {
        if (rest.Length < 3 || !Digits.TryRead(rest[1..3], out var second) || second > 59)
        {
            return false;
        }

        local = local.PlusSeconds(second);
        rest = rest[3..];
        if (rest.Length == 0 || rest[0] != '.')
        {
            return true;
        }

        var length = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        length = length < 0 ? rest.Length - 1 : length;
        if (length is < 1 or > 9 || !Digits.TryRead(rest.Slice(1, length), out var fraction))
        {
            return false;
        }

        for (var i = length; i < 9; i++)
        {
            fraction *= 10;
        }

        local = local.PlusNanoseconds(fraction);
        rest = rest[(1 + length)..];
        return true;
    }

    private static bool TryParseOffset(ReadOnlySpan<byte> text, out Offset? offset)
    {
        offset = NodaTime.Offset.Zero;
        if (text is [(byte)'Z'])
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':'
            || !Digits.TryRead(text[1..3], out var hours) || hours > 17
            || !Digits.TryRead(text[4..6], out var minutes) || minutes > 59)
        {
            return false;
        }

        offset = NodaTime.Offset.FromSeconds(((hours * 60) + minutes) * (text[0] == '-' ? -60 : 60));
        return true;
    }
}

/// <summary>
/// The zones that a clinic may be in: the IANA names of the time zone data shipped with this build, so that every machine agrees.
/// </summary>
public static class ClinicZones
{
    /// <summary>By how much rules of a zone have changed at most, but at the date line: Casey station's did, in Antarctica.</summary>
    private static readonly Duration MostShift = Duration.FromHours(3);

    /// <summary>The zone with an IANA name in its exact spelling; null for any other text, including <c>UTC+2</c> and the like.</summary>
    public static DateTimeZone? Find(string id) =>
        id.StartsWith("UTC", StringComparison.Ordinal) && id.Length > 3 ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);

    /// <summary>True for two names of the same zone, including aliases such as <c>US/Eastern</c> and <c>America/New_York</c>.</summary>
    public static bool AreSame(DateTimeZone zone, DateTimeZone other) => Canonical(zone) == Canonical(other);

    private static string Canonical(DateTimeZone zone) =>
        TzdbDateTimeZoneSource.Default.CanonicalIdMap.TryGetValue(zone.Id, out var id) ? id : zone.Id;

    /// <summary>The local date of an instant.</summary>
    public static LocalDate DateAt(this DateTimeZone zone, Instant instant) => instant.InZone(zone).Date;

    /// <summary>How many days after a date an instant's local date is; negative for an earlier one.</summary>
    public static int DaysSince(this DateTimeZone zone, LocalDate from, Instant now) =>
        Period.DaysBetween(from, zone.DateAt(now));

    /// <summary>The same instant with another offset than its zone has now.</summary>
    public static ZonedDateTime At(this ZonedDateTime time, Offset offset) => time.ToInstant().InZone(DateTimeZone.ForOffset(offset));

    /// <summary>
    /// The local dates that an instant may have had under other rules of a zone: they changed by up to some hours or, at the date line, by
    /// as much as the offset of another time did.
    /// </summary>
    /// <param name="zone">The zone as it is now.</param>
    /// <param name="instant">The instant.</param>
    /// <param name="known">Another time in the zone, with the offset that it has now and the one that it had; null for none.</param>
    public static IEnumerable<LocalDate> PossibleDates(this DateTimeZone zone, Instant instant, (Offset Now, Offset Then)? known)
    {
        var shifts = new List<Duration> { Duration.Zero, MostShift, -MostShift };
        if (known is { } offsets)
        {
            shifts.Add(Duration.FromSeconds(offsets.Then.Seconds - offsets.Now.Seconds));
        }

        return shifts.Select(shift => zone.DateAt(instant + shift)).Distinct();
    }

    /// <summary>Noon of a date, for an example without a time; if the zone skips it, later by the length of the gap.</summary>
    public static ZonedDateTime Noon(this DateTimeZone zone, LocalDate date) => zone.AtLeniently(date.At(LocalTime.Noon));
}
