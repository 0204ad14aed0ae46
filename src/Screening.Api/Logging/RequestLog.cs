using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Serilog.Events;

namespace Screening.Api.Logging;

/// <summary>
/// Logs one line per request: method, route, status, duration in milliseconds and protocol version, with the trace id that every line has.
/// Never an answer, a reason, a reference, a path or a query: the path is what the client typed, the route is the service's own template. A
/// batch is one line too, with the number of its lines and of those that failed.
/// </summary>
internal static class RequestLog
{
    private const string Line = "{Method} {Route} {Status} in {Elapsed} ms {Protocol}";
    private const string BatchLine = Line + " {Lines} lines, {FailedLines} failed";
    private static readonly object ProtocolItem = new();
    private static readonly object LinesItem = new();

    /// <summary>Records the protocol of this request.</summary>
    public static void SetProtocol(HttpContext context, Rules.Protocol protocol) => context.Items[ProtocolItem] = protocol;

    /// <summary>Records how many lines of a batch were processed, and how many of them failed.</summary>
    public static void SetLines(HttpContext context, long lines, long failed) => context.Items[LinesItem] = (lines, failed);

    /// <summary>Logs every request that passes through the pipeline from here.</summary>
    public static void UseRequestLog(this IApplicationBuilder app)
    {
        // Use this host's logger: the static one belongs to the most recent host of the process.
        var log = app.ApplicationServices.GetRequiredService<Serilog.ILogger>();
        app.Use(next => context => InvokeAsync(context, next, log));
    }

    private static async Task InvokeAsync(HttpContext context, RequestDelegate next, Serilog.ILogger log)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
            Write(log, context, context.Response.StatusCode, started, null);
        }
        catch (Exception failure)
        {
            Write(log, context, StatusCodes.Status500InternalServerError, started, failure);
            throw;
        }
    }

    private static void Write(Serilog.ILogger log, HttpContext context, int status, long started, Exception? failure)
    {
        var level = failure is null ? LogEventLevel.Information : LogEventLevel.Error;
        var elapsed = Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 3);
        var protocol = context.Items[ProtocolItem] is Rules.Protocol usedProtocol ? usedProtocol.Reference : "-";
        if (context.Items[LinesItem] is (long lines, long failed))
        {
            log.Write(
                level, failure, BatchLine, Method(context.Request.Method), Route(context), status, elapsed, protocol, lines, failed);
        }
        else
        {
            log.Write(level, failure, Line, Method(context.Request.Method), Route(context), status, elapsed, protocol);
        }
    }

    /// <summary>Returns the route. For a failed request, whose endpoint has been cleared by now, the route where it failed.</summary>
    private static string Route(HttpContext context)
    {
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        return (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "-";
    }

    private static string Method(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
        || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method) || HttpMethods.IsPatch(method) ? method : "-";
}
