using System.Text.Json.Nodes;

namespace Screening.Api.Tests.OpenApi;

/// <summary>The served document, as plain JSON: read by nothing that helped to write it.</summary>
internal sealed class OpenApi(JsonNode root)
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "head", "options"];

    /// <summary>The whole document.</summary>
    public JsonNode Root { get; } = root;

    /// <summary>Every operation.</summary>
    public IReadOnlyList<(string Path, string Method, JsonObject Node)> Operations { get; } =
        [.. from path in root["paths"]!.AsObject() from operation in path.Value!.AsObject() where Methods.Contains(operation.Key) select (path.Key, operation.Key, operation.Value!.AsObject())];

    /// <summary>Every named schema.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonNode>> Schemas { get; } = [.. root["components"]!["schemas"]!.AsObject().Select(schema => KeyValuePair.Create(schema.Key, schema.Value!))];

    /// <summary>Asks the service.</summary>
    public static async Task<OpenApi> GetAsync(ServiceFixture service) => new(JsonNode.Parse(await service.Client.GetByteArrayAsync("/openapi/v1.json"))!);

    /// <summary>The schema that a reference leads to; null when it leads nowhere.</summary>
    public JsonNode? Schema(string reference) => Root["components"]!["schemas"]![reference.Split('/')[^1]];

    /// <summary>The component that a reference leads to; null when it leads nowhere.</summary>
    public JsonNode? Component(string reference) =>
        reference.Split('/') is ["#", "components", var kind, var name] ? Root["components"]![kind]![name] : null;

    /// <summary>The examples of a body, by name.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode>> Examples(JsonNode content) =>
        content["examples"] is JsonObject named ? named.Select(example => KeyValuePair.Create(example.Key, example.Value!["value"]!))
            : content["example"] is { } only ? [KeyValuePair.Create("example", only)]
            : [];

    /// <summary>A node and all that is in it.</summary>
    public static IEnumerable<JsonNode> Everything(JsonNode node) => node switch
    {
        JsonObject members => members.Select(member => member.Value).OfType<JsonNode>().SelectMany(Everything).Prepend(node),
        JsonArray list => list.OfType<JsonNode>().SelectMany(Everything).Prepend(node),
        _ => [node],
    };

    /// <summary>The names of the schemas that a schema is made of.</summary>
    public HashSet<string> Reachable(JsonNode schema)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<JsonNode>([schema]);
        while (open.TryPop(out var next))
        {
            foreach (var reference in Everything(next).OfType<JsonObject>().Select(node => node["$ref"]).OfType<JsonValue>().Select(value => (string)value!))
            {
                if (found.Add(reference.Split('/')[^1]))
                {
                    open.Push(Schema(reference)!);
                }
            }
        }

        return found;
    }
}
