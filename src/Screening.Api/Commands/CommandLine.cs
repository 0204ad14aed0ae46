using System.CommandLine;
using System.Globalization;
using Screening.Api.Settings;
using Screening.Rules;

namespace Screening.Api.Commands;

/// <summary>The program's own command line: without a command it serves.</summary>
/// <remarks>
/// The exit code is 0 when all is well, 1 when something is flawed, 2 when the arguments are none. What is wrong with them is one plain
/// line; it repeats no value, which may be secret.
/// </remarks>
internal static class CommandLine
{
    /// <summary>All is well.</summary>
    public const int Well = 0;

    /// <summary>Something is flawed.</summary>
    public const int Flawed = 1;

    /// <summary>The arguments are none.</summary>
    public const int Usage = 2;

    /// <summary>Does what the arguments say.</summary>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> InvokeAsync(string[] args)
    {
        var parsed = Parse(args);
        // The host has its own handling of signals and of what is thrown.
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        if (WrongWith(parsed, args) is { } wrong)
        {
            await invocation.Error.WriteLineAsync(wrong);
            return Usage;
        }

        return await parsed.InvokeAsync(invocation);
    }

    /// <summary>Reads the arguments, and does nothing of what they say.</summary>
    public static ParseResult Parse(string[] args)
    {
        // What `dotnet run -- new-key` is to a developer: without `dotnet run`, the two hyphens reach the program itself.
        var tokens = SettingOptions.Split(args is ["--", ..] ? args[1..] : args);
        var root = ServeCommand.Make(tokens);
        root.Add(HealthCommand.Make());
        root.Add(NewKeyCommand.Make());
        root.Add(ScreenCommand.Make());

        // Neither files of arguments nor short options that share a hyphen: a value may look like either.
        return root.Parse(tokens, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
    }

    private static string? WrongWith(ParseResult parsed, string[] args)
    {
        if (parsed.UnmatchedTokens is not [var unknown, ..])
        {
            return parsed.Errors is [var error, ..] ? error.Message : null;
        }

        var command = parsed.CommandResult.Command;
        string[] names = [.. command.Options.Select(option => option.Name), .. command.Subcommands.Select(sub => sub.Name)];
        var isName = unknown.StartsWith("--", StringComparison.Ordinal);
        var place = string.Create(CultureInfo.InvariantCulture, $"Argument {Array.IndexOf(args, unknown) + 1}");

        // What is not nearly a name may be a value that belongs behind one, and secret.
        return Spelling.Nearest(names, unknown) is { } nearest ? $"There is no {unknown}. Is {nearest} meant?"
            : isName && command is RootCommand && SettingNames.Meant(unknown[2..]) is { } setting
                ? $"{place} is no setting. Is --{setting.Written} meant?"
            : isName || command is not RootCommand ? $"{place} is no option. --help lists all there are."
            : $"{place} is no command and no setting. --help lists all there are.";
    }
}
