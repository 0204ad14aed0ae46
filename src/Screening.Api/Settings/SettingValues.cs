using System.Globalization;

namespace Screening.Api.Settings;

/// <summary>A setting that the service cannot start with. Its message names the setting and what it must be, never what it is: some are secret.</summary>
/// <param name="setting">The setting, such as <c>Clinic:TimeZone</c>.</param>
/// <param name="must">What it must be.</param>
public sealed class SettingException(string setting, string must) : Exception($"The setting {setting} must be {must}");

/// <summary>Reads settings.</summary>
internal static class SettingValues
{
    /// <summary>A list: as <c>Setting:0</c>, <c>Setting:1</c> …, or in one value with commas; empty where nothing is set.</summary>
    /// <exception cref="SettingException">A place in it is blank.</exception>
    public static IReadOnlyList<string> ListOf(this IConfiguration configuration, string setting)
    {
        List<string> stated =
        [
            .. string.IsNullOrEmpty(configuration[setting]) ? [] : configuration[setting]!.Split(','),
            .. configuration.GetSection(setting).GetChildren().Select(place => place.Value ?? string.Empty),
        ];
        return stated.Exists(string.IsNullOrWhiteSpace)
            ? throw new SettingException(setting, "a list without blank places.")
            : [.. stated.Select(one => one.Trim()).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A whole number; the usual one where nothing is set.</summary>
    /// <exception cref="SettingException">It is none, or out of range.</exception>
    public static int WholeNumber(this IConfiguration configuration, string setting, int usual, int least, int most) =>
        configuration[setting] is not { } stated ? usual
        : int.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value
        : throw new SettingException(setting, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}."));
}
