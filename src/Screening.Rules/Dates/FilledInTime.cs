using System.Text;
using NodaTime;

namespace Screening.Rules;

/// <summary>When a form was filled in, as exactly as it says.</summary>
public sealed record FilledInTime
{
    /// <summary>Answers that were given more days than this before the as-of date may no longer be true.</summary>
    private const int OldDays = 30;

    private const int DateLength = 10;

    // The first and the last offset in the world.
    private static readonly Offset East = Offset.FromHours(14);
    private static readonly Offset West = Offset.FromHours(-12);

    private readonly PartialDate? date;
    private readonly Instant first;
    private readonly Instant last;

    /// <summary>The first and the last instant that it can mean, anywhere in the world; a date where there is no time.</summary>
    private FilledInTime(PartialDate? date, Instant first, Instant last) => (this.date, this.first, this.last) = (date, first, last);

    /// <summary>Reads a FHIR dateTime; null when it is none.</summary>
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
            : new FilledInTime(date, Midnight(date.First, East), Midnight(date.Last.PlusDays(1), West));
    }

    /// <summary>The date that a FHIR dateTime tells, as exactly as it says it; null when it is none.</summary>
    public static PartialDate? DateOf(string? text) =>
        text is { Length: >= 4 } && PartialDate.TryParse(Encoding.UTF8.GetBytes(text[..Math.Min(DateLength, text.Length)]), out var date)
            ? date
            : null;

    /// <summary>True when answers of that date are so old on a day that they may no longer be true.</summary>
    public static bool IsOld(PartialDate filledIn, LocalDate today) => filledIn.First < Day.Of(today).PlusDays(-OldDays);

    /// <summary>False when it is surely more than a day after an instant: clocks differ.</summary>
    public bool MayBeBefore(Instant now) => first <= now + Duration.FromDays(1);

    /// <summary>
    /// The index of the one that is surely later than every other; null when none is, or one of them is not known. Later than the one that
    /// begins last none can be.
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

    /// <summary>True when it is surely earlier. Dates without a time are those of one place.</summary>
    public bool IsBefore(FilledInTime other) => date is { } day && other.date is { } later ? day.Last < later.First : last < other.first;

    /// <summary>True for a year that is later than any date that is known here: surely still to come.</summary>
    private static bool IsBeyondCalendar(ReadOnlySpan<byte> text) =>
        text.Length >= 4 && Digits.TryRead(text[..4], out var year) && year > PartialDate.MaxYear;

    private static Instant Midnight(Day day, Offset offset) => day.ToLocalDate().AtMidnight().WithOffset(offset).ToInstant();
}
