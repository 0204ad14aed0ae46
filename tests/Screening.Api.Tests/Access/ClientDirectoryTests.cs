using System.Text.Json.Nodes;
using Screening.Api.Access;

namespace Screening.Api.Tests.Access;

/// <summary>The clients file changes while the service runs.</summary>
public sealed class ClientDirectoryTests
{
    [Fact]
    public void A_change_is_seen_well_within_ten_seconds() => Assert.InRange(ReloadedFile.Interval, TimeSpan.Zero, TimeSpan.FromSeconds(5));

    [Fact]
    public async Task A_removed_key_is_refused_from_the_next_reading_on_and_a_new_one_let_in()
    {
        await using var service = new KeyedService();
        var added = Keys.Numbered(9);
        Assert.Equal((200, 401), (await service.StatusAsync(KeyedService.Good), await service.StatusAsync(added)));
        service.Write(Keys.File([added], [KeyedService.Other]));
        service.Tick();
        Assert.Equal((401, 200, 200), (
            await service.StatusAsync(KeyedService.Good), await service.StatusAsync(added), await service.StatusAsync(KeyedService.Other)));
        service.Write("""{ "clients": [] }""");
        service.Tick();
        Assert.Equal((401, 401), (await service.StatusAsync(added), await service.StatusAsync(KeyedService.Other)));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_broken_file_keeps_the_last_good_one_and_says_so_once(string? broken)
    {
        await using var service = new KeyedService();
        Assert.Equal(200, await service.StatusAsync(KeyedService.Good));
        if (broken is null)
        {
            service.Remove();
        }
        else
        {
            service.Write(broken);
        }

        for (var i = 0; i < 3; i++)
        {
            service.Tick();
            Assert.Equal(200, await service.StatusAsync(KeyedService.Good));
            Assert.Equal(("ready", "last-good"), await ReadyAsync(service));
        }

        var flaw = Assert.Single(Flaws(service));
        Assert.Equal("Warning", (string)flaw["@l"]!);

        // It recovers, and what breaks again is told again.
        service.Write(Keys.File([KeyedService.Second]));
        service.Tick();
        Assert.Equal((401, 200), (await service.StatusAsync(KeyedService.Good), await service.StatusAsync(KeyedService.Second)));
        Assert.Equal(("ready", "current"), await ReadyAsync(service));
        service.Write("""{ "clients": [], "clients": [] }""");
        service.Tick();
        Assert.Equal(2, Flaws(service).Count);
        Assert.Equal(200, await service.StatusAsync(KeyedService.Second));
    }

    [Fact]
    public async Task A_rotation_under_load_fails_no_request()
    {
        await using var service = new KeyedService();
        ApiKey[] keys = [.. Enumerable.Range(20, 9).Select(Keys.Numbered)];
        service.Write(Keys.File([keys[0]]));
        _ = service.Client;
        var current = 0;
        var used = new int[8];
        using var stop = new CancellationTokenSource();
        var clients = used.Select(async (_, client) =>
        {
            var statuses = new List<int>();
            while (!stop.IsCancellationRequested)
            {
                var key = Volatile.Read(ref current);
                statuses.Add(await service.StatusAsync(keys[key]));
                Volatile.Write(ref used[client], key);
            }

            return statuses;
        }).ToList();

        // Both keys are good while the clients change from one to the other; the old one goes once nobody uses it.
        for (var next = 1; next < keys.Length; next++)
        {
            service.Write(Keys.File([keys[next - 1], keys[next]]));
            service.Tick();
            Volatile.Write(ref current, next);
            while (used.Any(key => key < next))
            {
                await Task.Delay(5);
                service.Tick();
            }

            service.Write(Keys.File([keys[next]]));
            service.Tick();
            Assert.Equal(401, await service.StatusAsync(keys[next - 1]));
        }

        await stop.CancelAsync();
        var all = (await Task.WhenAll(clients)).SelectMany(statuses => statuses).ToList();
        Assert.InRange(all.Count, 50, int.MaxValue);
        Assert.All(all, status => Assert.Equal(200, status));
    }

    private static List<JsonNode> Flaws(KeyedService service) =>
        [.. service.All().Where(line => ((string)line["@mt"]!).StartsWith("The clients file has a flaw", StringComparison.Ordinal))];

    private static async Task<(string, string?)> ReadyAsync(KeyedService service)
    {
        var ready = JsonNode.Parse(await service.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative)))!;
        return ((string)ready["status"]!, (string?)ready["clients"]);
    }
}
