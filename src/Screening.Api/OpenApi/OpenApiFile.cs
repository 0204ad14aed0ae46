using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace Screening.Api.OpenApi;

/// <summary>
/// The document's bytes: made at the first request, so that starting costs nothing, and kept from then on. They name no server, so that every caller
/// gets the same.
/// </summary>
internal sealed class OpenApiFile(IServiceProvider services)
{
    private readonly Lazy<Task<(byte[] Json, EntityTagHeaderValue Tag)>> made = new(() => MakeAsync(services));

    /// <summary>True once somebody has asked.</summary>
    public bool IsMade => made.IsValueCreated;

    /// <summary>Answers with the document, or with 304 when the caller has it.</summary>
    public async Task SendAsync(HttpContext context)
    {
        var (json, tag) = await made.Value;
        context.Response.Headers.ETag = tag.ToString();
        context.Response.Headers.CacheControl = "no-cache";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        await context.Response.BodyWriter.WriteAsync(json, context.RequestAborted);
    }

    private static async Task<(byte[] Json, EntityTagHeaderValue Tag)> MakeAsync(IServiceProvider services)
    {
        var document = await services.GetRequiredService<IAsyncSwaggerProvider>().GetSwaggerAsync(OpenApiDocument.Name);
        var text = await document.SerializeAsync(OpenApiSpecVersion.OpenApi3_1, OpenApiConstants.Json);
        var json = Encoding.UTF8.GetBytes(text + "\n");
        return (json, new EntityTagHeaderValue("\"sha256:" + Convert.ToHexStringLower(SHA256.HashData(json)) + "\""));
    }
}
