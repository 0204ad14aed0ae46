using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>One instruction of the care plan: what to do, avoid or expect, and when.</summary>
[Description("One instruction before or after the treatment, dated by the appointment.")]
public sealed record CareStep
{
    [Description("Kebab-case id, as care plans name it.")]
    public required string Id { get; init; }

    [Description("The line of the source document that the step is read from, counted from 1.")]
    public required int Line { get; init; }

    [Description("Whether the step belongs to the time before the treatment or after it.")]
    public required CarePhase Phase { get; init; }

    [Description("What is asked of the person.")]
    public required CareKind Kind { get; init; }

    [Description("The instruction, in the patient's words.")]
    public required LocalizedText Text { get; init; }

    [Description("Shown only when this holds. A step has this or `shownUnless` or neither, which is always shown.")]
    public AnswerIs? ShownWhen { get; init; }

    [Description("Shown unless this holds: an unanswered question, or `unknown`, shows the step.")]
    public AnswerIs? ShownUnless { get; init; }

    [Description("When the step applies.")]
    public required Timing Timing { get; init; }

    [Description("Worked examples. A step that is not always shown has one that shows it and one that does not.")]
    public IReadOnlyList<CareExample>? Examples { get; init; }
}

/// <summary>A possible adverse effect of the treatment, listed with every care plan.</summary>
[Description("A risk of the treatment; listed in every care plan.")]
public sealed record Risk
{
    [Description("Kebab-case id, as care plans name it.")]
    public required string Id { get; init; }

    [Description("The line of the source document that names it, counted from 1.")]
    public required int Line { get; init; }

    [Description("The risk, in the patient's words.")]
    public required LocalizedText Text { get; init; }
}

/// <summary>The side of the treatment that a step belongs to.</summary>
[JsonConverter(typeof(ExactEnumConverter<CarePhase>))]
public enum CarePhase
{
    /// <summary>Part of getting ready.</summary>
    Before,

    /// <summary>Part of the aftercare.</summary>
    After,
}

/// <summary>What a step asks of the patient.</summary>
[JsonConverter(typeof(ExactEnumConverter<CareKind>))]
public enum CareKind
{
    /// <summary>To be done.</summary>
    Do,

    /// <summary>To be left alone.</summary>
    Avoid,

    /// <summary>Allowed, not asked for.</summary>
    May,

    /// <summary>Will or may happen, and is normal.</summary>
    Expect,

    /// <summary>A reason to contact the clinic.</summary>
    Tell,
}

/// <summary>An example that an expert can check; loading the protocol runs it.</summary>
[Description("A worked example of its step; loading the protocol runs it, and one that does not come out stops the start.")]
public sealed record CareExample
{
    [Description("What the example shows, as a sentence.")]
    public required string Name { get; init; }

    [Description("The clinic's IANA zone; absent: UTC.")]
    public string? TimeZone { get; init; }

    [Description("The appointment's local start, YYYY-MM-DDTHH:MM:SS; absent: noon of the baseline's date.")]
    public string? Start { get; init; }

    [Description("The appointment's local end; absent: its start.")]
    public string? End { get; init; }

    [Description("Answers in place of the baseline's.")]
    public JsonElement? Answers { get; init; }

    [Description("Questions of the baseline left unanswered.")]
    public IReadOnlyList<string>? Without { get; init; }

    [Description("What must come out.")]
    public required CareExpectation Expect { get; init; }
}

/// <summary>The expected result of a care step's worked example.</summary>
[Description("What a care step's worked example must come out as. An end that is absent here is not compared; an open one is `open`.")]
public sealed record CareExpectation
{
    [Description("Whether the step is in the plan.")]
    public required bool Shown { get; init; }

    [Description("First day, YYYY-MM-DD.")]
    public string? StartsOn { get; init; }

    [Description("Last day, YYYY-MM-DD.")]
    public string? EndsOn { get; init; }

    [Description("Beginning with its offset, YYYY-MM-DDTHH:MM:SS-05:00.")]
    public string? StartsAt { get; init; }

    [Description("End with its offset.")]
    public string? EndsAt { get; init; }
}
