using System.Globalization;
using Microsoft.OpenApi;
using Screening.Api.Contract;
using Screening.Api.Http;
using Screening.Api.Screenings.Batch;
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
    internal const int WholeResponse = 64 * 1024 * 1024;

    // A batch may have any size; this is the largest number that every reader of the document understands.
    private const int Endless = int.MaxValue;

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

        foreach (var (mediaType, content) in operation.RequestBody?.Content ?? new Dictionary<string, IOpenApiMediaType>())
        {
            var most = mediaType == CreateScreeningBatchEndpoint.NdJson ? Endless : RequestBody.MaxRecordBytes;
            Apply(content.Schema, new(most, most));
        }

        foreach (var response in operation.Responses!.Values)
        {
            foreach (var (mediaType, content) in response.Content ?? new Dictionary<string, IOpenApiMediaType>())
            {
                Apply(content.Schema, new(mediaType == CreateScreeningBatchEndpoint.NdJson ? Endless : WholeResponse, ResponseElements));
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

        var type = own.Type.GetValueOrDefault();
        if (type.HasFlag(JsonSchemaType.String) && own.Enum is null)
        {
            own.MaxLength ??= Patterns.LongestOf(own.Pattern) ?? (own.Format is { } format && Formats.TryGetValue(format, out var length) ? length : limits.Text);
        }

        if (type.HasFlag(JsonSchemaType.Array))
        {
            own.MaxItems ??= limits.Elements;
        }

        if (type.HasFlag(JsonSchemaType.Integer))
        {
            // Counts and positions.
            own.Minimum ??= "0";
            own.Maximum ??= (own.Format == "int64" ? long.MaxValue : int.MaxValue).ToString(CultureInfo.InvariantCulture);
        }

        if (own.AdditionalProperties is not null)
        {
            own.MaxProperties ??= limits.Elements;
        }

        foreach (var part in own.Parts())
        {
            Apply(part, limits);
        }
    }

    /// <summary>The limits of texts and lists of one origin.</summary>
    private readonly record struct Limits(int Text, int Elements);
}
