using System.Globalization;
using System.Reflection;
using Screening.Api.Settings;
using Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Settings.Configuration;

namespace Screening.Api.Logging;

/// <summary>
/// Where log lines go, and which: to standard output, as Serilog's compact JSON (<c>@t</c>, <c>@mt</c>, <c>@l</c> unless Information,
/// <c>@x</c>, <c>@tr</c>, <c>@sp</c>, then the properties), or as text to read in development. The setting <c>Serilog:MinimumLevel</c>
/// sets the levels.
/// </summary>
internal static class ServiceLog
{
    /// <summary>What the service is called in its log.</summary>
    public const string Name = "screening-api";

    private const string LevelsSetting = "Serilog:MinimumLevel";
    private const string Readable = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj} {TraceId}{NewLine}{Exception}";

    private static readonly string Version =
        typeof(ServiceLog).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "-";

    /// <summary>Everything that logs in this host does so here.</summary>
    public static void AddServiceLog(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSerilog(
            (services, log) => log.ReadFrom.Services(services).WithLevels(builder.Configuration).ToStandardOutput(builder.Environment),
            preserveStaticLogger: true);
    }

    /// <summary>Writes to standard output, no message of an exception among it.</summary>
    public static LoggerConfiguration ToStandardOutput(this LoggerConfiguration log, IHostEnvironment environment)
    {
        log.Enrich.WithProperty("service.name", Name).Enrich.WithProperty("service.version", Version);
        return log.WriteTo.Sink(LoggerSinkConfiguration.Wrap(
            sink => new WithoutExceptionMessages(sink),
            to => _ = environment.IsDevelopment()
                ? to.Console(outputTemplate: Readable, formatProvider: CultureInfo.InvariantCulture)
#pragma warning disable RS0030 // The one place that names the console; everything else logs.
                : to.Sink(new BackgroundSink(Console.OpenStandardOutput(), new CompactJsonFormatter()))));
#pragma warning restore RS0030
    }

    /// <summary>
    /// The levels. Of other code's lines only warnings and worse are kept, whatever the setting says, and those without the path: its
    /// lines on each request name path, query and more. Of Serilog's settings only the levels count: a further sink would be told
    /// exceptions' messages.
    /// </summary>
    /// <exception cref="SettingException">Something in the setting is no level.</exception>
    private static LoggerConfiguration WithLevels(this LoggerConfiguration log, ConfigurationManager configuration)
    {
        log.Filter.ByExcluding(line => line.Level < LogEventLevel.Warning && !IsOwn(line))
            .Enrich.With<WithoutPath>()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .MinimumLevel.Override("FastEndpoints", LogEventLevel.Warning);
        var stated = configuration.GetSection(LevelsSetting).AsEnumerable();
        var levels = new ConfigurationBuilder().AddInMemoryCollection(stated).Build();
        try
        {
            return log.ReadFrom.Configuration(levels, new ConfigurationReaderOptions(typeof(Log).Assembly));
        }
        catch (InvalidOperationException)
        {
            var names = string.Join(", ", Enum.GetNames<LogEventLevel>());
            throw new SettingException(LevelsSetting, $"one of {names}, here and under Override.");
        }
    }

    /// <summary>True for what this service says itself, or its host about start and end.</summary>
    private static bool IsOwn(LogEvent line) =>
        !line.Properties.TryGetValue(Constants.SourceContextPropertyName, out var source)
        || (source is ScalarValue { Value: string name }
            && (name.StartsWith("Screening.", StringComparison.Ordinal) || name == "Microsoft.Hosting.Lifetime"));

    /// <summary>Takes from each line the path that the framework adds to those of its own that are written during a request.</summary>
    private sealed class WithoutPath : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) => logEvent.RemovePropertyIfPresent("RequestPath");
    }
}
