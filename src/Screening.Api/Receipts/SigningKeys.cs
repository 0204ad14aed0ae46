using System.Security.Cryptography;
using Screening.Api.Access;
using Screening.Api.Contract;
using Screening.Api.Settings;
using Screening.Api.Telemetry;

namespace Screening.Api.Receipts;

/// <summary>
/// The keys of receipts: those of the keys file or of settings or, for a developer's service without any, a key of the process.
/// </summary>
public sealed partial class SigningKeys : IDisposable
{
    private readonly ILogger<SigningKeys> log;
    private readonly ReloadedFile? file;
    private volatile IReadOnlyList<SigningKey> keys = [];

    /// <summary>Reads the keys, and keeps reading their file, if there is one.</summary>
    /// <exception cref="SettingException">
    /// They cannot be read, or have a flaw; or receipts are always wanted and there is no key.
    /// </exception>
    internal SigningKeys(
        IConfiguration configuration, IHostEnvironment environment, ServiceMetrics metrics, TimeProvider timers, ILogger<SigningKeys> log)
    {
        this.log = log;
        var set = ServiceSettings.ReceiptsKeys.Each(configuration);
        if (ServiceSettings.ReceiptsKeys.Of(configuration) is { } path)
        {
            file = new ReloadedFile(
                "receipt-keys",
                path,
                metrics,
                timers,
                bytes => Take(bytes, Path.GetDirectoryName(Path.GetFullPath(path))!),
                flaw => LogFlawed(log, flaw),
                flaw => new SettingException(ServiceSettings.ReceiptsKeys.Name, "a file of signing keys. " + flaw));
        }
        else if (set.Count > 0)
        {
            keys = KeysOfSettings.Of(set);
            LogSet(log, keys.Count);
        }
        else if (environment.IsDevelopment())
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            keys = [SigningKey.Of(made, KeyState.Development)!];
        }
        else if (ServiceSettings.ReceiptsAlways.Of(configuration))
        {
            throw SettingException.NothingSigns();
        }
    }

    /// <summary>Which keys file they are of: <c>current</c>, or <c>last-good</c> when it has a flaw since; null without a file.</summary>
    public string? State => file?.State;

    /// <summary>All keys, those that sign nothing any more too; empty when this service signs nothing.</summary>
    internal IReadOnlyList<SigningKey> All => keys;

    /// <summary>The key that signs; null when this service signs nothing.</summary>
    internal SigningKey? Signing => keys.FirstOrDefault(key => key.State is KeyState.Current or KeyState.Development);

    /// <summary>The key of a name; null when this service does not know it.</summary>
    internal SigningKey? Find(string kid) => keys.FirstOrDefault(key => key.Public.Kid == kid);

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    private string? Take(byte[] bytes, string folder)
    {
        var read = KeysFile.Read(bytes, folder);
        if (read.Flaw is null)
        {
            keys = read.Keys;
            LogRead(log, read.Keys.Count);
        }

        return read.Flaw;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The file of signing keys was read: {Keys} keys")]
    private static partial void LogRead(ILogger log, int keys);

    [LoggerMessage(Level = LogLevel.Information, Message = "Signing keys are set: {Keys} keys")]
    private static partial void LogSet(ILogger log, int keys);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The file of signing keys has a flaw, so the keys stay as they were: {Flaw}")]
    private static partial void LogFlawed(ILogger log, string flaw);
}
