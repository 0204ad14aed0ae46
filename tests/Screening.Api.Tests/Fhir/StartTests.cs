using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

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
        using var service = Process.Start(
            new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "--urls", address.ToString(), "--Access:Open", "true"])
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
            await UntilItAnswersAsync(() => client.PostAsync("/v1/screenings", new StringContent("{}", Encoding.UTF8, "application/json")), HttpStatusCode.BadRequest);
            await UntilItAnswersAsync(() => client.GetAsync("/health/ready"), HttpStatusCode.OK);
            Assert.Contains("Hl7.Fhir", await File.ReadAllTextAsync($"/proc/{service.Id}/maps"), StringComparison.Ordinal);
        }
        finally
        {
            service.Kill(entireProcessTree: true);
        }
    }

    private static async Task UntilItAnswersAsync(Func<Task<HttpResponseMessage>> send, HttpStatusCode status)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var response = await send();
                Assert.Equal(status, response.StatusCode);
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
