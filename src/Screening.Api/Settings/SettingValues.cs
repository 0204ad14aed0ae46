using System.Globalization;
using System.Security.Cryptography;

namespace Screening.Api.Settings;

/// <summary>
/// An invalid setting, with which the service cannot start. The message names the setting and the allowed values, never the actual value,
/// which may be secret.
/// </summary>
/// <param name="setting">The setting, such as <c>Clinic:TimeZone</c>.</param>
/// <param name="requirement">The allowed values.</param>
public sealed class SettingException(string setting, string requirement) : Exception($"The setting {setting} must be {requirement}");

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
        return Convert.TryFromBase64String(configuration[setting]!, key, out var length) && length == KeyLength
            ? key
            : throw new SettingException(setting, $"{KeyLength} random bytes in Base64.");
    }
}
