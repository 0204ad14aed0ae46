using System.Threading.RateLimiting;
using Screening.Api.Telemetry;

namespace Screening.Api.Screenings.Batch;

/// <summary>The places of batches. None waits for one longer than a batch may be idle, or in a service that stops.</summary>
internal sealed class BatchTurns(BatchLimits limits, ServiceMetrics metrics, TimeProvider timers, CancellationToken draining) : RateLimiter
{
    private readonly ConcurrencyLimiter places =
        new(new ConcurrencyLimiterOptions { PermitLimit = limits.MaxConcurrent, QueueLimit = limits.MaxWaiting });

    /// <inheritdoc/>
    public override TimeSpan? IdleDuration => places.IdleDuration;

    /// <inheritdoc/>
    public override RateLimiterStatistics? GetStatistics() => places.GetStatistics();

    /// <inheritdoc/>
    protected override RateLimitLease AttemptAcquireCore(int permitCount) => places.AttemptAcquire(permitCount);

    /// <inheritdoc/>
    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(limits.Idle, timers);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token, draining);
        metrics.BatchesWaiting(1);
        try
        {
            return await places.AcquireAsync(permitCount, ended.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new NoTurn();
        }
        finally
        {
            metrics.BatchesWaiting(-1);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        places.Dispose();
        base.Dispose(disposing);
    }

    private sealed class NoTurn : RateLimitLease
    {
        public override bool IsAcquired => false;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}
