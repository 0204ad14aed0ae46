using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Screening.Api.Settings;

namespace Screening.Api.Telemetry;

/// <summary>
/// Where metrics and traces go: to the page of <see cref="MetricsListener"/>, and by OTLP to the address of OpenTelemetry's own settings.
/// Neither unless it is set; then nothing listens to the instruments, and they cost next to nothing.
/// </summary>
internal static class TelemetryExport
{
    private const string Otlp = "otlp";
    private const string None = "none";

    // A screening takes a tenth of a millisecond, a record of one mebibyte half a second.
    private static readonly double[] Seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>What is taken of what the framework and the runtime measure, with the labels that are kept.</summary>
    private static readonly Dictionary<string, MetricStreamConfiguration> Taken = new(StringComparer.Ordinal)
    {
        ["http.server.request.duration"] = new ExplicitBucketHistogramConfiguration
        {
            Boundaries = Seconds,
            TagKeys = RequestSpan.Attributes,
        },
        ["http.server.active_requests"] = new() { TagKeys = [] },
        ["dotnet.process.cpu.time"] = new(),
        ["dotnet.process.memory.working_set"] = new(),
        ["dotnet.gc.pause.time"] = new(),
    };

    /// <summary>Adds the instruments, and the ways out that are set.</summary>
    /// <param name="builder">The service's.</param>
    /// <param name="name">The name of the service, unless <c>OTEL_SERVICE_NAME</c> gives another.</param>
    /// <param name="version">Its version.</param>
    /// <exception cref="SettingException">A setting has no such value.</exception>
    public static void Add(WebApplicationBuilder builder, string name, string version)
    {
        builder.Services.AddSingleton<ServiceMetrics>();
        var configuration = builder.Configuration;
        var isDisabled = ServiceSettings.OtelDisabled.Of(configuration);
        var isPageServed = ServiceSettings.MetricsPort.Of(configuration) > 0;
        var endpoint = ServiceSettings.OtlpEndpoint.Of(configuration, Address);
        var sendsMetrics = Sends(
            ServiceSettings.OtelMetricsExporter.Of(configuration, Exporter),
            endpoint ?? ServiceSettings.OtlpMetricsEndpoint.Of(configuration, Address));
        var sendsTraces = Sends(
            ServiceSettings.OtelTracesExporter.Of(configuration, Exporter),
            endpoint ?? ServiceSettings.OtlpTracesEndpoint.Of(configuration, Address));
        if (isDisabled || (!isPageServed && !sendsMetrics && !sendsTraces))
        {
            return;
        }

        if (sendsMetrics || sendsTraces)
        {
            OtelValues.Check(configuration);
        }

        if (isPageServed)
        {
            builder.Services.AddHostedService<MetricsListener>();
        }

        // What the environment says of the service comes last, and holds.
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(name, serviceVersion: version).AddEnvironmentVariableDetector());
        if (isPageServed || sendsMetrics)
        {
            telemetry.WithMetrics(metrics => AddMetrics(metrics, isPageServed, sendsMetrics));
        }

        if (sendsTraces)
        {
            builder.Services.AddSingleton<RequestSpan.Cleaner>();
            telemetry.WithTracing(traces => traces.AddSource(RequestSpan.Source).AddProcessor<RequestSpan.Cleaner>().AddOtlpExporter());
        }

        builder.Services.AddHostedService<LastExport>();
    }

    /// <summary>Puts the span into the pipeline, outside everything that it tells of.</summary>
    /// <exception cref="SettingException">OpenTelemetry cannot work with its settings.</exception>
    public static void Use(WebApplication app)
    {
        try
        {
            Begin(app);
        }
        catch (Exception failed) when (failed is ArgumentException or InvalidOperationException or FormatException or IOException
            or NotSupportedException or UnauthorizedAccessException or CryptographicException)
        {
            throw SettingException.Telemetry();
        }
    }

    private static void Begin(WebApplication app)
    {
        if (app.Services.GetService<TracerProvider>() is not null)
        {
            RequestSpan.Use(app);
        }

        // From here on what is counted is told.
        _ = app.Services.GetService<MeterProvider>();
    }

    private static void AddMetrics(MeterProviderBuilder metrics, bool isPageServed, bool areSent)
    {
        metrics.AddMeter(ServiceMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "System.Runtime").AddView(StreamOf)
            // An exemplar has the trace of a request beside the status of its decision, and the log has that trace's client.
            .SetExemplarFilter(ExemplarFilterType.AlwaysOff);
        if (areSent)
        {
            metrics.AddOtlpExporter();
        }

        if (isPageServed)
        {
            metrics.AddPrometheusExporter(page =>
            {
                page.ScopeInfoEnabled = false;
                page.TargetInfoEnabled = false;
            });
        }
    }

    private static MetricStreamConfiguration? StreamOf(Instrument instrument) =>
        instrument.Meter.Name == ServiceMetrics.MeterName ? null
        : Taken.GetValueOrDefault(instrument.Name, MetricStreamConfiguration.Drop);

    private static bool Sends(string? exporter, Uri? endpoint) => exporter is null ? endpoint is not null : exporter == Otlp;

    private static string? Exporter(string text) => text is Otlp or None ? text : null;

    private static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : null;

    /// <summary>
    /// Sends what is left when the service has stopped, for as long as the documented stop has time for. The library's own end waits for
    /// five seconds each, one after the other.
    /// </summary>
    private sealed class LastExport(IServiceProvider services) : IHostedService
    {
        private const int Milliseconds = 2000;

        // Known from the start on: whoever hosts the service may dispose of the others while it stops.
        private readonly TracerProvider? traces = services.GetService<TracerProvider>();
        private readonly MeterProvider? metrics = services.GetService<MeterProvider>();

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
            Task.Run(() => traces?.Shutdown(Milliseconds), CancellationToken.None),
            Task.Run(() => metrics?.Shutdown(Milliseconds), CancellationToken.None));
    }
}
