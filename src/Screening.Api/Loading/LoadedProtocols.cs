using Screening.Rules;

namespace Screening.Api.Loading;

/// <summary>
/// The protocols, loaded on a thread of their own while the host is put together: both take about as long. The host waits for them before it
/// listens; from then on <see cref="Catalog"/> is there at once.
/// </summary>
public sealed class LoadedProtocols
{
    private readonly Task<ProtocolCatalog> loading;

    /// <summary>Begins to load; see <see cref="ProtocolFiles.Load"/>. What comes next is run after it, and not waited for.</summary>
    public LoadedProtocols(string? folder, Action<ProtocolCatalog> next)
    {
        loading = Task.Run(() => ProtocolFiles.Load(folder));
        _ = loading.ContinueWith(loaded => next(loaded.Result), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    /// <summary>Takes protocols that are loaded already.</summary>
    public LoadedProtocols(ProtocolCatalog catalog) => loading = Task.FromResult(catalog);

    /// <summary>Every protocol; waits until they are loaded.</summary>
    /// <exception cref="ProtocolLoadException">Some protocol has a flaw.</exception>
    public ProtocolCatalog Catalog => loading.GetAwaiter().GetResult();
}
