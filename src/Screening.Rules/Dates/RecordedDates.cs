using System.Text;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace Screening.Rules;

/// <summary>The date arithmetic of health records.</summary>
public static partial class RecordedDates
{
    private const int DateLength = 10;
    private const int LastYear = 9999;
    private const int LeapSecondAt = 16;

    /// <summary>
    /// A FHIR date, dateTime or instant as a calendar date at the clinic, in its own precision; a time becomes its local date. Null when it
    /// cannot be read or lies outside the years 1900 to 2199: unknown, which counts as the worst case.
    /// </summary>
    public static PartialDate? Read(string text, DateTimeZone zone)
    {
        text = SubNanosecondDigits().Replace(text, "${nanoseconds}");

        // FHIR allows leap seconds, which the calendar does not; one falls on the same day as the second before it.
        if (text.Length > LeapSecondAt + 2 && text.AsSpan(LeapSecondAt, 3) is ":60")
        {
            text = string.Concat(text.AsSpan(0, LeapSecondAt), ":59", text.AsSpan(LeapSecondAt + 3));
        }

        // In the last hours of 9999 a zone could leave the calendar; the year is outside the supported range anyway.
        if (text.Length > DateLength && OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true, Value.Year: < LastYear } time)
        {
            text = LocalDatePattern.Iso.Format(zone.DateAt(time.Value.ToInstant()));
        }

        text = text.Length > DateLength ? text[..DateLength] : text;
        return PartialDate.TryParse(Encoding.UTF8.GetBytes(text), out var date) ? date : null;
    }

    /// <summary>The last day of a supply for this many days; null after the supported years.</summary>
    public static PartialDate? EndOfSupply(PartialDate handedOver, int days)
    {
        var last = handedOver.Last.PlusDays(days);
        return last.ToLocalDate().Year <= PartialDate.MaxYear ? PartialDate.Of(last) : null;
    }

    /// <summary>
    /// The state on a day. A future end has not ended anything. Without a stated state, an end date counts once the last day that it may
    /// mean is reached.
    /// </summary>
    internal static RecordState StateOn(Day today, RecordEntry entry) => (entry.State, entry.Ended) switch
    {
        (RecordState.Ended or RecordState.Unstated, { } end) when end.First > today => RecordState.Active,
        (RecordState.Unstated, { } end) when end.Last <= today => RecordState.Ended,
        _ => entry.State,
    };

    /// <summary>
    /// The dates on which it happened or may happen. A period may mean any of its future days; of a period that is yet to begin and has no
    /// end, only the beginning is known.
    /// </summary>
    internal static IEnumerable<PartialDate?> PossibleDates(RecordEntry entry, Day today) => (entry.Since, entry.On) switch
    {
        ({ } since, { } on) => PartialDate.Cover(Day.Max(since.First, today), on.First).Select(date => (PartialDate?)date).Append(on),
        ({ } since, null) when since.Last > today => [null, since],
        _ => [entry.On],
    };

    /// <summary>
    /// True when more than this many days have passed since the last day that a date may mean; without a date it is never over.
    /// </summary>
    internal static bool IsOver(PartialDate? date, int days, Day today) => date is { } known && known.Last.PlusDays(days) < today;

    /// <summary>The last day that an end may mean, never after today; today when unknown.</summary>
    internal static Day AssumedEnd(PartialDate? end, Day today) => end is { } date ? Day.Min(date.Last, today) : today;

    /// <summary>FHIR does not limit the digits of a second; digits below a nanosecond do not change the date.</summary>
    [GeneratedRegex(
        @"(?<nanoseconds>\.[0-9]{9})[0-9]+",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SubNanosecondDigits();
}
