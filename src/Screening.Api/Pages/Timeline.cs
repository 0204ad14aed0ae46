using NodaTime;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>
/// The geometry of the timeline, one day after the other from left to right. It shows the dates that matter to the decision; what lies far
/// outside is cut off at the edges with an arrow, and is complete in the tables.
/// </summary>
internal sealed class Timeline
{
    /// <summary>The width of the drawing, in its own units.</summary>
    public const double Width = 680;

    /// <summary>The margin at both edges, for arrows.</summary>
    public const double Edge = 12;

    // Limit the range, so that an old waiting period or an event planned a year ahead does not squeeze the relevant weeks.
    private const int MaxPastDays = 28;
    private const int MinFutureDays = 60;
    private const int MinDays = 28;

    // Beyond it there may be no next tick.
    private const int LastYear = 9900;

    private readonly int days;

    private Timeline(LocalDate first, LocalDate last)
    {
        First = first;
        Last = last;
        days = Period.DaysBetween(first, last) + 1;
    }

    /// <summary>The first day that is drawn.</summary>
    public LocalDate First { get; }

    /// <summary>The last day that is drawn.</summary>
    public LocalDate Last { get; }

    /// <summary>The waiting periods of each rule that overlap the drawn days, in the decision's order.</summary>
    public required IReadOnlyList<TimelineLane> Waits { get; init; }

    /// <summary>The free dates; empty when the decision has none.</summary>
    public required IReadOnlyList<TimelineBar> Free { get; init; }

    /// <summary>Creates the timeline of a decision.</summary>
    public static Timeline Of(Decision decision)
    {
        var (first, last) = Range(decision);
        var line = new Timeline(first, last) { Waits = [], Free = [] };
        return new Timeline(first, last)
        {
            Waits = line.WaitLanes(decision),
            Free = [.. decision.Windows.Select(window => line.Clip(window.From, window.Through)).OfType<TimelineBar>()],
        };
    }

    /// <summary>Returns the position of the start of a day.</summary>
    public double Start(LocalDate date) => Edge + (Period.DaysBetween(First, date) * (Width - (2 * Edge)) / days);

    /// <summary>Returns the position of the middle of a day.</summary>
    public double Middle(LocalDate date) => (Start(date) + Start(After(date, 1))) / 2;

    /// <summary>Returns the dates labelled on the axis, at most nine: Mondays, first days of months, or first days of years.</summary>
    public IReadOnlyList<LocalDate> Ticks()
    {
        const int MaxTicks = 9;
        var monday = First.Next(IsoDayOfWeek.Monday);
        foreach (var weeks in (int[])[1, 2])
        {
            if (days <= weeks * 7 * (MaxTicks - 1))
            {
                return Every(monday, date => date.PlusWeeks(weeks));
            }
        }

        var month = new LocalDate(First.Year, First.Month, 1);
        foreach (var months in (int[])[1, 2, 3, 6])
        {
            if (days <= months * 30 * (MaxTicks - 1))
            {
                return Every(month, date => date.PlusMonths(months));
            }
        }

        var years = 1 + (days / (365 * (MaxTicks - 1)));
        return Every(new LocalDate(First.Year, 1, 1), date => date.PlusYears(years));
    }

    private List<LocalDate> Every(LocalDate from, Func<LocalDate, LocalDate> next)
    {
        var ticks = new List<LocalDate>();
        for (var date = from; date <= Last && date.Year < LastYear; date = next(date))
        {
            if (date >= First)
            {
                ticks.Add(date);
            }
        }

        return ticks;
    }

    /// <summary>So many days later, or the last day that there is: a clock may be wrong, and a page is better than none.</summary>
    private static LocalDate After(LocalDate date, int days) =>
        date.PlusDays(Math.Min(days, Period.DaysBetween(date, LocalDate.MaxIsoValue)));

    private static (LocalDate First, LocalDate Last) Range(Decision decision)
    {
        var today = decision.Today;
        LocalDate?[] required = [.. decision.Requirements.SelectMany(r => (LocalDate?[])[r.StopBy, r.StartBy, r.ContinueThrough])];
        LocalDate[] keyDates = [today, decision.Date, decision.NotBefore, .. required.OfType<LocalDate>()];
        var first = keyDates.Min();
        var last = keyDates.Max();
        var latest = After(last, Math.Max(MinFutureDays, Period.DaysBetween(first, last)));
        foreach (var wait in decision.WaitingPeriods.Where(wait => wait.BlockedThrough >= today))
        {
            first = LocalDate.Min(first, LocalDate.Max(wait.BlockedFrom ?? today.PlusDays(-7), today.PlusDays(-MaxPastDays)));
            last = LocalDate.Max(last, LocalDate.Min(wait.ClearsOn, latest));
        }

        var margin = Math.Max(3, Period.DaysBetween(first, last) / 20);
        first = first.PlusDays(-margin);
        last = LocalDate.Max(After(last, margin), After(first, MinDays));
        return (first, last);
    }

    /// <summary>Creates one lane per rule, to keep lanes few; adjacent waiting periods of a rule are merged.</summary>
    private List<TimelineLane> WaitLanes(Decision decision)
    {
        var lanes = new List<TimelineLane>();
        foreach (var rule in decision.WaitingPeriods.Select((wait, i) => (wait, i)).GroupBy(entry => entry.wait.Rule))
        {
            var merged = new List<(LocalDate? From, LocalDate Through)>();
            foreach (var (wait, _) in rule.OrderBy(entry => entry.wait.BlockedFrom ?? LocalDate.MinIsoValue))
            {
                if (merged.Count > 0 && (wait.BlockedFrom is not { } from || from <= After(merged[^1].Through, 1)))
                {
                    merged[^1] = (merged[^1].From, LocalDate.Max(merged[^1].Through, wait.BlockedThrough));
                }
                else
                {
                    merged.Add((wait.BlockedFrom, wait.BlockedThrough));
                }
            }

            TimelineBar[] bars = [.. merged.Select(interval => Clip(interval.From, interval.Through)).OfType<TimelineBar>()];
            if (bars.Length > 0)
            {
                lanes.Add(new TimelineLane(rule.Min(entry => entry.i), rule.Max(entry => entry.i), bars));
            }
        }

        return lanes;
    }

    /// <summary>Clips an interval to the drawn days; null when it lies outside.</summary>
    private TimelineBar? Clip(LocalDate? from, LocalDate? through)
    {
        var (openLeft, openRight) = (from is null || from < First, through is null || through > Last);
        if (through < First || from > Last)
        {
            return null;
        }

        var left = Start(openLeft ? First : from!.Value);
        var right = Start(After(openRight ? Last : through!.Value, 1));
        return new TimelineBar(left, Math.Max(right - left, 1), openLeft, openRight);
    }
}

/// <summary>The waiting periods of one rule.</summary>
/// <param name="FirstWait">The index of the rule's first waiting period.</param>
/// <param name="LastWait">The index of its last waiting period.</param>
/// <param name="Bars">Its blocked dates.</param>
internal sealed record TimelineLane(int FirstWait, int LastWait, IReadOnlyList<TimelineBar> Bars);

/// <summary>A run of days as drawn; open where it continues beyond the edge.</summary>
internal sealed record TimelineBar(double X, double Length, bool OpenLeft, bool OpenRight);
