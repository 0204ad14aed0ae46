using System.Text.Json;
using Screening.Rules;

namespace Screening.Api.Receipts;

/// <summary>Compares JSON values.</summary>
internal static class JsonDifference
{
    /// <summary>Adds the pointers to all that is in one value and not, or otherwise, in the other. The order of members is none.</summary>
    public static void Add(JsonElement one, JsonElement other, string pointer, ICollection<string> differences)
    {
        if (one.ValueKind == JsonValueKind.Object && other.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in one.EnumerateObject().Concat(other.EnumerateObject()).Select(member => member.Name).Distinct())
            {
                var at = Pointer.To(pointer, name);
                if (one.TryGetProperty(name, out var member) && other.TryGetProperty(name, out var counterpart))
                {
                    Add(member, counterpart, at, differences);
                }
                else
                {
                    differences.Add(at);
                }
            }
        }
        else if (one.ValueKind == JsonValueKind.Array && other.ValueKind == JsonValueKind.Array)
        {
            var (length, otherLength) = (one.GetArrayLength(), other.GetArrayLength());
            for (var i = 0; i < Math.Max(length, otherLength); i++)
            {
                var at = Pointer.To(pointer, i);
                if (i < length && i < otherLength)
                {
                    Add(one[i], other[i], at, differences);
                }
                else
                {
                    differences.Add(at);
                }
            }
        }
        else if (!JsonElement.DeepEquals(one, other))
        {
            differences.Add(pointer);
        }
    }
}
