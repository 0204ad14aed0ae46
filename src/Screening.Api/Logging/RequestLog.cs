using System.Diagnostics;
using Screening.Api.Telemetry;
using Serilog.Events;

namespace Screening.Api.Logging;

/// <summary>
/// Logs one line per request: method, route, status, duration in milliseconds, protocol version and client, with the trace id that every
/// line has; why a request was not let in is there alone. Never a key, an answer, a reason, a reference, a path or a query: the path is
/// what the client typed, the route is the service's own template. A batch is one line too, with the number of its lines and of those that
/// failed.
/// </summary>
internal static class RequestLog
{
    private const string Line = "{Method} {Route} {Status} in {Elapsed} ms {Protocol} {Client}";
    private const string RefusedLine = Line + " refused: {Refusal}";
    private const string BatchLine = Line + " {Lines} lines, {FailedLines} failed";
    private static readonly object ProtocolItem = new();
    private static readonly object LinesItem = new();
    private static readonly object ClientItem = new();
    private static readonly object RefusalItem = new();

    /// <summary>Records the protocol of this request.</summary>
    public static void SetProtocol(HttpContext context, Rules.Protocol protocol) => context.Items[ProtocolItem] = protocol;

    /// <summary>Records who calls, by the id that the operator gave.</summary>
    public static void SetClient(HttpContext context, string id) => context.Items[ClientItem] = id;

    /// <summary>Records the code of why the request was not let in.</summary>
    public static void SetRefusal(HttpContext context, string code) => context.Items[RefusalItem] = code;

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
        var client = context.Items[ClientItem] as string ?? "-";
        var (method, route) = (RequestRoute.MethodOf(context) ?? "-", RequestRoute.Of(context) ?? "-");
        if (context.Items[LinesItem] is (long lines, long failed))
        {
            log.Write(
                level, failure, BatchLine, method, route, status, elapsed, protocol, client,
                lines, failed);
        }
        else if (context.Items[RefusalItem] is string refusal)
        {
            log.Write(
                level, failure, RefusedLine, method, route, status, elapsed, protocol, client, refusal);
        }
        else
        {
            log.Write(level, failure, Line, method, route, status, elapsed, protocol, client);
        }
    }
}
