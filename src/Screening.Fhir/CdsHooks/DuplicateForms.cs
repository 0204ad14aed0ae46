using System.Text.Json;
using System.Text.Json.Nodes;
using Screening.Rules;

namespace Screening.Fhir.CdsHooks;

/// <summary>Forms of which several are one: sent twice, stored twice, or one resource in two versions.</summary>
internal static class DuplicateForms
{
    // What a server adds to a form, or makes of it: nothing of it is an answer.
    private static readonly HashSet<string> OfTheServer = new(["id", "meta", "text", "identifier", "language"], StringComparer.Ordinal);

    /// <summary>
    /// The forms, each once: of those that say the same the first, of the versions of one resource the newest if it can be told.
    /// </summary>
    public static List<JsonElement> Once(IEnumerable<JsonElement> forms) =>
    [
        .. forms.DistinctBy(ContentOf, StringComparer.Ordinal).GroupBy(form => ResourceJson.Text(form, "id"), StringComparer.Ordinal)
            .SelectMany(versions => versions.Key is null ? [.. versions] : Newest([.. versions])),
    ];

    /// <summary>All that a form says, in one order: of those that say the same the same text.</summary>
    private static string ContentOf(JsonElement form) => Sorted(form, OfTheServer.Contains)!.ToJsonString();

    private static JsonNode? Sorted(JsonElement value, Func<string, bool> leaveOut) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(value.EnumerateObject()
            .Where(member => !leaveOut(member.Name)).OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Name, Sorted(member.Value, _ => false)))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(element => Sorted(element, _ => false))]),
        _ => JsonValue.Create(value),
    };

    /// <summary>The version that was stored last; all of them when that cannot be told.</summary>
    private static List<JsonElement> Newest(List<JsonElement> versions)
    {
        var times = versions.ConvertAll(
            version => FilledInTime.Read(version.TryGetProperty("meta", out var meta) ? ResourceJson.Text(meta, "lastUpdated") : null));
        return FilledInTime.Latest(times) is { } newest ? [versions[newest]] : versions;
    }
}
