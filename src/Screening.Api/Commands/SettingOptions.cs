using System.CommandLine;
using Screening.Api.Settings;

namespace Screening.Api.Commands;

/// <summary>Settings as options of a command, such as <c>--Clinic:TimeZone Europe/Madrid</c>, also with an equals sign.</summary>
internal static class SettingOptions
{
    private const string Mark = "--";

    /// <summary>The host's own, with which tests and tools start it.</summary>
    private static readonly string[] OfTheHost = ["applicationName", "contentRoot", "environment"];

    /// <summary>Splits names from values behind an equals sign. The parser would take a name for ended by its colon.</summary>
    /// <remarks>The test host gives an empty value to each section of what it gives; these are left out.</remarks>
    public static string[] Split(string[] args) =>
    [
        .. args.Where(
            arg => !arg.EndsWith('=') || !Array.Exists(args, other => other.StartsWith(arg[..^1] + ":", StringComparison.Ordinal)))
            .SelectMany(arg => arg.StartsWith(Mark, StringComparison.Ordinal) ? arg.Split('=', 2) : [arg]),
    ];

    /// <summary>Gives a command an option for each setting.</summary>
    public static void AddTo(Command command, params IEnumerable<Setting> settings)
    {
        foreach (var setting in settings)
        {
            var otherwise = setting.Default.Length == 0 ? string.Empty : $" Default: {setting.Default}.";
            command.Add(new Option<string>(Mark + setting.Written)
            {
                Description = (setting.Meaning + otherwise).Replace("`", string.Empty, StringComparison.Ordinal),
                HelpName = "value",
            });
        }
    }

    /// <summary>Gives a command the names that no table has: entries of lists, those in other letter case, and the host's own.</summary>
    public static void AddOthers(Command command, IEnumerable<string> tokens)
    {
        foreach (var name in tokens.Where(token => token.StartsWith(Mark, StringComparison.Ordinal)).Distinct())
        {
            if (IsOther(name[Mark.Length..]) && command.Options.All(option => option.Name != name))
            {
                command.Add(new Option<string>(name) { Hidden = true });
            }
        }
    }

    /// <summary>The settings among what was parsed, as the host reads them.</summary>
    public static string[] Of(ParseResult parsed) =>
        [.. parsed.CommandResult.Command.Options.OfType<Option<string>>()
            .Where(option => parsed.GetResult(option) is { Implicit: false })
            .Select(option => $"{option.Name}={parsed.GetValue(option)}")];

    private static bool IsOther(string name) => SettingNames.IsKnown(name) || OfTheHost.Contains(name, StringComparer.OrdinalIgnoreCase);
}
