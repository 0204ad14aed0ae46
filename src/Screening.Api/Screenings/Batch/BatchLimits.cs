using System.Threading.RateLimiting;
using Screening.Api.Hosting;
using Screening.Api.Settings;
using Screening.Api.Telemetry;

namespace Screening.Api.Screenings.Batch;

/// <summary>Limits that keep batches, whose bodies have no maximum size, from taking all of the service's capacity.</summary>
/// <param name="MaxConcurrent">The number of batches processed at a time.</param>
/// <param name="MaxWaiting">The number of batches that may wait; further ones get status 429.</param>
/// <param name="Idle">
/// How long a client may complete no line, or read nothing of the answers that wait for it; and how long a batch waits for its turn.
/// </param>
public sealed record BatchLimits(int MaxConcurrent, int MaxWaiting, TimeSpan Idle)
{
    /// <summary>The name of the rate limiting policy.</summary>
    public const string Policy = "batch";

    /// <summary>
    /// Adds the limits from the settings <c>Batch:MaxConcurrent</c>, <c>Batch:MaxWaiting</c> and <c>Batch:IdleSeconds</c>.
    /// </summary>
    /// <exception cref="SettingException">A setting is not a number in its range.</exception>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var limits = new BatchLimits(
            ServiceSettings.BatchMaxConcurrent.Of(configuration),
            ServiceSettings.BatchMaxWaiting.Of(configuration),
            TimeSpan.FromSeconds(ServiceSettings.BatchIdleSeconds.Of(configuration)));
        services.AddSingleton(limits);
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(Policy, context => RateLimitPartition.Get(Policy, _ => new BatchTurns(
                limits,
                context.RequestServices.GetRequiredService<ServiceMetrics>(),
                context.RequestServices.GetRequiredService<TimeProvider>(),
                context.RequestServices.GetRequiredService<ServiceState>().Draining)));
            options.OnRejected = (rejected, _) =>
            {
                var context = rejected.HttpContext;
                ServiceMetrics.Of(context)?.Limits.Add(ReachedLimit.Batches);
                if (context.RequestServices.GetRequiredService<ServiceState>().IsDraining)
                {
                    context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                }

                return ValueTask.CompletedTask;
            };
        });
    }
}
