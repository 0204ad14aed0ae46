using System.Globalization;
using System.Text.Json.Nodes;
using FastEndpoints;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;
using Screening.Api.CarePlans;
using Screening.Api.CdsHooks;
using Screening.Api.Contract;
using Screening.Api.Fhir;
using Screening.Api.Http;
using Screening.Api.Pages;
using Screening.Api.Screenings.Batch;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Screening.Api.OpenApi;

/// <summary>Adds an endpoint's own description to its operation: the generator sees only routes and types.</summary>
internal sealed class OperationDetails(
    RequestExamples requests, ResponseExamples responses, FhirExamples fhir, CdsExamples cds, IntakeFormExamples form) : IOperationFilter
{
    private const string OtherContent = "x-other-content";

    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        operation.Security = SecuritySchemes.Of(metadata, context.Document);
        var body = metadata.OfType<IAcceptsMetadata>().FirstOrDefault()?.RequestType;
        var descriptions = metadata.OfType<ResponseDescription>().ToList();
        if (metadata.OfType<EndpointDefinition>().FirstOrDefault()?.EndpointSummary is { } summary)
        {
            operation.Summary = summary.Summary;
            operation.Description = summary.Description;
            operation.Parameters = [.. summary.Params.Select(parameter => Parameter(parameter.Key, parameter.Value, context.ApiDescription.RelativePath!))];
            AddRequestExamples(operation, body, summary, startNeeded: descriptions.Exists(description => description.Type == typeof(CarePlanResponse)));
        }

        foreach (var parameter in metadata.OfType<ParameterDescription>())
        {
            (operation.Parameters ??= []).Add(Parameter(parameter));
        }

        foreach (var group in descriptions.GroupBy(description => description.Status))
        {
            // A status can have several responses: different formats, or different causes.
            var response = (OpenApiResponse)operation.Responses![group.Key.ToString(CultureInfo.InvariantCulture)];
            response.Description = string.Join(' ', group.Select(description => description.Meaning));
            foreach (var description in group)
            {
                AddMediaType(response, description, context);
                AddHeaders(response, description);
                AddExample(response, description, body);
            }

            MoveTextsForPeople(response);
        }

        if (operation.Security.Count > 0)
        {
            RateLimits.AddTo(operation, context.Document);
        }

        if (descriptions.Exists(description => description.Status == StatusCodes.Status304NotModified))
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

    /// <summary>Describes a path parameter, or a query parameter when the path does not contain it.</summary>
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
            Example = ExampleIn(description),
        };
    }

    private static OpenApiParameter Parameter(ParameterDescription parameter)
    {
        var schema = parameter.IsBoolean ? new OpenApiSchema { Type = JsonSchemaType.Boolean } : Text();
        schema.Enum = parameter.Values is null || parameter.IsBoolean ? null : [.. parameter.Values.Select(value => (JsonNode)JsonValue.Create(value)!)];
        return new OpenApiParameter
        {
            Name = parameter.Name,
            In = parameter.InHeader ? ParameterLocation.Header : ParameterLocation.Query,
            Required = parameter.IsRequired,
            Description = parameter.Meaning,
            Schema = schema,
        };
    }

    private void AddRequestExamples(OpenApiOperation operation, Type? body, EndpointSummary summary, bool startNeeded)
    {
        foreach (var (mediaType, content) in operation.RequestBody?.Content ?? new Dictionary<string, IOpenApiMediaType>())
        {
            (string Name, string Summary, JsonNode Value)[] available =
                body == typeof(CreateScreeningRequest) ? (startNeeded ? [.. requests.All] : [.. requests.All, requests.Today])
                : body == typeof(FhirParameters) ? [(FhirExamples.Name, fhir.Summary, fhir.Parameters(mediaType))]
                : body == typeof(FhirPopulateParameters) ? [(FhirExamples.PopulateName, FhirExamples.PopulateSummary, fhir.PopulateParameters(mediaType))]
                : body == typeof(CdsHookRequest) ? [(FhirExamples.Name, fhir.Summary + CdsExamples.Later, cds.Call())]
                : body == typeof(VerifyDecisionRequest) ? [(ReceiptExample.Name, ReceiptExample.Summary, ReceiptExample.Request)]
                : body == typeof(MoveDecisionRequest) ? [(ReceiptExample.MoveName, ReceiptExample.MoveSummary, ReceiptExample.MoveRequest)]
                : body == typeof(ScreeningBatchRequest)
                    ? [(RequestExamples.Batch, RequestExamples.BatchSummary, requests.BatchLines)]
                : body == typeof(IntakeFormRequest) ? [(IntakeFormExamples.Name, IntakeFormExamples.Summary, form.Example)]
                : [];
            var examples = available.ToDictionary(
                example => example.Name,
                IOpenApiExample (example) => new OpenApiExample { Summary = example.Summary, Value = example.Value });
            foreach (var example in summary.RequestExamples)
            {
                examples[example.Label] = new OpenApiExample { Summary = example.Summary, Description = example.Description, Value = Json(example.Value) };
            }

            ((OpenApiMediaType)content).Examples = examples.Count > 0 ? examples : null;
            if (body == typeof(IntakeFormRequest))
            {
                ((OpenApiMediaType)content).Schema = form.Schema;
            }

            if (mediaType.EndsWith("xml", StringComparison.Ordinal))
            {
                // Bytes: the schema is that of JSON.
                ((OpenApiMediaType)content).Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = content.Schema?.Description };
            }
        }
    }

    /// <summary>Adds a media type: of several for one status, the generator keeps only the last.</summary>
    private static void AddMediaType(OpenApiResponse response, ResponseDescription description, OperationFilterContext context)
    {
        if (description is { Type: { } type, MediaType: { } mediaType })
        {
            response.Content ??= new Dictionary<string, IOpenApiMediaType>();
            response.Content.TryAdd(mediaType, new OpenApiMediaType { Schema = context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository) });
        }
    }

    /// <summary>
    /// Moves pages and calendars beside JSON into an extension, for whoever looks for them; the description tells of them too. A generated
    /// client asks for JSON, and typed clients would make each of its responses a union with text.
    /// </summary>
    private static void MoveTextsForPeople(OpenApiResponse response)
    {
        if (response.Content?.Keys.Any(mediaType => mediaType.EndsWith("json", StringComparison.Ordinal)) != true)
        {
            return;
        }

        foreach (var (mediaType, content) in response.Content.Where(content => content.Key is PageFrame.MediaType or CarePlanCalendar.MediaType).ToList())
        {
            response.Content.Remove(mediaType);
            var moved = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string", ["maxLength"] = ValueLimits.WholeResponse } };
            if (content.Examples is { Count: > 0 } examples)
            {
                moved["examples"] = new JsonObject(examples.Select(example =>
                    KeyValuePair.Create(example.Key, (JsonNode?)new JsonObject { ["summary"] = example.Value.Summary, ["value"] = example.Value.Value?.DeepClone() })));
            }

            var others = (JsonNodeExtension)((response.Extensions ??= new Dictionary<string, IOpenApiExtension>()).TryGetValue(OtherContent, out var found)
                ? found
                : response.Extensions[OtherContent] = new JsonNodeExtension(new JsonObject()));
            others.Node[mediaType] = moved;
        }
    }

    private static void AddHeaders(OpenApiResponse response, ResponseDescription description)
    {
        foreach (var header in description.Headers)
        {
            (response.Headers ??= new Dictionary<string, IOpenApiHeader>())
                .TryAdd(header.Name, new OpenApiHeader { Description = header.Meaning, Schema = Text() });
        }
    }

    private void AddExample(OpenApiResponse response, ResponseDescription description, Type? body)
    {
        if (description.MediaType is null
            || response.Content?.TryGetValue(description.MediaType, out var found) != true
            || found is not OpenApiMediaType content)
        {
            return;
        }

        if ((fhir.Of(description, body) ?? cds.Of(description) ?? responses.Of(description, body)) is var (name, summary, value))
        {
            (content.Examples ??= new Dictionary<string, IOpenApiExample>())[name] = new OpenApiExample { Summary = summary, Value = value };
        }
    }

    private static JsonNode? Json(object value) => value as JsonNode ?? System.Text.Json.JsonSerializer.SerializeToNode(value, System.Text.Json.JsonSerializerOptions.Web);

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    /// <summary>Extracts the example that the description of a parameter names after "such as".</summary>
    private static JsonValue? ExampleIn(string description) =>
        description.Split("such as `") is [_, var rest] ? JsonValue.Create(rest[..rest.IndexOf('`', StringComparison.Ordinal)]) : null;
}
