using System.Text.Json.Nodes;

namespace Screening.Rules.Tests.Support;

/// <summary>
/// Edits a protocol's file by JSON pointer. A step in braces, as in <c>/rules/{pregnancy}/line</c>, is the element of that id, code or
/// example name: tests do not depend on the order of the file.
/// </summary>
public static class Editing
{
    /// <summary>The pointer with its braces resolved to positions; what it points to need not exist.</summary>
    public static string Resolve(this JsonObject file, string path)
    {
        JsonNode? at = file;
        var pointer = "";
        foreach (var step in path.Split('/').Skip(1))
        {
            var name = step.StartsWith('{') ? Position(at!.AsArray(), step[1..^1]).ToString() : step;
            at = at is JsonArray list ? list.ElementAtOrDefault(int.Parse(name)) : (at as JsonObject)?[name];
            pointer = Pointer.To(pointer, name);
        }

        return pointer;
    }

    /// <summary>The value at a path.</summary>
    public static JsonNode At(this JsonObject file, string path) =>
        path.Split('/').Skip(1).Aggregate((JsonNode)file, (at, step) => at is JsonArray list
            ? list[step.StartsWith('{') ? Position(list, step[1..^1]) : int.Parse(step)]!
            : at[step]!);

    /// <summary>Puts a value, given as JSON, in place of a member or an element.</summary>
    public static void Set(this JsonObject file, string path, string json)
    {
        var (parent, step) = Split(file, path);
        if (parent is JsonArray list)
        {
            list[step.StartsWith('{') ? Position(list, step[1..^1]) : int.Parse(step)] = JsonNode.Parse(json);
        }
        else
        {
            parent.AsObject()[step] = JsonNode.Parse(json);
        }
    }

    /// <summary>Takes a member or an element away.</summary>
    public static void Cut(this JsonObject file, string path)
    {
        var (parent, step) = Split(file, path);
        if (parent is JsonArray list)
        {
            list.RemoveAt(step.StartsWith('{') ? Position(list, step[1..^1]) : int.Parse(step));
        }
        else
        {
            Assert.True(parent.AsObject().Remove(step), $"There is no {path} to remove.");
        }
    }

    /// <summary>Puts a value at the end of a list.</summary>
    public static void Append(this JsonObject file, string path, string json) => file.At(path).AsArray().Add(JsonNode.Parse(json));

    private static (JsonNode Parent, string Step) Split(JsonObject file, string path)
    {
        var slash = path.LastIndexOf('/');
        return (slash == 0 ? file : file.At(path[..slash]), path[(slash + 1)..]);
    }

    private static int Position(JsonArray list, string name)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is JsonObject one && (one["id"] ?? one["code"] ?? one["name"])?.GetValue<string>() == name)
            {
                return i;
            }
        }

        throw new InvalidOperationException($"Nothing in the list is called {name}.");
    }
}
