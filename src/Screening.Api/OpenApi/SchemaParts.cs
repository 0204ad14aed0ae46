using Microsoft.OpenApi;

namespace Screening.Api.OpenApi;

/// <summary>Ways through a document.</summary>
internal static class SchemaParts
{
    /// <summary>Every operation.</summary>
    public static IEnumerable<OpenApiOperation> Operations(this Microsoft.OpenApi.OpenApiDocument document) =>
        document.Paths.Values.SelectMany(path => path.Operations is { } items ? items.Values.ToArray() : []);

    /// <summary>The schemas directly inside a schema; a reference is not followed.</summary>
    public static IEnumerable<IOpenApiSchema> Parts(this IOpenApiSchema schema) =>
    [
        .. schema.Properties?.Values ?? [], .. schema.AllOf ?? [], .. schema.AnyOf ?? [], .. schema.OneOf ?? [],
        .. new[] { schema.Items, schema.AdditionalProperties }.OfType<IOpenApiSchema>(),
    ];
}
