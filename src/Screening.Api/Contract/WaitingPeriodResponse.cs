using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Screening.Rules;

namespace Screening.Api.Contract;

/// <summary>A run of free dates, both ends inclusive.</summary>
public sealed class DateWindow
{
    /// <summary>First free date.</summary>
    [DataType(DataType.Date)]
    public required string From { get; init; }

    /// <summary>Last free date; null = open.</summary>
    [DataType(DataType.Date)]
    public required string? Through { get; init; }
}

/// <summary>One wait: a blocked interval of clinic-local dates, both ends inclusive.</summary>
public sealed class WaitingPeriodResponse
{
    /// <summary>The rule that waits.</summary>
    public required string RuleId { get; init; }

    /// <summary>How many days it waits: day 0 is the event, and the event + days is allowed.</summary>
    [Range(1, 3650)]
    public required int Days { get; init; }

    /// <summary>What it is counted from.</summary>
    public required WaitingPeriodEvent Event { get; init; }

    /// <summary>First blocked date; null = open.</summary>
    [DataType(DataType.Date)]
    public required string? BlockedFrom { get; init; }

    /// <summary>Last blocked date.</summary>
    [DataType(DataType.Date)]
    public required string BlockedThrough { get; init; }

    /// <summary>The date after it.</summary>
    [DataType(DataType.Date)]
    public required string ClearsOn { get; init; }

    /// <summary>`pending` when the requested date lies in it, else `satisfied`.</summary>
    public required WaitStatus Status { get; init; }
}

/// <summary>Whether the requested date lies in a wait.</summary>
[JsonConverter(typeof(ExactEnumConverter<WaitStatus>))]
public enum WaitStatus
{
    /// <summary>It does.</summary>
    Pending,

    /// <summary>It does not.</summary>
    Satisfied,
}

/// <summary>What a wait is counted from. An event of a list also has its coded member, such as `product`.</summary>
public sealed class WaitingPeriodEvent
{
    /// <summary>The question that tells it.</summary>
    public required string Question { get; init; }

    /// <summary>Its position in the list of that question, from 0; those of a health record go on behind those of the person.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Index { get; init; }

    /// <summary>
    /// The date as it was said, or as the record has it: in part, or `unknown`; null when nobody said one and the as-of date is assumed.
    /// </summary>
    public required string? Date { get; init; }

    /// <summary>The date that is counted with: the worst case of what was said.</summary>
    [DataType(DataType.Date)]
    public required string AssumedDate { get; init; }

    /// <summary>True when a health record tells the event, its date or the use, and the person did not; else absent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? FromRecord { get; init; }

    /// <summary>The coded member of an event.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Coded { get; set; }
}

/// <summary>What must be met. Which dates there are depends on the rule.</summary>
public sealed class RequirementResponse
{
    /// <summary>The rule that requires it.</summary>
    public required string RuleId { get; init; }

    /// <summary>Last day of use.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [DataType(DataType.Date)]
    public string? StopBy { get; init; }

    /// <summary>Latest first day of the course.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [DataType(DataType.Date)]
    public string? StartBy { get; init; }

    /// <summary>Earliest last day of the course.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [DataType(DataType.Date)]
    public string? ContinueThrough { get; init; }
}
