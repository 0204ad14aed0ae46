using System.Buffers;
using System.IO.Pipelines;
using System.Net.Mime;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;
using Screening.Rules;

namespace Screening.Api.Http;

/// <summary>The whole body of a request.</summary>
/// <param name="Bytes">The bytes; valid until <see cref="Release"/>.</param>
internal readonly record struct RequestBody(ReadOnlySequence<byte> Bytes)
{
    /// <summary>The maximum size of a body, or of a line of a batch, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The maximum size of a body that contains part of a health record, in bytes.</summary>
    public const int MaxRecordBytes = 1024 * 1024;

    /// <summary>Reads a JSON body; null when it was rejected and the problem has been sent.</summary>
    /// <param name="context">The request context.</param>
    /// <param name="maxBytes">The maximum size of the body in bytes.</param>
    /// <param name="read">Parses the bytes; returns null and adds to the errors when anything is wrong with them.</param>
    public static async ValueTask<T?> ReadJsonAsync<T>(
        HttpContext context, int maxBytes, Func<ReadOnlySpan<byte>, InputErrors, T?> read)
        where T : class
    {
        if (await ReadAsync(context, IsUtf8(context.Request, MediaTypeNames.Application.Json), maxBytes) is not { } body)
        {
            return null;
        }

        var errors = new InputErrors().For(body.Bytes.Length);
        var value = read(body.Span, errors);
        body.Release(context);
        if (value is null)
        {
            await ProblemWriter.WriteAsync(context, errors);
        }

        return value;
    }

    /// <summary>Reads a body; null when it was rejected and the problem has been sent.</summary>
    /// <param name="context">The request context.</param>
    /// <param name="isOfType">Whether the address accepts the body's media type.</param>
    /// <param name="maxBytes">The maximum size of the body in bytes.</param>
    public static async ValueTask<RequestBody?> ReadAsync(
        HttpContext context, bool isOfType, int maxBytes)
    {
        var status = StatusCodes.Status415UnsupportedMediaType;
        if (isOfType)
        {
            // Beyond its limit, which also counts the framing of chunked bodies, the server resets the connection, and a client that is
            // still sending never sees the answer. Without one it reads on for up to 5 s.
            context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
            if (HttpProtocol.IsHttp2(context.Request.Protocol))
            {
                // The server would end the whole connection, with the requests of others that a gateway sends over it.
                context.Features.Get<IHttpMinRequestBodyDataRateFeature>()!.MinDataRate = null;
            }

            (status, var bytes) = await ReceiveAsync(context, maxBytes);
            if (status == StatusCodes.Status200OK)
            {
                return new RequestBody(bytes);
            }

            if (status == StatusCodes.Status499ClientClosedRequest)
            {
                context.Response.StatusCode = status; // for the log only
                return null;
            }
        }

        await ProblemWriter.WriteAsync(context, ProblemKind.OfStatus(status));
        return null;
    }

    /// <summary>The bytes as one span; copied only when they are in several segments.</summary>
    public ReadOnlySpan<byte> Span => Bytes.IsSingleSegment ? Bytes.FirstSpan : Bytes.ToArray();

    /// <summary>Returns the bytes to the server.</summary>
    public void Release(HttpContext context)
    {
        try
        {
            context.Request.BodyReader.AdvanceTo(Bytes.End);
        }
        catch (IOException)
        {
            // The client has gone away since; sending the response ends the request.
        }
    }

    /// <summary>True for an uncompressed body of this media type in UTF-8.</summary>
    public static bool IsUtf8(HttpRequest request, string mediaType)
    {
        var contentType = request.ContentType;
        if (request.Headers.ContentEncoding.Any(encoding => !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        return string.Equals(contentType, mediaType, StringComparison.OrdinalIgnoreCase)
            || (MediaTypeHeaderValue.TryParse(contentType, out var type)
                && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
                && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Returns all bytes and 200, or the status of the failure: 400, 408, 413, 499 or 503.</summary>
    private static async ValueTask<(int Status, ReadOnlySequence<byte> Bytes)> ReceiveAsync(HttpContext context, int maxBytes)
    {
        if (context.Request.ContentLength > maxBytes)
        {
            context.CloseAfterResponse();
            return (StatusCodes.Status413PayloadTooLarge, default);
        }

        var reader = context.Request.BodyReader;
        using var timeout = new BodyTimeout(reader);
        var use = maxBytes > MaxBytes ? MemoryUse.LargeBody : MemoryUse.Body;
        MemoryBudget.Lease? memory = null;
        try
        {
            while (true)
            {
                // A client that goes away ends the wait by an exception, so that no other token is needed.
                var pending = reader.ReadAsync();
                if (!pending.IsCompleted)
                {
                    timeout.AwaitPart(context.RequestServices.GetRequiredService<TimeProvider>());
                }

                var read = await pending;
                if (read.IsCanceled && !timeout.HasEnded)
                {
                    // The server does so when it stops. The client goes on sending, and the service answers.
                    reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                    continue;
                }

                if (read.IsCanceled)
                {
                    reader.AdvanceTo(read.Buffer.End);
                    memory?.GiveBack();
                    context.HangUpAfterResponse();
                    return (StatusCodes.Status408RequestTimeout, default);
                }

                var length = read.Buffer.Length;
                var status = length > maxBytes ? StatusCodes.Status413PayloadTooLarge
                    : (length > MemoryBudget.FreeBytes || !read.IsCompleted)
                        && !context.RequestServices.GetRequiredService<MemoryBudget>().TryTake(context, use, length, ref memory)
                        ? StatusCodes.Status503ServiceUnavailable
                    : StatusCodes.Status200OK;
                if (status != StatusCodes.Status200OK)
                {
                    reader.AdvanceTo(read.Buffer.End);
                    memory?.GiveBack();
                    context.CloseAfterResponse();
                    return (status, default);
                }

                if (read.IsCompleted)
                {
                    return (status, read.Buffer);
                }

                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            memory?.GiveBack();
            return (StatusOf(e, context), default);
        }
    }

    /// <summary>The status for a body of which no more can be read; 499 when the client has gone away.</summary>
    internal static int StatusOf(Exception failure, HttpContext context)
    {
        if (failure is BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout })
        {
            return StatusCodes.Status408RequestTimeout;
        }

        // Only in chunks can a client that is still there send what is no body.
        if (failure is OperationCanceledException
            || context.Request.ContentLength is not null || HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            context.Abandon();
            return StatusCodes.Status499ClientClosedRequest;
        }

        return StatusCodes.Status400BadRequest;
    }

    /// <summary>
    /// Ends the wait for a body of which nothing comes for too long, or that takes too long in all. The server measures only the average
    /// rate, by which a client that sent most of a body at once may stop for an hour.
    /// </summary>
    private sealed class BodyTimeout(PipeReader reader) : IDisposable
    {
        private static readonly TimeSpan PartTimeout = TimeSpan.FromSeconds(5);
        private static readonly TimeSpan WholeTimeout = TimeSpan.FromSeconds(30);

        private readonly Lock ending = new();
        private ITimer? whole;
        private ITimer? part;
        private bool isOver;
        private volatile bool hasEnded;

        /// <summary>True once it ended a wait.</summary>
        public bool HasEnded => hasEnded;

        /// <summary>Starts the time for the next part of the body, and with the first that of the whole.</summary>
        public void AwaitPart(TimeProvider timers)
        {
            whole ??= timers.CreateTimer(EndWait, null, WholeTimeout, Timeout.InfiniteTimeSpan);
            part ??= timers.CreateTimer(EndWait, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            part.Change(PartTimeout, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            // The next read of this reader may be another request's.
            lock (ending)
            {
                isOver = true;
            }

            part?.Dispose();
            whole?.Dispose();
        }

        private void EndWait(object? state)
        {
            lock (ending)
            {
                if (!isOver)
                {
                    hasEnded = true;
                    reader.CancelPendingRead();
                }
            }
        }
    }
}
