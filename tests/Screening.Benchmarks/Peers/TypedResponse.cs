using System.Text.Json;
using System.Text.Json.Serialization;

namespace Screening.Benchmarks.Peers;

// The decision as a typed record: member for member what the service answers.

public sealed record TypedDecision
{
    public required Guid DecisionId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reference { get; init; }

    public required Status Eligibility { get; init; }

    public required bool Bookable { get; init; }

    public required DateOnly? EarliestDate { get; init; }

    public required DateOnly NotBefore { get; init; }

    public required TypedWindow[] Windows { get; init; }

    public required WaitingPeriod[] WaitingPeriods { get; init; }

    public required RequirementEntry[] Requirements { get; init; }

    public required Reason[] Reasons { get; init; }

    public required MissingEntry[] Missing { get; init; }

    public required TraceEntry[] Trace { get; init; }

    public required Slot[] Slots { get; init; }

    public required ProtocolEntry Protocol { get; init; }

    public required DateTime AsOf { get; init; }

    public required AppointmentEntry Appointment { get; init; }
}

public sealed record WaitingPeriod(string RuleId, int Days, WaitingPeriodEvent Event, DateOnly? BlockedFrom, DateOnly BlockedThrough, DateOnly ClearsOn, WaitStatus Status);

public sealed record WaitingPeriodEvent
{
    public required string Question { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Index { get; init; }

    public required SaidDate? Date { get; init; }

    public required DateOnly AssumedDate { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Product Product { get; init; }
}

public sealed record RequirementEntry
{
    public required string RuleId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? StopBy { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? StartBy { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? ContinueThrough { get; init; }
}

public sealed record Reason(string RuleId, RuleOutcome Outcome, RuleEffect Effect, bool Binding, string Persistence, string Message, string PatientMessage, Evidence[] Evidence, SourceEntry Source);

public sealed record Evidence(string Question, AnswerValue Answer);

public sealed record SourceEntry(string Document, int Line);

public sealed record MissingEntry(string Question, string Pointer, string Text);

public sealed record TraceEntry(string RuleId, RuleOutcome Outcome, RuleEffect Effect);

public sealed record Slot(DateTimeOffset Start, DateOnly Date, Status Eligibility, bool Bookable);

public sealed record ProtocolEntry(string Id, string Version, string Digest);

public sealed record AppointmentEntry
{
    public required string TimeZone { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Start { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? End { get; init; }

    public required DateOnly Date { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Place[]? Areas { get; init; }
}

/// <summary>An answer as evidence: a code, a date, or a list.</summary>
[JsonConverter(typeof(AnswerValueConverter))]
public readonly record struct AnswerValue(JsonEncodedText Code, SaidDate Date, object? List);

/// <summary>Writes whichever it is.</summary>
public sealed class AnswerValueConverter : JsonConverter<AnswerValue>
{
    public override AnswerValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, AnswerValue value, JsonSerializerOptions options)
    {
        // By exact type: to a pattern, arrays of enums of one size are all alike.
        var type = value.List?.GetType();
        if (type == typeof(SkinCondition[]))
        {
            WriteCodes(writer, (SkinCondition[])value.List!);
        }
        else if (type == typeof(Place[]))
        {
            WriteCodes(writer, (Place[])value.List!);
        }
        else if (type == typeof(ElectronicImplant[]))
        {
            WriteCodes(writer, (ElectronicImplant[])value.List!);
        }
        else if (value.List is TypedInjections injections)
        {
            JsonSerializer.Serialize(writer, injections, TypedJson.Default.TypedInjections);
        }
        else
        {
            WriteOne(writer, value, options);
        }
    }

    private static void WriteOne(Utf8JsonWriter writer, AnswerValue value, JsonSerializerOptions options)
    {
        if (value.Date.IsAbsent)
        {
            writer.WriteStringValue(value.Code);
        }
        else
        {
            Dates.Write(writer, value.Date, options);
        }
    }

    private static readonly SaidDateConverter Dates = new();

    private static void WriteCodes<T>(Utf8JsonWriter writer, T[] codes)
        where T : struct, Enum
    {
        writer.WriteStartArray();
        foreach (var code in codes)
        {
            writer.WriteStringValue(CodeConverter<T>.Text(code));
        }

        writer.WriteEndArray();
    }
}

/// <summary>Generated readers and writers for both shapes. Unknown members are refused, as the service does.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    GenerationMode = JsonSourceGenerationMode.Default)]
[JsonSerializable(typeof(TypedRequest))]
[JsonSerializable(typeof(TypedDecision))]
[JsonSerializable(typeof(TypedInjection[]))]
[JsonSerializable(typeof(TypedInjections))]
public sealed partial class TypedJson : JsonSerializerContext;
