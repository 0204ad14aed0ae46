using System.Globalization;
using System.Text;
using System.Text.Json;
using Screening.Rules;

namespace Screening.Fhir.Reading;

/// <summary>
/// Finds what the SDK fails on without a location, or takes seconds for: resources without a known type, members without a name, repeated
/// members, deeply nested narratives.
/// </summary>
internal sealed class UnreadablePaths
{
    // Longer than every element name in FHIR. Members of longer names are not searched, so that paths stay short.
    private const int LongestName = 64;

    private readonly List<(string Place, ErrorCode Code)> found = [];
    private readonly Stack<string> path = new();
    private readonly bool duplicates;

    private UnreadablePaths(bool duplicates) => this.duplicates = duplicates;

    /// <summary>FHIRPath to each, in order.</summary>
    /// <param name="body">The body, within the limits.</param>
    /// <param name="root">The type of the body's resource.</param>
    /// <param name="duplicates">True to search only for repeated members.</param>
    public static IReadOnlyList<(string Place, ErrorCode Code)> In(JsonElement body, string root, bool duplicates = false)
    {
        var search = new UnreadablePaths(duplicates);
        search.path.Push(root);
        search.Search(body, string.Empty);
        return search.found;
    }

    private void Search(JsonElement element, string owner)
    {
        if (found.Count == SdkReader.MostFlaws)
        {
            return;
        }

        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var (i, one) in element.EnumerateArray().Index())
            {
                Within(string.Create(CultureInfo.InvariantCulture, $"[{i}]"), one, owner, owner == "contained");
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            SearchMembers(element, owner);
        }
    }

    private void SearchMembers(JsonElement element, string owner)
    {
        if (duplicates)
        {
            AddDuplicates(element);
        }

        foreach (var member in element.EnumerateObject().Where(member => member.Name.Length <= LongestName))
        {
            if (!duplicates && member.Name is "" or "_")
            {
                Found(ErrorCode.UnknownMember);
            }
            else if (!duplicates && member is { Name: "contained", Value.ValueKind: not JsonValueKind.Array })
            {
                Found(ErrorCode.WrongType, ".contained");
            }
            else if (!duplicates && member is { Name: "div", Value.ValueKind: JsonValueKind.String } && !IsShallow(member.Value.GetString()!))
            {
                Found(ErrorCode.WrongType, ".div");
            }
            else
            {
                Within("." + member.Name, member.Value, member.Name, member.Name == "resource" && owner is "entry" or "parameter" or "part");
            }
        }
    }

    private void Within(string step, JsonElement element, string name, bool isResource)
    {
        path.Push(step);
        if (isResource && !duplicates && !IsResource(element))
        {
            Found(ErrorCode.WrongType);
        }
        else
        {
            Search(element, name);
        }

        path.Pop();
    }

    private void AddDuplicates(JsonElement element)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in element.EnumerateObject().Select(member => member.Name).Where(name => !names.Add(name) && name.Length <= LongestName))
        {
            // The type of a resource is not an element.
            Found(ErrorCode.RepeatedMember, name == "resourceType" ? string.Empty : "." + name);
        }
    }

    private static bool IsResource(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("resourceType", out var type)
        && type.ValueKind == JsonValueKind.String && ResourceTypes.IsConcrete(type.GetString());

    /// <summary>True also for invalid XML, which the SDK reports quickly.</summary>
    private static bool IsShallow(string narrative) => !Parsing.Try(Encoding.UTF8.GetBytes(narrative), DepthOf, out var depth) || depth <= BodyLimits.Deepest;

    private static int DepthOf(ReadOnlySpan<byte> narrative)
    {
        using var reader = SdkReader.OpenXml(narrative);
        var deepest = 0;
        while (deepest <= BodyLimits.Deepest && reader.Read())
        {
            deepest = Math.Max(deepest, reader.Depth);
        }

        return deepest;
    }

    private void Found(ErrorCode code, string step = "") => found.Add((string.Concat(path.Reverse()) + step, code));
}
