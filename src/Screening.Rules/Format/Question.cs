using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>A question of the intake.</summary>
/// <remarks>
/// The set of types is closed: each is a sealed record here, and <see cref="Match{T}"/> makes every reader handle every type; a new type
/// does not compile until they do.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ChoiceQuestion), "choice")]
[JsonDerivedType(typeof(CodesQuestion), "codes")]
[JsonDerivedType(typeof(DateQuestion), "date")]
[JsonDerivedType(typeof(PartialDateQuestion), "partial-date")]
[JsonDerivedType(typeof(EventsQuestion), "events")]
public abstract record Question
{
    [Description("The question's id: the member of `answers` that holds its answer.")]
    public required string Id { get; init; }

    [Description("What the person is asked.")]
    public required LocalizedText Text { get; init; }

    [Description("True: may be left unanswered. A question that does not say so, and has no `neededWhen`, is always needed.")]
    public bool Optional { get; init; }

    [Description("The question is needed only when this holds.")]
    public AnswerIs? NeededWhen { get; init; }

    [Description("A form shows the question only when this holds; absent: always.")]
    public AnswerIs? AskedWhen { get; init; }

    [Description("What an answer must not contradict.")]
    public IReadOnlyList<Check>? Checks { get; init; }

    /// <summary>Handles every question type; deliberately without a default case.</summary>
    public T Match<T>(
        Func<ChoiceQuestion, T> choice,
        Func<CodesQuestion, T> codes,
        Func<DateQuestion, T> date,
        Func<PartialDateQuestion, T> partialDate,
        Func<EventsQuestion, T> events) => Handle(new Cases<T>(choice, codes, date, partialDate, events));

    private protected abstract T Handle<T>(Cases<T> cases);

    private protected readonly record struct Cases<T>(
        Func<ChoiceQuestion, T> Choice,
        Func<CodesQuestion, T> Codes,
        Func<DateQuestion, T> Date,
        Func<PartialDateQuestion, T> PartialDate,
        Func<EventsQuestion, T> Events);

    /// <summary>The options of a question that is answered by code; empty for dates and events.</summary>
    [JsonIgnore]
    public IReadOnlyList<Option> Codes => Match(q => q.Options, q => q.Options, _ => [], _ => [], _ => []);
}

/// <summary>Answered by exactly one of the options.</summary>
[Description("Answered by exactly one code.")]
public sealed record ChoiceQuestion : Question
{
    public required IReadOnlyList<Option> Options { get; init; }

    private protected override T Handle<T>(Cases<T> cases) => cases.Choice(this);
}

/// <summary>Answered by any number of the options, each at most once; the empty list means "none".</summary>
[Description("Answered by a list of codes, each at most once; the empty list says `none`.")]
public sealed record CodesQuestion : Question
{
    public required IReadOnlyList<Option> Options { get; init; }

    private protected override T Handle<T>(Cases<T> cases) => cases.Codes(this);
}

/// <summary>Answered by a full calendar date.</summary>
[Description("Answered by a full date, YYYY-MM-DD.")]
public sealed record DateQuestion : Question
{
    private protected override T Handle<T>(Cases<T> cases) => cases.Date(this);
}

/// <summary>Answered by a full or partial date, or <c>unknown</c>.</summary>
[Description("Answered by YYYY, YYYY-MM, YYYY-MM-DD or `unknown`.")]
public sealed record PartialDateQuestion : Question
{
    private protected override T Handle<T>(Cases<T> cases) => cases.PartialDate(this);
}

/// <summary>Answered by a list of dated events, past and planned, or <c>unknown</c> in place of the list.</summary>
[Description(
    "Answered by a list of dated events, past and planned; the empty list says `none`, the string `unknown` in place of the list that"
    + " the person cannot say.")]
public sealed record EventsQuestion : Question
{
    [Description("The member that says what happened.")]
    public required EventKind Kind { get; init; }

    [Description("The member that says when: a partial date or `unknown`.")]
    public required EventDate Date { get; init; }

    private protected override T Handle<T>(Cases<T> cases) => cases.Events(this);
}

/// <summary>The coded member of an event.</summary>
public sealed record EventKind
{
    public required string Id { get; init; }

    public required LocalizedText Text { get; init; }

    public required IReadOnlyList<Option> Options { get; init; }
}

/// <summary>The dated member of an event.</summary>
public sealed record EventDate
{
    public required string Id { get; init; }

    public required LocalizedText Text { get; init; }
}

/// <summary>
/// A contradiction that an answer must not be part of. It is an error of the request, never a finding: of two contradictory answers neither
/// is used.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ContradictsCheck), "contradicts")]
[JsonDerivedType(typeof(NotAfterAsOfCheck), "not-after-as-of")]
[JsonDerivedType(typeof(NotBeforeAsOfCheck), "not-before-as-of")]
[JsonDerivedType(typeof(FollowsCheck), "follows")]
public abstract record Check
{
    /// <summary>Handles every kind of check; deliberately without a default case.</summary>
    public T Match<T>(
        Func<ContradictsCheck, T> contradicts,
        Func<NotAfterAsOfCheck, T> notAfter,
        Func<NotBeforeAsOfCheck, T> notBefore,
        Func<FollowsCheck, T> follows) => Handle(new Cases<T>(contradicts, notAfter, notBefore, follows));

    private protected abstract T Handle<T>(Cases<T> cases);

    private protected readonly record struct Cases<T>(
        Func<ContradictsCheck, T> Contradicts,
        Func<NotAfterAsOfCheck, T> NotAfter,
        Func<NotBeforeAsOfCheck, T> NotBefore,
        Func<FollowsCheck, T> Follows);
}

/// <summary>An answer here contradicts that answer.</summary>
[Description("Any answer here contradicts these answers to another question.")]
public sealed record ContradictsCheck : Check
{
    public required AnswerIs Answer { get; init; }

    private protected override T Handle<T>(Cases<T> cases) => cases.Contradicts(this);
}

[Description("The date must not begin after the as-of date.")]
public sealed record NotAfterAsOfCheck : Check
{
    [Description("The condition under which the check applies; absent: always.")]
    public AnswerIs? When { get; init; }

    private protected override T Handle<T>(Cases<T> cases) => cases.NotAfter(this);
}

[Description("The date must not end before the as-of date.")]
public sealed record NotBeforeAsOfCheck : Check
{
    [Description("The condition under which the check applies; absent: always.")]
    public AnswerIs? When { get; init; }

    private protected override T Handle<T>(Cases<T> cases) => cases.NotBefore(this);
}

[Description("The date needs an answer to another date question, and must not be before it.")]
public sealed record FollowsCheck : Check
{
    public required string Question { get; init; }

    private protected override T Handle<T>(Cases<T> cases) => cases.Follows(this);
}
