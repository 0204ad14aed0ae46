using System.Collections.Concurrent;

namespace Screening.Api.Access;

/// <summary>
/// A bucket for each key, bounded in number. Only buckets that are full are given up for others, since a new one is the same: nobody gets
/// more permits by calling under many keys. While there is no room, new keys share one bucket.
/// </summary>
/// <param name="most">How many there are at most, besides the shared one.</param>
/// <param name="timers">Tells how much time has passed.</param>
internal sealed class Buckets<TKey>(int most, TimeProvider timers)
    where TKey : notnull
{
    // Looking through all of them takes a millisecond or so.
    private const long SweepInterval = TimeSpan.TicksPerSecond;

    private readonly ConcurrentDictionary<TKey, TokenBucket> buckets = new();
    private readonly long begun = timers.GetTimestamp();
    private readonly Lock adding = new();
    private TokenBucket? shared;
    private int count;
    private long swept = -SweepInterval;

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Takes permits from the bucket of a key: all of them, or none.</summary>
    public Taken Take(TKey key, int permits, RateLimit limit)
    {
        var now = timers.GetElapsedTime(begun).Ticks;
        Taken taken;
        while (!Of(key, limit, now).TryTake(permits, limit, now, out taken))
        {
            // It was given up in between; there is a new one, or will be.
        }

        return taken;
    }

    private TokenBucket Of(TKey key, RateLimit limit, long now)
    {
        if (buckets.TryGetValue(key, out var found))
        {
            return found;
        }

        lock (adding)
        {
            if (count >= most && now - swept >= SweepInterval)
            {
                swept = now;
                Sweep(now);
            }

            if (count >= most && !buckets.ContainsKey(key))
            {
                return shared ??= new TokenBucket(limit, now);
            }

            return buckets.GetOrAdd(key, _ =>
            {
                count++;
                return new TokenBucket(limit, now);
            });
        }
    }

    private void Sweep(long now)
    {
        foreach (var (key, bucket) in buckets)
        {
            if (bucket.TryRetire(now))
            {
                buckets.TryRemove(key, out _);
                count--;
            }
        }
    }
}
