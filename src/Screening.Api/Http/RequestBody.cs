using System.Buffers;
using System.Net.Mime;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Screening.Rules;

namespace Screening.Api.Http;

/// <summary>The whole body of a request.</summary>
/// <param name="Bytes">The bytes; valid until <see cref="Release"/>.</param>
internal readonly record struct RequestBody(ReadOnlySequence<byte> Bytes)
{
    /// <summary>The most bytes that a body, or a line of a batch, may have.</summary>
    public const int Largest = 64 * 1024;

    /// <summary>The most bytes of a body that holds part of a health record.</summary>
    public const int LargestRecord = 1024 * 1024;

    /// <summary>Reads what a JSON body says; null when it was refused, and then it has been answered with the problem.</summary>
    /// <param name="context">The call.</param>
    /// <param name="most">The most bytes that the body may have.</param>
    /// <param name="read">Reads the bytes; null when anything is wrong with them, and then the errors say what.</param>
    /// <param name="cancellation">Ends the wait for the body.</param>
    public static async ValueTask<T?> ReadJsonAsync<T>(
        HttpContext context, int most, Func<ReadOnlySpan<byte>, InputErrors, T?> read, CancellationToken cancellation)
        where T : class
    {
        if (await ReadAsync(context, IsUtf8(context.Request, MediaTypeNames.Application.Json), most, cancellation) is not { } body)
        {
            return null;
        }

        var errors = new InputErrors().For(body.Bytes.Length);
        var said = read(body.Span, errors);
        body.Release(context);
        if (said is null)
        {
            await ProblemWriter.WriteAsync(context, errors);
        }

        return said;
    }

    /// <summary>Reads a body; null when it was refused, and then it has been answered with the problem.</summary>
    /// <param name="context">The call.</param>
    /// <param name="isOfType">False: its type is not one that the address takes.</param>
    /// <param name="most">The most bytes that it may have.</param>
    /// <param name="cancellation">Ends the wait for the body.</param>
    public static async ValueTask<RequestBody?> ReadAsync(HttpContext context, bool isOfType, int most, CancellationToken cancellation)
    {
        var status = StatusCodes.Status415UnsupportedMediaType;
        if (isOfType)
        {
            if (most > Largest)
            {
                context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = Coarse(most);
            }

            (status, var bytes) = await ReceiveAsync(context, most, cancellation);
            if (status == StatusCodes.Status200OK)
            {
                return new RequestBody(bytes);
            }
        }

        await ProblemWriter.WriteAsync(context, ProblemKind.OfStatus(status));
        return null;
    }

    /// <summary>
    /// The server's own limit for bodies of at most so many bytes: it counts the framing of chunked bodies, too, so the exact limit is held here.
    /// </summary>
    public static int Coarse(int most) => 2 * most;

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

    /// <summary>All bytes and 200, or the status that says why they cannot be had: 400, 408 or 413.</summary>
    private static async ValueTask<(int Status, ReadOnlySequence<byte> Bytes)> ReceiveAsync(HttpContext context, int most, CancellationToken cancellation)
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
                    return (StatusCodes.Status413PayloadTooLarge, default);
                }

                if (read.IsCompleted)
                {
                    return (StatusCodes.Status200OK, read.Buffer);
                }

                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (BadHttpRequestException e)
        {
            return (e.StatusCode, default);
        }
        catch (IOException) when (!context.RequestAborted.IsCancellationRequested)
        {
            // A body that breaks off, or a chunk size that overflows: the client's fault, not ours.
            return (StatusCodes.Status400BadRequest, default);
        }
    }
}
