using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Screening.Api.Http;

/// <summary>Answers with documents that stay the same for long: each has a digest of its bytes as its entity tag.</summary>
internal static class ETagResponse
{
    /// <summary>What a route says of the answer to a caller who has the document already.</summary>
    public static ResponseDescription NotModified(HeaderDescription tag) =>
        new(StatusCodes.Status304NotModified, null, null, "It is still the one whose `ETag` you sent in `If-None-Match`.") { Headers = [tag] };

    /// <summary>A digest of these bytes, <c>sha256:</c> in front.</summary>
    public static string DigestOf(ReadOnlySpan<byte> bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Answers with the document, or with 304 when the caller has it.</summary>
    public static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> document, string digest, string contentType)
    {
        var response = context.Response;
        var tag = new EntityTagHeaderValue("\"" + digest + "\"");
        response.Headers.ETag = tag.ToString();

        // no-cache: keep it, but ask each time whether it still holds.
        response.Headers.CacheControl = "no-cache";
        var known = context.Request.GetTypedHeaders().IfNoneMatch;
        if (known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await context.SendAsync(StatusCodes.Status200OK, contentType, document);
    }
}
