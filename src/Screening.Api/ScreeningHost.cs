using System.Net.Sockets;
using System.Security.Cryptography;
using FastEndpoints;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using Screening.Api.Access;
using Screening.Api.CarePlans;
using Screening.Api.CdsHooks;
using Screening.Api.Decisions;
using Screening.Api.Fhir;
using Screening.Api.Hosting;
using Screening.Api.Http;
using Screening.Api.IntakeForms;
using Screening.Api.Loading;
using Screening.Api.Logging;
using Screening.Api.Moves;
using Screening.Api.OpenApi;
using Screening.Api.Pages;
using Screening.Api.Problems;
using Screening.Api.Receipts;
using Screening.Api.Screenings;
using Screening.Api.Screenings.Batch;
using Screening.Api.Settings;
using Screening.Api.Telemetry;
using Screening.Api.Verification;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api;

/// <summary>The composition root, shared by the service, its tests and its benchmarks.</summary>
public static class ScreeningHost
{
#pragma warning disable RS0030 // The only reference to the system clock; all other code receives IClock.
    /// <summary>The real clock, also of a command that has no host.</summary>
    internal static IClock Clock => SystemClock.Instance;
#pragma warning restore RS0030

    /// <summary>Adds the service's components and starts loading every protocol.</summary>
    public static void AddScreening(this WebApplicationBuilder builder)
    {
        SettingNames.Check(builder.Configuration);
        KestrelNames.CheckValues(builder.Configuration);
        ServerCertificates.Check(builder.Configuration, builder.Environment);
        builder.AddServiceLog();
        TelemetryExport.Add(builder, ServiceLog.Name, ServiceVersion.Text);
        builder.Services.AddSingleton(provider => new MetricsAddress(
            ServiceSettings.MetricsPort.Of(builder.Configuration),
            provider.GetRequiredService<AccessSettings>().Mode == AccessMode.ThisMachine,
            (kestrel, pipeline) =>
            {
                var limits = new ConnectionLimits(MetricsListener.MostConnections);
                var gate = new ConnectionGate(limits, provider.GetRequiredService<TimeProvider>(), metrics: null);
                ConnectionLimits.ApplyTo(kestrel, gate);
                gate.Use(pipeline);
            }));
        var connections = ConnectionLimits.Of(builder.Configuration);
        var services = builder.Services;
        services.AddOptions<KestrelServerOptions>().Configure<ConnectionGate>((kestrel, gate) =>
        {
            kestrel.AddServerHeader = false;
            ConnectionLimits.ApplyTo(kestrel, gate);
        });
        services.AddSingleton(connections);
        services.AddSingleton<ConnectionGate>();
        services.Configure<SocketTransportOptions>(ConnectionLimits.ApplyTo);
        services.AddSingleton<SocketTransportFactory>();
        services.AddSingleton<IConnectionListenerFactory, BoundedListeners>();
        services.AddSingleton<MemoryBudget>();
        services.AddSingleton<RecordLimiter>();
        services.AddSingleton<ServiceState>();
        services.AddSingleton(DrainTime.Of(builder.Configuration, builder.Environment));
        services.TryAddSingleton<StopSignals>();
        services.AddSingleton<IHostLifetime, DrainingLifetime>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainTime.RequestsTimeout);
        services.AddSingleton(Clock);
#pragma warning disable RS0030 // Used for timers only, never to read the time.
        services.AddSingleton(TimeProvider.System);
#pragma warning restore RS0030
        services.AddSingleton(new LoadedProtocols(ServiceSettings.ProtocolsFolder.Of(builder.Configuration), WarmUp.Run));
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
        services.AddSingleton(provider => new SigningKeys(
            builder.Configuration,
            builder.Environment,
            provider.GetRequiredService<ServiceMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SigningKeys>>()));
        services.AddSingleton<ReceiptIssuer>();
        services.AddSingleton<DisclosedRequestReader>();
        services.AddSingleton<DecisionReplayer>();
        var maxDays = ServiceSettings.MoveMaxDays.Of(builder.Configuration);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<DecisionMover>(provider, maxDays));
        services.AddSingleton<MovedRequestReader>();
        services.AddSingleton(provider => new KnownAddresses(
            provider.GetRequiredService<EndpointDataSource>(),
            () => NamedAddresses(provider.GetRequiredService<LoadedProtocols>().Catalog)));
        services.AddSingleton(new ProblemForm(FhirRequest.Base, (context, kind, _) => FhirResponse.WriteAsync(context, kind)));
        services.AddSingleton(new ProblemForm(CreateCarePlanEndpoint.Path, ProblemPage.SendAsync)
        {
            IsWanted = CreateCarePlanEndpoint.WantsPage,
        });
        services.AddSingleton(new ProblemForm(IntakeFormParts.Path, FormProblems.SendAsync)
        {
            IsWanted = request => ResponseFormat.PrefersPage(request, "application/json"),
        });
        BatchLimits.Add(services, builder.Configuration);
        builder.AddConfiguredCors();
        services.AddFastEndpoints(discovery =>
        {
            discovery.DisableAutoDiscovery = true;
            discovery.Assemblies = [typeof(ScreeningHost).Assembly];
        });
        services.AddOpenApiDocument();
        // Last, so that a setting which is wrong is told before one that is missing.
        AccessGate.Add(builder);
    }

    /// <summary>
    /// Builds the request pipeline, outermost middleware first. Returns once every protocol is loaded, so the service does not listen
    /// before that.
    /// </summary>
    /// <exception cref="ProtocolLoadException">A protocol has a flaw.</exception>
    public static void UseScreening(this WebApplication app)
    {
        MeasuredRequests.Use(app);
        app.Services.GetRequiredService<ConnectionGate>().Use(app);
        app.Services.GetRequiredService<PublicAddress>().UsePrefix(app);
        app.UseWhen(context => !WarmUpCalls.IsWarmUpCall(context), others => others.UseRequestLog());
        TrustedProxies.Use(app);
        app.UseResponseHeaders();
        app.UseConfiguredCors();
        app.UseProblems();
        ServiceState.Use(app);
        app.Services.GetRequiredService<AllowedHosts>().Use(app);
        app.UseRouting();
        RequestTime.Use(app);
        app.UseOpenApiDocument();
        StartPage.Use(app);
        AccessGate.Use(app);
        IntakeGate.Use(app, ProblemPage.WriteAsync);
        app.UseKnownQuery(ProblemPage.WriteAsync);
        app.UseProblemsOfMissingContentType();
        app.UseWhen(context => context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>() is not null, limited => limited.UseRateLimiter());
        UseWarmUpGate(app);
        app.UseFastEndpoints();
        BlockTestRoute(app);
        _ = app.Services.GetRequiredService<LoadedProtocols>().Catalog;
        _ = app.Services.GetRequiredService<ReceiptIssuer>();
        MeasuredRequests.Begin(app.Services);
        if (!app.Environment.IsDevelopment() && !app.Services.GetRequiredService<CalendarUids>().IsLasting)
        {
            app.Lifetime.ApplicationStarted.Register(() => StartLog.UidsChange(app.Logger));
        }

        WarmUpCalls.StartWith(app);
    }

    /// <summary>Starts to listen.</summary>
    /// <exception cref="SettingException">An address cannot be listened on.</exception>
    public static async Task ListenAsync(this WebApplication app)
    {
        try
        {
            ListeningAddresses.Check(app.Configuration);
            ListeningAddresses.CheckCertificate(app.Configuration);
            await app.StartAsync();
        }
        catch (Exception failed) when (failed is CryptographicException or FileNotFoundException or DirectoryNotFoundException
            or UnauthorizedAccessException)
        {
            throw ServiceSettings.Certificate.Invalid();
        }
        catch (Exception failed) when (failed is IOException or SocketException or FormatException
            or ArgumentException or InvalidOperationException or OverflowException)
        {
            var reason = failed is IOException { InnerException: AddressInUseException taken }
                ? "is in use: " + taken.Message
                : "is none, or may not be listened on";
            throw SettingException.Address(reason);
        }
    }

    /// <summary>The addresses that end with the name of something.</summary>
    private static IEnumerable<string> NamedAddresses(ProtocolCatalog catalog) =>
    [
        .. catalog.Families.SelectMany(
            family => (string[])["/v1/protocols/" + family.Id, FhirRequest.Base + "/Questionnaire/" + family.Id]),
        .. HookService.All(catalog).Select(service => "/cds-services/" + service.Id),
        .. ProblemForms.All.Select(problem => "/problems/" + problem.Code),
    ];

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
