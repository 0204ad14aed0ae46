namespace Screening.Rules;

/// <summary>The dates that the blocked intervals leave free.</summary>
internal static class FreeDates
{
    /// <summary>
    /// The free dates from <paramref name="today"/> on, in order; the last window is open-ended. Sorts the waits by their beginning.
    /// </summary>
    public static int Windows(Span<WaitingPeriod> waits, Day today, Span<Window> windows)
    {
        for (var i = 1; i < waits.Length; i++)
        {
            // There are few waits, usually in order already: sort only when needed.
            if (Beginning(waits[i]) < Beginning(waits[i - 1]))
            {
                waits.Sort(static (a, b) => Beginning(a).CompareTo(Beginning(b)));
                break;
            }
        }

        var count = 0;
        var free = today;
        foreach (ref readonly var wait in waits)
        {
            if (wait.BlockedFrom is { } from && from > free)
            {
                windows[count++] = new Window(free, from.PlusDays(-1));
            }

            if (wait.BlockedThrough >= free)
            {
                free = wait.ClearsOn;
            }
        }

        windows[count++] = new Window(free, null);
        return count;
    }

    private static Day Beginning(in WaitingPeriod wait) => wait.BlockedFrom ?? new Day(int.MinValue);

    /// <summary>The first free date on or after the requested one.</summary>
    public static Day NotBefore(ReadOnlySpan<Window> windows, Day date)
    {
        foreach (var window in windows)
        {
            if (window.Through is not { } through || date <= through)
            {
                return Day.Max(window.From, date);
            }
        }

        throw new InvalidOperationException("The last window is open.");
    }
}
