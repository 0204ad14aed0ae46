using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace Screening.Api.Tests.CarePlans;

/// <summary>The parts of an iCalendar text that a calendar program needs for its times, read line by line and by no library.</summary>
internal sealed partial record CalendarText(IReadOnlyList<CalendarOnset> Onsets, IReadOnlyList<(string Zone, LocalDateTime Local)> Times)
{
    /// <summary>The zone of a time that ends in Z.</summary>
    public const string Utc = "UTC";

    private static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");

    public static CalendarText Read(string text)
    {
        List<CalendarOnset> onsets = [];
        List<(string, LocalDateTime)> times = [];
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        var component = string.Empty;
        foreach (var line in text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            if (name == "BEGIN")
            {
                (component, _) = (value, properties.Remove("RRULE"));
            }
            else if (name == "END" && value is "STANDARD" or "DAYLIGHT")
            {
                onsets.Add(CalendarOnset.Of(value, Local.Parse(properties["DTSTART"]).Value, properties));
            }
            else if (component == "VEVENT" && EventTime().Match(line) is { Success: true } time)
            {
                times.Add((time.Groups["zone"].Success ? time.Groups["zone"].Value : Utc, Local.Parse(time.Groups["local"].Value).Value));
            }
            else
            {
                properties[name] = value;
            }
        }

        return new CalendarText(onsets, times);
    }

    [GeneratedRegex("^DT(START|END)(;TZID=(?<zone>[^:;]+))?:(?<local>[0-9]{8}T[0-9]{6})Z?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex EventTime();
}

/// <summary>A STANDARD or DAYLIGHT: from when on its offset holds, and on which day of each year.</summary>
internal sealed partial record CalendarOnset(string Name, LocalDateTime Start, Offset From, Offset To, int Month, IsoDayOfWeek Day, int Occurrence, bool Repeats)
{
    private static readonly string[] Days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    // Outlook knows whole minutes alone.
    private static readonly OffsetPattern WholeMinutes = OffsetPattern.CreateWithInvariantCulture("+HHmm");

    /// <summary>The rule is the one kind that Outlook reads: one occurrence of one weekday. Without one, the weekday of the start.</summary>
    public static CalendarOnset Of(string name, LocalDateTime start, Dictionary<string, string> properties)
    {
        var (month, day, occurrence) = (start.Month, start.DayOfWeek, ((start.Day - 1) / 7) + 1);
        if (properties.TryGetValue("RRULE", out var text))
        {
            var rule = Yearly().Match(string.Join(';', text.Split(';').Order(StringComparer.Ordinal)));
            Assert.True(rule.Success, text);
            month = int.Parse(rule.Groups["month"].Value, CultureInfo.InvariantCulture);
            day = (IsoDayOfWeek)(Array.IndexOf(Days, rule.Groups["day"].Value) + 1);
            occurrence = rule.Groups["occurrence"].Value == "-1" ? 5 : int.Parse(rule.Groups["occurrence"].Value, CultureInfo.InvariantCulture);
        }

        return new CalendarOnset(
            name, start, WholeMinutes.Parse(properties["TZOFFSETFROM"]).Value, WholeMinutes.Parse(properties["TZOFFSETTO"]).Value, month, day, occurrence, text is not null);
    }

    /// <summary>The onset of a year. The fifth is the last, as in Windows.</summary>
    public LocalDateTime In(int year) => LocalDate.FromYearMonthWeekAndDay(year, Month, Occurrence, Day) + Start.TimeOfDay;

    /// <summary>Every onset up to a year, in UTC, as RFC 5545 means them.</summary>
    public IEnumerable<Instant> Until(int year)
    {
        yield return Start.WithOffset(From).ToInstant();
        for (var next = Start.Year; Repeats && next <= year; next++)
        {
            if (In(next) > Start)
            {
                yield return In(next).WithOffset(From).ToInstant();
            }
        }
    }

    [GeneratedRegex("^BYDAY=(?<occurrence>-1|[1-4])(?<day>MO|TU|WE|TH|FR|SA|SU);BYMONTH=(?<month>[0-9]+);FREQ=YEARLY$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Yearly();
}

/// <summary>Two readings of a VTIMEZONE.</summary>
internal static class ZoneReadings
{
    /// <summary>
    /// As Outlook reads it ([MS-OXCICAL] 2.1.3.1.1.19): of several STANDARD or DAYLIGHT the one that begins last; each is a month, a weekday and its
    /// occurrence in every year; without DAYLIGHT there is one offset.
    /// </summary>
    public static Offset Yearly(CalendarText calendar, LocalDateTime local)
    {
        var standard = calendar.Onsets.Where(onset => onset.Name == "STANDARD").MaxBy(onset => onset.Start);
        var daylight = calendar.Onsets.Where(onset => onset.Name == "DAYLIGHT").MaxBy(onset => onset.Start);
        Assert.NotNull(standard);
        if (daylight is null)
        {
            return standard.To;
        }

        var (winter, summer) = (standard.In(local.Year), daylight.In(local.Year));
        var isSummer = summer < winter ? local >= summer && local < winter : local >= summer || local < winter;
        return isSummer ? daylight.To : standard.To;
    }

    /// <summary>As RFC 5545 means it: the offset of the latest onset. One alone fits a local time that is neither skipped nor repeated.</summary>
    public static Offset Full(CalendarText calendar, LocalDateTime local)
    {
        var onsets = calendar.Onsets.SelectMany(onset => onset.Until(local.Year + 1).Select(at => (At: at, onset.To))).ToList();
        return Assert.Single(calendar.Onsets.Select(onset => onset.To).Distinct(), offset =>
        {
            var instant = local.WithOffset(offset).ToInstant();
            var before = onsets.Where(onset => onset.At <= instant).ToList();
            return before.Count > 0 && before.MaxBy(onset => onset.At).To == offset;
        });
    }
}
