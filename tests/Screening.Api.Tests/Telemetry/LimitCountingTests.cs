using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Http;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Hosting;
using Screening.Api.Tests.Screenings;
using Screening.Api.Tests.Screenings.Batch;
using KeyedService = Screening.Api.Tests.Access.KeyedService;

namespace Screening.Api.Tests.Telemetry;

/// <summary>Whatever is turned away, closed or kept waiting is counted, each by what it met.</summary>
public static class LimitCountingTests
{
    [Fact]
    public static async Task Memory_that_is_not_there_counts_by_its_use()
    {
        await using var service = new LimitedService { Memory = 64 * 1024 };
        using var counted = new Counted(service);
        foreach (var (path, length) in (IEnumerable<(string, int)>)[(CdsCalls.Book, 100_000), ("/v1/screenings", 24_000)])
        {
            using var refused = await service.PostAsync(path, Requests.NothingToReport() + new string(' ', length));
            Assert.Equal(503, (int)refused.StatusCode);
        }

        using var document = await service.Client.GetAsync(new Uri("/v1/protocols/sublative-rf", UriKind.Relative));
        Assert.Equal(503, (int)document.StatusCode);
        Assert.Equal(
            [1, 1, 1],
            ((string[])["large-body", "body", "response"]).Select(use => counted.Of($"screening.memory.refused use={use}")));
    }

    [Fact]
    public static async Task A_batch_counts_while_it_waits_and_one_too_many_when_it_is_refused()
    {
        await using var service = new BatchService { Settings = { ["Batch:MaxConcurrent"] = "1", ["Batch:MaxWaiting"] = "1" } };
        using var counted = new Counted(service);
        using var first = await BatchConnection.OpenAsync(service);
        await first.SendAsync("{}\n");
        Assert.Equal(200, await first.HeadAsync());
        await Task.WhenAll(SecondAsync(), ThirdAsync());
        await counted.BecomesAsync("screening.batches state=running", 0);
        Assert.Equal(0, counted.Of("screening.batches state=waiting"));

        async Task SecondAsync() => Assert.Single(await service.BatchAsync("{}"));

        async Task ThirdAsync()
        {
            await counted.BecomesAsync("screening.batches state=waiting", 1);
            Assert.Equal(1, counted.Of("screening.batches state=running"));
            using var refused = await service.PostAsync(Batches.Path, "{}", Batches.MediaType);
            Assert.Equal(429, (int)refused.StatusCode);
            Assert.Equal(1, counted.Of("screening.limits.reached limit=batches"));
            await first.WriteAsync("0\r\n\r\n");
        }
    }

    [Fact]
    public static async Task A_connection_that_is_closed_for_another_counts_and_one_that_finds_no_place()
    {
        const string Request = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
        var timers = new ManualTimers();
        await using var service = new LimitedService(("Connections:Max", "1")) { Timers = timers };
        using var counted = new Counted(service);
        using var first = await AskAsync("HTTP/1.1 200 OK");
        using var second = await AskAsync("HTTP/1.1 503 Service Unavailable");
        Assert.Equal((1, 0), (counted.Of("screening.limits.reached limit=connections"), counted.Of("screening.connections.evicted")));
        timers.Advance(TimeSpan.FromSeconds(1));
        using var third = await AskAsync("HTTP/1.1 200 OK");
        Assert.Equal((1, 1), (counted.Of("screening.limits.reached limit=connections"), counted.Of("screening.connections.evicted")));
        Assert.Equal((1, 1), (counted.Of("screening.connections.open"), counted.Of("screening.connections.max")));

        async Task<RawConnection> AskAsync(string answer)
        {
            var connection = new RawConnection(service.Address);
            await connection.SendAsync(Request);
            Assert.Equal(answer, await connection.ReadLineAsync());
            return connection;
        }
    }

    [Fact]
    public static async Task A_client_and_an_address_at_the_form_count_when_they_have_no_permit_left()
    {
        await using var service = new KeyedService
        {
            Settings = [("Limits:PerMinute", "100"), ("Limits:Burst", "100"), ("Intake:Open", "true"), ("Intake:PerMinute", "1")],
        };
        using var counted = new Counted(service);
        for (var i = 0; i < 101; i++)
        {
            Assert.Equal(i < 100 ? 200 : 429, await service.StatusAsync(KeyedService.Good));
        }

        foreach (var status in (int[])[200, 429])
        {
            using var form = await service.Client.GetAsync(new Uri("/intake/sublative-rf", UriKind.Relative));
            Assert.Equal(status, (int)form.StatusCode);
        }

        Assert.Equal(1, counted.Of("screening.limits.reached limit=client"));
        Assert.Equal(1, counted.Of("screening.limits.reached limit=intake-form"));
        Assert.Equal(0, counted.Of("screening.limits.reached limit=refusals"));
    }

    [Fact]
    public static async Task Records_count_while_they_are_worked_on_and_wait_and_when_too_many_do()
    {
        await using var service = new ServiceFixture();
        using var counted = new Counted(service);
        var limiter = service.Services.GetRequiredService<RecordLimiter>();
        List<Task<LimiterLease?>> calls = [];
        while (counted.Of("screening.records lane=large state=waiting") < 16)
        {
            calls.Add(limiter.WaitAsync(new DefaultHttpContext(), 1_000_000, default).AsTask());
        }

        Assert.Equal(calls.Count - 16, counted.Of("screening.records lane=large state=running"));
        using var refused = await service.PostAsync(CdsCalls.Book, new string(' ', 100_000));
        Assert.Equal(503, (int)refused.StatusCode);
        Assert.Equal(1, counted.Of("screening.limits.reached limit=records"));
        foreach (var call in calls)
        {
            (await call)!.Value.Dispose();
        }

        Assert.DoesNotContain(counted.All.Keys, name => name.StartsWith("screening.records", StringComparison.Ordinal));
    }

    [Fact]
    public static async Task A_receipt_that_cannot_be_signed_counts()
    {
        await using var service = new SettingsService(("environment", "Production"), ("Access:Open", "true"));
        using var counted = new Counted(service);
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/screenings")
        {
            Content = new StringContent(Requests.NothingToReport().ToJsonString(), null, "application/json"),
            Headers = { { "Prefer", "receipt" } },
        };
        using var response = await service.Client.SendAsync(message);
        Assert.Equal(503, (int)response.StatusCode);
        Assert.Equal(1, counted.Of("screening.receipts.signed outcome=failed"));
        Assert.Equal(1, counted.Of("screening.problems code=receipt-unavailable"));
    }
}
