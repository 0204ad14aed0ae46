using Screening.Rules;

namespace Screening.Api.Loading;

/// <summary>
/// The protocols, loaded in the background while the host is built, since both take about as long. The host waits for them before it
/// listens; after that <see cref="Catalog"/> returns at once.
/// </summary>
public sealed class LoadedProtocols
{
    private readonly Task<ProtocolCatalog> loading;

    /// <summary>
    /// Starts loading; see <see cref="ProtocolFiles.Load"/>. The callback runs after a successful load and is not awaited.
    /// </summary>
    public LoadedProtocols(string? folder, Action<ProtocolCatalog> onLoaded)
    {
        loading = Task.Run(() => ProtocolFiles.Load(folder));
        _ = loading.ContinueWith(
            loaded => onLoaded(loaded.Result),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default);
    }

    /// <summary>Wraps protocols that are loaded already.</summary>
    public LoadedProtocols(ProtocolCatalog catalog) => loading = Task.FromResult(catalog);

    /// <summary>All protocols; blocks until they are loaded.</summary>
    /// <exception cref="ProtocolLoadException">A protocol has a flaw.</exception>
    public ProtocolCatalog Catalog => loading.GetAwaiter().GetResult();
}
