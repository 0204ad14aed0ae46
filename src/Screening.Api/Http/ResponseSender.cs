using System.IO.Pipelines;
using System.Text.Json.Serialization.Metadata;

namespace Screening.Api.Http;

/// <summary>Sends answers, their length told in front.</summary>
internal static class ResponseSender
{
    /// <summary>Answers with these bytes.</summary>
    public static ValueTask<FlushResult> SendAsync(this HttpContext context, int status, string contentType, ReadOnlyMemory<byte> bytes)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        return response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>Answers with what was written.</summary>
    public static ValueTask<FlushResult> SendAsync(this Utf8Output output, HttpContext context, int status, string contentType) =>
        context.SendAsync(status, contentType, output.Written);

    /// <summary>Answers with 200 and what the serializer makes of this.</summary>
    public static async Task SendJsonAsync<T>(this HttpContext context, T answer, JsonTypeInfo<T> type)
    {
        using var output = new Utf8Output(4096);
        output.Json(answer, type);
        await output.SendAsync(context, StatusCodes.Status200OK, "application/json");
    }
}
