using System.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;
using Screening.Api.Telemetry;
using Screening.Rules;

namespace Screening.Api.Http;

/// <summary>A different format of problems for all addresses under a path; registered as a service.</summary>
/// <param name="Path">The path, such as <c>/fhir</c>.</param>
/// <param name="WriteAsync">Sends a problem in this format, with what is wrong with the body.</param>
internal sealed record ProblemForm(PathString Path, Func<HttpContext, ProblemKind, IReadOnlyList<InputError>, Task> WriteAsync)
{
    /// <summary>Which requests under the path have this format; all of them unless this says otherwise.</summary>
    public Func<HttpRequest, bool> IsWanted { get; init; } = _ => true;

    /// <summary>True when problems of this request have this format.</summary>
    public bool AppliesTo(HttpRequest request) =>
        request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase) && IsWanted(request);
}

/// <summary>Writes errors as RFC 9457 <c>application/problem+json</c>. A problem never contains a value of the request.</summary>
internal static class ProblemWriter
{
    private const string MediaType = "application/problem+json";

    // How long the others take is unknown; a retry every few seconds is cheap.
    private const string RetryAfterSeconds = "5";

    /// <summary>
    /// Sends a problem document for every failure that no endpoint handled: unknown addresses, wrong methods, exceptions.
    /// </summary>
    public static void UseProblems(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            // HEAD is GET without the body, which the server omits by itself.
            if (HttpMethods.IsHead(context.Request.Method))
            {
                context.Request.Method = HttpMethods.Get;
            }

            return next(context);
        });
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context =>
            {
                ResponseHeaders.Set(context);
                return WriteAsync(context, ProblemKind.OfStatus(context.Response.StatusCode));
            },
            StatusCodeSelector = exception => exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
            SuppressDiagnosticsCallback = suppress => suppress.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages(pages => WriteAsync(pages.HttpContext, KindOf(pages.HttpContext.Response)));
    }

    /// <summary>
    /// Rejects a body without a content type with 415 as well. It runs before the framework's own check, which starts the response before a
    /// body can be added to it.
    /// </summary>
    public static void UseProblemsOfMissingContentType(this WebApplication app) => app.Use((context, next) =>
        context.Request.ContentType is null && context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is not null
            ? WriteAsync(context, ProblemKind.UnsupportedMediaType)
            : next(context));

    /// <summary>Sends the problem for these errors.</summary>
    public static Task WriteAsync(HttpContext context, InputErrors errors) =>
        WriteAsync(context, ProblemKind.Of(errors), errors.All);

    /// <summary>Sends a problem, in the format of the request's path.</summary>
    public static Task WriteAsync(HttpContext context, ProblemKind kind, IReadOnlyList<InputError>? errors = null)
    {
        if (kind.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable
            && context.Response.Headers.RetryAfter.Count == 0)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        return FormOf(context) is { } customForm
            ? customForm.WriteAsync(context, kind, errors ?? [])
            : WriteDocumentAsync(context, kind, errors);
    }

    /// <summary>Routing has put the methods into the header.</summary>
    private static ProblemKind KindOf(HttpResponse response) =>
        ProblemKind.OfStatus(response.StatusCode) is var kind
            && kind == ProblemKind.MethodNotAllowed && response.Headers.Allow is { Count: > 0 } allowed
            ? kind.Naming([.. allowed.ToString().Split(',', StringSplitOptions.TrimEntries)])
            : kind;

    /// <summary>Returns the format of problems under the request's path; null where they are problem documents.</summary>
    public static ProblemForm? FormOf(HttpContext context) =>
        context.RequestServices.GetServices<ProblemForm>().FirstOrDefault(form => form.AppliesTo(context.Request));

    /// <summary>Returns the id that correlates the log line, the problem document and the client's own trace.</summary>
    public static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    /// <summary>Returns the <c>type</c> of a problem: where <c>GET /problems/{code}</c> explains it.</summary>
    /// <param name="code">The code of a problem or an error.</param>
    /// <param name="prefix">What the addresses of this service begin with.</param>
    public static string TypeOf(string code, PathString prefix) => prefix.Add("/problems/" + code).ToUriComponent();

    /// <summary>Sets the headers of a problem's language, and returns it.</summary>
    public static Language SetLanguage(HttpContext context)
    {
        var language = Languages.Of(context.Request);
        var headers = context.Response.Headers;
        headers.ContentLanguage = language.Tag;
        if (!headers.Vary.ToString().Contains("Accept-Language", StringComparison.Ordinal))
        {
            headers.Vary = headers.Vary.Count == 0 ? "Accept-Language" : headers.Vary + ", Accept-Language";
        }

        return language;
    }

    /// <summary>Counts a problem; whatever writes one in another form does so too.</summary>
    public static void Count(HttpContext context, ProblemKind kind) => ServiceMetrics.Of(context)?.Problems.Add(kind.Code);

    private static async Task WriteDocumentAsync(HttpContext context, ProblemKind kind, IReadOnlyList<InputError>? errors)
    {
        Count(context, kind);
        using var output = new Utf8Output(1024);
        Write(
            output, kind, errors ?? [], TraceId(context), SetLanguage(context), context.Request.PathBase,
            detail: ProblemDetail.Of(context, kind));
        await output.SendAsync(context, kind.Status, MediaType);
    }

    /// <summary>Writes a problem document.</summary>
    /// <param name="output">The destination.</param>
    /// <param name="kind">The problem.</param>
    /// <param name="errors">What is wrong with the body.</param>
    /// <param name="traceId">Correlates the problem with the log.</param>
    /// <param name="language">The language of its texts.</param>
    /// <param name="prefix">What the addresses of this service begin with.</param>
    /// <param name="line">The line of a batch, from 1.</param>
    /// <param name="reference">The client's reference of that line.</param>
    /// <param name="detail">What would be accepted; null where the remedy of the problem says it.</param>
    public static void Write(
        Utf8Output output,
        ProblemKind kind,
        IReadOnlyList<InputError> errors,
        string traceId,
        Language language,
        PathString prefix = default,
        long? line = null,
        string? reference = null,
        LocalizedText? detail = null)
    {
        var problem = new ProblemResponse
        {
            Type = TypeOf(kind.Code, prefix),
            Title = kind.Explanation.Meaning.In(language),
            Status = kind.Status,
            Detail = (detail ?? ProblemDetail.In(prefix, kind.Explanation.Remedy)).In(language),
            TraceId = traceId,
            Line = line,
            Reference = reference,
            Errors = [.. errors.Select(error => ProblemError.Of(error, language, prefix))],
        };
        output.Json(problem, ProblemJson.Default.ProblemResponse);
    }
}
