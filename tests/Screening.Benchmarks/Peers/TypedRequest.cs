using System.Text.Json;
using System.Text.Json.Serialization;

namespace Screening.Benchmarks.Peers;

// The request as a typed record. Members can be set, since init-only ones cost the generated reader a good deal more. Clearances are outside
// of the comparison: no peer offers them.

public sealed record TypedRequest
{
    public required string Protocol { get; set; }

    public required TypedAppointment Appointment { get; set; }

    public DateTimeOffset? AsOf { get; set; }

    public string? Reference { get; set; }

    public StatedStart[]? Slots { get; set; }

    public required TypedAnswers Answers { get; set; }
}

public sealed record TypedAppointment
{
    public required string TimeZone { get; set; }

    public StatedStart? Start { get; set; }

    public StatedStart? End { get; set; }

    public Place[]? Areas { get; set; }
}

public sealed record TypedAnswers
{
    public YesNo Pregnancy { get; set; }

    public YesNo Breastfeeding { get; set; }

    public YesNo ImmuneImpairment { get; set; }

    public YesNo SkinAllergy { get; set; }

    public YesNo MetalAllergy { get; set; }

    public YesNo BleedingOrVascularDisorder { get; set; }

    public SkinCancer SkinCancer { get; set; }

    public AnticoagulantUse AnticoagulantUse { get; set; }

    public ElectronicImplant[]? ElectronicImplants { get; set; }

    public Place[]? MetalPlates { get; set; }

    public SkinCondition[]? SkinConditions { get; set; }

    public RetinoidUse TopicalRetinoidUse { get; set; }

    public SaidDate TopicalRetinoidLastUsed { get; set; }

    public IsotretinoinUse IsotretinoinUse { get; set; }

    public SaidDate IsotretinoinLastTaken { get; set; }

    public YesNo HerpesSimplexHistory { get; set; }

    public DateOnly? AntiviralStart { get; set; }

    public DateOnly? AntiviralEnd { get; set; }

    public TypedInjections? Injections { get; set; }

    public YesNo SkincareKit { get; set; }
}

/// <summary>The list of injections; null: the person cannot say.</summary>
[JsonConverter(typeof(TypedInjectionsConverter))]
public sealed record TypedInjections(TypedInjection[]? List);

public struct TypedInjection
{
    public required Product Product { get; set; }

    public required SaidDate Date { get; set; }
}

/// <summary>The list, or the string <c>unknown</c> in its place.</summary>
public sealed class TypedInjectionsConverter : JsonConverter<TypedInjections>
{
    public override TypedInjections Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType != JsonTokenType.String ? new TypedInjections(JsonSerializer.Deserialize(ref reader, TypedJson.Default.TypedInjectionArray))
        : reader.ValueTextEquals("unknown"u8) ? new TypedInjections(null)
        : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, TypedInjections value, JsonSerializerOptions options)
    {
        if (value.List is null)
        {
            writer.WriteStringValue("unknown"u8);
        }
        else
        {
            JsonSerializer.Serialize(writer, value.List, TypedJson.Default.TypedInjectionArray);
        }
    }
}

/// <summary>A start as stated: bare local time, or with an offset.</summary>
[JsonConverter(typeof(StatedStartConverter))]
public readonly record struct StatedStart(DateTime Local, TimeSpan? Offset);

/// <summary>Tells a bare local time from one with an offset, which the framework's own types do not.</summary>
public sealed class StatedStartConverter : JsonConverter<StatedStart>
{
    public override StatedStart Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TryGetDateTime(out var local) && local.Kind == DateTimeKind.Unspecified)
        {
            return new StatedStart(local, null);
        }

        var time = reader.GetDateTimeOffset();
        return new StatedStart(time.DateTime, time.Offset);
    }

    public override void Write(Utf8JsonWriter writer, StatedStart value, JsonSerializerOptions options) => throw new NotSupportedException();
}
