using System.Globalization;
using System.Security.Cryptography;

namespace Screening.Api.Settings;

/// <summary>
/// An invalid setting, with which the service cannot start. The message names the setting and the allowed values, never the actual value,
/// which may be secret.
/// </summary>
public sealed class SettingException : Exception
{
    /// <summary>A setting has an invalid value.</summary>
    /// <param name="setting">The setting, such as <c>Clinic:TimeZone</c>.</param>
    /// <param name="requirement">The allowed values.</param>
    public SettingException(string setting, string requirement)
        : base($"The setting {setting} must be {requirement}")
    {
    }

    private SettingException(string message)
        : base(message)
    {
    }

    /// <summary>An address to listen on cannot be used.</summary>
    /// <param name="reason">Why.</param>
    public static SettingException Address(string reason) =>
        new($"An address or port to listen on (urls, ASPNETCORE_HTTP_PORTS or Kestrel:Endpoints) {reason}.");

    /// <summary>The operating system lets the process open too few files and sockets.</summary>
    /// <param name="needed">How many it needs.</param>
    public static SettingException TooFewDescriptors(int needed) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The process may have too few files and sockets open: it needs {needed} (ulimit -n)."));

    /// <summary>There is no such setting.</summary>
    /// <param name="name">The name that was set.</param>
    /// <param name="nearest">The setting whose name is nearest.</param>
    public static SettingException Unknown(string name, string nearest) =>
        new($"There is no setting {name}. Is {nearest} meant ({nearest.Replace(":", "__", StringComparison.Ordinal)} as an environment variable)?");
}

/// <summary>Reads settings.</summary>
internal static class SettingValues
{
    private const int KeyLength = 32;

    /// <summary>Reads a list: as <c>Setting:0</c>, <c>Setting:1</c> …, or as one comma-separated value; empty when not set.</summary>
    /// <exception cref="SettingException">An entry is blank.</exception>
    public static IReadOnlyList<string> ListOf(this IConfiguration configuration, string setting)
    {
        List<string> values =
        [
            .. string.IsNullOrEmpty(configuration[setting]) ? [] : configuration[setting]!.Split(','),
            .. configuration.GetSection(setting).GetChildren().Select(entry => entry.Value ?? string.Empty),
        ];
        return values.Exists(string.IsNullOrWhiteSpace)
            ? throw new SettingException(setting, "a list without blank places.")
            : [.. values.Select(entry => entry.Trim()).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Reads a whole number; the default when not set.</summary>
    /// <exception cref="SettingException">The value is not a whole number or is out of range.</exception>
    public static int WholeNumber(this IConfiguration configuration, string setting, int defaultValue, int min, int max) =>
        configuration[setting] is not { } text ? defaultValue
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? value
        : throw new SettingException(setting, string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}."));

    /// <summary>Reads a key of 32 bytes in Base64; a random one when not set.</summary>
    /// <exception cref="SettingException">The value is no such key.</exception>
    public static byte[] KeyOrRandom(this IConfiguration configuration, string setting)
    {
        if (string.IsNullOrEmpty(configuration[setting]))
        {
            return RandomNumberGenerator.GetBytes(KeyLength);
        }

        var key = new byte[KeyLength];
        return Convert.TryFromBase64String(configuration[setting]!, key, out var length) && length == KeyLength && key.Any(value => value != key[0])
            ? key
            : throw new SettingException(setting, $"{KeyLength} random bytes in Base64.");
    }
}
