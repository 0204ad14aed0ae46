using System.Text;
using Microsoft.OpenApi;
using Screening.Api.Http;
using Swashbuckle.AspNetCore.Swagger;

namespace Screening.Api.OpenApi;

/// <summary>
/// The document's bytes: made at the first request, so that starting costs nothing, and kept from then on. They name no server, so that every caller
/// gets the same.
/// </summary>
internal sealed class OpenApiFile(IServiceProvider services)
{
    private readonly Lazy<Task<(byte[] Json, string Digest)>> made = new(() => MakeAsync(services));

    /// <summary>True once somebody has asked.</summary>
    public bool IsMade => made.IsValueCreated;

    /// <summary>Answers with the document, or with 304 when the caller has it.</summary>
    public async Task SendAsync(HttpContext context)
    {
        var (json, digest) = await made.Value;
        await ETagResponse.SendAsync(context, json, digest, "application/json");
    }

    private static async Task<(byte[] Json, string Digest)> MakeAsync(IServiceProvider services)
    {
        var document = await services.GetRequiredService<IAsyncSwaggerProvider>().GetSwaggerAsync(OpenApiDocument.Name);
        var text = await document.SerializeAsync(OpenApiSpecVersion.OpenApi3_1, OpenApiConstants.Json);
        var json = Encoding.UTF8.GetBytes(text + "\n");
        return (json, ETagResponse.DigestOf(json));
    }
}
