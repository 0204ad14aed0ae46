using System.Net;
using Screening.Api.Access;
using Screening.Api.Tests.Screenings.Batch;

namespace Screening.Api.Tests.Access;

/// <summary>There are only so many buckets, and nobody's limit ends because others come.</summary>
public sealed class BucketsTests
{
    private static readonly RateLimit Limit = new(60, 5);

    [Fact]
    public void A_hundred_thousand_addresses_take_no_more_room_than_ten_thousand_and_lift_no_limit()
    {
        var timers = new ManualTimers();
        var limits = new CallerLimits(new RateLimit(100, 100), Limit, timers);
        var first = IPAddress.Parse("192.0.2.1");
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(limits.WaitOf(first));
        }

        var refused = 0;
        for (var i = 0; i < 100_000; i++)
        {
            refused += limits.WaitOf(
                new IPAddress([0x20, 1, 0xd, 0xb8, (byte)(i >> 16), (byte)(i >> 8), (byte)i, 0, 0, 0, 0, 0, 0, 0, 0, 1])) is null ? 0 : 1;
        }

        // Those without a bucket of their own share one of five.
        Assert.Equal((10_000, 90_000 + 1 - 5), (limits.Addresses, refused));
        Assert.Equal(TimeSpan.FromSeconds(1), limits.WaitOf(first));

        // Each of the others is full again after a second, the first only after five: it alone is kept.
        timers.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(limits.WaitOf(IPAddress.Parse("192.0.2.2")));
        Assert.Equal(2, limits.Addresses);
        Assert.Null(limits.WaitOf(first));
        Assert.Null(limits.WaitOf(first));
        Assert.NotNull(limits.WaitOf(first));
    }

    [Fact]
    public void Many_at_once_get_no_more_than_there_is()
    {
        var buckets = new Buckets<int>(10, new ManualTimers());
        var granted = 0;
        Parallel.For(0, 10_000, i => Interlocked.Add(ref granted, buckets.Take(i % 20, 1, Limit).IsGranted ? 1 : 0));
        Assert.Equal((10, 11 * Limit.Burst), (buckets.Count, granted));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.2", false)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("fe80::1%2", "fe80::1%3", true)]
    [InlineData("::1", "127.0.0.1", false)]
    public void An_address_is_its_network_of_64_bits_in_IPv6_and_itself_in_IPv4(string one, string other, bool same) =>
        Assert.Equal(same, CallerLimits.Place(IPAddress.Parse(one)) == CallerLimits.Place(IPAddress.Parse(other)));
}
