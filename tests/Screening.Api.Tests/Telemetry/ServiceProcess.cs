using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Telemetry;

/// <summary>
/// The service as a process of its own: what a process measures and traces is of all services in it. Its metrics are on a port of their
/// own.
/// </summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: {address}";

    private readonly Process process;

    private ServiceProcess(Process process, Uri address, int metricsPort)
    {
        this.process = process;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, ActivityHeadersPropagator = null };
        Client = new HttpClient(handler) { BaseAddress = address };
        Page = new Uri($"http://127.0.0.1:{metricsPort}/metrics");
    }

    /// <summary>Calls it.</summary>
    public HttpClient Client { get; }

    /// <summary>Where its metrics are.</summary>
    public Uri Page { get; }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts it, and waits until it listens. An empty setting is left out.</summary>
    public static async Task<ServiceProcess> StartAsync(params IEnumerable<(string Name, string Value)> settings)
    {
        var metricsPort = FreePort();
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["Metrics__Port"] = $"{metricsPort}",
                ["Shutdown__DrainSeconds"] = "0",
            },
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value.Length > 0 ? value : null;
        }

        var started = Process.Start(start)!;
        while (await started.StandardOutput.ReadLineAsync() is { } line)
        {
            if (JsonNode.Parse(line) is { } said && (string?)said["@mt"] == Listening)
            {
                _ = started.StandardOutput.ReadToEndAsync();
                return new ServiceProcess(started, new Uri((string)said["address"]!), metricsPort);
            }
        }

        throw new InvalidOperationException("The service ended before it listened.");
    }

    /// <summary>What the page of metrics says.</summary>
    public async Task<MetricsPage> MetricsAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Page);
        request.Headers.Add("Accept", "application/openmetrics-text; version=1.0.0");
        using var response = await Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new MetricsPage(await response.Content.ReadAsStringAsync());
    }

    /// <summary>
    /// What the page says once something is so: it comes after the answer that it tells of, and the page is kept for a moment.
    /// </summary>
    public async Task<MetricsPage> MetricsAsync(Func<MetricsPage, bool> isSo)
    {
        var page = await MetricsAsync();
        for (var tries = 0; tries < 500 && !isSo(page); tries++)
        {
            await Task.Delay(20);
            page = await MetricsAsync();
        }

        Assert.True(isSo(page), page.Text);
        return page;
    }

    /// <summary>Ends it as an orchestrator does; its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
        return ValueTask.CompletedTask;
    }
}
