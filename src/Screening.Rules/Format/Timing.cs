using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>When a care step applies, relative to the appointment.</summary>
/// <remarks>
/// The set of kinds is closed: each is a sealed record here, and <see cref="Match{T}"/> makes every reader handle every kind; a new kind
/// does not compile until they do.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DaysTiming), "days")]
[JsonDerivedType(typeof(ClockTiming), "clock")]
public abstract record Timing
{
    /// <summary>Handles every kind of timing; deliberately without a default case.</summary>
    public abstract T Match<T>(Func<DaysTiming, T> days, Func<ClockTiming, T> clock);
}

/// <summary>Whole days, counted from the appointment's local date.</summary>
[Description("Whole days, counted from the appointment's local date: 0 is that date, -1 the day before. Both ends are inclusive; one that is left out is open, and one at least is there.")]
public sealed record DaysTiming : Timing
{
    [Description("The first day.")]
    public int? From { get; init; }

    [Description("The last day.")]
    public int? Through { get; init; }

    public override T Match<T>(Func<DaysTiming, T> days, Func<ClockTiming, T> clock) => days(this);
}

/// <summary>From one time to another, each counted from the appointment's start or end.</summary>
[Description("From one time to another, each counted from the appointment's start or end. One that is left out is open, and one at least is there.")]
public sealed record ClockTiming : Timing
{
    [Description("The beginning.")]
    public ClockPoint? From { get; init; }

    [Description("The end.")]
    public ClockPoint? Through { get; init; }

    public override T Match<T>(Func<DaysTiming, T> days, Func<ClockTiming, T> clock) => clock(this);
}

/// <summary>A time before or after the appointment's start or end, in exactly one unit.</summary>
[Description("A time before (negative) or after the appointment's start or end, in exactly one unit. 0 is that time itself.")]
public sealed record ClockPoint
{
    [Description("What it is counted from. An appointment without a stated end ends when it starts.")]
    public required ClockAnchor Anchor { get; init; }

    [Description("So many days later at the same local clock time. A local time that the zone skips is the first one after the gap; of two equal ones the earlier counts.")]
    public int? Days { get; init; }

    [Description("So many elapsed hours later, whatever the clocks show.")]
    public int? Hours { get; init; }

    [Description("So many elapsed minutes later.")]
    public int? Minutes { get; init; }
}

/// <summary>The point from which a time of the care plan is counted.</summary>
[JsonConverter(typeof(ExactEnumConverter<ClockAnchor>))]
public enum ClockAnchor
{
    /// <summary>The appointment's start.</summary>
    Start,

    /// <summary>The appointment's end.</summary>
    End,
}
