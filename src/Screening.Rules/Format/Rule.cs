using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>One item of the exclusion list.</summary>
[Description("One item of the exclusion list.")]
public sealed record Rule
{
    [Description("Kebab-case id, as decisions name it.")]
    public required string Id { get; init; }

    [Description("The line of the source document that the rule is read from, counted from 1.")]
    public required int Line { get; init; }

    [Description("How long a finding lasts.")]
    public required Persistence Persistence { get; init; }

    [Description("What the rule can do, worst first.")]
    public required IReadOnlyList<Effect> Effects { get; init; }

    [Description("When the rule is triggered.")]
    public required Condition Condition { get; init; }

    [Description("Questions that decide nothing but belong to the evidence.")]
    public IReadOnlyList<string>? Evidence { get; init; }

    [Description("What is said of the finding: one message for each effect, and one for when it is not known.")]
    public required Messages Messages { get; init; }

    [Description("Worked examples on both sides of each boundary.")]
    public required IReadOnlyList<Example> Examples { get; init; }

    /// <summary>True when a code of the deciding question has a part in the rule; that it is not known has a part in every rule.</summary>
    internal bool LooksAt(string code, ProtocolDocument document) => Condition.Match(
        answer => answer.AnyOf.Contains(code),
        _ => document.TreatmentAreas.Options.Any(area => area.Code == code),
        stoppedUse => code == stoppedUse.Stopped || code == stoppedUse.Current,
        course => course.AnyOf.Contains(code),
        _ => true);
}

/// <summary>The messages of a rule: exactly those that its effects call for.</summary>
[Description("The messages of a rule: exactly those that its effects call for.")]
public sealed record Messages
{
    public Message? Exclude { get; init; }

    public Message? Review { get; init; }

    public Message? Defer { get; init; }

    public Message? Require { get; init; }

    [Description("In place of `require` when a course ends before it should.")]
    public Message? RequireLonger { get; init; }

    public required Message Undetermined { get; init; }
}

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
