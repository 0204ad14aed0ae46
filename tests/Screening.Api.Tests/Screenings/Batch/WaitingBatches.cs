using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Screening.Api.Tests.Screenings.Batch;

/// <summary>Tells when a batch has begun to wait for its turn, as the framework's own metric has it.</summary>
internal sealed class WaitingBatches : IDisposable
{
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MeterListener listener = new();

    public WaitingBatches(ServiceFixture service)
    {
        var own = service.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Name == "aspnetcore.rate_limiting.queued_requests" && instrument.Meter.Scope == own)
            {
                to.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, change, _, _) =>
        {
            if (change > 0)
            {
                begun.TrySetResult();
            }
        });
        listener.Start();
    }

    /// <summary>Ends when one waits.</summary>
    public Task Begun => begun.Task;

    public void Dispose() => listener.Dispose();
}
