using System.Text.Json.Nodes;

namespace Screening.Api.Tests.OpenApi;

/// <summary>Every schema of a document, wherever it stands; an example is none.</summary>
internal static class OpenApiSchemas
{
    private static readonly string[] Several = ["allOf", "anyOf", "oneOf"];
    private static readonly string[] One = ["items", "additionalProperties", "not"];

    /// <summary>The schemas of the components, of parameters, of bodies and of headers, with those inside.</summary>
    public static IEnumerable<JsonObject> Of(OpenApi document)
    {
        var inOperations = document.Operations.SelectMany(operation =>
            (operation.Node["parameters"] as JsonArray ?? []).Select(parameter => parameter!["schema"]!)
                .Concat(Contents(operation.Node["requestBody"]))
                .Concat(operation.Node["responses"]!.AsObject().SelectMany(response =>
                    Contents(response.Value).Concat((response.Value!["headers"] as JsonObject ?? []).Select(header => header.Value!["schema"]!)))));
        return document.Schemas.Select(schema => schema.Value).Concat(inOperations).SelectMany(Within);
    }

    /// <summary>A schema and those inside it; a reference is not followed.</summary>
    public static IEnumerable<JsonObject> Within(JsonNode schema)
    {
        if (schema is not JsonObject own)
        {
            return [];
        }

        var inside = (own["properties"] as JsonObject ?? []).Select(member => member.Value!)
            .Concat(Several.SelectMany(keyword => own[keyword] as JsonArray ?? []).Select(part => part!))
            .Concat(One.Select(keyword => own[keyword]).OfType<JsonObject>());
        return inside.SelectMany(Within).Prepend(own);
    }

    private static IEnumerable<JsonNode> Contents(JsonNode? body) =>
        (body?["content"] as JsonObject ?? []).Concat(body?["x-other-content"] as JsonObject ?? [])
            .Select(content => content.Value!["schema"]).OfType<JsonNode>();
}
