using System.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;
using Screening.Rules;

namespace Screening.Api.Http;

/// <summary>Another form of problems, for every address under a path; registered as a service.</summary>
/// <param name="Path">The path, such as <c>/fhir</c>.</param>
/// <param name="WriteAsync">Answers with a problem in this form.</param>
internal sealed record ProblemForm(PathString Path, Func<HttpContext, ProblemKind, Task> WriteAsync)
{
    /// <summary>Whether this request's problems have this form.</summary>
    public bool IsOf(HttpRequest request) => request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase);
}

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
        WriteAsync(context, ProblemKind.Of(errors), errors.All);

    /// <summary>Answers with a problem; under a path that has a form of its own, in that.</summary>
    public static Task WriteAsync(HttpContext context, ProblemKind kind, IReadOnlyList<InputError>? errors = null) =>
        context.RequestServices.GetServices<ProblemForm>().FirstOrDefault(form => form.IsOf(context.Request)) is { } own
            ? own.WriteAsync(context, kind)
            : WriteDocumentAsync(context, kind, errors);

    /// <summary>The id that joins this request's log line, its problem document and the caller's own trace.</summary>
    public static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    private static async Task WriteDocumentAsync(HttpContext context, ProblemKind kind, IReadOnlyList<InputError>? errors)
    {
        using var output = new Utf8Output(1024);
        Write(output, kind, errors ?? [], TraceId(context));
        // Whatever the request prefers: problems are read by whoever wrote the client.
        context.Response.Headers.ContentLanguage = Language.English.Tag;
        await output.SendAsync(context, kind.Status, MediaType);
    }

    /// <summary>Writes a problem document.</summary>
    /// <param name="output">Takes it.</param>
    /// <param name="kind">The problem.</param>
    /// <param name="errors">What is wrong with the body.</param>
    /// <param name="traceId">Joins it with the log.</param>
    /// <param name="line">The line of a batch, from 1.</param>
    /// <param name="reference">The sender's reference of that line.</param>
    public static void Write(Utf8Output output, ProblemKind kind, IReadOnlyList<InputError> errors, string traceId, long? line = null, string? reference = null)
    {
        var problem = new ProblemResponse
        {
            Type = "/problems/" + kind.Code,
            Title = kind.Title,
            Status = kind.Status,
            Detail = kind.Remedy,
            TraceId = traceId,
            Line = line,
            Reference = reference,
            Errors = [.. errors.Select(error => new ProblemError { Pointer = error.Place, Code = error.Code.Code, Detail = error.Detail })],
        };
        output.Json(problem, ProblemJson.Default.ProblemResponse);
    }
}
