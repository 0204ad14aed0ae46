using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NodaTime;
using Screening.Api.Settings;
using Screening.Api.Telemetry;

namespace Screening.Api.Access;

/// <summary>The keys and certificates that are good now: those of the clients file, and the key of this process.</summary>
public sealed partial class ClientDirectory : IDisposable
{
    private readonly ApiKey own = ApiKey.New(RandomNumberGenerator.GetBytes(ApiKey.RandomBytes));
    private readonly ILogger<ClientDirectory> log;
    private readonly CertificateAuthorities? authorities;
    private readonly ReloadedFile? file;
    private volatile ClientKeys keys;
    private volatile IReadOnlyDictionary<string, Client> certificates = new Dictionary<string, Client>(StringComparer.Ordinal);

    /// <summary>Reads the clients file, if there is one, and keeps reading it.</summary>
    /// <exception cref="SettingException">It cannot be read, or has a flaw.</exception>
    internal ClientDirectory(AccessSettings settings, ServiceMetrics metrics, TimeProvider timers, ILogger<ClientDirectory> log)
    {
        (this.log, authorities, keys) = (log, settings.Authorities, WithOwn([]));
        file = settings.ClientsFile is not { } path ? null : new ReloadedFile(
            "clients",
            path,
            metrics,
            timers,
            Take,
            flaw => LogFlawed(log, flaw),
            flaw => new SettingException(ServiceSettings.AccessClients.Name, "a file of clients. " + flaw));
    }

    /// <summary>The key of this process for its own calls. It is nowhere else, and ends with the process.</summary>
    public string OwnKey => own.Text;

    /// <summary>
    /// Which clients file the keys are of: <c>current</c>, or <c>last-good</c> when it has a flaw since; null without a file.
    /// </summary>
    public string? State => file?.State;

    /// <summary>True when a client of the file has a key that is good at an instant, or a certificate.</summary>
    internal bool Any(Instant now) => certificates.Count > 0 || keys.AnyGood(now);

    /// <summary>Finds whose key it is.</summary>
    internal Admission Find(ReadOnlySpan<char> key, Instant now) => keys.Find(key, now);

    /// <summary>Finds whose certificate it is.</summary>
    internal Admission Find(X509Certificate2 certificate, Instant now) =>
        certificates.GetValueOrDefault(certificate.GetCertHashString(HashAlgorithmName.SHA256)) is not { } client
            ? Admission.Of(Refusal.CertificateUnknown)
        : authorities?.Check(certificate, now) is { } refusal ? Admission.Of(refusal)
        : Admission.Of(client);

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    private string? Take(byte[] bytes)
    {
        var (read, certified, flaw) = ClientsFile.Read(bytes);
        if (certified.Count > 0 && authorities is null)
        {
            flaw ??= "Certificates count with the setting Access:CertificateAuthorities alone.";
        }

        if (flaw is null)
        {
            keys = WithOwn(read);
            certificates = certified;
            LogRead(log, read.Select(key => key.Client.Id).Distinct(StringComparer.Ordinal).Count(), read.Count);
        }

        return flaw;
    }

    private ClientKeys WithOwn(IEnumerable<ClientKey> read) =>
        new([.. read, new ClientKey(new Client("-", CredentialKind.Own), Convert.FromHexString(own.Entry.Sha256), null, null)]);

    [LoggerMessage(Level = LogLevel.Information, Message = "The clients file was read: {Keys} keys of {Clients} clients")]
    private static partial void LogRead(ILogger log, int clients, int keys);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clients file has a flaw, so the keys stay as they were: {Flaw}")]
    private static partial void LogFlawed(ILogger log, string flaw);
}
