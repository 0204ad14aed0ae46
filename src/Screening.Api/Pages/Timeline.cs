using NodaTime;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>
/// Where everything of the date line stands: pure geometry, one day after the other from left to right. The line shows the dates that matter
/// to the decision; what lies far outside is cut off at its edges and told by an arrow there, and in full in the tables.
/// </summary>
internal sealed class Timeline
{
    /// <summary>The width of the drawing, in its own units.</summary>
    public const double Width = 680;

    /// <summary>Room left free at both edges, for arrows.</summary>
    public const double Edge = 12;

    // A wait that began long ago, or an injection planned for a year ahead, must not squeeze the weeks that count into a sliver.
    private const int MostPast = 28;
    private const int LeastAhead = 60;
    private const int LeastDays = 28;

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

    /// <summary>The waits of each rule that reach into the drawn days, in the decision's order.</summary>
    public required IReadOnlyList<TimelineLane> Waits { get; init; }

    /// <summary>The free dates; empty when the decision names none.</summary>
    public required IReadOnlyList<TimelineBar> Free { get; init; }

    /// <summary>The line of a decision.</summary>
    public static Timeline Of(Decision decision)
    {
        var (first, last) = Range(decision);
        var line = new Timeline(first, last) { Waits = [], Free = [] };
        return new Timeline(first, last)
        {
            Waits = line.WaitLanes(decision),
            Free = [.. decision.Windows.Select(window => line.Cut(window.From, window.Through)).OfType<TimelineBar>()],
        };
    }

    /// <summary>Where a day begins.</summary>
    public double Start(LocalDate date) => Edge + (Period.DaysBetween(First, date) * (Width - (2 * Edge)) / days);

    /// <summary>The middle of a day.</summary>
    public double Middle(LocalDate date) => (Start(date) + Start(date.PlusDays(1))) / 2;

    /// <summary>The dates that the axis names, at most nine: Mondays, first days of months, or first days of years.</summary>
    public IReadOnlyList<LocalDate> Ticks()
    {
        const int Most = 9;
        var monday = First.Next(IsoDayOfWeek.Monday);
        foreach (var weeks in (int[])[1, 2])
        {
            if (days <= weeks * 7 * (Most - 1))
            {
                return Every(monday, date => date.PlusWeeks(weeks));
            }
        }

        var month = new LocalDate(First.Year, First.Month, 1);
        foreach (var months in (int[])[1, 2, 3, 6])
        {
            if (days <= months * 30 * (Most - 1))
            {
                return Every(month, date => date.PlusMonths(months));
            }
        }

        var years = 1 + (days / (365 * (Most - 1)));
        return Every(new LocalDate(First.Year, 1, 1), date => date.PlusYears(years));
    }

    private List<LocalDate> Every(LocalDate from, Func<LocalDate, LocalDate> next)
    {
        var ticks = new List<LocalDate>();
        for (var date = from; date <= Last; date = next(date))
        {
            if (date >= First)
            {
                ticks.Add(date);
            }
        }

        return ticks;
    }

    private static (LocalDate First, LocalDate Last) Range(Decision decision)
    {
        var today = decision.Today;
        LocalDate?[] required = [.. decision.Requirements.SelectMany(r => (LocalDate?[])[r.StopBy, r.StartBy, r.ContinueThrough])];
        LocalDate[] core = [today, decision.Date, decision.NotBefore, .. required.OfType<LocalDate>()];
        var first = core.Min();
        var last = core.Max();
        var latest = last.PlusDays(Math.Max(LeastAhead, Period.DaysBetween(first, last)));
        foreach (var wait in decision.WaitingPeriods.Where(wait => wait.BlockedThrough >= today))
        {
            first = LocalDate.Min(first, LocalDate.Max(wait.BlockedFrom ?? today.PlusDays(-7), today.PlusDays(-MostPast)));
            last = LocalDate.Max(last, LocalDate.Min(wait.ClearsOn, latest));
        }

        var margin = Math.Max(3, Period.DaysBetween(first, last) / 20);
        first = first.PlusDays(-margin);
        last = LocalDate.Max(last.PlusDays(margin), first.PlusDays(LeastDays));
        return (first, last);
    }

    /// <summary>One lane for each rule, so that there are few; waits of a rule that touch are one bar.</summary>
    private List<TimelineLane> WaitLanes(Decision decision)
    {
        var lanes = new List<TimelineLane>();
        foreach (var rule in decision.WaitingPeriods.Select((wait, i) => (wait, i)).GroupBy(entry => entry.wait.Rule))
        {
            var merged = new List<(LocalDate? From, LocalDate Through)>();
            foreach (var (wait, _) in rule.OrderBy(entry => entry.wait.BlockedFrom ?? LocalDate.MinIsoValue))
            {
                if (merged.Count > 0 && (wait.BlockedFrom is not { } from || from <= merged[^1].Through.PlusDays(1)))
                {
                    merged[^1] = (merged[^1].From, LocalDate.Max(merged[^1].Through, wait.BlockedThrough));
                }
                else
                {
                    merged.Add((wait.BlockedFrom, wait.BlockedThrough));
                }
            }

            TimelineBar[] bars = [.. merged.Select(interval => Cut(interval.From, interval.Through)).OfType<TimelineBar>()];
            if (bars.Length > 0)
            {
                lanes.Add(new TimelineLane(rule.Min(entry => entry.i), rule.Max(entry => entry.i), bars));
            }
        }

        return lanes;
    }

    /// <summary>An interval as far as it is drawn; null when it lies outside altogether.</summary>
    private TimelineBar? Cut(LocalDate? from, LocalDate? through)
    {
        var (openLeft, openRight) = (from is null || from < First, through is null || through > Last);
        if (through < First || from > Last)
        {
            return null;
        }

        var left = Start(openLeft ? First : from!.Value);
        var right = Start((openRight ? Last : through!.Value).PlusDays(1));
        return new TimelineBar(left, Math.Max(right - left, 1), openLeft, openRight);
    }
}

/// <summary>The waits of one rule.</summary>
/// <param name="FirstWait">The index of the rule's first wait.</param>
/// <param name="LastWait">The index of its last.</param>
/// <param name="Bars">Its blocked dates.</param>
internal sealed record TimelineLane(int FirstWait, int LastWait, IReadOnlyList<TimelineBar> Bars);

/// <summary>A run of days as drawn; open where it goes on beyond the edge.</summary>
internal sealed record TimelineBar(double X, double Length, bool OpenLeft, bool OpenRight);
