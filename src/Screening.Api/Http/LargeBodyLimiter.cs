namespace Screening.Api.Http;

/// <summary>
/// Large bodies are worked on a few at a time, so that a core is left for everybody else: a record of a mebibyte takes as long as hundreds of screenings.
/// Waiting for its turn costs a body nothing but time.
/// </summary>
public sealed class LargeBodyLimiter : IDisposable
{
    private readonly SemaphoreSlim free = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Waits until a body of so many bytes may be worked on; to be disposed of before the answer is sent, which its client may read slowly.</summary>
    public async ValueTask<LimiterLease> WaitAsync(long bytes, CancellationToken cancellation)
    {
        if (bytes <= RequestBody.Largest)
        {
            return default;
        }

        await free.WaitAsync(cancellation);
        return new LimiterLease(free);
    }

    /// <inheritdoc/>
    public void Dispose() => free.Dispose();
}

/// <summary>A turn, until it is disposed of.</summary>
public readonly record struct LimiterLease(SemaphoreSlim? Free) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Free?.Release();
}
