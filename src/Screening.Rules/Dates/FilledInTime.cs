using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Screening.Rules;

/// <summary>When a form was filled in, as precisely as stated.</summary>
public sealed record FilledInTime
{
    /// <summary>Answers given more than this many days before the as-of date may be out of date.</summary>
    private const int OldDays = 30;

    private const int DateLength = 10;

    // The extreme offsets in use worldwide.
    private static readonly Offset EasternmostOffset = Offset.FromHours(14);
    private static readonly Offset WesternmostOffset = Offset.FromHours(-12);

    private readonly PartialDate? date;
    private readonly Instant first;
    private readonly Instant last;

    /// <summary>Takes the first and the last instant that it may mean, anywhere in the world, and the date if there is no time.</summary>
    private FilledInTime(PartialDate? date, Instant first, Instant last) => (this.date, this.first, this.last) = (date, first, last);

    /// <summary>Reads a FHIR dateTime; null when invalid.</summary>
    public static FilledInTime? Read(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        return StatedTime.TryParse(bytes, out var time) && time.ToInstant() is { } instant ? new FilledInTime(null, instant, instant)
            : IsBeyondCalendar(bytes) ? new FilledInTime(null, Instant.MaxValue, Instant.MaxValue)
            : !PartialDate.TryParse(bytes, out var date) ? null
            : new FilledInTime(date, Midnight(date.First, EasternmostOffset), Midnight(date.Last.PlusDays(1), WesternmostOffset));
    }

    /// <summary>The date of a FHIR dateTime, as precise as stated; null when invalid.</summary>
    public static PartialDate? DateOf(string? text) =>
        text is { Length: >= 4 } && PartialDate.TryParse(Encoding.UTF8.GetBytes(text[..Math.Min(DateLength, text.Length)]), out var date)
            ? date
            : null;

    /// <summary>The first date in a zone on which it may have been; without a time it is of the zone's own calendar.</summary>
    public LocalDate FirstDateIn(DateTimeZone zone) => date is { } day ? day.First.ToLocalDate() : zone.DateAt(first);

    /// <summary>The date in a zone, as precise as it was stated; without a time it is of the zone's own calendar.</summary>
    public PartialDate DateIn(DateTimeZone zone) => date ?? PartialDate.Of(zone.DateAt(first));

    /// <summary>As precise as it was stated, in a form that <see cref="Read"/> reads: a date, a month or a year, or an instant.</summary>
    public override string ToString() => date?.ToString() ?? InstantPattern.ExtendedIso.Format(first);

    /// <summary>True when answers of that date may be out of date on a day.</summary>
    public static bool IsOld(PartialDate filledIn, LocalDate today) => filledIn.First < Day.Of(today).PlusDays(-OldDays);

    /// <summary>False when it is surely more than a day after an instant; the day allows for differing clocks.</summary>
    public bool MayBeBefore(Instant now) => MayBeBefore(first, now);

    /// <summary>False for a time that is more than a day after an instant; the day allows for differing clocks.</summary>
    public static bool MayBeBefore(Instant time, Instant now) => time <= now + Duration.FromDays(1);

    /// <summary>
    /// The index of the time that is surely later than all others; null when there is none, or one is unknown. Only the one that begins
    /// last can be.
    /// </summary>
    public static int? Latest(IReadOnlyList<FilledInTime?> times)
    {
        var latest = 0;
        for (var i = 0; i < times.Count; i++)
        {
            if (times[i] is not { } time)
            {
                return null;
            }

            latest = time.first > times[latest]!.first ? i : latest;
        }

        return times.Index().All(other => other.Index == latest || other.Item!.IsBefore(times[latest]!)) ? latest : null;
    }

    /// <summary>True when it is surely earlier. Dates without a time are assumed to be of the same place.</summary>
    public bool IsBefore(FilledInTime other) => date is { } day && other.date is { } later ? day.Last < later.First : last < other.first;

    /// <summary>True for a year after the supported range: surely in the future.</summary>
    private static bool IsBeyondCalendar(ReadOnlySpan<byte> text) =>
        text.Length >= 4 && Digits.TryRead(text[..4], out var year) && year > PartialDate.MaxYear;

    private static Instant Midnight(Day day, Offset offset) => day.ToLocalDate().AtMidnight().WithOffset(offset).ToInstant();
}
