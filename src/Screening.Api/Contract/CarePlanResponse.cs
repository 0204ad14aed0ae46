using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Screening.Rules;

namespace Screening.Api.Contract;

/// <summary>Every instruction before and after one appointment, for one person, with its dates.</summary>
public sealed class CarePlanResponse
{
    /// <summary>Names the decision that the plan goes with; a new one each time, later ones sort after earlier ones.</summary>
    public required Guid DecisionId { get; init; }

    /// <summary>The status of the decision.</summary>
    public required Eligibility Eligibility { get; init; }

    /// <summary>True when the appointment may be confirmed. False only in a preview: then the plan is not to be handed out.</summary>
    public required bool Bookable { get; init; }

    /// <summary>The protocol that was planned by.</summary>
    public required ProtocolReference Protocol { get; init; }

    /// <summary>When the treatment would be, in the clinic's zone.</summary>
    public required AppointmentResponse Appointment { get; init; }

    /// <summary>The steps in the order in which they begin, those without a beginning first.</summary>
    public required IReadOnlyList<CarePlanStep> Steps { get; init; }

    /// <summary>What can come of the treatment: to be told with every plan.</summary>
    public required IReadOnlyList<CarePlanRisk> Risks { get; init; }

    /// <summary>A receipt of the decision, if one was asked for: a signed text that proves it. It is health data, like the decision.</summary>
    public string? Receipt { get; init; }
}

/// <summary>One instruction. It has either `startsOn` and `endsOn` (whole days, both inclusive) or `startsAt` and `endsAt` (times with the clinic's offset); `null` is an open end.</summary>
public sealed class CarePlanStep
{
    /// <summary>The step, the same in every plan of the protocol.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it belongs to the time before the treatment or after it. A step can reach over both.</summary>
    public required CarePhase Phase { get; init; }

    /// <summary>What is asked of the person.</summary>
    public required CareKind Kind { get; init; }

    /// <summary>The instruction, for the patient.</summary>
    public required string Text { get; init; }

    /// <summary>Where the step is read from.</summary>
    public required SourceLine Source { get; init; }

    /// <summary>The first clinic-local day; null = open.</summary>
    [DataType(DataType.Date)]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? StartsOn { get; init; }

    /// <summary>The last clinic-local day; null = open.</summary>
    [DataType(DataType.Date)]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? EndsOn { get; init; }

    /// <summary>The beginning, with the clinic's offset; null = open.</summary>
    [DataType(DataType.DateTime)]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? StartsAt { get; init; }

    /// <summary>The end, with the clinic's offset; null = open.</summary>
    [DataType(DataType.DateTime)]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? EndsAt { get; init; }

    /// <summary>True for a step of times: then it has no days.</summary>
    internal bool HasTimes { get; init; }
}

/// <summary>A risk of the treatment.</summary>
public sealed class CarePlanRisk
{
    /// <summary>The risk, the same in every plan of the protocol.</summary>
    public required string Id { get; init; }

    /// <summary>The risk, for the patient.</summary>
    public required string Text { get; init; }

    /// <summary>Where it is read from.</summary>
    public required SourceLine Source { get; init; }
}
