using System.Text.Json;

namespace Screening.Rules;

/// <summary>The answers of worked examples.</summary>
public static class ExampleAnswers
{
    /// <summary>The answers as a JSON object: the baseline's, replaced by the example's own, in the order of the baseline.</summary>
    /// <param name="baseline">The baseline of every example.</param>
    /// <param name="own">The example's own answers, an object; null for none.</param>
    /// <param name="without">The questions of the baseline left unanswered.</param>
    public static byte[] Merge(ExampleBaseline baseline, JsonElement? own, IReadOnlyList<string>? without)
    {
        var members = new OrderedDictionary<string, JsonProperty>(StringComparer.Ordinal);
        foreach (var member in baseline.Answers.EnumerateObject().Where(member => without?.Contains(member.Name) != true)
            .Concat(own?.EnumerateObject() ?? default))
        {
            members[member.Name] = member;
        }

        using var merged = new MemoryStream();
        using (var writer = new Utf8JsonWriter(merged))
        {
            writer.WriteStartObject();
            foreach (var member in members.Values)
            {
                member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return merged.ToArray();
    }
}
