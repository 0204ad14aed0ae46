using CsCheck;
using Screening.Api.Access;

namespace Screening.Api.Tests.Access;

/// <summary>Permits are taken, and come back with time, to the last tick.</summary>
public sealed class TokenBucketTests
{
    private const long Second = TimeSpan.TicksPerSecond;

    /// <summary>Ten permits a second, a hundred at once.</summary>
    private static readonly RateLimit Limit = new(600, 100);

    [Fact]
    public void A_permit_is_there_at_the_tick_that_was_told_and_not_before()
    {
        var bucket = new TokenBucket(Limit, 0);
        Assert.Equal(new Taken(0, TimeSpan.FromMilliseconds(100), TimeSpan.Zero), Take(bucket, 100, 0));
        Assert.Equal(new Taken(0, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300)), Take(bucket, 3, 0));
        Assert.Equal(new Taken(2, new TimeSpan(1), new TimeSpan(1)), Take(bucket, 3, (3 * Second / 10) - 1));
        Assert.Equal(new Taken(0, TimeSpan.FromMilliseconds(100), TimeSpan.Zero), Take(bucket, 3, 3 * Second / 10));
    }

    [Fact]
    public void What_is_refused_takes_nothing()
    {
        var bucket = new TokenBucket(Limit, 0);
        Assert.Equal(99, Take(bucket, 1, 0).Left);
        Assert.False(Take(bucket, 100, 0).IsGranted);
        Assert.Equal(0, Take(bucket, 99, 0).Left);
    }

    [Fact]
    public void A_full_bucket_gets_no_fuller_in_a_year_and_readings_out_of_order_bring_nothing()
    {
        var bucket = new TokenBucket(new RateLimit(10_000_000, 10_000_000), 0);
        _ = Take(bucket, 10_000_000, 0, new RateLimit(10_000_000, 10_000_000));
        Assert.Equal(9_999_999, Take(bucket, 1, 400 * 86_400 * Second, new RateLimit(10_000_000, 10_000_000)).Left);

        var other = new TokenBucket(Limit, 0);
        _ = Take(other, 100, 10 * Second);
        for (var i = 0; i < 100; i++)
        {
            _ = Take(other, 1, 10 * Second * (i % 2));
        }

        Assert.False(Take(other, 1, 10 * Second).IsGranted);
    }

    [Fact]
    public void A_limit_that_changes_counts_from_then_on()
    {
        var bucket = new TokenBucket(Limit, 0);
        Assert.Equal(99, Take(bucket, 1, 0, new RateLimit(6_000, 1_000)).Left);
        Assert.Equal(198, Take(bucket, 1, Second, new RateLimit(600, 1_000)).Left);
        Assert.Equal(99, Take(bucket, 1, 2 * Second, Limit).Left);
    }

    [Fact]
    public void Only_a_full_bucket_is_given_up()
    {
        var bucket = new TokenBucket(Limit, 0);
        _ = Take(bucket, 1, 0);
        Assert.False(bucket.TryRetire((Second / 10) - 1));
        Assert.True(bucket.TryRetire(Second / 10));
        Assert.False(bucket.TryTake(1, Limit, Second / 10, out _));
    }

    [Fact]
    public void Whatever_is_asked_it_grants_what_the_arithmetic_of_fractions_does() =>
        Gen.Select(
            Gen.Int[100, 100_000], Gen.Int[100, 1_000], Gen.Select(Gen.Int[1, 150], Gen.Long[0, Second]).Array[1, 60]).Sample(
        (perMinute, burst, steps) =>
        {
            var limit = new RateLimit(perMinute, burst);
            var bucket = new TokenBucket(limit, 0);
            decimal there = burst;
            var now = 0L;
            foreach (var (permits, passed) in steps)
            {
                now += passed;
                there = Math.Min(burst, there + ((decimal)passed * perMinute / TimeSpan.TicksPerMinute));
                var taken = Take(bucket, permits, now, limit);

                // A decimal cannot hold a third: what is nearer than its last digits may be either.
                var near = Math.Abs(there - permits) < 0.000_000_000_1m;
                Assert.True(near || taken.IsGranted == there >= permits);
                there -= taken.IsGranted ? permits : 0;
                Assert.InRange<decimal>(taken.Left, there - 1.000_000_1m, there + 0.000_000_1m);
            }
        });

    private static Taken Take(TokenBucket bucket, int permits, long at, RateLimit? limit = null)
    {
        Assert.True(bucket.TryTake(permits, limit ?? Limit, at, out var taken));
        return taken;
    }
}
