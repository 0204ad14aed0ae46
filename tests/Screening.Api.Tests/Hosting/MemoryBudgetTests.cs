using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Http;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Hosting;

/// <summary>Large bodies share a budget; small ones need none of it.</summary>
public sealed class MemoryBudgetTests
{
    private const string Hook = "/cds-services/sublative-rf-appointment-book";

    [Fact]
    public async Task A_large_body_beyond_the_budget_is_503_and_a_screening_goes_on()
    {
        await using var service = new LimitedService { Memory = 128 * 1024 };
        using var half = new RawConnection(service.Address);
        await half.SendAsync($"POST {Hook} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 200000\r\n\r\n{new string(' ', 120_000)}");

        var budget = service.Services.GetRequiredService<MemoryBudget>();
        await UntilAsync(() => budget.Taken == 128 * 1024);

        using var refused = await service.PostAsync(Hook, new string(' ', 100_000));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal("/problems/overloaded", (string?)JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["type"]);
        Assert.Equal(200, (await service.ScreenAsync(Requests.NothingToReport())).Status);

        // A body that ends, in whatever way, gives its memory back.
        await half.SendAsync(new string(' ', 10_000));
        half.Dispose();
        await UntilAsync(() => budget.Taken == 0);
        using var taken = await service.PostAsync(Hook, new string(' ', 100_000));
        Assert.Equal(HttpStatusCode.BadRequest, taken.StatusCode);
    }

    [Fact]
    public static void Memory_is_taken_in_steps_and_never_beyond_the_capacity()
    {
        var budget = new MemoryBudget(128 * 1024);
        var (one, other) = (new DefaultHttpContext(), new DefaultHttpContext());
        MemoryBudget.Lease? first = null, second = null;
        Assert.True(budget.TryTake(one, MemoryBudget.FreeBytes, ref first));
        Assert.Null(first);
        Assert.True(budget.TryTake(one, MemoryBudget.FreeBytes + 1, ref first));
        Assert.True(budget.TryTake(one, 64 * 1024, ref first));
        Assert.True(budget.TryTake(other, 64 * 1024, ref second));
        Assert.False(budget.TryTake(one, (64 * 1024) + 1, ref first));
        Assert.True(budget.TryTake(one, 64 * 1024, ref first));
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Yield();
        }
    }
}
