using System.Text.Json;
using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Reference;

/// <summary>Reads members of a JSON object and notes what is not of the right shape.</summary>
internal static class NaiveJson
{
    public static void UnknownMembers(JsonObject parent, string at, string[] allowed, NaiveErrors errors)
    {
        foreach (KeyValuePair<string, JsonNode?> member in parent)
        {
            if (!allowed.Contains(member.Key))
            {
                errors.Shape(at + "/" + Escape(member.Key));
            }
        }
    }

    public static string? Text(JsonObject parent, string name, string at, bool required, NaiveErrors errors)
    {
        if (!parent.TryGetPropertyValue(name, out JsonNode? node))
        {
            if (required)
            {
                errors.Shape(at + "/" + name);
            }

            return null;
        }

        string? text = AsText(node);
        if (text is null)
        {
            errors.Shape(at + "/" + name);
        }

        return text;
    }

    public static JsonObject? Object(JsonObject parent, string name, string at, NaiveErrors errors)
    {
        if (parent.TryGetPropertyValue(name, out JsonNode? node) && node is JsonObject found)
        {
            return found;
        }

        // Every object member of the contract is required.
        errors.Shape(at + "/" + name);
        return null;
    }

    /// <summary>Every array member of the contract is optional.</summary>
    public static JsonArray? Array(JsonObject parent, string name, string at, NaiveErrors errors)
    {
        if (!parent.TryGetPropertyValue(name, out JsonNode? node))
        {
            return null;
        }

        if (node is JsonArray found)
        {
            return found;
        }

        errors.Shape(at + "/" + name);
        return null;
    }

    /// <summary>Null for anything that is not a string, JSON null included.</summary>
    public static string? AsText(JsonNode? node)
    {
        if (node is JsonValue value && value.GetValueKind() == JsonValueKind.String)
        {
            return value.GetValue<string>();
        }

        return null;
    }

    public static string Escape(string name)
    {
        return name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
    }
}
