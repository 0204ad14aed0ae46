using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using NodaTime;
using Screening.Api.CdsHooks;
using Screening.Api.Http;
using Screening.Api.Screenings.Batch;
using Screening.Rules;
using Swashbuckle.AspNetCore.SwaggerGen;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace Screening.Api.OpenApi;

/// <summary>
/// The OpenAPI document at <c>/openapi/v1.json</c> and Swagger UI at <c>/swagger</c>. Everything in the document is read from what the service runs
/// on: the endpoints' descriptions, the contract's types, the validators and the protocols.
/// </summary>
internal static class OpenApiDocument
{
    /// <summary>The document's name, and the last part of its address.</summary>
    public const string Name = "v1";

    private const string Title = "Screening API";
    private const string Page = "swagger";
    private const string Address = $"/openapi/{Name}.json";

    /// <summary>Adds the generator; it does nothing until the document is asked for.</summary>
    public static void AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSingleton<OpenApiFile>();
        services.AddSingleton<RequestExamples>();
        services.AddSingleton<ResponseExamples>();
        services.AddSingleton<CdsExamples>();
        services.AddSingleton<FhirExamples>();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc(Name, new OpenApiInfo { Title = Title, Version = ServiceVersion.Text, Description = DocumentFrame.Description });
            options.SupportNonNullableReferenceTypes();
            options.CustomSchemaIds(SchemaId);
            options.MapType<LocalDate>(() => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" });
            options.MapType<ScreeningBatchRequest>(Bytes);
            options.MapType<ScreeningBatchResponse>(Bytes);
            options.MapType<CdsHookRequest>(CdsHookRequest.Schema);
            options.MapType<CdsFeedbackRequest>(CdsFeedbackRequest.Schema);
            foreach (var shape in FhirExamples.Shapes)
            {
                options.MapType(shape, () => FhirExamples.SchemaOf(shape));
            }

            DescribeClosedSets(options);

            // The order counts: what a comment says is there before the filters of this service add to it.
            options.IncludeXmlComments(XmlTexts.FileOf(typeof(Protocol).Assembly));
            options.IncludeXmlComments(XmlTexts.FileOf(typeof(OpenApiDocument).Assembly));
            options.SchemaFilter<ContractSchemas>();
            options.SchemaFilter<ProtocolSchemas>();
            options.OperationFilter<OperationDetails>();
            options.DocumentFilter<DocumentFrame>();
        });
    }

    /// <summary>Serves both, and sends a visitor of the root to the page for people.</summary>
    public static void UseOpenApiDocument(this WebApplication app)
    {
        app.MapGet("/", context =>
        {
            context.Response.Redirect(context.Request.PathBase + "/" + Page);
            return Task.CompletedTask;
        }).ExcludeFromDescription();
        app.MapGet(Address, context => context.RequestServices.GetRequiredService<OpenApiFile>().SendAsync(context)).ExcludeFromDescription();
        // Apart: a page for people costs no other request anything.
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/" + Page, StringComparison.OrdinalIgnoreCase), page => page.UseSwaggerUI(options =>
        {
            options.RoutePrefix = Page;
            options.DocumentTitle = Title;
            options.SwaggerEndpoint(Address, Title);
            options.EnableDeepLinking();
            options.DisplayOperationId();
            options.DisplayRequestDuration();
            options.DocExpansion(DocExpansion.List);
            options.DefaultModelsExpandDepth(0);
            // The page's stock validator would send the document's address to a third party.
            options.ConfigObject.ValidatorUrl = null;
        }));
    }

    private static OpenApiSchema Bytes() => new() { Type = JsonSchemaType.String, Format = "binary" };

    /// <summary>A base type with a closed set of kinds: how the serializer tells them apart is how the document does.</summary>
    private static void DescribeClosedSets(SwaggerGenOptions options)
    {
        options.UseAllOfForInheritance();
        options.SelectSubTypesUsing(type => type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Select(kind => kind.DerivedType));
        options.SelectDiscriminatorNameUsing(type => type.GetCustomAttribute<JsonPolymorphicAttribute>(inherit: false)?.TypeDiscriminatorPropertyName);
        options.SelectDiscriminatorValueUsing(type => type.BaseType?.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)
            .FirstOrDefault(kind => kind.DerivedType == type)?.TypeDiscriminator as string);
    }

    /// <summary>The parts of a protocol's file have everyday names, such as Rule or Option; in a client they need to say whose they are.</summary>
    private static string SchemaId(Type type) =>
        type.Assembly == typeof(Protocol).Assembly && !type.IsEnum && !type.Name.StartsWith(nameof(Protocol), StringComparison.Ordinal) && type != typeof(LocalizedText)
            ? nameof(Protocol) + type.Name
            : type.Name;
}
