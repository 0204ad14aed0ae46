using NodaTime;

namespace Screening.Rules;

/// <summary>
/// A point in time as a request states it: a local date-time, perhaps with an offset. It becomes clinic-local time before anything is
/// compared.
/// </summary>
/// <param name="Local">The date and time as written.</param>
/// <param name="Offset">The offset as written; null for a bare local time.</param>
public readonly record struct StatedTime(LocalDateTime Local, Offset? Offset)
{
    /// <summary>
    /// Reads <c>YYYY-MM-DDTHH:MM:SS</c> with an optional fraction of 1 to 9 digits and an optional <c>Z</c> or <c>±HH:MM</c>, and nothing
    /// else; false for a date or time that does not exist.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out StatedTime time)
    {
        time = default;
        if (text.Length < 19 || text[10] != 'T' || text[13] != ':' || text[16] != ':'
            || !PartialDate.TryParse(text[..10], out var date)
            || !Digits.TryRead(text[11..13], out var hour) || hour > 23
            || !Digits.TryRead(text[14..16], out var minute) || minute > 59
            || !Digits.TryRead(text[17..19], out var second) || second > 59)
        {
            return false;
        }

        var local = date.First.ToLocalDate().At(new LocalTime(hour, minute, second));
        var rest = text[19..];
        if (rest.Length > 0 && rest[0] == '.')
        {
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
    /// The time in the clinic's zone: an offset is converted, a bare local time is taken there, the earlier of two equal ones; false when
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

    /// <summary>The instant that it names; null for a bare local time.</summary>
    public Instant? ToInstant() => Offset is { } offset ? Local.WithOffset(offset).ToInstant() : null;

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
/// The zones that a clinic may be in: the IANA names of the time zone data that this build ships, so that every machine agrees.
/// </summary>
public static class ClinicZones
{
    /// <summary>The zone of an IANA name in its exact spelling; null for any other text, <c>UTC+2</c> and its like included.</summary>
    public static DateTimeZone? Find(string id) =>
        id.StartsWith("UTC", StringComparison.Ordinal) && id.Length > 3 ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);

    /// <summary>The local date of an instant.</summary>
    public static LocalDate DateAt(this DateTimeZone zone, Instant instant) => instant.InZone(zone).Date;

    /// <summary>
    /// Noon of a date: the time of an example that names none. One that the zone skips is as much later as the gap is long.
    /// </summary>
    public static ZonedDateTime Noon(this DateTimeZone zone, LocalDate date) => zone.AtLeniently(date.At(LocalTime.Noon));
}
