using Screening.Api.Telemetry;

namespace Screening.Api.Http;

/// <summary>
/// Limits how many calls of the FHIR and CDS Hooks doors are worked on at a time, so that cores stay free for screenings: a record of one
/// mebibyte takes as long as hundreds of them. A call that waits uses no CPU; one too many is told to come back.
/// </summary>
public sealed class RecordLimiter : IDisposable
{
    private readonly Lane small = new(Math.Max(1, Environment.ProcessorCount - 1), waiting: 200);
    private readonly Lane large = new(Math.Max(1, Environment.ProcessorCount / 2), waiting: 16);

    /// <summary>Makes the two lanes, which metrics tell of.</summary>
    public RecordLimiter(ServiceMetrics metrics) => metrics.ObserveRecords(() =>
        [("small", small.Running, small.Waiting), ("large", large.Running, large.Waiting)]);

    /// <summary>
    /// Waits until a body of this size may be processed; null, with the problem sent, when too many wait. Dispose of the lease before
    /// sending the response, which the client may read slowly.
    /// </summary>
    public async ValueTask<LimiterLease?> WaitAsync(HttpContext context, long bytes, CancellationToken cancellation)
    {
        if (await (bytes > RequestBody.MaxBytes ? large : small).WaitAsync(cancellation) is { } lease)
        {
            return lease;
        }

        ServiceMetrics.Of(context)?.Limits.Add(ReachedLimit.Records);
        await ProblemWriter.WriteAsync(context, ProblemKind.Overloaded);
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        small.Dispose();
        large.Dispose();
    }

    /// <summary>So many at a time, and so many that wait.</summary>
    private sealed class Lane(int atATime, int waiting) : IDisposable
    {
        private readonly SemaphoreSlim places = new(atATime);
        private int count;

        public int Running => Math.Min(Volatile.Read(ref count), atATime);

        public int Waiting => Math.Max(Volatile.Read(ref count) - atATime, 0);

        public async ValueTask<LimiterLease?> WaitAsync(CancellationToken cancellation)
        {
            if (Interlocked.Increment(ref count) > atATime + waiting)
            {
                Interlocked.Decrement(ref count);
                return null;
            }

            try
            {
                await places.WaitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                Interlocked.Decrement(ref count);
                throw;
            }

            return new LimiterLease(Release);
        }

        public void Dispose() => places.Dispose();

        private void Release()
        {
            places.Release();
            Interlocked.Decrement(ref count);
        }
    }
}

/// <summary>Permission to process a call, until it is disposed of.</summary>
public readonly record struct LimiterLease(Action Release) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Release();
}
