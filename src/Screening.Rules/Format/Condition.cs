using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>The condition under which a rule is triggered.</summary>
/// <remarks>
/// The set of kinds is closed: each is a sealed record here that describes itself and has one evaluator. Where kinds have nothing in
/// common, <see cref="Match{T}"/> distinguishes them. A new kind does not compile until all of this exists.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AnswerCondition), "answer")]
[JsonDerivedType(typeof(TreatedAreaCondition), "treated-area")]
[JsonDerivedType(typeof(StoppedUseCondition), "stopped-use")]
[JsonDerivedType(typeof(CourseCondition), "course")]
[JsonDerivedType(typeof(EventDistanceCondition), "event-distance")]
public abstract record Condition
{
    private protected static readonly Effect[][] WithoutDates = [[Effect.Exclude], [Effect.Review]];
    private protected static readonly Effect[][] DeferAndRequire = [[Effect.Defer, Effect.Require]];

    [Description("The question that decides.")]
    public required string Question { get; init; }

    /// <summary>The codes of its question that it checks; an unknown answer affects every condition.</summary>
    public abstract IEnumerable<string> LooksAt(ProtocolDocument document);

    /// <summary>The ids of the other questions that it reads.</summary>
    public abstract IEnumerable<string> FurtherQuestions(ProtocolDocument document);

    /// <summary>The days of its wait; null when it has none.</summary>
    internal abstract int? WaitDays { get; }

    /// <summary>The effects that a rule of this kind may have: one of these lists.</summary>
    internal abstract IReadOnlyList<Effect[]> AllowedEffects { get; }

    /// <summary>True when a requirement may end too early, which has its own message (<see cref="Messages.RequireLonger"/>).</summary>
    internal abstract bool SaysRequireLonger { get; }

    /// <summary>The uses whose end a health record may state.</summary>
    internal abstract IEnumerable<StoppedUseCondition> Uses { get; }

    /// <summary>Handles every kind; deliberately without a default case.</summary>
    internal T Match<T>(
        Func<AnswerCondition, T> answer,
        Func<TreatedAreaCondition, T> treatedArea,
        Func<StoppedUseCondition, T> stoppedUse,
        Func<CourseCondition, T> course,
        Func<EventDistanceCondition, T> eventDistance) => Handle(new Cases<T>(answer, treatedArea, stoppedUse, course, eventDistance));

    private protected abstract T Handle<T>(Cases<T> cases);

    private protected readonly record struct Cases<T>(
        Func<AnswerCondition, T> Answer,
        Func<TreatedAreaCondition, T> TreatedArea,
        Func<StoppedUseCondition, T> StoppedUse,
        Func<CourseCondition, T> Course,
        Func<EventDistanceCondition, T> EventDistance);
}

/// <summary>Triggered by certain codes; effect exclude or review.</summary>
[Description("Triggered by any of the codes. Effect: exclude or review.")]
public sealed record AnswerCondition : Condition
{
    public required IReadOnlyList<string> AnyOf { get; init; }

    public override IEnumerable<string> LooksAt(ProtocolDocument document) => AnyOf;

    public override IEnumerable<string> FurtherQuestions(ProtocolDocument document) => [];

    internal override int? WaitDays => null;

    internal override IReadOnlyList<Effect[]> AllowedEffects => WithoutDates;

    internal override bool SaysRequireLonger => false;

    internal override IEnumerable<StoppedUseCondition> Uses => [];

    private protected override T Handle<T>(Cases<T> cases) => cases.Answer(this);
}

/// <summary>Triggered by a place that is among the treated areas; effect exclude or review.</summary>
[Description("Triggered when a code of the answer is among the treated areas. Effect: exclude or review.")]
public sealed record TreatedAreaCondition : Condition
{
    public override IEnumerable<string> LooksAt(ProtocolDocument document) => document.TreatmentAreas.Options.Select(area => area.Code);

    public override IEnumerable<string> FurtherQuestions(ProtocolDocument document) => [document.TreatmentAreas.Id];

    internal override int? WaitDays => null;

    internal override IReadOnlyList<Effect[]> AllowedEffects => WithoutDates;

    internal override bool SaysRequireLonger => false;

    internal override IEnumerable<StoppedUseCondition> Uses => [];

    private protected override T Handle<T>(Cases<T> cases) => cases.TreatedArea(this);
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

    public override IEnumerable<string> LooksAt(ProtocolDocument document) => [Stopped, Current];

    public override IEnumerable<string> FurtherQuestions(ProtocolDocument document) => [LastUse];

    internal override int? WaitDays => Days;

    internal override IReadOnlyList<Effect[]> AllowedEffects => DeferAndRequire;

    internal override IEnumerable<StoppedUseCondition> Uses => [this];

    internal override bool SaysRequireLonger => false;

    private protected override T Handle<T>(Cases<T> cases) => cases.StoppedUse(this);
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

    public override IEnumerable<string> LooksAt(ProtocolDocument document) => AnyOf;

    public override IEnumerable<string> FurtherQuestions(ProtocolDocument document) => [Start, End];

    internal override int? WaitDays => DaysBefore;

    internal override IReadOnlyList<Effect[]> AllowedEffects => DeferAndRequire;

    internal override bool SaysRequireLonger => true;

    internal override IEnumerable<StoppedUseCondition> Uses => [];

    private protected override T Handle<T>(Cases<T> cases) => cases.Course(this);
}

/// <summary>A distance in both directions from every event of a list; effect defer.</summary>
[Description("A distance of `days` before and after every event of the list. Effect: defer.")]
public sealed record EventDistanceCondition : Condition
{
    [Description("Event - days and event + days are allowed, all between is not.")]
    public required int Days { get; init; }

    public override IEnumerable<string> LooksAt(ProtocolDocument document) =>
        (document.Questions.FirstOrDefault(asked => asked.Id == Question) as EventsQuestion)?.Kind.Options.Select(o => o.Code) ?? [];

    public override IEnumerable<string> FurtherQuestions(ProtocolDocument document) => [];

    internal override int? WaitDays => Days;

    internal override IReadOnlyList<Effect[]> AllowedEffects => [[Effect.Defer]];

    internal override bool SaysRequireLonger => false;

    internal override IEnumerable<StoppedUseCondition> Uses => [];

    private protected override T Handle<T>(Cases<T> cases) => cases.EventDistance(this);
}
