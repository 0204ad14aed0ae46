using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Screening.Api.Tests.Logging;

/// <summary>A service whose log can be read.</summary>
public class LoggedService : ServiceFixture, ILogEventSink
{
    private readonly ConcurrentQueue<JsonNode> lines = new();

    /// <summary>Keeps an event as production writes it.</summary>
    public void Emit(LogEvent logEvent)
    {
        var text = new StringWriter(new StringBuilder());
        new CompactJsonFormatter().Format(logEvent, text);
        lines.Enqueue(JsonNode.Parse(text.ToString())!);
    }

    /// <summary>The lines of requests so far; those of the host's own start are left out.</summary>
    public List<JsonNode> Lines() => [.. lines.Where(line => line["Route"] is not null)];

    /// <summary>Every line so far, whoever wrote it.</summary>
    public List<JsonNode> All() => [.. lines];

    /// <summary>The lines, once there are so many: a line is written after its answer was sent, so they are waited for.</summary>
    public async Task<List<JsonNode>> LinesAsync(int expected)
    {
        for (var tries = 0; tries < 500 && Lines().Count < expected; tries++)
        {
            await Task.Delay(10);
        }

        return Lines();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.ConfigureServices(services => services.AddSingleton<ILogEventSink>(this));
        base.ConfigureWebHost(builder);
    }
}
