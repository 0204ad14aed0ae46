using Screening.Api.Http;

namespace Screening.Api.Hosting;

/// <summary>Whether the service is about to stop.</summary>
public sealed class ServiceState : IDisposable
{
    private readonly CancellationTokenSource drain = new();

    /// <summary>Is cancelled by the signal to stop.</summary>
    public CancellationToken Draining => drain.Token;

    /// <summary>True from the signal to stop on: readiness fails, and no connection is kept after its response.</summary>
    public bool IsDraining => drain.IsCancellationRequested;

    /// <summary>Records the signal to stop.</summary>
    public void Drain() => drain.Cancel();

    /// <inheritdoc/>
    public void Dispose() => drain.Dispose();

    /// <summary>Closes connections after their response while the service drains, so that clients go elsewhere in time.</summary>
    public static void Use(WebApplication app)
    {
        var state = app.Services.GetRequiredService<ServiceState>();
        app.Use((context, next) =>
        {
            if (state.IsDraining)
            {
                context.CloseAfterResponse();
            }

            return next(context);
        });
    }
}
