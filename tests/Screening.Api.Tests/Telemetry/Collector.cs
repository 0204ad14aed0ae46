using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Screening.Api.Tests.Telemetry;

/// <summary>Takes what is sent by OTLP over HTTP, as it is sent.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, byte[] Body)> taken = new();
    private readonly WebApplication app;

    private Collector(WebApplication app) => this.app = app;

    /// <summary>The settings of a service that sends here.</summary>
    public IEnumerable<(string Name, string Value)> Settings =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", app.Urls.Single()),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_BSP_SCHEDULE_DELAY", "100"),
        ("OTEL_METRIC_EXPORT_INTERVAL", "1000"),
    ];

    /// <summary>All that came, as text: strings stand in it as they are.</summary>
    public string Text => string.Join('\n', taken.Select(one => Encoding.UTF8.GetString(one.Body)));

    /// <summary>The spans that came.</summary>
    public IReadOnlyList<SentSpan> Spans =>
        [.. taken.Where(one => one.Path == "/v1/traces").SelectMany(one => SentSpan.AllOf(one.Body))];

    /// <summary>Waits until some spans have come.</summary>
    public async Task SpansAsync()
    {
        for (var tries = 0; tries < 1000 && Spans.Count == 0; tries++)
        {
            await Task.Delay(10);
        }

        Assert.NotEmpty(Spans);
    }

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        collector.app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            collector.taken.Enqueue((context.Request.Path, body.ToArray()));
        });
        await collector.app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
