using NodaTime;
using NodaTime.Text;
using Screening.Api.Contract;
using Screening.Api.Settings;
using Screening.Rules;

namespace Screening.Api.Receipts;

/// <summary>The signing keys of settings, mostly of environment variables: members and meaning are those of the file.</summary>
internal static class KeysOfSettings
{
    /// <summary>Makes the keys.</summary>
    /// <exception cref="SettingException">Something is wrong with them.</exception>
    public static IReadOnlyList<SigningKey> Of(IReadOnlyList<SetKey> set)
    {
        var name = ServiceSettings.ReceiptsKeys.Name;
        try
        {
            return KeyEntries.ToKeys(name, [.. set.Select(key => (key.Name, (KeyEntry?)EntryOf(key)))], Directory.GetCurrentDirectory());
        }
        catch (FormatException wrong)
        {
            throw new SettingException(name, "signing keys. " + wrong.Message);
        }
    }

    private static KeyEntry EntryOf(SetKey key) => new()
    {
        // What is no state is as if it were unknown, which no entry may be.
        State = Enum.GetValues<KeyState>().FirstOrDefault(state => WireName.Of(state) == key.State),
        Pem = key.Pem,
        File = key.File,
        RevokedAt = key.RevokedAt is null ? null : InstantOf(key),
        Reason = key.Reason,
    };

    private static Instant InstantOf(SetKey key) =>
        InstantPattern.ExtendedIso.Parse(key.RevokedAt!) is { Success: true, Value: var instant } ? instant
        : throw new FormatException(key.Name + ": It is revoked at an instant such as 2026-01-01T00:00:00Z.");
}
