using Microsoft.AspNetCore.RateLimiting;
using Screening.Api.Settings;

namespace Screening.Api.Screenings.Batch;

/// <summary>Limits that keep batches, whose bodies have no maximum size, from taking all of the service's capacity.</summary>
/// <param name="MaxConcurrent">The number of batches processed at a time.</param>
/// <param name="MaxWaiting">The number of batches that may wait; further ones get status 429.</param>
/// <param name="Idle">How long a client may send nothing, or read nothing of the answers that wait for it.</param>
public sealed record BatchLimits(int MaxConcurrent, int MaxWaiting, TimeSpan Idle)
{
    /// <summary>The name of the rate limiting policy.</summary>
    public const string Policy = "batch";

    // One day; timers are limited to some weeks.
    private const int MaxIdleSeconds = 24 * 60 * 60;

    /// <summary>
    /// Adds the limits from the settings <c>Batch:MaxConcurrent</c>, <c>Batch:MaxWaiting</c> and <c>Batch:IdleSeconds</c>.
    /// </summary>
    /// <exception cref="SettingException">A setting is not a number in its range.</exception>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        // A batch keeps a core busy while its client is fast and waits while it is slow: allow more batches than cores, and a short queue.
        var limits = new BatchLimits(
            configuration.WholeNumber("Batch:" + nameof(MaxConcurrent), 2 * Environment.ProcessorCount, 1, int.MaxValue),
            configuration.WholeNumber("Batch:" + nameof(MaxWaiting), Environment.ProcessorCount, 0, int.MaxValue),
            TimeSpan.FromSeconds(configuration.WholeNumber("Batch:IdleSeconds", 30, 1, MaxIdleSeconds)));
        services.AddSingleton(limits);
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddConcurrencyLimiter(Policy, limiter => (limiter.PermitLimit, limiter.QueueLimit) = (limits.MaxConcurrent, limits.MaxWaiting));
        });
    }
}
