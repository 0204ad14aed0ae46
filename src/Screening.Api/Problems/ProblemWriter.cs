using Microsoft.AspNetCore.Http.Metadata;
using Screening.Api.Hosting;
using Screening.Rules;

namespace Screening.Api.Problems;

/// <summary>What every error looks like: RFC 9457 <c>application/problem+json</c>. No value of a request ever stands in it.</summary>
internal static class ProblemWriter
{
    private const string MediaType = "application/problem+json";

    /// <summary>Gives every failure that no endpoint answered its problem document: unknown addresses, wrong methods, exceptions.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            // HEAD is GET without the body, which the server leaves out by itself.
            if (HttpMethods.IsHead(context.Request.Method))
            {
                context.Request.Method = HttpMethods.Get;
            }

            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers.CacheControl = "no-store";
            return next(context);
        });
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => WriteAsync(context, ProblemKind.OfStatus(context.Response.StatusCode)),
            StatusCodeSelector = exception => exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
            SuppressDiagnosticsCallback = suppress => suppress.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages(pages => WriteAsync(pages.HttpContext, ProblemKind.OfStatus(pages.HttpContext.Response.StatusCode)));
    }

    /// <summary>
    /// A body without a content type is 415 too. The framework's own check starts the answer before a body can be added to it, so this one
    /// comes first.
    /// </summary>
    public static void UseProblemsOfMissingContentType(this WebApplication app) => app.Use((context, next) =>
        context.Request.ContentType is null && context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is not null
            ? WriteAsync(context, ProblemKind.UnsupportedMediaType)
            : next(context));

    /// <summary>Answers with the problem that these errors amount to.</summary>
    public static Task WriteAsync(HttpContext context, InputErrors errors) =>
        WriteAsync(context, errors.AnyOfShape ? ProblemKind.InvalidRequest : ProblemKind.UnscreenableRequest, errors.All);

    /// <summary>Answers with a problem.</summary>
    public static async Task WriteAsync(HttpContext context, ProblemKind kind, IReadOnlyList<InputError>? errors = null)
    {
        using var output = new Utf8Output(1024);
        Write(output, kind, errors ?? [], RequestLog.TraceId(context));
        await output.SendAsync(context, kind.Status, MediaType);
    }

    /// <summary>Writes a problem document.</summary>
    public static void Write(Utf8Output output, ProblemKind kind, IReadOnlyList<InputError> errors, string traceId)
    {
        output.Raw("{\"type\":"u8);
        output.Text("/problems/" + kind.Code);
        output.Raw(",\"title\":"u8);
        output.Text(kind.Title);
        output.Raw(",\"status\":"u8);
        output.Number(kind.Status);
        output.Raw(",\"detail\":"u8);
        output.Text(kind.Remedy);
        output.Raw(",\"traceId\":"u8);
        output.Text(traceId);
        output.Raw(",\"errors\":["u8);
        for (var i = 0; i < errors.Count; i++)
        {
            output.Raw(i == 0 ? "{\"pointer\":"u8 : ",{\"pointer\":"u8);
            output.Text(errors[i].Pointer);
            output.Raw(",\"code\":"u8);
            output.Text(errors[i].Code.Code);
            output.Raw(",\"detail\":"u8);
            output.Text(errors[i].Detail);
            output.Raw("}"u8);
        }

        output.Raw("]}"u8);
    }
}
