namespace Screening.Api.Http;

/// <summary>
/// Limits how many large bodies are processed at a time, so that cores stay free for other requests: a record of one mebibyte takes as long
/// as hundreds of screenings. A body that waits uses no CPU.
/// </summary>
public sealed class LargeBodyLimiter : IDisposable
{
    private readonly SemaphoreSlim semaphore = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>
    /// Waits until a body of this size may be processed. Dispose of the lease before sending the response, which the client may read
    /// slowly.
    /// </summary>
    public async ValueTask<LimiterLease> WaitAsync(long bytes, CancellationToken cancellation)
    {
        if (bytes <= RequestBody.MaxBytes)
        {
            return default;
        }

        await semaphore.WaitAsync(cancellation);
        return new LimiterLease(semaphore);
    }

    /// <inheritdoc/>
    public void Dispose() => semaphore.Dispose();
}

/// <summary>Permission to process a large body, until it is disposed of.</summary>
public readonly record struct LimiterLease(SemaphoreSlim? Semaphore) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Semaphore?.Release();
}
