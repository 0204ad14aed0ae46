using System.Globalization;
using System.Reflection;
using Screening.Api.Settings;
using Screening.Api.Telemetry;
using Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;
using Serilog.Settings.Configuration;

namespace Screening.Api.Logging;

/// <summary>
/// Configures the log: to standard output, as Serilog's compact JSON (<c>@t</c>, <c>@mt</c>, <c>@l</c> unless Information, <c>@x</c>,
/// <c>@tr</c>, <c>@sp</c>, then the properties), or as plain text in development. The setting <c>Serilog:MinimumLevel</c> sets the levels.
/// </summary>
internal static class ServiceLog
{
    /// <summary>The service's name in the log.</summary>
    public const string Name = "screening-api";

    private const string DevelopmentTemplate = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj} {TraceId}{NewLine}{Exception}";

    private static readonly string Version =
        typeof(ServiceLog).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "-";

    /// <summary>Routes all logging of this host to this log.</summary>
    /// <exception cref="SettingException">The setting contains an unknown level.</exception>
    public static void AddServiceLog(this WebApplicationBuilder builder)
    {
        var levels = ServiceSettings.LogLevels.Of(builder.Configuration);
        builder.Logging.ClearProviders();
        builder.Services.AddSerilog(
            (services, log) => log.ReadFrom.Services(services).WithLevels(levels)
                .ToStandardOutput(builder.Environment, metrics: services.GetRequiredService<ServiceMetrics>()),
            preserveStaticLogger: true);
    }

    /// <summary>Writes to standard output, without exception messages.</summary>
    /// <param name="log">The log.</param>
    /// <param name="environment">In development it is plain text.</param>
    /// <param name="output">What stands in for standard output.</param>
    /// <param name="metrics">Tells of lines that were dropped.</param>
    public static LoggerConfiguration ToStandardOutput(
        this LoggerConfiguration log, IHostEnvironment? environment, Stream? output = null, ServiceMetrics? metrics = null)
    {
        log.Enrich.WithProperty("service.name", Name).Enrich.WithProperty("service.version", Version);
        return log.WriteTo.Sink(LoggerSinkConfiguration.Wrap(
            sink => new WithoutExceptionMessages(sink),
            to => to.Sink(new BackgroundSink(
                output ?? StandardOutput.OpenForLog(),
                environment?.IsDevelopment() == true
                    ? new MessageTemplateTextFormatter(DevelopmentTemplate, CultureInfo.InvariantCulture)
                    : new CompactJsonFormatter(),
                metrics))));
    }

    /// <summary>
    /// Sets the levels. Framework and library events are kept from Warning up only, whatever the setting, and without the path: their
    /// request lines contain path, query and more. Only levels are read from Serilog's settings: an additional sink would receive exception
    /// messages.
    /// </summary>
    private static LoggerConfiguration WithLevels(this LoggerConfiguration log, IEnumerable<KeyValuePair<string, string?>> levels)
    {
        log.Filter.ByExcluding(logEvent => logEvent.Level < LogEventLevel.Warning && !IsOwnEvent(logEvent))
            .Enrich.With<WithoutPath>()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            // It tells of a failed start or stop with a stack trace, and throws; StartLog tells the reason, in one line.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting", LogEventLevel.Fatal)
            .MinimumLevel.Override("FastEndpoints", LogEventLevel.Warning);
        var configured = new ConfigurationBuilder().AddInMemoryCollection(levels).Build();
        return log.ReadFrom.Configuration(configured, new ConfigurationReaderOptions(typeof(Log).Assembly));
    }

    /// <summary>True for events of this service, and of its host about start and stop.</summary>
    private static bool IsOwnEvent(LogEvent logEvent) =>
        !logEvent.Properties.TryGetValue(Constants.SourceContextPropertyName, out var source)
        || (source is ScalarValue { Value: string name }
            && (name.StartsWith("Screening.", StringComparison.Ordinal) || name == "Microsoft.Hosting.Lifetime"));

    /// <summary>Removes the path that the framework adds to its own events during a request.</summary>
    private sealed class WithoutPath : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) => logEvent.RemovePropertyIfPresent("RequestPath");
    }
}
