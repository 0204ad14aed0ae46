using System.Globalization;
using System.Text;
using System.Text.Json;
using Screening.Rules;

namespace Screening.Fhir.Reading;

/// <summary>
/// Where a body in JSON has what the SDK fails on without telling where, or takes seconds for: a resource without a type that there is, a member without a
/// name, a member that stands twice, a narrative that is nested deeply.
/// </summary>
internal sealed class UnreadablePaths
{
    // The name of every element of FHIR is shorter; below another one nothing is looked for, so that no path grows with the body.
    private const int LongestName = 64;

    private readonly List<(string Place, ErrorCode Code)> found = [];
    private readonly Stack<string> path = new();
    private readonly bool duplicates;

    private UnreadablePaths(bool duplicates) => this.duplicates = duplicates;

    /// <summary>FHIRPath to each, in order.</summary>
    /// <param name="body">The body, which is within the limits.</param>
    /// <param name="root">The type of the body's resource.</param>
    /// <param name="duplicates">True: only members that stand twice are looked for.</param>
    public static IReadOnlyList<(string Place, ErrorCode Code)> In(JsonElement body, string root, bool duplicates = false)
    {
        var search = new UnreadablePaths(duplicates);
        search.path.Push(root);
        search.Look(body, string.Empty);
        return search.found;
    }

    private void Look(JsonElement element, string owner)
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
            LookAtMembers(element, owner);
        }
    }

    private void LookAtMembers(JsonElement element, string owner)
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
            Look(element, name);
        }

        path.Pop();
    }

    private void AddDuplicates(JsonElement element)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in element.EnumerateObject().Select(member => member.Name).Where(name => !names.Add(name) && name.Length <= LongestName))
        {
            // The type of a resource is no element of it.
            Found(ErrorCode.RepeatedMember, name == "resourceType" ? string.Empty : "." + name);
        }
    }

    private static bool IsResource(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("resourceType", out var type) && type.ValueKind == JsonValueKind.String && ResourceTypes.IsOne(type.GetString());

    /// <summary>True as well for what is no XML: the SDK says so, and quickly.</summary>
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
