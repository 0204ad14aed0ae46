using FastEndpoints;
using Microsoft.AspNetCore.RateLimiting;
using NodaTime;
using Screening.Api.CdsHooks;
using Screening.Api.Decisions;
using Screening.Api.Fhir;
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
    /// <summary>Adds everything that the service is made of, and begins to load every protocol.</summary>
    public static void AddScreening(this WebApplicationBuilder builder)
    {
        builder.AddServiceLog();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBody.Coarse(RequestBody.Largest);
        });

        var services = builder.Services;
#pragma warning disable RS0030 // The one place that names the real clock; everything else is given it.
        services.AddSingleton<IClock>(SystemClock.Instance);
        // Timers alone, never asked for the time.
        services.AddSingleton(TimeProvider.System);
#pragma warning restore RS0030
        services.AddSingleton(new LoadedProtocols(builder.Configuration[ProtocolFiles.FolderSetting], WarmUp.Run));
        services.AddSingleton(provider => provider.GetRequiredService<LoadedProtocols>().Catalog);
        services.AddSingleton(provider => new ScreeningRequestReader(
            () => provider.GetRequiredService<LoadedProtocols>().Catalog,
            new ScreeningEnvelopeValidator().Validate));
        services.AddSingleton<WarmUpState>();
        services.AddSingleton<LargeBodyLimiter>();
        services.AddSingleton(new PublicAddress(builder.Configuration));
        services.AddSingleton(new ClinicZone(builder.Configuration));
        services.AddSingleton(new FormSettings(builder.Configuration));
        services.AddSingleton(new PrefetchSettings(builder.Configuration));
        services.AddSingleton<ClinicSettings>();
        services.AddSingleton(new DecisionLinkProtector(builder.Configuration));
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
    /// Puts it together, outermost first. Returns only when every protocol is loaded: the service does not listen before.
    /// </summary>
    /// <exception cref="ProtocolLoadException">Some protocol has a flaw.</exception>
    public static void UseScreening(this WebApplication app)
    {
        app.UseWhen(context => !WarmUpCalls.IsOwn(context), others => others.UseRequestLog());
        app.UseConfiguredCors();
        app.UseProblems();
        app.UseRouting();
        app.UseProblemsOfMissingContentType();
        app.UseWhen(context => context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>() is not null, limited => limited.UseRateLimiter());
        UseWarmUp(app);
        app.UseFastEndpoints();
        CloseTestRoute(app);
        app.UseOpenApiDocument();
        _ = app.Services.GetRequiredService<LoadedProtocols>().Catalog;
        WarmUpCalls.BeginWith(app);
    }

    /// <summary>Who speaks FHIR while the service makes its own first calls waits for them, rather than doing the same beside them; and it is ready when it has.</summary>
    private static void UseWarmUp(WebApplication app)
    {
        var done = app.Services.GetRequiredService<WarmUpState>().Done;
        PathString[] waiting = [FhirRequest.Base, "/cds-services", "/health/ready"];
        app.UseWhen(context => !done.IsCompleted && !WarmUpCalls.IsOwn(context) && waiting.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)), cold => cold.Use(async (context, next) =>
        {
            await done.WaitAsync(context.RequestAborted);
            await next(context);
        }));
    }

    /// <summary>FastEndpoints shows a list of its endpoints to anyone, for its own test helpers, and has no switch for it. The lower order wins.</summary>
    private static void CloseTestRoute(WebApplication app) =>
        app.Map("/_test_url_cache_", context => ProblemWriter.WriteAsync(context, ProblemKind.NotFound)).WithOrder(-1).ExcludeFromDescription();
}
