using System.Diagnostics;
using System.Globalization;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Screening.Api.Hosting;

/// <summary>
/// All that is logged of a request: one line with method, route, status, duration, trace id and protocol version. Never an answer, a reason, a
/// reference, a path or a query: a path is what the client typed, the route is what this service calls it. A batch is one line too, with the number
/// of its lines and of those that failed.
/// </summary>
internal static class RequestLog
{
    private const string Message = "{Method} {Route} {Status} in {Elapsed:0.000} ms {Protocol} {TraceId}";
    private const string ProtocolItem = "Screening.Protocol";
    private static readonly object LinesItem = new();

    /// <summary>Notes the protocol that this request was decided by.</summary>
    public static void SetProtocol(HttpContext context, Rules.Protocol protocol) => context.Items[ProtocolItem] = protocol;

    /// <summary>Notes how many lines of a batch were answered, and how many of them with a problem.</summary>
    public static void SetLines(HttpContext context, long lines, long failed) => context.Items[LinesItem] = (lines, failed);

    /// <summary>Logs to the console: compact JSON, or readable lines in development.</summary>
    public static void AddRequestLog(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        var readable = builder.Environment.IsDevelopment();
        builder.Services.AddSerilog((services, log) =>
        {
            // The framework's own request lines name path and query; errors of the framework are kept.
            log.ReadFrom.Services(services)
                .MinimumLevel.Information()
                .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                .MinimumLevel.Override("System", LogEventLevel.Warning)
                .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
                .MinimumLevel.Override("FastEndpoints", LogEventLevel.Warning);
            _ = readable
                ? log.WriteTo.Console(outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}", formatProvider: CultureInfo.InvariantCulture)
                : log.WriteTo.Console(new CompactJsonFormatter());
        }, preserveStaticLogger: true);
    }

    /// <summary>Logs every request that passes here.</summary>
    public static void UseRequestLog(this WebApplication app) => app.UseSerilogRequestLogging(options =>
    {
        // This host's own logger: the static one is whichever host of the process came last.
        options.Logger = app.Services.GetRequiredService<Serilog.ILogger>();
        options.MessageTemplate = Message;
        options.GetLevel = (_, _, exception) => exception is null ? LogEventLevel.Information : LogEventLevel.Error;
        options.GetMessageTemplateProperties = (context, _, elapsed, status) =>
        [
            new LogEventProperty("Method", new ScalarValue(Method(context.Request.Method))),
            new LogEventProperty("Route", new ScalarValue(Route(context))),
            new LogEventProperty("Status", new ScalarValue(status)),
            new LogEventProperty("Elapsed", new ScalarValue(elapsed)),
            new LogEventProperty("Protocol", new ScalarValue(context.Items[ProtocolItem] is Rules.Protocol protocol ? protocol.Id + "@" + protocol.Document.Version : "-")),
            new LogEventProperty("TraceId", new ScalarValue(TraceId(context))),
            .. Lines(context),
        ];
    });

    /// <summary>The id that joins this request's log line, its problem document and the caller's own trace.</summary>
    public static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    private static LogEventProperty[] Lines(HttpContext context) => context.Items[LinesItem] is (long lines, long failed)
        ? [new LogEventProperty("Lines", new ScalarValue(lines)), new LogEventProperty("FailedLines", new ScalarValue(failed))]
        : [];

    private static string Route(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "-";

    private static string Method(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
        || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method) || HttpMethods.IsPatch(method) ? method : "-";
}
