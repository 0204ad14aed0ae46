using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>When a rule is triggered.</summary>
/// <remarks>
/// The set of kinds is closed: each is a sealed record here, and <see cref="Match{T}"/> makes every reader handle every kind, so a new one does
/// not compile until it does.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AnswerCondition), "answer")]
[JsonDerivedType(typeof(TreatedAreaCondition), "treated-area")]
[JsonDerivedType(typeof(StoppedUseCondition), "stopped-use")]
[JsonDerivedType(typeof(CourseCondition), "course")]
[JsonDerivedType(typeof(EventDistanceCondition), "event-distance")]
public abstract record Condition
{
    [Description("The question that decides.")]
    public required string Question { get; init; }

    /// <summary>Handles every condition kind; there is no default case on purpose.</summary>
    public abstract T Match<T>(
        Func<AnswerCondition, T> answer,
        Func<TreatedAreaCondition, T> treatedArea,
        Func<StoppedUseCondition, T> stoppedUse,
        Func<CourseCondition, T> course,
        Func<EventDistanceCondition, T> eventDistance);
}

/// <summary>Triggered by certain codes; effect exclude or review.</summary>
[Description("Triggered by any of the codes. Effect: exclude or review.")]
public sealed record AnswerCondition : Condition
{
    public required IReadOnlyList<string> AnyOf { get; init; }

    public override T Match<T>(Func<AnswerCondition, T> answer, Func<TreatedAreaCondition, T> treatedArea, Func<StoppedUseCondition, T> stoppedUse, Func<CourseCondition, T> course, Func<EventDistanceCondition, T> eventDistance) => answer(this);
}

/// <summary>Triggered by a place that is among the treated areas; effect exclude or review.</summary>
[Description("Triggered when a code of the answer is among the treated areas. Effect: exclude or review.")]
public sealed record TreatedAreaCondition : Condition
{
    public override T Match<T>(Func<AnswerCondition, T> answer, Func<TreatedAreaCondition, T> treatedArea, Func<StoppedUseCondition, T> stoppedUse, Func<CourseCondition, T> course, Func<EventDistanceCondition, T> eventDistance) => treatedArea(this);
}

/// <summary>A wait after the last use of something; effects defer and require.</summary>
[Description("A wait of `days` after the last use; while it is still in use, a day to stop by. Effects: defer, require.")]
public sealed record StoppedUseCondition : Condition
{
    [Description("The code that says the use has ended.")]
    public required string Stopped { get; init; }

    [Description("The code that says the use goes on.")]
    public required string Current { get; init; }

    [Description("The partial-date question that tells the last use, past or planned.")]
    public required string LastUse { get; init; }

    [Description("Last use + days is the first allowed date.")]
    public required int Days { get; init; }

    public override T Match<T>(Func<AnswerCondition, T> answer, Func<TreatedAreaCondition, T> treatedArea, Func<StoppedUseCondition, T> stoppedUse, Func<CourseCondition, T> course, Func<EventDistanceCondition, T> eventDistance) => stoppedUse(this);
}

/// <summary>A course of medicine around the appointment; effects defer and require.</summary>
[Description("A course that must begin `daysBefore` the appointment and last `daysAfter` it. Effects: defer, require.")]
public sealed record CourseCondition : Condition
{
    public required IReadOnlyList<string> AnyOf { get; init; }

    [Description("The date question that tells the first day.")]
    public required string Start { get; init; }

    [Description("The date question that tells the last day.")]
    public required string End { get; init; }

    [Description("First day + daysBefore is the first allowed date.")]
    public required int DaysBefore { get; init; }

    public required int DaysAfter { get; init; }

    public override T Match<T>(Func<AnswerCondition, T> answer, Func<TreatedAreaCondition, T> treatedArea, Func<StoppedUseCondition, T> stoppedUse, Func<CourseCondition, T> course, Func<EventDistanceCondition, T> eventDistance) => course(this);
}

/// <summary>A distance in both directions from every event of a list; effect defer.</summary>
[Description("A distance of `days` before and after every event of the list. Effect: defer.")]
public sealed record EventDistanceCondition : Condition
{
    [Description("Event - days and event + days are allowed, all between is not.")]
    public required int Days { get; init; }

    public override T Match<T>(Func<AnswerCondition, T> answer, Func<TreatedAreaCondition, T> treatedArea, Func<StoppedUseCondition, T> stoppedUse, Func<CourseCondition, T> course, Func<EventDistanceCondition, T> eventDistance) => eventDistance(this);
}
