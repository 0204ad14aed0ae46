using System.Net.Sockets;
using FastEndpoints;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using NodaTime;
using Screening.Api.CarePlans;
using Screening.Api.CdsHooks;
using Screening.Api.Decisions;
using Screening.Api.Fhir;
using Screening.Api.Hosting;
using Screening.Api.Http;
using Screening.Api.Loading;
using Screening.Api.Logging;
using Screening.Api.OpenApi;
using Screening.Api.Screenings;
using Screening.Api.Screenings.Batch;
using Screening.Api.Settings;
using Screening.Rules;

namespace Screening.Api;

/// <summary>The composition root, shared by the service, its tests and its benchmarks.</summary>
public static class ScreeningHost
{
    /// <summary>Adds the service's components and starts loading every protocol.</summary>
    public static void AddScreening(this WebApplicationBuilder builder)
    {
        SettingNames.Check(builder.Configuration);
        builder.AddServiceLog();
        var connections = ConnectionLimits.Of(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            connections.ApplyTo(kestrel);
        });

        var services = builder.Services;
        services.AddSingleton(connections);
        services.AddSingleton<SocketTransportFactory>();
        services.AddSingleton<IConnectionListenerFactory, BoundedListeners>();
        services.AddSingleton<MemoryBudget>();
        services.AddSingleton<RecordLimiter>();
        services.AddSingleton<ServiceState>();
        services.AddSingleton(DrainTime.Of(builder.Configuration, builder.Environment));
        services.AddSingleton<IHostLifetime, DrainingLifetime>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainTime.RequestsTimeout);
#pragma warning disable RS0030 // The only reference to the system clock; all other code receives IClock.
        services.AddSingleton<IClock>(SystemClock.Instance);
        // Used for timers only, never to read the time.
        services.AddSingleton(TimeProvider.System);
#pragma warning restore RS0030
        services.AddSingleton(new LoadedProtocols(builder.Configuration[ProtocolFiles.FolderSetting], WarmUp.Run));
        services.AddSingleton(provider => provider.GetRequiredService<LoadedProtocols>().Catalog);
        services.AddSingleton<EnvelopeLimits>(new ScreeningEnvelopeValidator().Validate);
        services.AddSingleton(provider => new ScreeningRequestReader(
            () => provider.GetRequiredService<LoadedProtocols>().Catalog, provider.GetRequiredService<EnvelopeLimits>()));
        services.AddSingleton<WarmUpState>();
        var address = new PublicAddress(builder.Configuration);
        services.AddSingleton(address);
        services.AddSingleton(new AllowedHosts(builder.Configuration, address));
        // The framework's own filter answers without a problem document, and takes the spaces of a list for part of a name.
        services.PostConfigure<HostFilteringOptions>(filter => filter.AllowedHosts = ["*"]);
        services.AddSingleton(new ClinicZone(builder.Configuration));
        services.AddSingleton(new FormSettings(builder.Configuration));
        services.AddSingleton(new PrefetchSettings(builder.Configuration));
        services.AddSingleton<ClinicSettings>();
        services.AddSingleton(new DecisionLinkProtector(builder.Configuration));
        services.AddSingleton(new CalendarUids(builder.Configuration));
        services.AddSingleton(new ProblemForm(FhirRequest.Base, FhirResponse.WriteAsync));
        BatchLimits.Add(services, builder.Configuration);
        builder.AddConfiguredCors();
        services.AddFastEndpoints(discovery =>
        {
            discovery.DisableAutoDiscovery = true;
            discovery.Assemblies = [typeof(ScreeningHost).Assembly];
        });
        services.AddOpenApiDocument();
    }

    /// <summary>
    /// Builds the request pipeline, outermost middleware first. Returns once every protocol is loaded, so the service does not listen
    /// before that.
    /// </summary>
    /// <exception cref="ProtocolLoadException">A protocol has a flaw.</exception>
    public static void UseScreening(this WebApplication app)
    {
        app.Services.GetRequiredService<PublicAddress>().UsePrefix(app);
        app.UseWhen(context => !WarmUpCalls.IsWarmUpCall(context), others => others.UseRequestLog());
        app.UseConfiguredCors();
        app.UseProblems();
        ServiceState.Use(app);
        app.Services.GetRequiredService<AllowedHosts>().Use(app);
        app.UseRouting();
        app.UseProblemsOfMissingContentType();
        app.UseWhen(context => context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>() is not null, limited => limited.UseRateLimiter());
        UseWarmUpGate(app);
        app.UseFastEndpoints();
        BlockTestRoute(app);
        app.UseOpenApiDocument();
        _ = app.Services.GetRequiredService<LoadedProtocols>().Catalog;
        WarmUpCalls.StartWith(app);
    }

    /// <summary>Starts to listen.</summary>
    /// <exception cref="SettingException">An address cannot be listened on.</exception>
    public static async Task ListenAsync(this WebApplication app)
    {
        try
        {
            ListeningAddresses.Check(app.Configuration);
            await app.StartAsync();
        }
        catch (Exception failed) when (failed is IOException or SocketException or FormatException or ArgumentException or InvalidOperationException or OverflowException)
        {
            var reason = failed is IOException { InnerException: AddressInUseException } ? "is in use" : "is none, or may not be listened on";
            throw SettingException.Address(reason);
        }
    }

    /// <summary>
    /// FHIR and CDS requests that arrive during warm-up wait for it to end instead of repeating its work; readiness waits too.
    /// </summary>
    private static void UseWarmUpGate(WebApplication app)
    {
        var warmUp = app.Services.GetRequiredService<WarmUpState>().Done;
        PathString[] gatedPaths = [FhirRequest.Base, "/cds-services", "/health/ready"];
        app.UseWhen(
            context => !warmUp.IsCompleted && !WarmUpCalls.IsWarmUpCall(context)
                && gatedPaths.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)),
            gated => gated.Use(async (context, next) =>
            {
                await warmUp.WaitAsync(context.RequestAborted);
                await next(context);
            }));
    }

    /// <summary>
    /// FastEndpoints exposes a list of its endpoints for its own test helpers and has no switch to turn that off. The lowest order wins.
    /// </summary>
    private static void BlockTestRoute(WebApplication app) =>
        app.Map("/_test_url_cache_", context => ProblemWriter.WriteAsync(context, ProblemKind.NotFound)).WithOrder(-1).ExcludeFromDescription();
}
