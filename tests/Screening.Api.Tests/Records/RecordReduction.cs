using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Records;

/// <summary>Takes away from a record whatever a difference does not need, so that a failure shows its cause.</summary>
internal static class RecordReduction
{
    /// <summary>What makes a resource one at all.</summary>
    private static readonly string[] Kept =
        ["resourceType", "id", "subject", "patient", "status", "intent", "device", "manipulated", "code", "name", "system", "reference"];

    public static async Task<List<JsonObject>> ReduceAsync(List<JsonObject> record, Func<List<JsonObject>, Task<bool>> differs)
    {
        var smaller = true;
        while (smaller)
        {
            smaller = false;
            foreach (var candidate in Without(record))
            {
                if (await differs(candidate))
                {
                    record = candidate;
                    smaller = true;
                    break;
                }
            }
        }

        return record;
    }

    /// <summary>The record without one resource, or without one member or element of one.</summary>
    private static IEnumerable<List<JsonObject>> Without(List<JsonObject> record)
    {
        foreach (var i in Enumerable.Range(0, record.Count))
        {
            yield return [.. record.Where((_, at) => at != i)];
            foreach (var smaller in Without(record[i]))
            {
                yield return [.. record.Select((resource, at) => at == i ? smaller.AsObject() : resource)];
            }
        }
    }

    private static IEnumerable<JsonNode> Without(JsonNode node)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members)
            {
                if (!Kept.Contains(name))
                {
                    var copy = node.DeepClone();
                    copy.AsObject().Remove(name);
                    yield return copy;
                }

                foreach (var smaller in value is JsonObject or JsonArray ? Without(value) : [])
                {
                    var copy = node.DeepClone();
                    copy[name] = smaller;
                    yield return copy;
                }
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var i in Enumerable.Range(0, list.Count))
            {
                if (list.Count > 1)
                {
                    var copy = node.DeepClone();
                    copy.AsArray().RemoveAt(i);
                    yield return copy;
                }

                foreach (var smaller in list[i] is JsonObject or JsonArray ? Without(list[i]!) : [])
                {
                    var copy = node.DeepClone();
                    copy[i] = smaller;
                    yield return copy;
                }
            }
        }
    }
}
