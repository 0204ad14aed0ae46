using System.Globalization;
using System.Text.Json;

namespace Screening.Fhir.Reading;

/// <summary>
/// Where a body in JSON contains something else than a resource with a type in the place of a contained one: the SDK fails on some of those without telling
/// where, and takes seconds for a body full of them.
/// </summary>
internal sealed class UntypedResources
{
    // The name of every element of FHIR is shorter; below another one nothing is looked for, so that no path grows with the body.
    private const int LongestName = 64;

    private readonly List<string> found = [];
    private readonly Stack<string> path = new();

    private UntypedResources()
    {
    }

    /// <summary>FHIRPath to each, in order, up to as many as are told; none for a body that is no JSON.</summary>
    public static IReadOnlyList<string> In(ReadOnlySpan<byte> body, string root)
    {
        var search = new UntypedResources();
        search.path.Push(root);
        try
        {
            using var document = JsonDocument.Parse(body.ToArray());
            search.Look(document.RootElement);
        }
        catch (JsonException)
        {
            return [];
        }

        return search.found;
    }

    private void Look(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject().Where(member => member.Name.Length <= LongestName))
            {
                Within("." + member.Name, member.Value, member.Name == "contained" ? LookAtList : Look);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            Each(element, Look);
        }
    }

    private void LookAtList(JsonElement list)
    {
        if (list.ValueKind == JsonValueKind.Array)
        {
            Each(list, LookAtResource);
        }
        else
        {
            Found();
        }
    }

    private void LookAtResource(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("resourceType", out var type) && type.ValueKind == JsonValueKind.String)
        {
            Look(value);
        }
        else
        {
            Found();
        }
    }

    private void Each(JsonElement list, Action<JsonElement> look)
    {
        foreach (var (i, element) in list.EnumerateArray().Index())
        {
            Within(string.Create(CultureInfo.InvariantCulture, $"[{i}]"), element, look);
        }
    }

    private void Within(string step, JsonElement element, Action<JsonElement> look)
    {
        path.Push(step);
        look(element);
        path.Pop();
    }

    private void Found()
    {
        if (found.Count < ResourceReader.MostErrors)
        {
            found.Add(string.Concat(path.Reverse()));
        }
    }
}
