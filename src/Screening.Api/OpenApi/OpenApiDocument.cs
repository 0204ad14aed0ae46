using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using NodaTime;
using Screening.Api.CdsHooks;
using Screening.Api.Contract;
using Screening.Api.Http;
using Screening.Api.Screenings.Batch;
using Screening.Api.Settings;
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

    /// <summary>The path of Swagger UI, without a slash before it.</summary>
    public const string Page = "swagger";


    // Beside this file: what Swagger UI's page has besides its own style and script.
    private const string Head = "SwaggerHead.html";
    private const string Script = "SwaggerPages.js";
    private const string ScriptAddress = $"/{Page}/screening.js";

    /// <summary>The path of the document.</summary>
    public const string Address = $"/openapi/{Name}.json";

    // Its scripts are files of this service; it styles its elements itself, and shows images of its style sheet.
    private const string PagePolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Adds the generator, which is idle until the document is requested.</summary>
    public static void AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSingleton<OpenApiFile>();
        services.AddSingleton<RequestExamples>();
        services.AddSingleton<ResponseExamples>();
        services.AddSingleton<CdsExamples>();
        services.AddSingleton<FhirExamples>();
        services.AddSingleton<IntakeFormExamples>();
        services.AddSingleton<ReceiptExample>();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc(Name, new OpenApiInfo { Title = Title, Version = ServiceVersion.Text, Description = DocumentFrame.Description });
            options.SupportNonNullableReferenceTypes();
            options.CustomSchemaIds(SchemaId);
            options.MapType<LocalDate>(() => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" });
            options.MapType<ScreeningBatchRequest>(Bytes);
            options.MapType<ScreeningBatchResponse>(Bytes);
            options.MapType<IntakeFormRequest>(Bytes);
            options.MapType<CdsHookRequest>(CdsHookRequest.Schema);
            options.MapType<CdsFeedbackRequest>(CdsFeedbackRequest.Schema);
            foreach (var shape in FhirExamples.Shapes)
            {
                options.MapType(shape, () => FhirExamples.SchemaOf(shape));
            }

            DescribePolymorphicTypes(options);
            foreach (var (name, scheme) in SecuritySchemes.All)
            {
                options.AddSecurityDefinition(name, scheme);
            }

            // The order matters: XML comments come before the filters that extend them.
            options.IncludeXmlComments(XmlTexts.FileOf(typeof(Protocol).Assembly));
            options.IncludeXmlComments(XmlTexts.FileOf(typeof(OpenApiDocument).Assembly));
            options.SchemaFilter<ContractSchemas>();
            options.SchemaFilter<ProtocolSchemas>();
            options.OperationFilter<OperationDetails>();
            options.DocumentFilter<DocumentFrame>();
        });
    }

    /// <summary>
    /// Serves the document and Swagger UI, to whoever reaches the service; neither when the setting <c>OpenApi:Served</c> is false, as it
    /// is outside development unless set.
    /// </summary>
    /// <exception cref="SettingException">The setting is neither true nor false.</exception>
    public static void UseOpenApiDocument(this WebApplication app)
    {
        if (!IsServed(app))
        {
            return;
        }

        app.MapGet(Address, context => context.RequestServices.GetRequiredService<OpenApiFile>().SendAsync(context))
            .WithMetadata(OpenToAll.Instance).ExcludeFromDescription();
        // In a branch, so that Swagger UI adds no cost to other requests.
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/" + Page, StringComparison.OrdinalIgnoreCase), UseSwaggerPage);
    }

    /// <summary>Whether they are served.</summary>
    /// <exception cref="SettingException">The setting is neither true nor false.</exception>
    public static bool IsServed(WebApplication app) => ServiceSettings.OpenApiServed.Of(app.Configuration, app.Environment.IsDevelopment());

    private static void UseSwaggerPage(IApplicationBuilder page)
    {
        page.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = PagePolicy;
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            return context.Request.Path == ScriptAddress ? SendScriptAsync(context) : next(context);
        });
        page.UseSwaggerUI(options =>
        {
            options.RoutePrefix = Page;
            options.DocumentTitle = Title;
            options.SwaggerEndpoint(
                page.ApplicationServices.GetRequiredService<PublicAddress>().Prefix.Add(Address).ToUriComponent(), Title);
            options.HeadContent = Read(Head);
            options.EnableDeepLinking();
            options.DisplayOperationId();
            options.DisplayRequestDuration();
            options.DocExpansion(DocExpansion.List);
            options.DefaultModelsExpandDepth(0);
            // The default validator would send the document's address to a third party.
            options.ConfigObject.ValidatorUrl = null;
        });
    }

    private static Task SendScriptAsync(HttpContext context)
    {
        var script = Encoding.UTF8.GetBytes(Read(Script));
        return ETagResponse.SendAsync(context, script, ETagResponse.DigestOf(script), "text/javascript; charset=utf-8");
    }

    private static string Read(string resource)
    {
        using var file = new StreamReader(typeof(OpenApiDocument).Assembly.GetManifestResourceStream(resource)!);
        return file.ReadToEnd();
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
