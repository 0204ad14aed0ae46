using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Screening.Api.Contract;

/// <summary>
/// Serializes the responses that are not on the hot path, from their own types. Absent optional members are omitted. Only decisions have
/// their own writer, for speed.
/// </summary>
[JsonSerializable(typeof(CarePlanResponse))]
[JsonSerializable(typeof(CdsCardsResponse))]
[JsonSerializable(typeof(CdsServicesResponse))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(ProblemDescription))]
[JsonSerializable(typeof(ProblemListResponse))]
[JsonSerializable(typeof(ProtocolListResponse))]
[JsonSerializable(typeof(SigningKeysResponse))]
[JsonSerializable(typeof(VerifyDecisionResponse))]
internal sealed partial class ResponseJson : JsonSerializerContext
{
    private static readonly JsonSerializerOptions Written = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new ResponseJson().WithAddedModifier(DaysOrTimes),
    };

    /// <summary>Returns the serialization metadata of a response type.</summary>
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Written.GetTypeInfo(typeof(T));

    /// <summary>Serializes a response for an example.</summary>
    public static JsonNode ToNode<T>(T response) => JsonSerializer.SerializeToNode(response, Of<T>())!;

    /// <summary>A step has either days or times; of the ones it has, an open end is null.</summary>
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
