using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Hosting;
using Screening.Api.Tests.Settings;

namespace Screening.Api.Tests.Screenings.Batch;

/// <summary>A batch has no limit of size; silence and the number of batches have one.</summary>
public sealed class BatchLimitTests
{
    [Fact]
    public async Task A_body_larger_than_any_other_route_takes_is_taken()
    {
        await using var service = new BatchService();
        var line = Batches.OfLength(60_000, "big");
        Assert.Equal(10, (await service.BatchAsync(string.Join('\n', Enumerable.Repeat(line, 10)))).Count(answer => Batches.Summary(answer) == "big"));
    }

    [Fact]
    public async Task Silence_and_a_line_that_never_ends_end_a_batch_and_slow_lines_do_not()
    {
        var timers = new ManualTimers();
        await using var service = new BatchService { Settings = { ["Batch:IdleSeconds"] = "3" }, Timers = timers };
        using var slow = await BatchConnection.OpenAsync(service);
        Assert.Equal(TimeSpan.FromSeconds(3), await timers.NextSetAsync());

        // Each pause is shorter than what is silence, together they are longer.
        foreach (var line in (string[])["{}\n", "{}\n", " \n", "{"])
        {
            timers.Advance(TimeSpan.FromSeconds(2));
            await slow.SendAsync(line);
            if (line.EndsWith('\n'))
            {
                // For the reading of the answer, and for the next line.
                await timers.NextSetAsync();
                await timers.NextSetAsync();
            }
        }

        Assert.Equal(200, await slow.HeadAsync());
        Assert.NotNull(await slow.NextAsync());
        Assert.NotNull(await slow.NextAsync());
        Assert.NotNull(await slow.NextAsync());
        using var silent = await BatchConnection.OpenAsync(service);
        await timers.NextSetAsync();
        timers.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<IOException>(slow.NextAsync);
        await silent.SendAsync(" ");
        timers.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(408, await silent.HeadAsync());
    }

    [Fact]
    public async Task A_batch_waits_for_its_turn_no_longer_than_for_a_line()
    {
        var timers = new ManualTimers();
        await using var service = new BatchService
        {
            Settings = { ["Batch:MaxConcurrent"] = "1", ["Batch:MaxWaiting"] = "1", ["Batch:IdleSeconds"] = "3" },
            Timers = timers,
        };
        using var waits = new WaitingBatches(service);
        using var first = await BatchConnection.OpenAsync(service);
        await timers.NextSetAsync();
        using var second = await BatchConnection.OpenAsync(service);
        await waits.Begun;
        await timers.NextSetAsync();
        timers.Advance(TimeSpan.FromSeconds(2));
        await first.SendAsync("{}\n");
        Assert.Equal(200, await first.HeadAsync());
        Assert.NotNull(await first.NextAsync());
        await timers.NextSetAsync();
        await timers.NextSetAsync();
        timers.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(429, await second.HeadAsync());
        await first.SendAsync("{}\n");
        Assert.NotNull(await first.NextAsync());
    }

    [Fact]
    public async Task A_batch_that_waits_is_told_at_once_that_the_service_stops()
    {
        await using var service = new BatchService { Settings = { ["Batch:MaxConcurrent"] = "1", ["Batch:MaxWaiting"] = "1" } };
        using var waits = new WaitingBatches(service);
        using var first = await BatchConnection.OpenAsync(service);
        await first.SendAsync("{}\n");
        Assert.Equal(200, await first.HeadAsync());
        using var second = await BatchConnection.OpenAsync(service);
        await waits.Begun;
        service.Services.GetRequiredService<ServiceState>().Drain();
        Assert.Equal(503, await second.HeadAsync());

        // The one under way goes on.
        await first.SendAsync("{}\n");
        Assert.NotNull(await first.NextAsync());
        Assert.NotNull(await first.NextAsync());
    }

    [Fact]
    public async Task One_batch_too_many_is_429_and_a_place_that_is_free_again_is_given_again()
    {
        await using var service = new BatchService { Settings = { ["Batch:MaxConcurrent"] = "1", ["Batch:MaxWaiting"] = "0" } };
        using var first = await BatchConnection.OpenAsync(service);
        await first.SendAsync("{}\n");
        Assert.Equal(200, await first.HeadAsync());
        Assert.NotNull(await first.NextAsync());

        using var refused = await service.PostAsync(Batches.Path, "{}", Batches.MediaType);
        Assert.Equal((429, "application/problem+json"), ((int)refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal("/problems/too-many-requests", (string?)JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["type"]);

        // Other routes are not held up.
        Assert.Equal(200, (await service.ScreenAsync(Requests.NothingToReport())).Status);

        await first.WriteAsync("0\r\n\r\n");
        Assert.Null(await first.NextAsync());
        await service.LinesAsync(3);
        Assert.Single(await service.BatchAsync("{}"));
    }

    [Fact]
    public async Task A_batch_too_many_may_wait_for_its_turn()
    {
        await using var service = new BatchService { Settings = { ["Batch:MaxConcurrent"] = "1", ["Batch:MaxWaiting"] = "1" } };
        using var first = await BatchConnection.OpenAsync(service);
        await first.SendAsync("{}\n");
        Assert.Equal(200, await first.HeadAsync());

        using var waits = new WaitingBatches(service);
        await Task.WhenAll(SecondAsync(), EndFirstAsync());

        async Task SecondAsync() => Assert.Single(await service.BatchAsync("{}"));

        async Task EndFirstAsync()
        {
            await waits.Begun;
            Assert.Empty(service.Lines());
            await first.WriteAsync("0\r\n\r\n");
        }
    }

    [Theory]
    [InlineData("Batch:MaxConcurrent", "0")]
    [InlineData("Batch:MaxConcurrent", "many")]
    [InlineData("Batch:MaxWaiting", "-1")]
    [InlineData("Batch:IdleSeconds", "")]
    [InlineData("Batch:IdleSeconds", "86401")]
    public static void A_setting_that_cannot_be_stops_the_start(string name, string value) =>
        Assert.Contains(name, FailedStartTests.Refusal(name, value), StringComparison.Ordinal);
}
