using System.Runtime.InteropServices;

namespace Screening.Api.Hosting;

/// <summary>
/// The signals of the process. One to stop ends it at once with 0, until a service runs that wants to drain first. They are held until the
/// process ends, later than the service: by default a signal that comes while the last lines are logged would end it with another code.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    // Sent to who writes to a file that is as large as it may be: without this it ends the process, with it the write fails.
    private const int FileSizeExceeded = 25;

    private readonly List<PosixSignalRegistration> signals = [];
    private readonly Lock acting = new();
    private Action stop = () => Environment.Exit(0);

    /// <summary>Takes them from the runtime.</summary>
    public StopSignals()
    {
        PosixSignal[] stopping = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT];
        signals.AddRange(stopping.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            // The runtime would end the process.
            context.Cancel = true;
            Stop();
        })));
        if (!OperatingSystem.IsWindows())
        {
            signals.Add(PosixSignalRegistration.Create((PosixSignal)FileSizeExceeded, context => context.Cancel = true));
        }
    }

    /// <summary>
    /// Says what to do from now on when one to stop comes. What was to be done before is done, or never will be: it may be disposed of.
    /// </summary>
    public void OnStop(Action action)
    {
        lock (acting)
        {
            stop = action;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => signals.ForEach(signal => signal.Dispose());

    /// <summary>Does what a signal to stop does. Several may come at once, each on a thread of its own.</summary>
    private void Stop()
    {
        lock (acting)
        {
            stop();
        }
    }
}
