using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using Screening.Api.Logging;
using Screening.Api.Tests.Telemetry;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Screening.Api.Tests.Logging;

/// <summary>A service that logs as much as it can be told to, in one environment; its log and its traces can be read.</summary>
internal sealed class CanaryService : ServiceFixture, ILogEventSink
{
    private static readonly string[] Levels =
        ["Default", "Override:Microsoft", "Override:Microsoft.AspNetCore", "Override:System", "Override:FastEndpoints"];

    private readonly ConcurrentQueue<string> told = new();
    private readonly ActivityListener listener;
    private readonly WithoutExceptionMessages written;
    private readonly string environment;

    public CanaryService(string environment)
    {
        this.environment = environment;
        written = new WithoutExceptionMessages(new Written(told));
        listener = new ActivityListener
        {
            // The client of this process traces the addresses that it calls.
            ShouldListenTo = source => !source.Name.Contains("System.Net", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Trace,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>Whether every request fails.</summary>
    public bool Fails { get; init; }

    /// <summary>A leak, to see that it is found.</summary>
    public Action<HttpContext>? Leak { get; init; }

    /// <summary>Where it sends its metrics and traces; null for nowhere.</summary>
    public Collector? Collector { get; init; }

    /// <summary>The port of its page of metrics; 0 for none.</summary>
    public int MetricsPort { get; init; }

    /// <summary>Everything that was logged and traced.</summary>
    public string Told => string.Join('\n', told);

    /// <summary>Waits until so many lines are of a kind: they are written after the answer was sent.</summary>
    public async Task ToldAsync(int lines, Func<string, bool> isOfKind)
    {
        for (var tries = 0; tries < 500 && told.Count(isOfKind) < lines; tries++)
        {
            await Task.Delay(10);
        }

        Assert.InRange(told.Count(isOfKind), lines, int.MaxValue);
    }

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent) => written.Emit(logEvent);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(environment);
        builder.UseSetting("Access:Open", "true");
        builder.UseSetting("OpenApi:Served", "true");
        foreach (var level in Levels)
        {
            builder.UseSetting("Serilog:MinimumLevel:" + level, "Verbose");
        }

        if (MetricsPort > 0)
        {
            builder.UseSetting("Metrics:Port", $"{MetricsPort}");
        }

        foreach (var (name, value) in Collector?.Settings ?? [])
        {
            builder.UseSetting(name, value);
        }

        base.ConfigureWebHost(builder);
        builder.ConfigureServices(services =>
        {
            services.AddSingleton<ILogEventSink>(this);
            if (Fails)
            {
                services.Replace(ServiceDescriptor.Singleton<IClock>(new BrokenClock()));
            }

            if (Leak is not null)
            {
                services.AddSingleton<IStartupFilter>(new LeakFilter(Leak));
            }
        });
    }

    protected override void Dispose(bool disposing)
    {
        listener.Dispose();
        base.Dispose(disposing);
    }

    private void Trace(Activity activity)
    {
        var events = activity.Events.SelectMany(one => one.Tags.Prepend(new("event", one.Name)));
        var parts = activity.TagObjects.Concat(events).Select(tag => $"{tag.Key}={tag.Value}");
        told.Enqueue($"{activity.DisplayName} {activity.StatusDescription} {string.Join(' ', parts)}");
    }

    /// <summary>All that a line has, as production writes it; development writes some of it.</summary>
    private sealed class Written(ConcurrentQueue<string> lines) : ILogEventSink
    {
        private readonly CompactJsonFormatter formatter = new();

        public void Emit(LogEvent logEvent)
        {
            using var line = new StringWriter();
            formatter.Format(logEvent, line);
            lines.Enqueue(line.ToString());
        }
    }

    private sealed class LeakFilter(Action<HttpContext> leak) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                leak(context);
                return following(context);
            });
            next(app);
        };
    }
}
