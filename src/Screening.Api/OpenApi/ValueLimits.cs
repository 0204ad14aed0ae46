using System.Globalization;
using Microsoft.OpenApi;
using Screening.Api.Contract;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.OpenApi;

/// <summary>
/// Gives every text, list and number its limits, where its own type, attributes or validator state none: in a request what the service
/// reads at most, in a response what it never exceeds.
/// </summary>
internal static class ValueLimits
{
    // The request line and all headers together, as the server limits them.
    private const int Address = 8 * 1024;
    private const int Header = 32 * 1024;

    // Far above what the limits of a request and of a protocol allow.
    private const int ResponseText = 1024 * 1024;
    private const int ResponseElements = 100_000;
    private const int WholeResponse = 64 * 1024 * 1024;

    // The longest text of a format. An offset may have seconds, and an instant nine digits of a second.
    private static readonly Dictionary<string, int> Formats = new(StringComparer.Ordinal) { ["date"] = 10, ["date-time"] = 40, ["uuid"] = 36 };

    /// <summary>Adds the limits to a whole document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="schemas">Its components.</param>
    /// <param name="requests">The names of those that requests are made of.</param>
    public static void Apply(Microsoft.OpenApi.OpenApiDocument document, Dictionary<string, IOpenApiSchema> schemas, HashSet<string> requests)
    {
        var format = new ProtocolFormat();
        foreach (var (name, schema) in schemas)
        {
            format.Limit(name, schema);
            Apply(schema, requests.Contains(name) ? new(JsonText.Longest, JsonText.MostElements) : new(ResponseText, ResponseElements));
        }

        foreach (var operation in document.Operations())
        {
            Apply(operation);
        }
    }

    private static void Apply(OpenApiOperation operation)
    {
        foreach (var parameter in operation.Parameters ?? [])
        {
            Apply(parameter.Schema, new(parameter.In == ParameterLocation.Header ? Header : Address, 0));
        }

        foreach (var content in operation.RequestBody?.Content?.Values ?? [])
        {
            Apply(content.Schema, new(RequestBody.MaxRecordBytes, RequestBody.MaxRecordBytes));
        }

        foreach (var response in operation.Responses!.Values)
        {
            foreach (var content in response.Content?.Values ?? [])
            {
                Apply(content.Schema, new(WholeResponse, ResponseElements));
            }

            foreach (var header in response.Headers?.Values ?? [])
            {
                Apply(header.Schema, new(Header, 0));
            }
        }
    }

    private static void Apply(IOpenApiSchema? schema, Limits limits)
    {
        if (schema is not OpenApiSchema own)
        {
            return;
        }

        var type = own.Type & ~JsonSchemaType.Null;
        if (type == JsonSchemaType.String && own.Enum is null && own.Format != "binary")
        {
            own.MaxLength ??= Patterns.LongestOf(own.Pattern) ?? (own.Format is { } format && Formats.TryGetValue(format, out var length) ? length : limits.Text);
        }
        else if (type == JsonSchemaType.Array)
        {
            own.MaxItems ??= limits.Elements;
        }
        else if (type == JsonSchemaType.Integer)
        {
            // Counts and positions.
            own.Minimum ??= "0";
            own.Maximum ??= (own.Format == "int64" ? long.MaxValue : int.MaxValue).ToString(CultureInfo.InvariantCulture);
        }

        foreach (var part in own.Parts())
        {
            Apply(part, limits);
        }
    }

    /// <summary>The limits of texts and lists of one origin.</summary>
    private readonly record struct Limits(int Text, int Elements);
}
