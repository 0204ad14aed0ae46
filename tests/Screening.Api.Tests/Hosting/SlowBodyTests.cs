using System.Net;
using Screening.Api.Tests.Screenings.Batch;

namespace Screening.Api.Tests.Hosting;

/// <summary>A client that stops in a body, or never ends one, loses its connection.</summary>
public sealed class SlowBodyTests
{
    [Theory]
    [InlineData("Content-Length: 1000", "{")]
    [InlineData("Transfer-Encoding: chunked", "1\r\n{\r\n")]
    public async Task A_body_that_stops_is_408_and_its_connection_is_closed(string framing, string part)
    {
        var timers = new ManualTimers();
        await using var service = new LimitedService { Timers = timers };
        using var connection = new RawConnection(service.Address);
        await connection.SendAsync(HeadOf(framing) + part);
        await WaitForAsync(timers, 5);
        timers.Advance(TimeSpan.FromSeconds(5));
        await WaitForAsync(timers, 1); // the server itself would wait for five more
        timers.Advance(TimeSpan.FromSeconds(1));
        var response = await connection.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 408", response, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", response, StringComparison.Ordinal);
        Assert.Contains("/problems/request-timeout", response, StringComparison.Ordinal);
        Assert.DoesNotContain(service.All(), line => (string?)line["@l"] == "Error"); // a slow client is no error of the service
        Assert.Equal("408", (await service.LinesAsync(1))[0]["Status"]!.ToString());
    }

    [Fact]
    public async Task A_body_that_drips_for_half_a_minute_is_408()
    {
        var timers = new ManualTimers();
        await using var service = new LimitedService { Timers = timers };
        using var connection = new RawConnection(service.Address);
        await connection.SendAsync(HeadOf("Content-Length: 1000") + "{");
        for (var seconds = 0; seconds < 28; seconds += 4)
        {
            await WaitForAsync(timers, 5);
            timers.Advance(TimeSpan.FromSeconds(4));
            await connection.SendAsync(" ");
        }

        await WaitForAsync(timers, 5);
        timers.Advance(TimeSpan.FromSeconds(2));
        await WaitForAsync(timers, 1);
        timers.Advance(TimeSpan.FromSeconds(1));
        Assert.StartsWith("HTTP/1.1 408", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_of_HTTP_2_that_stops_is_408_and_others_of_its_connection_go_on()
    {
        var timers = new ManualTimers();
        await using var service = new LimitedService(("Kestrel:EndpointDefaults:Protocols", "Http2")) { Timers = timers };
        using var client = new HttpClient
        {
            BaseAddress = service.Address,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answered = StalledAsync();
        await WaitForAsync(timers, 5);
        timers.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.RequestTimeout, await answered);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/v1/protocols", UriKind.Relative))).StatusCode);
        end.SetResult();
        Assert.DoesNotContain(
            service.All(), line => ((string?)line["SourceContext"])?.Contains("Kestrel", StringComparison.Ordinal) == true);

        async Task<HttpStatusCode> StalledAsync()
        {
            using var content = new StreamedContent(async body =>
            {
                await body.WriteAsync("{"u8.ToArray());
                await body.FlushAsync();
                await end.Task;
            });
            content.Headers.ContentType = new("application/json");
            using var response = await client.PostAsync(new Uri("/v1/screenings", UriKind.Relative), content);
            return response.StatusCode;
        }
    }

    [Theory]
    [InlineData("Content-Length: 300000", "")]
    [InlineData("Transfer-Encoding: chunked", "493e0\r\n")]
    public async Task A_client_that_is_refused_may_send_the_rest_and_learns_why(string framing, string chunk)
    {
        await using var service = new LimitedService();
        using var connection = new RawConnection(service.Address);
        var part = new string(' ', 100_000);
        await connection.SendAsync(HeadOf(framing) + chunk + part);
        Assert.Equal("HTTP/1.1 413 Payload Too Large", await connection.ReadLineAsync());
        await connection.ReadResponseAsync();

        // Half of it may be in the system's buffers when a connection is closed: only what comes after that meets the end.
        await connection.SendAsync(part);
        await Task.Delay(50);
        await connection.SendAsync(part + (chunk.Length > 0 ? "\r\n0\r\n\r\n" : string.Empty));
        Assert.Empty(await connection.ReadToEndAsync());
    }

    private static string HeadOf(string framing) =>
        $"POST /v1/screenings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{framing}\r\n\r\n";

    /// <summary>
    /// Waits until the service waits for so many seconds: 5 for the next part of a body, 30 for the whole, 1 for its own answer.
    /// </summary>
    private static async Task WaitForAsync(ManualTimers timers, int seconds)
    {
        while (await timers.NextSetAsync() != TimeSpan.FromSeconds(seconds))
        {
        }
    }
}
