using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Screening.Api.Http;

/// <summary>Sends documents that rarely change, with a digest of their bytes as the entity tag.</summary>
internal static class ETagResponse
{
    /// <summary>Describes the response to a client that already has the document.</summary>
    public static ResponseDescription NotModified(HeaderDescription tag) =>
        new(StatusCodes.Status304NotModified, null, null, "It is still the one whose `ETag` you sent in `If-None-Match`.") { Headers = [tag] };

    /// <summary>Returns a SHA-256 digest of the bytes, prefixed with <c>sha256:</c>.</summary>
    public static string DigestOf(ReadOnlySpan<byte> bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Sends the document, or 304 when the client already has it.</summary>
    public static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> document, string digest, string contentType)
    {
        var response = context.Response;
        var tag = new EntityTagHeaderValue("\"" + digest + "\"");
        response.Headers.ETag = tag.ToString();

        // no-cache: caches may store it but must revalidate.
        response.Headers.CacheControl = "no-cache";
        var clientTags = context.Request.GetTypedHeaders().IfNoneMatch;
        if (clientTags.Any(candidate => candidate.Equals(EntityTagHeaderValue.Any) || candidate.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await context.SendAsync(StatusCodes.Status200OK, contentType, document);
    }
}
