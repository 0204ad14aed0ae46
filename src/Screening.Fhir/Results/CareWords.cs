using Screening.Rules;

namespace Screening.Fhir.Results;

/// <summary>When a care step holds, in words: for an appointment that nobody has given a time yet, so that there is no date to tell.</summary>
internal static class CareWords
{
    private static readonly LocalizedText Day = Words.Text("care.day");
    private static readonly LocalizedText DaysBefore = Words.Text("care.daysBefore");
    private static readonly LocalizedText DaysAfter = Words.Text("care.daysAfter");

    /// <summary>The words.</summary>
    public static LocalizedText Of(Timing timing) => timing.Match(
        days => days.From is { } day && day == days.Through ? Point(day) : Range(days.From is { } from ? Point(from) : null, days.Through is { } through ? Point(through) : null),
        clock => Range(clock.From is { } from ? Point(from) : null, clock.Through is { } through ? Point(through) : null));

    private static LocalizedText Range(LocalizedText? from, LocalizedText? through) => (from, through) switch
    {
        ({ } first, { } last) => Words.Text("care.range").With("from", first).With("through", last),
        ({ } first, null) => Words.Text("care.from").With("from", first),
        (null, { } last) => Words.Text("care.through").With("through", last),
        _ => throw new InvalidOperationException("A timing has one end at least."),
    };

    private static LocalizedText Point(int day) => day == 0 ? Day : (day < 0 ? DaysBefore : DaysAfter).With("n", CareAmount.Days(day));

    private static LocalizedText Point(ClockPoint point)
    {
        var unit = CareAmount.Of(point, out var sign);
        return (point.Anchor, sign) switch
        {
            (ClockAnchor.Start, 0) => Words.Text("care.start"),
            (ClockAnchor.Start, < 0) => Words.Text("care.beforeStart").With("n", unit),
            (ClockAnchor.Start, _) => Words.Text("care.afterStart").With("n", unit),
            (ClockAnchor.End, 0) => Words.Text("care.end"),
            (ClockAnchor.End, < 0) => Words.Text("care.beforeEnd").With("n", unit),
            (ClockAnchor.End, _) => Words.Text("care.afterEnd").With("n", unit),
        };
    }
}
