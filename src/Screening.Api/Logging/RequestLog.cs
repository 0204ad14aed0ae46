using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Serilog.Events;

namespace Screening.Api.Logging;

/// <summary>
/// All that is logged of a request: one line with method, route, status, duration in milliseconds and protocol version, beside the trace id
/// that every line has. Never an answer, a reason, a reference, a path or a query: a path is what the client typed, the route is what this
/// service calls it. A batch is one line too, with the number of its lines and of those that failed.
/// </summary>
internal static class RequestLog
{
    private const string Line = "{Method} {Route} {Status} in {Elapsed} ms {Protocol}";
    private const string BatchLine = Line + " {Lines} lines, {FailedLines} failed";
    private static readonly object ProtocolItem = new();
    private static readonly object LinesItem = new();

    /// <summary>Notes the protocol that this request was decided by.</summary>
    public static void SetProtocol(HttpContext context, Rules.Protocol protocol) => context.Items[ProtocolItem] = protocol;

    /// <summary>Notes how many lines of a batch were answered, and how many of them with a problem.</summary>
    public static void SetLines(HttpContext context, long lines, long failed) => context.Items[LinesItem] = (lines, failed);

    /// <summary>Logs every request that passes here.</summary>
    public static void UseRequestLog(this IApplicationBuilder app)
    {
        // This host's own logger: the static one is whichever host of the process came last.
        var log = app.ApplicationServices.GetRequiredService<Serilog.ILogger>();
        app.Use(next => context => LoggedAsync(context, next, log));
    }

    private static async Task LoggedAsync(HttpContext context, RequestDelegate next, Serilog.ILogger log)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
            Write(log, context, context.Response.StatusCode, begun, null);
        }
        catch (Exception failure)
        {
            Write(log, context, StatusCodes.Status500InternalServerError, begun, failure);
            throw;
        }
    }

    private static void Write(Serilog.ILogger log, HttpContext context, int status, long begun, Exception? failure)
    {
        var level = failure is null ? LogEventLevel.Information : LogEventLevel.Error;
        var elapsed = Math.Round(Stopwatch.GetElapsedTime(begun).TotalMilliseconds, 3);
        var protocol = context.Items[ProtocolItem] is Rules.Protocol known ? known.Reference : "-";
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

    /// <summary>The route; of a request that failed, which has lost it by now, the one on which it did.</summary>
    private static string Route(HttpContext context)
    {
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        return (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "-";
    }

    private static string Method(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
        || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method) || HttpMethods.IsPatch(method) ? method : "-";
}
