using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Screening.Api.Hosting;
using Screening.Api.Tests.Screenings;
using Screening.Api.Tests.Screenings.Batch;
using Screening.Api.Tests.Settings;

namespace Screening.Api.Tests.Hosting;

/// <summary>
/// A service that is being stopped says so before it stops, and loses nothing that it has accepted. The signal itself is tried with the
/// published service (tests/load).
/// </summary>
public sealed class DrainTests
{
    [Fact]
    public async Task While_it_drains_it_is_not_ready_serves_on_and_keeps_no_connection()
    {
        await using var service = new SettingsService();
        using (var before = await service.Client.GetAsync(new Uri("/health/ready", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
            Assert.Null(before.Headers.ConnectionClose);
        }

        service.Services.GetRequiredService<ServiceState>().Drain();
        using var ready = await service.Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.True(ready.Headers.ConnectionClose);
        Assert.Contains("\"stopping\"", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var live = await service.Client.GetAsync(new Uri("/health/live", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(200, (await service.ScreenAsync(Requests.NothingToReport())).Status);
    }

    [Fact]
    public async Task A_batch_ends_at_the_end_of_a_line_and_says_where()
    {
        await using var service = new BatchService();
        using var batch = await BatchConnection.OpenAsync(service);
        await batch.SendAsync(Requests.NothingToReport().ToJsonString() + "\n{\"protocol\":");
        Assert.Equal(200, await batch.HeadAsync());
        Assert.NotNull((await batch.NextAsync())!["eligibility"]);

        service.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var last = await batch.NextAsync();
        Assert.Equal((503, 2, "/problems/overloaded"), ((int)last!["status"]!, (int)last["line"]!, (string)last["type"]!));
        Assert.Null(await batch.NextAsync());
    }

    [Theory]
    [InlineData("Content-Length: {0}\r\n\r\n", "")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n{0:x}\r\n", "\r\n0\r\n\r\n")]
    public async Task A_body_that_is_on_its_way_when_the_listener_closes_is_read_and_answered(string framing, string end)
    {
        await using var service = new LimitedService();
        using var idle = new RawConnection(service.Address);
        await idle.SendAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal("HTTP/1.1 200 OK", await idle.ReadLineAsync());
        using var connection = new RawConnection(service.Address);
        var body = Requests.NothingToReport().ToJsonString();
        await connection.SendAsync(
            "POST /v1/screenings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
            + string.Format(CultureInfo.InvariantCulture, framing, Encoding.UTF8.GetByteCount(body)) + body[..100]);
        Assert.Equal("HTTP/1.1 100 Continue", await connection.ReadLineAsync());
        Assert.Equal(string.Empty, await connection.ReadLineAsync());

        var stopped = service.Services.GetRequiredService<IServer>().StopAsync(CancellationToken.None);
        await idle.ReadToEndAsync(); // the server has told each connection that it stops
        await connection.SendAsync(body[100..] + end);
        Assert.Equal("HTTP/1.1 200 OK", await connection.ReadLineAsync());
        await connection.ReadToEndAsync();
        await stopped;
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("601")]
    [InlineData("soon")]
    public static void A_time_that_cannot_be_stops_the_start(string value) =>
        Assert.Contains("Shutdown:DrainSeconds", FailedStartTests.Refusal("Shutdown:DrainSeconds", value), StringComparison.Ordinal);
}
