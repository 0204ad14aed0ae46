using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Hosting;
using Screening.Api.Tests.Hosting;

namespace Screening.Api.Tests.Commands;

/// <summary>The probe of a container that holds no HTTP client: it finds the service by the settings of the service.</summary>
public sealed class HealthCommandTests(ServiceFixture service)
{
    private static readonly Uri Ready = new("/health/ready", UriKind.Relative);
    private static readonly ProgramRun Well = new(0, string.Empty, string.Empty);

    [Theory]
    [InlineData("ASPNETCORE_HTTP_PORTS", "{0}")]
    [InlineData("ASPNETCORE_URLS", "http://*:{0}")]
    [InlineData("ASPNETCORE_URLS", "http://localhost:{0}/;http://127.0.0.1:1")]
    public async Task It_finds_the_service_by_its_settings(string variable, string value)
    {
        var port = string.Format(null, value, service.Address.Port);
        await WarmAsync(service);

        // Neither a proxy nor what only the service itself needs is asked for.
        (string, string)[] variables = [(variable, port), ("http_proxy", "http://127.0.0.1:1"), ("Protocols__Folder", "/there-is-none")];
        Assert.Equal(Well, await ProgramRun.OfAsync(["health"], variables));
    }

    [Fact]
    public async Task It_works_under_a_prefix_and_whatever_hosts_are_allowed()
    {
        using var other = new LimitedService(("Service:PublicUrl", "https://a.example/skin"), ("AllowedHosts", "a.example"));
        await WarmAsync(other);
        Assert.Equal(Well, await ProgramRun.OfAsync("health", "--urls", other.Address.ToString()));
    }

    [Fact]
    public async Task A_service_that_is_about_to_stop_lives_and_is_not_ready()
    {
        using var stopping = new LimitedService();
        var address = stopping.Address.ToString();
        await WarmAsync(stopping);
        stopping.Services.GetRequiredService<ServiceState>().Drain();

        Assert.Equal(
            new ProgramRun(1, string.Empty, "The service answers 503 to /health/ready." + Environment.NewLine),
            await ProgramRun.OfAsync("health", "--urls=" + address));
        Assert.Equal(Well, await ProgramRun.OfAsync("health", "--live", "--urls", address));
    }

    [Fact]
    public async Task It_reaches_a_service_behind_a_socket()
    {
        var folder = Directory.CreateTempSubdirectory();
        var path = Path.Combine(folder.FullName, "s");
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://unix:" + path);
        await using var small = builder.Build();
        small.MapGet("/health/ready", () => "ready");
        await small.StartAsync();

        Assert.Equal(Well, await ProgramRun.OfAsync("health", "--urls", "http://unix:" + path));
        await small.StopAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Where_nobody_answers_it_fails_with_one_line()
    {
        // A port that is taken, so that nobody else's service answers, and not listened on.
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = taken.LocalEndPoint!.ToString();
        Assert.Equal(
            new ProgramRun(1, string.Empty, $"The service does not answer at {address}." + Environment.NewLine),
            await ProgramRun.OfAsync("health", "--urls", $"http://{address}"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:x", "An address or port to listen on (urls, ")]
    [InlineData("http://127.0.0.1:0", "Of the addresses to listen on, none has a port.")]
    public async Task Without_an_address_it_fails_with_one_line(string urls, string begin)
    {
        var run = await ProgramRun.OfAsync("health", "--urls", urls);
        Assert.Equal((1, string.Empty), (run.ExitCode, run.Output));
        Assert.StartsWith(begin, Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_of_the_server_is_asked_before_its_addresses()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("urls", "http://*:81"), new("Kestrel:Endpoints:One:Url", "http://*:82")]).Build();
        Assert.Equal("http://127.0.0.1:82/", ListeningAddresses.OnThisMachine(configuration)?.Url.ToString());
    }

    [Theory]
    [InlineData(null, null, "http://127.0.0.1:5000/")]
    [InlineData(null, "8080;8081", "http://127.0.0.1:8080/")]
    [InlineData("http://+:81", "8080", "http://127.0.0.1:81/")]
    [InlineData("http://0.0.0.0", null, "http://127.0.0.1/")]
    [InlineData("http://[::]:81", null, "http://[::1]:81/")]
    [InlineData("http://192.0.2.1:81", null, "http://192.0.2.1:81/")]
    [InlineData("https://*:443;http://any.example.org:81", null, "http://127.0.0.1:81/")]
    [InlineData("https://*:443", null, "https://127.0.0.1/")]
    public void An_address_to_listen_on_is_one_to_ask_at(string? urls, string? ports, string? asked)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("urls", urls), new("http_ports", ports)]).Build();
        Assert.Equal(asked, ListeningAddresses.OnThisMachine(configuration)?.Url.ToString());
    }

    /// <summary>Readiness waits for the end of the warm-up, on a busy machine longer than the probe does.</summary>
    private static async Task WarmAsync(ServiceFixture service)
    {
        using var ready = await service.Client.GetAsync(Ready);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }
}
