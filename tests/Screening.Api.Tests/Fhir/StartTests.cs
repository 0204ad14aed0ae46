using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Screening.Api.Tests.Fhir;

/// <summary>Who speaks no FHIR does not wait for it, and who does finds it ready.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task The_SDK_is_loaded_when_the_service_says_that_it_is_ready()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        using var service = Process.Start(new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "--urls", address.ToString()])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        })!;
        try
        {
            service.OutputDataReceived += (_, _) => { };
            service.BeginOutputReadLine();
            using var client = new HttpClient { BaseAddress = address };
            await UntilReadyAsync(client);
            Assert.Contains("Hl7.Fhir", await File.ReadAllTextAsync($"/proc/{service.Id}/maps"), StringComparison.Ordinal);
        }
        finally
        {
            service.Kill(entireProcessTree: true);
        }
    }

    private static async Task UntilReadyAsync(HttpClient client)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var ready = await client.GetAsync("/health/ready");
                Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
                return;
            }
            catch (HttpRequestException) when (attempt < 100)
            {
                await Task.Delay(100);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
