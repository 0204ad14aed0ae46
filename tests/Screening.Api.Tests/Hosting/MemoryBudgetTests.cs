using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Http;
using Screening.Api.Tests.Screenings;
using Screening.Api.Tests.Screenings.Batch;

namespace Screening.Api.Tests.Hosting;

/// <summary>Large bodies share a budget; small ones need none of it.</summary>
public sealed class MemoryBudgetTests
{
    private const string Hook = "/cds-services/sublative-rf-appointment-book";

    [Fact]
    public async Task A_large_body_beyond_the_budget_is_503_and_a_screening_goes_on()
    {
        await using var service = new LimitedService { Memory = 2 * 1024 * 1024 };
        using var half = new RawConnection(service.Address);
        await half.SendAsync(
            $"POST {Hook} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + $"1048576\r\n\r\n{new string(' ', 1_040_000)}");

        var budget = service.Services.GetRequiredService<MemoryBudget>();
        await UntilAsync(() => budget.Taken(MemoryUse.LargeBody) == 1024 * 1024);

        using var refused = await service.PostAsync(Hook, new string(' ', 100_000));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal("/problems/overloaded", (string?)JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["type"]);

        // What is kept for the others is theirs: a small body, one that is counted, and a document.
        Assert.Equal(200, (await service.ScreenAsync(Requests.NothingToReport())).Status);
        using var counted = await service.PostAsync("/v1/screenings", Requests.NothingToReport() + new string(' ', 24_000));
        Assert.Equal(HttpStatusCode.OK, counted.StatusCode);
        using var document = await service.Client.GetAsync(new Uri("/v1/protocols/sublative-rf", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, document.StatusCode);

        // A body that ends, in whatever way, gives its memory back.
        await half.SendAsync(new string(' ', 10_000));
        half.Dispose();
        await UntilAsync(() => budget.Taken(MemoryUse.LargeBody) == 0);
        using var taken = await service.PostAsync(Hook, new string(' ', 100_000));
        Assert.Equal(HttpStatusCode.BadRequest, taken.StatusCode);
    }

    [Fact]
    public static void Memory_is_taken_in_steps_and_each_use_has_a_part_of_it()
    {
        var budget = new MemoryBudget(256 * 1024);
        var (one, other) = (new DefaultHttpContext(), new DefaultHttpContext());
        MemoryBudget.Lease? first = null, second = null, third = null, fourth = null;
        Assert.True(budget.TryTake(one, MemoryUse.LargeBody, MemoryBudget.FreeBytes, ref first));
        Assert.Null(first);
        Assert.True(budget.TryTake(one, MemoryUse.LargeBody, MemoryBudget.FreeBytes + 1, ref first));
        Assert.Equal(32 * 1024, budget.Taken(MemoryUse.LargeBody));
        Assert.True(budget.TryTake(one, MemoryUse.LargeBody, 64 * 1024, ref first));
        Assert.True(budget.TryTake(other, MemoryUse.LargeBody, 64 * 1024, ref second));
        Assert.False(budget.TryTake(one, MemoryUse.LargeBody, (64 * 1024) + 1, ref first));
        Assert.True(budget.TryTake(one, MemoryUse.LargeBody, 64 * 1024, ref first));
        Assert.True(budget.TryTake(one, MemoryUse.Body, 64 * 1024, ref third));
        Assert.False(budget.TryTake(one, MemoryUse.Body, (64 * 1024) + 1, ref third));
        Assert.True(budget.TryTake(one, MemoryUse.Response, 64 * 1024, ref fourth));
        Assert.False(budget.TryTake(one, MemoryUse.Response, (64 * 1024) + 1, ref fourth));
    }

    [Fact]
    public static void The_streams_of_a_connection_share_what_is_not_counted()
    {
        var budget = new MemoryBudget(256 * 1024);
        var connection = new OpenConnection(new DefaultConnectionContext(), new ManualTimers());
        MemoryBudget.Lease? first = null, second = null, elsewhere = null;
        Assert.True(budget.TryTake(Stream(connection), MemoryUse.Body, 1000, ref first));
        Assert.True(budget.TryTake(Stream(connection), MemoryUse.Body, 10_000, ref second));
        Assert.True(budget.TryTake(Stream(connection), MemoryUse.Body, MemoryBudget.FreeBytes - 10_000, ref first));
        Assert.Equal(0, budget.Taken(MemoryUse.Body));
        Assert.True(budget.TryTake(Stream(connection), MemoryUse.Body, 10_001, ref second));
        Assert.Equal(16 * 1024, budget.Taken(MemoryUse.Body));
        Assert.True(budget.TryTake(Stream(new OpenConnection(new DefaultConnectionContext(), new ManualTimers())), MemoryUse.Body, 16_000, ref elsewhere));
        Assert.Equal(16 * 1024, budget.Taken(MemoryUse.Body));

        // All of it is given back.
        second!.GiveBack();
        Assert.Equal(0, budget.Taken(MemoryUse.Body));
        Assert.True(budget.TryTake(Stream(connection), MemoryUse.Body, MemoryBudget.FreeBytes, ref first));
        Assert.Equal(0, budget.Taken(MemoryUse.Body));
    }

    private static DefaultHttpContext Stream(OpenConnection connection)
    {
        var context = new DefaultHttpContext();
        context.Request.Protocol = HttpProtocol.Http2;
        context.Features.Set(connection);
        return context;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Yield();
        }
    }
}
