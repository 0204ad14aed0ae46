using Screening.Rules;

namespace Screening.Api.Settings;

/// <summary>
/// Finds misspelt settings: one that nothing reads would silently leave a limit or an address at its default.
/// </summary>
internal static class SettingNames
{
    private const int LeastMisspelt = 5;

    private static readonly string[] Sections =
    [
        .. ServiceSettings.All.Where(setting => setting is not ServerSetting)
            .Select(setting => SectionOf(setting.Name)).Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Checks the names of all settings.</summary>
    /// <exception cref="SettingException">
    /// A name in a section of this service is none of its settings, or a section or a whole name is nearly one of them.
    /// </exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var name in Values(configuration).Select(setting => setting.Key).Order(StringComparer.Ordinal))
        {
            if (!IsKnown(name) && !IsOfServer(name) && Meant(name) is { } meant)
            {
                throw SettingException.Unknown(meant);
            }
        }
    }

    /// <summary>Every value that is set. A section itself has no value, or an empty one.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Values(IConfiguration configuration)
    {
        var all = configuration.AsEnumerable().ToList();
        return all.Where(setting => setting.Value is { Length: > 0 } || (setting.Value is not null && !IsSection(setting.Key)));

        bool IsSection(string name) => all.Exists(other => other.Key.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>True for the name of a setting, of an entry of one, or of a variable that OpenTelemetry reads.</summary>
    public static bool IsKnown(string name) => ServiceSettings.All.Any(setting => setting.Has(name)) || OtelNames.Has(name);

    /// <summary>True for a variable that the server reads by the rest of its name, and which is there by its whole name too.</summary>
    private static bool IsOfServer(string name) =>
        ServiceSettings.All.Any(setting => setting is ServerSetting && setting.Variable.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The setting that an unknown name was meant to be; null for a name of somebody else's.</summary>
    public static SettingName? Meant(string name)
    {
        if (!name.Contains(':', StringComparison.Ordinal))
        {
            if (OtelNames.Nearest(name) is { } variable)
            {
                return new SettingName(variable, variable);
            }

            // An environment variable of somebody else's, unless it is a section of ours, which takes no value, or a whole setting,
            // misspelt or with a wrong separator, or with one underscore for two.
            return Of(OfSection(name) is { } meant
                ? ServiceSettings.All.First(setting => SectionOf(setting.Name) == meant)
                : Nearest(setting =>
                    [.. setting.Variables.SelectMany(name => (string[])[name, name.Replace("__", "_", StringComparison.Ordinal)])]));
        }

        var section = Spelling.Nearest(Sections, SectionOf(name));
        return section == KestrelNames.Section ? KestrelNames.Nearest(name)
            : section is null ? null
            : Of(Nearest(setting => [setting.Written])
                ?? ServiceSettings.All.FirstOrDefault(setting => name.StartsWith(setting.Name + ":", StringComparison.OrdinalIgnoreCase))
                ?? ServiceSettings.All.First(setting => SectionOf(setting.Name) == section));

        Setting? Nearest(Func<Setting, string[]> namesOf) =>
            Spelling.Nearest([.. ServiceSettings.All.SelectMany(namesOf)], name) is { } nearest
                ? ServiceSettings.All.First(setting => namesOf(setting).Contains(nearest))
                : null;

        static SettingName? Of(Setting? setting) => setting is null ? null : new SettingName(setting.Written, setting.Variable);
    }

    /// <summary>
    /// The section that a name without a member was meant to be; null for any other. In capitals, such as BATCH, sections are words that
    /// others use, and a short name is near to too much: Path, which every Windows has, is two letters from Batch.
    /// </summary>
    private static string? OfSection(string name) =>
        Sections.Contains(name, StringComparer.Ordinal) ? name
        : name.Length >= LeastMisspelt && char.IsAsciiLetterUpper(name[0]) && name.Any(char.IsAsciiLetterLower)
            ? Spelling.Nearest(Sections, name)
        : null;

    private static string SectionOf(string name) => name.Split(':')[0];
}

/// <summary>The name of a setting.</summary>
/// <param name="Written">In the configuration, as an operator writes it.</param>
/// <param name="Variable">As an environment variable.</param>
internal sealed record SettingName(string Written, string Variable);
