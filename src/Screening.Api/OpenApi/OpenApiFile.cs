using System.Text;
using Microsoft.OpenApi;
using NodaTime;
using Screening.Api.Http;
using Screening.Rules;
using Swashbuckle.AspNetCore.Swagger;

namespace Screening.Api.OpenApi;

/// <summary>
/// The document's bytes: generated at the first request, so that startup costs nothing, and cached. They follow no caller's
/// <c>Host</c>, so that every caller gets the same bytes; they are those of the committed document but for the examples of receipts, which
/// are signed anew each day and by each new key: they must work whenever somebody tries them.
/// </summary>
internal sealed class OpenApiFile(IServiceProvider services)
{
    private readonly Lazy<Task<string>> document = new(() => MakeAsync(services));
    private readonly Lock filling = new();
    private Filled? filled;

    /// <summary>True once the document has been requested.</summary>
    public bool IsMade => document.IsValueCreated;

    /// <summary>Sends the document, or 304 when the client already has it.</summary>
    public async Task SendAsync(HttpContext context)
    {
        var current = Fill(await document.Value, RequestTime.Of(context));
        await ETagResponse.SendAsync(context, current.Json, current.Digest, "application/json");
    }

    private Filled Fill(string text, Instant now)
    {
        var example = services.GetRequiredService<ReceiptExample>();
        var (day, key) = (DateTimeZone.Utc.DateAt(now), example.Key);
        lock (filling)
        {
            if (filled is not { } known || known.Day != day || known.Key != key)
            {
                var json = Encoding.UTF8.GetBytes(example.Fill(text, now));
                filled = new Filled(day, key, json, ETagResponse.DigestOf(json));
            }

            return filled;
        }
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

    private static async Task<string> MakeAsync(IServiceProvider services)
    {
        var made = await services.GetRequiredService<IAsyncSwaggerProvider>().GetSwaggerAsync(OpenApiDocument.Name);
        return WithVersion(await made.SerializeAsync(OpenApiSpecVersion.OpenApi3_1, OpenApiConstants.Json)) + "\n";
    }

    /// <summary>The document with the examples of a day.</summary>
    /// <param name="Day">The day, in UTC.</param>
    /// <param name="Key">The name of the key that signed them; null for none.</param>
    /// <param name="Json">Its bytes.</param>
    /// <param name="Digest">Their digest.</param>
    private sealed record Filled(LocalDate Day, string? Key, byte[] Json, string Digest);
}
