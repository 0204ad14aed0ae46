using System.Text.Json;
using System.Text.Json.Nodes;
using Screening.Benchmarks.Peers;

namespace Screening.Benchmarks;

/// <summary>Every peer in C# must give the service's own answer to every sample, whole and word for word, before any is timed.</summary>
internal static class PeersCheck
{
    /// <summary>The differences; none when all agree.</summary>
    public static IEnumerable<string> Differences()
    {
        foreach (var sample in Sample.Names)
        {
            var body = Sample.Body(sample);
            var expected = Comparable(ServicePath.AnswerBytes(body));
            foreach (var (peer, answer) in new[] { ("hand-written", Typed(body, null)), ("RulesEngine", Typed(body, RulesEngineScreening.Screen)) })
            {
                var actual = Comparable(answer);
                foreach (var (member, value) in expected)
                {
                    if (!JsonNode.DeepEquals(value, actual[member]))
                    {
                        yield return $"{sample}, {peer}, {member}: expected {value?.ToJsonString()}, was {actual[member]?.ToJsonString()}";
                    }
                }

                if (actual.Count != expected.Count)
                {
                    yield return $"{sample}, {peer}: other members";
                }
            }
        }
    }

    private static byte[] Typed(byte[] body, Func<TypedAnswers, Place[]?, DateOnly, DateOnly, TypedFindings>? rules) =>
        JsonSerializer.SerializeToUtf8Bytes(
            TypedScreening.Screen(JsonSerializer.Deserialize(body, TypedJson.Default.TypedRequest)!, ServicePath.Now.ToDateTimeOffset(), rules)!,
            TypedJson.Default.TypedDecision);

    /// <summary>The answer without what is new each time.</summary>
    private static JsonObject Comparable(byte[] answer)
    {
        var decision = JsonNode.Parse(answer)!.AsObject();
        decision.Remove("decisionId");
        return decision;
    }
}
