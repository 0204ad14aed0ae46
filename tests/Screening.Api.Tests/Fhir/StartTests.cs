using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Screening.Api.Tests.Fhir;

/// <summary>Who speaks no FHIR does not wait for it.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task The_SDK_is_loaded_by_the_first_request_for_FHIR_and_not_before()
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
            using var refused = await client.PostAsync("/v1/screenings", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.DoesNotContain("Hl7.Fhir", await File.ReadAllTextAsync($"/proc/{service.Id}/maps"), StringComparison.Ordinal);

            using var statement = await client.GetAsync("/fhir/metadata");
            Assert.Equal(HttpStatusCode.OK, statement.StatusCode);
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
