using System.Net;
using System.Net.Sockets;
using Screening.Api.Tests.Commands;

namespace Screening.Api.Tests.Telemetry;

/// <summary>The page of metrics has a port of its own.</summary>
public sealed class MetricsPortTests
{
    [Fact]
    public static async Task On_its_port_there_is_the_page_and_nothing_else_and_on_the_services_there_is_none()
    {
        await using var service = await ServiceProcess.StartAsync(("Access__Open", "true"));
        Assert.Contains("screening_build_info", (await service.MetricsAsync()).Text, StringComparison.Ordinal);
        foreach (var path in (string[])["/", "/health/live", "/health/ready", "/v1/protocols", "/problems", "/metrics/", "/METRICS"])
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(service, HttpMethod.Get, new Uri(service.Page, path)));
        }

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(service, HttpMethod.Post, service.Page));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(service, HttpMethod.Get, new Uri("/metrics", UriKind.Relative)));
    }

    /// <summary>Prometheus asks a pod by its address, and compose's service by its name: neither is a host of the service.</summary>
    [Theory]
    [InlineData("screening:9464")]
    [InlineData("10.1.2.3:9464")]
    public static async Task Whoever_scrapes_may_use_any_name(string host)
    {
        await using var service = await ServiceProcess.StartAsync(("Access__Open", "true"), ("AllowedHosts", "screening.example.org"));
        using var request = new HttpRequestMessage(HttpMethod.Get, service.Page) { Headers = { Host = host } };
        using var page = await service.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using var other = new HttpRequestMessage(HttpMethod.Get, "/v1/protocols") { Headers = { Host = host } };
        using var refused = await service.Client.SendAsync(other);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public static async Task Silent_connections_give_their_places_to_who_scrapes()
    {
        await using var service = await ServiceProcess.StartAsync(("Access__Open", "true"));
        List<TcpClient> silent = [.. Enumerable.Range(0, 8).Select(_ => new TcpClient("127.0.0.1", service.Page.Port))];
        HttpStatusCode status;
        do
        {
            status = await StatusAsync(service, HttpMethod.Get, service.Page);
        }
        while (status == HttpStatusCode.ServiceUnavailable); // until one of them is idle for long enough
        Assert.Equal(HttpStatusCode.OK, status);
        silent.ForEach(one => one.Dispose());
    }

    [Fact]
    public static async Task Neither_its_own_requests_nor_the_services_own_calls_count()
    {
        await using var service = await ServiceProcess.StartAsync(("Access__Open", "true"));
        // It answers when the service's own calls have ended.
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, HttpMethod.Get, new Uri("/health/ready", UriKind.Relative)));
        const string Requests = "http_server_request_duration_seconds_count";
        var page = await service.MetricsAsync(page => page.Samples.Exists(sample => sample.Name == Requests));
        var (_, labels, value) = Assert.Single(page.Samples, sample => sample.Name == Requests);
        Assert.Equal(("/health/ready", 1), (labels["http_route"], value));
        Assert.DoesNotContain(page.Samples, sample => sample.Name == "screening_decisions_total");
    }

    [Fact]
    public static async Task Without_the_setting_the_service_starts_without_it()
    {
        await using var service = await ServiceProcess.StartAsync(("Access__Open", "true"), ("Metrics__Port", string.Empty));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, HttpMethod.Get, new Uri("/health/live", UriKind.Relative)));
        await Assert.ThrowsAsync<HttpRequestException>(() => service.Client.GetAsync(service.Page));
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public static async Task A_port_that_is_taken_is_one_line(string environment)
    {
        using var taken = new TcpListener(environment == "Development" ? IPAddress.Loopback : IPAddress.Any, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        string[] access = environment == "Development" ? [] : ["--Access:Open", "true"];
        var run = await ProgramRun.OfAsync(
            ["--urls", "http://127.0.0.1:0", "--Metrics:Port", $"{port}", .. access], [("DOTNET_ENVIRONMENT", environment)]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "Metrics:Port must be a port that is free here",
            Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(ServiceProcess service, HttpMethod method, Uri address)
    {
        using var request = new HttpRequestMessage(method, address);
        using var response = await service.Client.SendAsync(request);
        return response.StatusCode;
    }
}
