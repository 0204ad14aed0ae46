using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Telemetry;

namespace Screening.Api.Tests.Telemetry;

/// <summary>What one service of this process counts from now on, whatever others do.</summary>
internal sealed class Counted : IDisposable
{
    private readonly ConcurrentDictionary<string, double> values = new(StringComparer.Ordinal);
    private readonly MeterListener listener = new();

    public Counted(ServiceFixture service)
        : this(MetricsOf(service))
    {
    }

    public Counted(ServiceMetrics metrics)
    {
        var meter = metrics.Meter;
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
            {
                to.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.Start();
    }

    /// <summary>
    /// The sums of counters, the values of what is observed: such as <c>screening.problems code=not-found</c>; none that is zero.
    /// </summary>
    public IReadOnlyDictionary<string, double> All
    {
        get
        {
            listener.RecordObservableInstruments();
            return values.Where(value => value.Value != 0).ToDictionary(StringComparer.Ordinal);
        }
    }

    /// <summary>One of them; 0 when there is none.</summary>
    public double Of(string name) => All.GetValueOrDefault(name);

    /// <summary>Waits for a value: what is counted after an answer was sent comes later than it.</summary>
    public async Task BecomesAsync(string name, double value)
    {
        for (var tries = 0; tries < 500 && Of(name) != value; tries++)
        {
            await Task.Delay(10);
        }

        Assert.Equal(value, Of(name));
    }

    public void Dispose() => listener.Dispose();

    private static ServiceMetrics MetricsOf(ServiceFixture service)
    {
        _ = service.Client;
        return service.Services.GetRequiredService<ServiceMetrics>();
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Prepend(instrument.Name));
        values.AddOrUpdate(name, value, (_, sum) => instrument.IsObservable ? value : sum + value);
    }
}
