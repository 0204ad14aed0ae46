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
/// The OpenAPI document at <c>/openapi/v1.json</c> and Swagger UI at <c>/swagger</c>. The document is generated from what the service runs
/// on: the endpoints' descriptions, the contract types, the validators and the protocols.
/// </summary>
internal static class OpenApiDocument
{
    /// <summary>The document's name, and the file name in its address.</summary>
    public const string Name = "v1";

    private const string Title = "Screening API";
    private const string Page = "swagger";
    private const string Address = $"/openapi/{Name}.json";

    /// <summary>Adds the generator, which is idle until the document is requested.</summary>
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

            DescribePolymorphicTypes(options);

            // The order matters: XML comments come before the filters that extend them.
            options.IncludeXmlComments(XmlTexts.FileOf(typeof(Protocol).Assembly));
            options.IncludeXmlComments(XmlTexts.FileOf(typeof(OpenApiDocument).Assembly));
            options.SchemaFilter<ContractSchemas>();
            options.SchemaFilter<ProtocolSchemas>();
            options.OperationFilter<OperationDetails>();
            options.DocumentFilter<DocumentFrame>();
        });
    }

    /// <summary>Serves the document and Swagger UI, and redirects the root to Swagger UI.</summary>
    public static void UseOpenApiDocument(this WebApplication app)
    {
        app.MapGet("/", context =>
        {
            context.Response.Redirect(context.Request.PathBase + "/" + Page);
            return Task.CompletedTask;
        }).ExcludeFromDescription();
        app.MapGet(Address, context => context.RequestServices.GetRequiredService<OpenApiFile>().SendAsync(context)).ExcludeFromDescription();
        // In a branch, so that Swagger UI adds no cost to other requests.
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/" + Page, StringComparison.OrdinalIgnoreCase), page => page.UseSwaggerUI(options =>
        {
            options.RoutePrefix = Page;
            options.DocumentTitle = Title;
            // Relative to the page, which may stand behind a proxy's prefix.
            options.SwaggerEndpoint(".." + Address, Title);
            options.EnableDeepLinking();
            options.DisplayOperationId();
            options.DisplayRequestDuration();
            options.DocExpansion(DocExpansion.List);
            options.DefaultModelsExpandDepth(0);
            // The default validator would send the document's address to a third party.
            options.ConfigObject.ValidatorUrl = null;
        }));
    }

    private static OpenApiSchema Bytes() => new() { Type = JsonSchemaType.String, Format = "binary" };

    /// <summary>Describes polymorphic types with the discriminators of the serializer.</summary>
    private static void DescribePolymorphicTypes(SwaggerGenOptions options)
    {
        options.UseAllOfForInheritance();
        options.SelectSubTypesUsing(type =>
            type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Select(derived => derived.DerivedType));
        options.SelectDiscriminatorNameUsing(type => type.GetCustomAttribute<JsonPolymorphicAttribute>(inherit: false)?.TypeDiscriminatorPropertyName);
        options.SelectDiscriminatorValueUsing(type => type.BaseType?.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)
            .FirstOrDefault(derived => derived.DerivedType == type)?.TypeDiscriminator as string);
    }

    /// <summary>Prefixes the types of a protocol file, whose names, such as Rule or Option, are too general for a client.</summary>
    private static string SchemaId(Type type) =>
        type.Assembly == typeof(Protocol).Assembly && !type.IsEnum && !type.Name.StartsWith(nameof(Protocol), StringComparison.Ordinal) && type != typeof(LocalizedText)
            ? nameof(Protocol) + type.Name
            : type.Name;
}
