using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Screening.Api.Tests.Access;

namespace Screening.Api.Tests.Telemetry;

/// <summary>A run over all doors of a service that has every file, what it told of itself, and what it sent until it had stopped.</summary>
public sealed class TelemetryRun
{
    private readonly Lazy<Task<(MetricsPage Page, Collector Collector)>> run = new(RunAsync);

    /// <summary>The page of metrics, and what was sent.</summary>
    internal Task<(MetricsPage Page, Collector Collector)> ResultAsync() => run.Value;

    private static async Task<(MetricsPage Page, Collector Collector)> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("telemetry");
        var collector = await Collector.StartAsync();
        await using var service = await ServiceProcess.StartAsync(
        [
            ("Access__Clients", Write("clients.json", Keys.File([Keys.Numbered(1)]))),
            ("Receipts__Keys", Write("keys.json", SigningKey())),
            ("Intake__Open", "true"),
            ("OpenApi__Served", "true"),
            ("OTEL_SERVICE_NAME", "screening-of-a-test"),
            ("OTEL_METRICS_EXEMPLAR_FILTER", "always_on"),
            .. collector.Settings,
        ]);
        foreach (var call in RouteCall.First)
        {
            using var message = call.Message();
            message.Headers.Add("X-Api-Key", Keys.Numbered(1).Text);
            using var response = await service.Client.SendAsync(message);
        }

        var page = await service.MetricsAsync();
        Assert.Equal(0, await service.StopAsync());
        folder.Delete(recursive: true);
        await collector.DisposeAsync();
        return (page, collector);

        string Write(string name, string text)
        {
            var path = Path.Combine(folder.FullName, name);
            File.WriteAllText(path, text);
            return path;
        }
    }

    private static string SigningKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject { ["state"] = "current", ["pem"] = key.ExportPkcs8PrivateKeyPem() }),
        }.ToJsonString();
    }
}
