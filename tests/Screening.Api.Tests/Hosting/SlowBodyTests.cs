using Screening.Api.Tests.Screenings.Batch;

namespace Screening.Api.Tests.Hosting;

/// <summary>A client that stops in a body, or never ends one, loses its connection.</summary>
public sealed class SlowBodyTests
{
    private const string Head =
        "POST /v1/screenings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";

    [Fact]
    public async Task A_body_that_stops_is_408_and_its_connection_is_closed()
    {
        var timers = new ManualTimers();
        await using var service = new LimitedService { Timers = timers };
        using var connection = new RawConnection(service.Address);
        await connection.SendAsync(Head);
        await WaitForPartAsync(timers);
        timers.Advance(TimeSpan.FromSeconds(5));
        var response = await connection.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 408", response, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", response, StringComparison.Ordinal);
        Assert.Contains("/problems/request-timeout", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_drips_for_half_a_minute_is_408()
    {
        var timers = new ManualTimers();
        await using var service = new LimitedService { Timers = timers };
        using var connection = new RawConnection(service.Address);
        await connection.SendAsync(Head);
        for (var seconds = 0; seconds < 28; seconds += 4)
        {
            await WaitForPartAsync(timers);
            timers.Advance(TimeSpan.FromSeconds(4));
            await connection.SendAsync(" ");
        }

        await WaitForPartAsync(timers);
        timers.Advance(TimeSpan.FromSeconds(2));
        Assert.StartsWith("HTTP/1.1 408", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 300000", "")]
    [InlineData("Transfer-Encoding: chunked", "493e0\r\n")]
    public async Task A_client_that_is_refused_may_send_the_rest_and_learns_why(string framing, string chunk)
    {
        await using var service = new LimitedService();
        using var connection = new RawConnection(service.Address);
        var part = new string(' ', 100_000);
        await connection.SendAsync(
            $"POST /v1/screenings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{framing}\r\n\r\n{chunk}{part}");
        Assert.Equal("HTTP/1.1 413 Payload Too Large", await connection.ReadLineAsync());
        await connection.ReadResponseAsync();

        // Half of it may be in the system's buffers when a connection is closed: only what comes after that meets the end.
        await connection.SendAsync(part);
        await Task.Delay(50);
        await connection.SendAsync(part + (chunk.Length > 0 ? "\r\n0\r\n\r\n" : string.Empty));
        Assert.Empty(await connection.ReadToEndAsync());
    }

    /// <summary>Waits until the service waits for the next part; the limit of the whole body is a timer, too.</summary>
    private static async Task WaitForPartAsync(ManualTimers timers)
    {
        while (await timers.NextSetAsync() != TimeSpan.FromSeconds(5))
        {
        }
    }
}
