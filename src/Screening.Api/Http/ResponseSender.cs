using System.Text.Json.Serialization.Metadata;

namespace Screening.Api.Http;

/// <summary>Sends responses with a Content-Length header.</summary>
internal static class ResponseSender
{
    private const int PartBytes = 16 * 1024;

    // The server measures the average rate of a connection, by which a client that read much may stop for minutes.
    private static readonly TimeSpan PartTimeout = TimeSpan.FromSeconds(8);

    // Fits into the server's own buffer, so that sending it never waits for the client.
    private const int WholeBytes = 48 * 1024;

    /// <summary>
    /// Sends the bytes. A large response whose memory the service cannot spare is replaced by the problem that says so.
    /// </summary>
    public static async ValueTask SendAsync(this HttpContext context, int status, string contentType, ReadOnlyMemory<byte> bytes)
    {
        var response = context.Response;
        MemoryBudget.Lease? memory = null;
        if (bytes.Length > WholeBytes
            && !context.RequestServices.GetRequiredService<MemoryBudget>().TryTake(context, bytes.Length, ref memory))
        {
            await ProblemWriter.WriteAsync(context, ProblemKind.Overloaded);
            return;
        }

        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        var part = bytes.Length > WholeBytes ? PartBytes : bytes.Length;
        for (; bytes.Length > part; bytes = bytes[part..])
        {
            await SendPartAsync(context, bytes[..part]);
        }

        await response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>Sends a part of a large response; a client that reads nothing of it for seconds loses its connection.</summary>
    private static async ValueTask SendPartAsync(HttpContext context, ReadOnlyMemory<byte> part)
    {
        var sending = context.Response.BodyWriter.WriteAsync(part, context.RequestAborted);
        if (!sending.IsCompleted)
        {
            var timers = context.RequestServices.GetRequiredService<TimeProvider>();
            await using var timer = timers.CreateTimer(_ => context.Abort(), null, PartTimeout, Timeout.InfiniteTimeSpan);
            await sending;
            return;
        }

        await sending;
    }

    /// <summary>Sends the written bytes.</summary>
    public static ValueTask SendAsync(this Utf8Output output, HttpContext context, int status, string contentType) =>
        context.SendAsync(status, contentType, output.Written);

    /// <summary>Serializes a value and sends it.</summary>
    public static async Task SendJsonAsync<T>(this HttpContext context, T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        using var output = new Utf8Output(4096);
        output.Json(value, type);
        await output.SendAsync(context, status, "application/json");
    }
}
