using NodaTime;

namespace Screening.Rules;

/// <summary>One wait: a blocked interval of local dates, both ends inclusive.</summary>
/// <param name="Rule">The rule's index.</param>
/// <param name="Question">The index of the question that states its event.</param>
/// <param name="Event">The event's index in its list; -1 when the question is a single date.</param>
/// <param name="BlockedFrom">First blocked date; null for an open start.</param>
/// <param name="BlockedThrough">Last blocked date.</param>
/// <param name="AssumedDate">The date from which the wait is counted: the worst case of the answers.</param>
public readonly record struct WaitingPeriod(ushort Rule, byte Question, short Event, Day? BlockedFrom, Day BlockedThrough, Day AssumedDate)
{
    /// <summary>The first date after it.</summary>
    public Day ClearsOn => BlockedThrough.PlusDays(1);

    /// <summary>True when it contains the date.</summary>
    public bool Contains(LocalDate date) => Contains(Day.Of(date));

    /// <summary>True when it contains the day.</summary>
    public bool Contains(Day date) => date <= BlockedThrough && (BlockedFrom is not { } from || date >= from);
}

/// <summary>A range of free dates, both ends inclusive; a null end is open.</summary>
public readonly record struct Window(Day From, Day? Through);
