using System.Globalization;
using System.Text.Json.Nodes;
using FastEndpoints;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;
using Screening.Api.CdsHooks;
using Screening.Api.Contract;
using Screening.Api.Fhir;
using Screening.Api.Http;
using Screening.Api.Screenings.Batch;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Screening.Api.OpenApi;

/// <summary>What an endpoint says of itself, put into its operation: the generator by itself sees routes and types only.</summary>
internal sealed class OperationDetails(RequestExamples requests, ResponseExamples answers, FhirExamples fhir, CdsExamples cds) : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var body = metadata.OfType<IAcceptsMetadata>().FirstOrDefault()?.RequestType;
        var described = metadata.OfType<ResponseDescription>().ToList();
        if (metadata.OfType<EndpointDefinition>().FirstOrDefault()?.EndpointSummary is { } summary)
        {
            operation.Summary = summary.Summary;
            operation.Description = summary.Description;
            operation.Parameters = [.. summary.Params.Select(parameter => Parameter(parameter.Key, parameter.Value, context.ApiDescription.RelativePath!))];
            AddRequestExamples(operation, body, summary);
        }

        foreach (var parameter in metadata.OfType<ParameterDescription>())
        {
            (operation.Parameters ??= []).Add(Parameter(parameter));
        }

        foreach (var ofStatus in described.GroupBy(answer => answer.Status))
        {
            // A status can have several answers: forms of the same, or reasons for it.
            var response = (OpenApiResponse)operation.Responses![ofStatus.Key.ToString(CultureInfo.InvariantCulture)];
            response.Description = string.Join(' ', ofStatus.Select(answer => answer.Meaning));
            foreach (var answer in ofStatus)
            {
                AddForm(response, answer, context);
                AddHeaders(response, answer);
                AddExample(response, answer, body);
            }
        }

        if (described.Exists(answer => answer.Status == StatusCodes.Status304NotModified))
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = "If-None-Match",
                In = ParameterLocation.Header,
                Description = "The `ETag` of what you have; while it still matches, the response is 304 without a body.",
                Schema = Text(),
            });
        }
    }

    /// <summary>A parameter of the path, or, where the path has no such part, of the query.</summary>
    private static OpenApiParameter Parameter(string name, string description, string path)
    {
        var inPath = path.Contains("{" + name + "}", StringComparison.Ordinal);
        return new OpenApiParameter
        {
            Name = name,
            In = inPath ? ParameterLocation.Path : ParameterLocation.Query,
            Required = inPath,
            Description = description,
            Schema = Text(),
            Example = SuchAs(description),
        };
    }

    private static OpenApiParameter Parameter(ParameterDescription parameter)
    {
        var schema = Text();
        schema.Enum = parameter.Values is null ? null : [.. parameter.Values.Select(value => (JsonNode)JsonValue.Create(value)!)];
        return new OpenApiParameter
        {
            Name = parameter.Name,
            In = parameter.InHeader ? ParameterLocation.Header : ParameterLocation.Query,
            Description = parameter.Meaning,
            Schema = schema,
        };
    }

    private void AddRequestExamples(OpenApiOperation operation, Type? body, EndpointSummary summary)
    {
        foreach (var (mediaType, content) in operation.RequestBody?.Content ?? new Dictionary<string, IOpenApiMediaType>())
        {
            (string Name, string Summary, JsonNode Value)[] made =
                body == typeof(CreateScreeningRequest) ? [.. requests.All]
                : body == typeof(FhirParameters) ? [(FhirExamples.Name, fhir.Summary, fhir.Parameters(mediaType))]
                : body == typeof(CdsHookRequest) ? [(FhirExamples.Name, fhir.Summary, cds.Call())]
                : body == typeof(ScreeningBatchRequest)
                    ? [(RequestExamples.Batch, RequestExamples.BatchSummary, requests.BatchLines)]
                : [];
            var examples = made.ToDictionary(
                example => example.Name,
                IOpenApiExample (example) => new OpenApiExample { Summary = example.Summary, Value = example.Value });
            foreach (var example in summary.RequestExamples)
            {
                examples[example.Label] = new OpenApiExample { Summary = example.Summary, Description = example.Description, Value = Json(example.Value) };
            }

            ((OpenApiMediaType)content).Examples = examples.Count > 0 ? examples : null;
        }
    }

    /// <summary>Of several forms of one status the generator keeps the last.</summary>
    private static void AddForm(OpenApiResponse response, ResponseDescription answer, OperationFilterContext context)
    {
        if (answer is { Type: { } type, MediaType: { } mediaType })
        {
            response.Content ??= new Dictionary<string, IOpenApiMediaType>();
            response.Content.TryAdd(mediaType, new OpenApiMediaType { Schema = context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository) });
        }
    }

    private static void AddHeaders(OpenApiResponse response, ResponseDescription answer)
    {
        foreach (var header in answer.Headers)
        {
            (response.Headers ??= new Dictionary<string, IOpenApiHeader>()).Add(header.Name, new OpenApiHeader { Description = header.Meaning, Schema = Text() });
        }
    }

    private void AddExample(OpenApiResponse response, ResponseDescription answer, Type? body)
    {
        if (answer.MediaType is null || response.Content?.TryGetValue(answer.MediaType, out var found) != true || found is not OpenApiMediaType content)
        {
            return;
        }

        if ((fhir.Of(answer) ?? cds.Of(answer) ?? answers.Of(answer, body)) is var (name, summary, value))
        {
            (content.Examples ??= new Dictionary<string, IOpenApiExample>())[name] = new OpenApiExample { Summary = summary, Value = value };
        }
    }

    private static JsonNode? Json(object value) => value as JsonNode ?? System.Text.Json.JsonSerializer.SerializeToNode(value, System.Text.Json.JsonSerializerOptions.Web);

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    /// <summary>An endpoint's own words name an example of each of its parameters: "such as" it.</summary>
    private static JsonValue? SuchAs(string description) => description.Split("such as `") is [_, var rest] ? JsonValue.Create(rest[..rest.IndexOf('`', StringComparison.Ordinal)]) : null;
}
