using System.Globalization;
using System.Text.Json;

namespace Screening.Fhir.Reading;

/// <summary>
/// Where a body in JSON has something else than a resource with a type in the place of a resource: the SDK fails on some of those without telling where.
/// </summary>
internal static class UntypedResources
{
    /// <summary>FHIRPath to each, in order; none for a body that is no JSON.</summary>
    public static IReadOnlyList<string> In(ReadOnlySpan<byte> body, string root)
    {
        try
        {
            using var document = JsonDocument.Parse(body.ToArray());
            return [.. In(document.RootElement, root)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static IEnumerable<string> In(JsonElement element, string at) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Of(member, $"{at}.{member.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((one, i) => In(one, Indexed(at, i))),
        _ => [],
    };

    private static IEnumerable<string> Of(JsonProperty member, string at) => member.Name switch
    {
        "resource" when !HasType(member.Value) => [at],
        "contained" when member.Value.ValueKind != JsonValueKind.Array => [at],
        "contained" => member.Value.EnumerateArray().SelectMany((one, i) => HasType(one) ? In(one, Indexed(at, i)) : [Indexed(at, i)]),
        _ => In(member.Value, at),
    };

    private static string Indexed(string at, int index) => string.Create(CultureInfo.InvariantCulture, $"{at}[{index}]");

    private static bool HasType(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("resourceType", out var type) && type.ValueKind == JsonValueKind.String;
}
