using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Logging;

/// <summary>Whatever becomes of standard output: the service decides, and it ends when it is told to.</summary>
public sealed class StandardOutputTests
{
    /// <summary>More lines than a pipe that nobody reads holds.</summary>
    private const int Many = 600;

    [Theory]
    [InlineData("")] // A pipe that nobody reads.
    [InlineData(">/dev/full")]
    [InlineData(">&-")]
    [InlineData("| :")]
    public async Task Nothing_that_the_log_meets_stops_a_decision(string output)
    {
        var port = Ports.Free();
        var command = $"exec dotnet \"$0\" --urls http://127.0.0.1:{port} --Access:Open true --Shutdown:DrainSeconds 0 {output}";
        var start = new ProcessStartInfo("sh", ["-c", command, typeof(Program).Assembly.Location])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_ENVIRONMENT"] = "Production" },
        };
        using var process = Process.Start(start)!;
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(30) };
            await ReadyAsync(client);
            for (var i = 0; i < Many; i++)
            {
                using var response = await client.PostAsJsonAsync("/v1/screenings", Requests.Everything());
                var decision = await response.Content.ReadFromJsonAsync<JsonObject>();
                Assert.NotNull((string?)decision!["eligibility"]);
            }
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task ReadyAsync(HttpClient client)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            try
            {
                using var ready = await client.GetAsync(new Uri("/health/live", UriKind.Relative));
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100);
            }
        }
    }

    private static class Ports
    {
        public static int Free()
        {
            using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
            listener.Start();
            return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
