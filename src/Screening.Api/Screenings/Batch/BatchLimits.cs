using Microsoft.AspNetCore.RateLimiting;
using Screening.Api.Settings;

namespace Screening.Api.Screenings.Batch;

/// <summary>What keeps batches, whose bodies have no limit, from taking the whole service.</summary>
/// <param name="MaxConcurrent">How many are worked on at a time.</param>
/// <param name="MaxWaiting">How many more may wait for their turn; the next is answered with 429.</param>
/// <param name="Idle">How long the sender of a batch may be silent.</param>
public sealed record BatchLimits(int MaxConcurrent, int MaxWaiting, TimeSpan Idle)
{
    /// <summary>The name of the rate limit.</summary>
    public const string Policy = "batch";

    // A day; a timer takes no more than some weeks.
    private const int LongestIdle = 24 * 60 * 60;

    // Nobody knows how long the batches ahead still take; asking every few seconds costs nothing.
    private const string RetryAfterSeconds = "5";

    /// <summary>Adds the limits, as the settings <c>Batch:MaxConcurrent</c>, <c>Batch:MaxWaiting</c> and <c>Batch:IdleSeconds</c> have them.</summary>
    /// <exception cref="SettingException">A setting is not a number that it can be.</exception>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        // A batch keeps a core busy when its client is quick, and waits for it when not: some more than cores, and a few that wait.
        var limits = new BatchLimits(
            configuration.WholeNumber("Batch:" + nameof(MaxConcurrent), 2 * Environment.ProcessorCount, 1, int.MaxValue),
            configuration.WholeNumber("Batch:" + nameof(MaxWaiting), Environment.ProcessorCount, 0, int.MaxValue),
            TimeSpan.FromSeconds(configuration.WholeNumber("Batch:IdleSeconds", 120, 1, LongestIdle)));
        services.AddSingleton(limits);
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
                return ValueTask.CompletedTask;
            };
            options.AddConcurrencyLimiter(Policy, limiter => (limiter.PermitLimit, limiter.QueueLimit) = (limits.MaxConcurrent, limits.MaxWaiting));
        });
    }
}
