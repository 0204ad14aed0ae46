using Microsoft.AspNetCore.Http.Features;
using Screening.Api.Access;
using Screening.Api.Hosting;
using Screening.Api.Http;
using Screening.Api.Loading;
using Screening.Api.Receipts;
using Screening.Api.Telemetry;
using Screening.Rules;

namespace Screening.Api;

/// <summary>What of the service is measured: every request but its own calls, with the values that labels may have.</summary>
internal static class MeasuredRequests
{
    /// <summary>Gives each request the metrics that it counts in, before anything else sees it.</summary>
    public static void Use(WebApplication app)
    {
        var metrics = app.Services.GetRequiredService<ServiceMetrics>();
        app.Use((context, next) =>
        {
            if (WarmUpCalls.IsWarmUpCall(context))
            {
                Omit(context);
            }
            else
            {
                context.Features.Set(metrics);
            }

            return next(context);
        });
        TelemetryExport.Use(app);
    }

    /// <summary>Says which values labels have, and which state is told, once whoever tells it can be asked.</summary>
    public static void Begin(IServiceProvider services)
    {
        var metrics = services.GetRequiredService<ServiceMetrics>();
        metrics.Begin();
        metrics.Problems.Begin(ProblemKind.All.Select(kind => kind.Code));
        metrics.LineProblems.Begin(LineProblems.Select(kind => kind.Code));
        metrics.Refusals.Begin(Enum.GetValues<Refusal>().Except([Refusal.LimitReached]).Select(Refusals.Code));
        metrics.Limits.Begin(ReachedLimit.All);
        metrics.MemoryRefusals.Begin(Enum.GetValues<MemoryUse>().Select(WireName.Of));
        metrics.Receipts.Begin(ReceiptIssuer.Outcomes);
        metrics.ReceiptChecks.Begin(ReceiptReader.Outcomes);
        metrics.ObserveInfo(
            services.GetRequiredService<LoadedProtocols>().Catalog.Families.SelectMany(family => family.Versions), ServiceVersion.Text);
        _ = services.GetRequiredService<ConnectionGate>();
        _ = services.GetRequiredService<RecordLimiter>();
        _ = services.GetRequiredService<ClientDirectory>();
        _ = services.GetRequiredService<IssuerDirectory>();
    }

    private static void Omit(HttpContext context)
    {
        RequestSpan.Omit();
        if (context.Features.Get<IHttpMetricsTagsFeature>() is { } ofFramework)
        {
            ofFramework.MetricsDisabled = true;
        }
    }

    private static ProblemKind[] LineProblems =>
    [
        ProblemKind.InvalidRequest, ProblemKind.UnscreenableRequest, ProblemKind.BodyTooLarge, ProblemKind.TooManyRequests,
        ProblemKind.Overloaded,
    ];
}
