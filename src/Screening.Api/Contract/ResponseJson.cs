using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Screening.Api.Contract;

/// <summary>
/// How answers that are not asked for by the thousand are written: by the serializer, from their own types. What is optional and absent is
/// left out. Decisions alone have a writer of their own, for speed.
/// </summary>
[JsonSerializable(typeof(CarePlanResponse))]
[JsonSerializable(typeof(CdsCardsResponse))]
[JsonSerializable(typeof(CdsServicesResponse))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(ProtocolListResponse))]
internal sealed partial class ResponseJson : JsonSerializerContext
{
    private static readonly JsonSerializerOptions Written = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new ResponseJson().WithAddedModifier(DaysOrTimes),
    };

    /// <summary>How an answer of this type is written.</summary>
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Written.GetTypeInfo(typeof(T));

    /// <summary>An answer as it is written, for an example of it.</summary>
    public static JsonNode ToNode<T>(T answer) => JsonSerializer.SerializeToNode(answer, Of<T>())!;

    /// <summary>A step has either days or times; of those that it has, an open end is null.</summary>
    private static void DaysOrTimes(JsonTypeInfo type)
    {
        foreach (var member in type.Type == typeof(CarePlanStep) ? type.Properties : [])
        {
            member.ShouldSerialize = member.Name switch
            {
                "startsOn" or "endsOn" => (step, _) => !((CarePlanStep)step).HasTimes,
                "startsAt" or "endsAt" => (step, _) => ((CarePlanStep)step).HasTimes,
                _ => member.ShouldSerialize,
            };
        }
    }
}
