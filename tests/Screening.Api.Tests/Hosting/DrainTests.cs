using System.Net;
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
    [InlineData("-1")]
    [InlineData("601")]
    [InlineData("soon")]
    public static void A_time_that_cannot_be_stops_the_start(string value) =>
        Assert.Contains("Shutdown:DrainSeconds", FailedStartTests.Refusal("Shutdown:DrainSeconds", value), StringComparison.Ordinal);
}
