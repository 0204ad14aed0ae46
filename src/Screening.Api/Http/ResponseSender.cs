using System.IO.Pipelines;
using System.Text.Json.Serialization.Metadata;

namespace Screening.Api.Http;

/// <summary>Sends responses with a Content-Length header.</summary>
internal static class ResponseSender
{
    /// <summary>Sends the bytes.</summary>
    public static ValueTask<FlushResult> SendAsync(this HttpContext context, int status, string contentType, ReadOnlyMemory<byte> bytes)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        return response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>Sends the written bytes.</summary>
    public static ValueTask<FlushResult> SendAsync(this Utf8Output output, HttpContext context, int status, string contentType) =>
        context.SendAsync(status, contentType, output.Written);

    /// <summary>Serializes a value and sends it with status 200.</summary>
    public static async Task SendJsonAsync<T>(this HttpContext context, T value, JsonTypeInfo<T> type)
    {
        using var output = new Utf8Output(4096);
        output.Json(value, type);
        await output.SendAsync(context, StatusCodes.Status200OK, "application/json");
    }
}
