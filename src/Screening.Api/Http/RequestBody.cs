using System.Buffers;
using System.Net.Mime;
using Microsoft.Net.Http.Headers;

namespace Screening.Api.Http;

/// <summary>The whole body of a request, or the HTTP status that says why it cannot be had.</summary>
/// <param name="Status">200, or 400, 413, 415.</param>
/// <param name="Bytes">The bytes; valid until <see cref="Release"/>.</param>
internal readonly record struct RequestBody(int Status, ReadOnlySequence<byte> Bytes)
{
    /// <summary>The most bytes that a body, or a line of a batch, may have.</summary>
    public const int Largest = 64 * 1024;

    /// <summary>The most bytes of a body that holds part of a health record.</summary>
    public const int LargestRecord = 1024 * 1024;

    /// <summary>Reads a JSON body of at most <see cref="Largest"/> bytes.</summary>
    public static ValueTask<RequestBody> ReadJsonAsync(HttpContext context, CancellationToken cancellation) =>
        IsUtf8(context.Request, MediaTypeNames.Application.Json)
            ? ReadAsync(context, Largest, cancellation)
            : ValueTask.FromResult(new RequestBody(StatusCodes.Status415UnsupportedMediaType, default));

    /// <summary>Reads a body of whatever type, of at most so many bytes.</summary>
    public static async ValueTask<RequestBody> ReadAsync(HttpContext context, int most, CancellationToken cancellation)
    {
        var reader = context.Request.BodyReader;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(cancellation);
                if (read.Buffer.Length > most)
                {
                    reader.AdvanceTo(read.Buffer.End);
                    // The server gives up on what is still to come, and with it on the connection: said, lest the client's next request goes there.
                    context.Response.Headers.Connection = "close";
                    return new RequestBody(StatusCodes.Status413PayloadTooLarge, default);
                }

                if (read.IsCompleted)
                {
                    return new RequestBody(StatusCodes.Status200OK, read.Buffer);
                }

                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (BadHttpRequestException e)
        {
            return new RequestBody(e.StatusCode, default);
        }
        catch (IOException) when (!context.RequestAborted.IsCancellationRequested)
        {
            // A body that breaks off, or a chunk size that overflows: the client's fault, not ours.
            return new RequestBody(StatusCodes.Status400BadRequest, default);
        }
    }

    /// <summary>The bytes in one piece; copied only when they came in several.</summary>
    public ReadOnlySpan<byte> Span => Bytes.IsSingleSegment ? Bytes.FirstSpan : Bytes.ToArray();

    /// <summary>Gives the bytes back to the server.</summary>
    public void Release(HttpContext context) => context.Request.BodyReader.AdvanceTo(Bytes.End);

    /// <summary>True for a body of this type, in UTF-8, not compressed.</summary>
    public static bool IsUtf8(HttpRequest request, string mediaType)
    {
        var stated = request.ContentType;
        if (request.Headers.ContentEncoding.Any(encoding => !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        return string.Equals(stated, mediaType, StringComparison.OrdinalIgnoreCase)
            || (MediaTypeHeaderValue.TryParse(stated, out var type)
                && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
                && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)));
    }
}
