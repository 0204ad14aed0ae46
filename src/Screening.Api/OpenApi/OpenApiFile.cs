using System.Text;
using Microsoft.OpenApi;
using Screening.Api.Http;
using Swashbuckle.AspNetCore.Swagger;

namespace Screening.Api.OpenApi;

/// <summary>
/// The document's bytes: generated at the first request, so that startup costs nothing, and cached. They follow no caller's
/// <c>Host</c>, so that every caller gets the same bytes; they are those of the committed document but for the example of a receipt.
/// </summary>
internal sealed class OpenApiFile(IServiceProvider services)
{
    private readonly Lazy<Task<(byte[] Json, string Digest)>> cached = new(() => MakeAsync(services));

    /// <summary>True once the document has been requested.</summary>
    public bool IsMade => cached.IsValueCreated;

    /// <summary>Sends the document, or 304 when the client already has it.</summary>
    public async Task SendAsync(HttpContext context)
    {
        var (json, digest) = await cached.Value;
        await ETagResponse.SendAsync(context, json, digest, "application/json");
    }

    /// <summary>
    /// Names 3.1.1 as the version of the format: the writer names the latest patch, which readers that list the versions they know refuse.
    /// Patches of the format change no document.
    /// </summary>
    private static string WithVersion(string text)
    {
        const string Written = "\"openapi\": \"3.1.2\"";
        var at = text.IndexOf(Written, StringComparison.Ordinal);
        return string.Concat(text.AsSpan(0, at), "\"openapi\": \"3.1.1\"", text.AsSpan(at + Written.Length));
    }

    private static async Task<(byte[] Json, string Digest)> MakeAsync(IServiceProvider services)
    {
        var document = await services.GetRequiredService<IAsyncSwaggerProvider>().GetSwaggerAsync(OpenApiDocument.Name);
        var text = await document.SerializeAsync(OpenApiSpecVersion.OpenApi3_1, OpenApiConstants.Json);
        var json = Encoding.UTF8.GetBytes(services.GetRequiredService<ReceiptExample>().Fill(WithVersion(text)) + "\n");
        return (json, ETagResponse.DigestOf(json));
    }
}
