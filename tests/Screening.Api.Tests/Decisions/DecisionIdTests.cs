using NodaTime;
using Screening.Api.Decisions;

namespace Screening.Api.Tests.Decisions;

public static class DecisionIdTests
{
    [Fact]
    public static void An_id_is_a_version_7_UUID_of_its_time()
    {
        var now = Instant.FromUtc(2026, 11, 22, 15, 0) + Duration.FromMilliseconds(321);

        var id = DecisionId.New(now);

        Assert.Equal((7, 8), (id.Version, id.Variant & 0xC));
        Assert.Equal(now.ToUnixTimeMilliseconds(), Convert.ToInt64(id.ToString("N")[..12], 16));
    }

    [Fact]
    public static void Ids_of_one_moment_differ_on_every_thread()
    {
        var now = Instant.FromUtc(2026, 11, 22, 15, 0);

        // More than are drawn at a time.
        var ids = new Guid[10_000];
        Parallel.For(0, ids.Length, i => ids[i] = DecisionId.New(now));

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }
}
