using Screening.Api.Hosting;
using Screening.Api.Tests.Screenings;
using Screening.Api.Tests.Screenings.Batch;

namespace Screening.Api.Tests.Hosting;

/// <summary>The number of connections is limited, and each must be used.</summary>
public sealed class ConnectionLimitTests
{
    private const string Request = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

    [Fact]
    public async Task One_connection_too_many_is_told_to_come_back_while_all_others_are_busy()
    {
        await using var service = new LimitedService(("Connections:Max", "2"));
        _ = service.Address;
        using var one = await BusyAsync(service);
        using var two = await BusyAsync(service);
        using var refused = new RawConnection(service.Address);
        await refused.SendAsync(Request);
        var response = await refused.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 503 Service Unavailable\r\n", response, StringComparison.Ordinal);
        Assert.Contains("\r\nRetry-After: ", response, StringComparison.Ordinal);

        // A place that is free is given again.
        one.Dispose();
        while (true)
        {
            using var next = new RawConnection(service.Address);
            await next.SendAsync(Request);
            if (await next.ReadLineAsync() == "HTTP/1.1 200 OK")
            {
                break;
            }
        }
    }

    [Fact]
    public async Task When_all_places_are_taken_the_longest_idle_gives_its_own()
    {
        var timers = new ManualTimers();
        await using var service = new LimitedService(("Connections:Max", "3")) { Timers = timers };
        _ = service.Address;
        using var busy = await BusyAsync(service);
        using var first = await ServedAsync(service);
        timers.Advance(TimeSpan.FromSeconds(0.5));
        using var second = await ServedAsync(service);

        // Whoever was served within the last second keeps its place.
        using var early = new RawConnection(service.Address);
        await early.SendAsync(Request);
        Assert.Equal("HTTP/1.1 503 Service Unavailable", await early.ReadLineAsync());

        timers.Advance(TimeSpan.FromSeconds(0.5));
        using var next = await ServedAsync(service);
        Assert.EndsWith("}", await first.ReadToEndAsync(), StringComparison.Ordinal);

        // One that sends nothing, as a TLS client after its handshake, is idle too.
        timers.Advance(TimeSpan.FromSeconds(0.5));
        using var silent = new RawConnection(service.Address);
        Assert.EndsWith("}", await second.ReadToEndAsync(), StringComparison.Ordinal);
        timers.Advance(TimeSpan.FromSeconds(1));
        await next.ReadResponseAsync();
        await next.SendAsync(Request);
        Assert.Equal("HTTP/1.1 200 OK", await next.ReadLineAsync());
        using var last = await ServedAsync(service);
        Assert.Equal(string.Empty, await silent.ReadToEndAsync());
    }

    [Theory]
    [InlineData(1, 16)]
    [InlineData(128, 107)]
    [InlineData(384, 1616)]
    [InlineData(512, 2371)]
    public static void A_process_takes_as_many_connections_as_it_has_memory_for(long mebibytes, int connections) =>
        Assert.Equal(connections, ConnectionLimits.Holdable(mebibytes * 1024 * 1024));

    [Fact]
    public async Task Far_too_many_connections_wait_and_the_service_goes_on()
    {
        await using var service = new LimitedService(("Connections:Max", "2"));
        Assert.Equal(200, (await service.ScreenAsync(Requests.NothingToReport())).Status);
        List<RawConnection> many = [.. Enumerable.Range(0, 200).Select(_ => new RawConnection(service.Address))];
        Assert.Equal(200, (await service.ScreenAsync(Requests.NothingToReport())).Status);
        many.ForEach(one => one.Dispose());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n\n")]
    public async Task A_connection_that_sends_nothing_or_only_empty_lines_is_closed_after_seconds(string lines)
    {
        await using var service = new LimitedService();
        using var silent = new RawConnection(service.Address);
        await silent.SendAsync(lines);
        Assert.Equal(string.Empty, await silent.ReadToEndAsync());
    }

    [Fact]
    public async Task Empty_lines_before_a_request_are_passed_over()
    {
        await using var service = new LimitedService();
        using var connection = new RawConnection(service.Address);
        await connection.SendAsync("\r\n");
        await connection.SendAsync("\r\n" + Request);
        Assert.Equal("HTTP/1.1 200 OK", await connection.ReadLineAsync());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    public static void A_number_of_connections_that_cannot_be_stops_the_start(string value) =>
        Assert.Contains("Connections:Max", Settings.FailedStartTests.Refusal("Connections:Max", value), StringComparison.Ordinal);

    /// <summary>A connection with a request in progress: the service has begun to read its body.</summary>
    private static async Task<RawConnection> BusyAsync(LimitedService service)
    {
        var connection = new RawConnection(service.Address);
        await connection.SendAsync("POST /v1/screenings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Expect: 100-continue\r\nContent-Length: 100\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue", await connection.ReadLineAsync());
        return connection;
    }

    private static async Task<RawConnection> ServedAsync(LimitedService service)
    {
        var connection = new RawConnection(service.Address);
        await connection.SendAsync(Request);
        Assert.Equal("HTTP/1.1 200 OK", await connection.ReadLineAsync());

        // The service counts the connection as idle once the request has ended, which is after its answer.
        await Task.Delay(250);
        return connection;
    }
}
