using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using Screening.Api.Settings;

namespace Screening.Api.Telemetry;

/// <summary>
/// The page of metrics, on a port of its own: <c>GET /metrics</c>, and nothing else. A server of its own, so that neither its requests
/// count among the service's nor anything of the service is reached by this port. It listens before the service does, and until that has
/// stopped.
/// </summary>
internal sealed class MetricsListener : IHostedService, IHttpApplication<HttpContext>, IDisposable
{
    /// <summary>The address.</summary>
    public const string Path = "/metrics";

    /// <summary>The connections that are served at a time: enough for two that scrape, and for one who looks.</summary>
    public const int MostConnections = 8;

    // They have as long to send a request; the server itself drops more, so that the service's own listener keeps its descriptors.
    private const int MostRefused = 8;

    // Of a scrape under way.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    private readonly IServiceProvider services;
    private readonly KestrelServer server;
    private readonly RequestDelegate answer;

    /// <summary>Makes the server, with the listeners and the limits of the service's own.</summary>
    public MetricsListener(IServiceProvider services, MetricsAddress address, IConnectionListenerFactory listeners, ILoggerFactory logs)
    {
        this.services = services;
        var options = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };
        var pipeline = new ApplicationBuilder(services);
        address.Guard(options, pipeline);
        options.Limits.MaxConcurrentConnections = MostConnections + MostRefused;
        if (address.IsOfThisMachine)
        {
            options.ListenLocalhost(address.Port);
        }
        else
        {
            options.ListenAnyIP(address.Port);
        }

        server = new KestrelServer(Options.Create(options), listeners, logs);
        pipeline.UseOpenTelemetryPrometheusScrapingEndpoint(
            services.GetRequiredService<MeterProvider>(), IsOfPage, Path, configureBranchedPipeline: null, optionsName: null);
        answer = pipeline.Build();
    }

    /// <inheritdoc/>
    /// <exception cref="SettingException">The port cannot be listened on.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await server.StartAsync(this, cancellationToken);
        }
        catch (Exception failed) when (failed is IOException or System.Net.Sockets.SocketException or InvalidOperationException)
        {
            throw new SettingException(ServiceSettings.MetricsPort.Name, "a port that is free here, and may be listened on.");
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(StopTimeout);
        await server.StopAsync(end.Token);
    }

    /// <inheritdoc/>
    public HttpContext CreateContext(IFeatureCollection contextFeatures) =>
        new DefaultHttpContext(contextFeatures) { RequestServices = services };

    /// <inheritdoc/>
    public Task ProcessRequestAsync(HttpContext context) => answer(context);

    /// <inheritdoc/>
    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // It holds nothing.
    }

    /// <inheritdoc/>
    public void Dispose() => server.Dispose();

    private static bool IsOfPage(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && context.Request.Path.Equals(Path, StringComparison.Ordinal);
}

/// <summary>Where the page of metrics is.</summary>
/// <param name="Port">The port.</param>
/// <param name="IsOfThisMachine">True where the service is for this machine alone; else every network reaches it.</param>
/// <param name="Guard">Gives the server the limits of the service's own, and its pipeline what counts requests for them.</param>
internal sealed record MetricsAddress(int Port, bool IsOfThisMachine, Action<KestrelServerOptions, IApplicationBuilder> Guard);
