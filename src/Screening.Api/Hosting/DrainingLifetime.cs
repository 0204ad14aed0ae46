using Screening.Api.Settings;

namespace Screening.Api.Hosting;

/// <summary>
/// Stops the service in three steps after a signal: readiness fails while requests are still served, so that load balancers stop sending
/// them; then the listener closes and requests under way end; then the process. A second signal skips the first step, and further ones
/// change nothing.
/// </summary>
internal sealed class DrainingLifetime(StopSignals signals, ServiceState state, DrainTime drain, IHostApplicationLifetime application)
    : IHostLifetime, IDisposable
{
    private readonly CancellationTokenSource skipped = new();

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        // Until the service listens there is nothing to drain, and a start that waits for something must not outlive its signal.
        application.ApplicationStarted.Register(() => signals.OnStop(OnSignal));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        // The process outlives it, and is still sent signals.
        signals.OnStop(() => { });
        skipped.Dispose();
    }

    private void OnSignal()
    {
        if (state.IsDraining)
        {
            skipped.Cancel();
            return;
        }

        state.Drain();
        _ = StopAfterDrainAsync();
    }

    private async Task StopAfterDrainAsync()
    {
        await Task.Delay(drain.Time, skipped.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        application.StopApplication();
    }
}

/// <summary>How long requests are served after the signal to stop.</summary>
/// <param name="Time">The time.</param>
internal sealed record DrainTime(TimeSpan Time)
{
    /// <summary>
    /// How long requests under way may take after that: no less than a full queue of large records takes on two cores, and no more than a
    /// client may read nothing. The server's own timers have stopped, so that this alone ends the wait for clients that do not read or
    /// send. With the default drain and the three seconds for the last metrics and lines of the log, the process ends well before
    /// orchestrators kill it, after 30 seconds at the least.
    /// </summary>
    public static readonly TimeSpan RequestsTimeout = TimeSpan.FromSeconds(9);

    /// <summary>Reads the setting <c>Shutdown:DrainSeconds</c>: 10, in development 0.</summary>
    /// <exception cref="SettingException">The setting is not a number in its range.</exception>
    public static DrainTime Of(IConfiguration configuration, IHostEnvironment environment) =>
        new(TimeSpan.FromSeconds(ServiceSettings.DrainSeconds.Of(configuration, environment.IsDevelopment() ? 0 : null)));
}
