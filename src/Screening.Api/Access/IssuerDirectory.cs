using System.Collections.Concurrent;
using System.Collections.Frozen;
using Screening.Api.Http;
using Screening.Api.Settings;
using Screening.Api.Telemetry;

namespace Screening.Api.Access;

/// <summary>Whose tokens are taken now, and which were used.</summary>
public sealed partial class IssuerDirectory : IDisposable
{
    // Kept when the file changes, or a token could be used again after each change.
    private readonly ConcurrentDictionary<string, UsedTokens> used = new(StringComparer.Ordinal);
    private readonly ILogger<IssuerDirectory> log;
    private readonly ReloadedFile? file;
    private readonly bool isPublic;
    private volatile FrozenDictionary<string, TrustedIssuer> issuers = FrozenDictionary<string, TrustedIssuer>.Empty;

    /// <summary>Reads the issuers file, if there is one, and keeps reading it.</summary>
    /// <exception cref="SettingException">It cannot be read, or has a flaw.</exception>
    internal IssuerDirectory(
        AccessSettings settings, PublicAddress address, ServiceMetrics metrics, TimeProvider timers, ILogger<IssuerDirectory> log)
    {
        (this.log, isPublic) = (log, address.Configured is not null);
        file = settings.IssuersFile is not { } path ? null : new ReloadedFile(
            "issuers",
            path,
            metrics,
            timers,
            Take,
            flaw => LogFlawed(log, flaw),
            flaw => new SettingException(ServiceSettings.AccessIssuers.Name, "a file of issuers. " + flaw));
    }

    /// <summary>Which issuers file holds: <c>current</c>, or <c>last-good</c> when it has a flaw since; null without a file.</summary>
    public string? State => file?.State;

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    /// <summary>True when there is an issuer.</summary>
    internal bool Any => issuers.Count > 0;

    /// <summary>Finds an issuer by its <c>iss</c>; null for one that is not trusted.</summary>
    internal TrustedIssuer? Find(string issuer) => issuers.GetValueOrDefault(issuer);

    /// <summary>The tokens of a CDS client that were used.</summary>
    internal UsedTokens UsedOf(CdsClient client) => used.GetOrAdd(client.Issuer, _ => new UsedTokens());

    private string? Take(byte[] bytes)
    {
        var (read, flaw) = IssuersFile.Read(bytes, isPublic);
        if (flaw is null)
        {
            issuers = read.ToFrozenDictionary(issuer => issuer.Issuer, StringComparer.Ordinal);
            LogRead(log, read.Count);
            foreach (var issuer in read)
            {
                // Fetches what it publishes, so that its first client does not wait.
                _ = issuer.Keys.GetAsync(CancellationToken.None).AsTask();
            }
        }

        return flaw;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The issuers file was read: {Issuers} issuers and CDS clients")]
    private static partial void LogRead(ILogger log, int issuers);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The issuers file has a flaw, so the issuers stay as they were: {Flaw}")]
    private static partial void LogFlawed(ILogger log, string flaw);
}
