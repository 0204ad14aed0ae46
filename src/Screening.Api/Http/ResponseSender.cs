using System.Text.Json.Serialization.Metadata;

namespace Screening.Api.Http;

/// <summary>Sends responses with a Content-Length header.</summary>
internal static class ResponseSender
{
    // The server gives each part the same time (ConnectionLimits.SendTimeout), so that a slow client may read a large response.
    private const int PartBytes = 16 * 1024;

    /// <summary>Fits into the server's own buffer, so that sending it alone never waits for the client.</summary>
    internal const int WholeBytes = 24 * 1024;

    /// <summary>
    /// Sends the bytes. A large response whose memory the service cannot spare is replaced by the problem that says so.
    /// </summary>
    public static async ValueTask SendAsync(this HttpContext context, int status, string contentType, ReadOnlyMemory<byte> bytes)
    {
        var response = context.Response;
        MemoryBudget.Lease? memory = null;
        if (bytes.Length > WholeBytes
            && !context.RequestServices.GetRequiredService<MemoryBudget>().TryTake(context, MemoryUse.Response, bytes.Length, ref memory))
        {
            // Others wait for the place of a connection that asks for more than there is.
            context.CloseAfterResponse();
            await ProblemWriter.WriteAsync(context, ProblemKind.Overloaded);
            return;
        }

        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        var part = bytes.Length > WholeBytes ? PartBytes : bytes.Length;
        for (; bytes.Length > part; bytes = bytes[part..])
        {
            await response.BodyWriter.WriteAsync(bytes[..part], context.RequestAborted);
        }

        await response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
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
