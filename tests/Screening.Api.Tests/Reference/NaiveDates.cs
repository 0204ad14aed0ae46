using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Screening.Api.Tests.Reference;

/// <summary>Text to dates and times, and back. Null means: not a possible date.</summary>
internal static class NaiveDates
{
    private static readonly OffsetDateTimePattern Written =
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFFFFo<+HH:mm>");

    private static readonly HashSet<string> ZoneIds = new(DateTimeZoneProviders.Tzdb.Ids, StringComparer.Ordinal);

    // The provider would also make zones of its own out of "UTC+5", which is no IANA zone.
    public static DateTimeZone? Zone(string id)
    {
        return ZoneIds.Contains(id) ? DateTimeZoneProviders.Tzdb[id] : null;
    }

    public static LocalDate? Day(string text)
    {
        if (text.Length != 10 || text[4] != '-' || text[7] != '-')
        {
            return null;
        }

        int? year = Digits(text[..4]);
        int? month = Digits(text[5..7]);
        int? day = Digits(text[8..]);
        if (year is null || month is null || day is null || !InRange(year.Value) || month < 1 || month > 12 || day < 1)
        {
            return null;
        }

        if (day > CalendarSystem.Iso.GetDaysInMonth(year.Value, month.Value))
        {
            return null;
        }

        return new LocalDate(year.Value, month.Value, day.Value);
    }

    /// <summary>A partial date; "unknown" is for the caller.</summary>
    public static NaivePartialDate? Partial(string text)
    {
        if (text.Length == 4)
        {
            int? year = Digits(text);
            if (year is null || !InRange(year.Value))
            {
                return null;
            }

            return new NaivePartialDate(false, new LocalDate(year.Value, 1, 1), new LocalDate(year.Value, 12, 31));
        }

        if (text.Length == 7)
        {
            LocalDate? first = Day(text + "-01");
            if (first is null)
            {
                return null;
            }

            return new NaivePartialDate(false, first.Value, first.Value.PlusMonths(1).PlusDays(-1));
        }

        LocalDate? whole = Day(text);
        return whole is null ? null : new NaivePartialDate(false, whole.Value, whole.Value);
    }

    /// <summary>The same moment with seconds of 0, where its text ends after the minutes or goes on with an offset.</summary>
    public static string WithSeconds(string text)
    {
        bool endsAfterMinutes = text.Length == 16;
        bool offsetAfterMinutes = text.Length > 16 && (text[16] == 'Z' || text[16] == '+' || text[16] == '-');
        return endsAfterMinutes || offsetAfterMinutes ? text[..16] + ":00" + text[16..] : text;
    }

    /// <summary>A moment with an offset or Z.</summary>
    public static OffsetDateTime? WithOffset(string text)
    {
        ParseResult<OffsetDateTime> result = OffsetDateTimePattern.Rfc3339.Parse(text);
        return result.Success && InRange(result.Value.Year) ? result.Value : null;
    }

    /// <summary>A local date-time without an offset.</summary>
    public static LocalDateTime? Local(string text)
    {
        ParseResult<LocalDateTime> result = LocalDateTimePattern.ExtendedIso.Parse(text);
        return result.Success && InRange(result.Value.Year) ? result.Value : null;
    }

    /// <summary>Null for a time that the zone skips; the earlier of two equal ones.</summary>
    public static ZonedDateTime? AtClinic(LocalDateTime local, DateTimeZone zone)
    {
        NodaTime.TimeZones.ZoneLocalMapping mapping = zone.MapLocal(local);
        return mapping.Count == 0 ? null : mapping.First();
    }

    public static string Write(LocalDate date)
    {
        return LocalDatePattern.Iso.Format(date);
    }

    public static string? Write(LocalDate? date)
    {
        return date is null ? null : LocalDatePattern.Iso.Format(date.Value);
    }

    public static string Write(ZonedDateTime moment)
    {
        return Written.Format(moment.ToOffsetDateTime());
    }

    private static int? Digits(string text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return null;
            }
        }

        return int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static bool InRange(int year)
    {
        return year >= 1900 && year <= 2199;
    }
}
