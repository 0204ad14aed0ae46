using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NodaTime.Text;
using Screening.Api.Loading;
using Screening.Api.Screenings;
using Screening.Api.Screenings.Batch;
using Screening.Api.Settings;
using Screening.Rules;

namespace Screening.Api.Commands;

/// <summary>
/// Screens lines from standard input, or a file: <c>POST /v1/screenings/batch</c> without HTTP, for programs that give each of their
/// processes a part of the lines. Line n of the output is the answer to line n of the input, byte for byte that address's but for ids.
/// </summary>
/// <remarks>
/// A line that fails is answered with its problem and changes no exit code. That is 0 when every line was answered, and 1 when the
/// protocols have a flaw, or the input or the output broke off. One thread does the work: more processes use more cores.
/// </remarks>
internal static class ScreenCommand
{
    private const string Each = "each";
    private static readonly string[] Tags = [.. Language.All.Select(language => language.Tag)];

    /// <summary>Makes the command.</summary>
    public static Command Make()
    {
        var input = new Option<string>("--input") { Description = "The file to read, in place of standard input.", HelpName = "FILE" };
        var output = new Option<string>("--output")
        {
            Description = "The file to write, in place of standard output. It gets its name once it is whole.",
            HelpName = "FILE",
        };
        var folder = new Option<string>("--protocols")
        {
            Description = "A folder of further protocols. Without it, the one that Protocols__Folder names.",
            HelpName = "FOLDER",
        };
        var asOf = new Option<string>("--as-of")
        {
            Description = "The instant of each line that states none, such as 2026-11-22T15:00:00Z. Without it, that of the start.",
            HelpName = "INSTANT",
        };
        asOf.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !InstantPattern.ExtendedIso.Parse(token.Value).Success)
            {
                result.AddError("--as-of is an instant such as 2026-11-22T15:00:00Z.");
            }
        });
        var language = new Option<string>("--language")
        {
            Description = $"The language of the texts: {string.Join(" or ", Tags)}.",
            DefaultValueFactory = _ => Tags[0],
            HelpName = "LANGUAGE",
        };
        AcceptOnly(language, Tags);
        var slots = new Option<string>("--slots")
        {
            Description = "each: a slot that cannot be screened is answered in its place, and the others are decided.",
            HelpName = Each,
        };
        AcceptOnly(slots, Each);
        var command = new Command("screen", "Screens the lines of standard input, a request of JSON each, onto standard output.")
        {
            input, output, folder, asOf, language, slots,
        };
        command.SetAction((parsed, ct) =>
        {
            var now = parsed.GetValue(asOf) is { } stated
                ? InstantPattern.ExtendedIso.Parse(stated).Value
                : ScreeningHost.Clock.GetCurrentInstant();
            var options = new ReadingOptions { EachSlot = parsed.GetValue(slots) is not null };
            var texts = Language.Find(parsed.GetRequiredValue(language))!;
            return ScreenAsync(
                new ScreenStreams(parsed.GetValue(input), parsed.GetValue(output)),
                parsed.GetValue(folder),
                reader => new BatchResults(reader, now, texts, ActivityTraceId.CreateRandom().ToHexString(), options, default, null),
                parsed.InvocationConfiguration.Error,
                ct);
        });
        return command;
    }

    /// <summary>Without repeating what was given, which the library's own error does.</summary>
    private static void AcceptOnly(Option<string> option, params string[] values) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && !values.Contains(token.Value))
        {
            result.AddError($"{option.Name} is {string.Join(" or ", values)}.");
        }
    });

    private static async Task<int> ScreenAsync(
        ScreenStreams streams, string? folder, Func<ScreeningRequestReader, BatchResults> begin, TextWriter told, CancellationToken ct)
    {
        if (Load(folder, told) is not { } catalog)
        {
            return CommandLine.Flawed;
        }

        using var results = begin(new ScreeningRequestReader(() => catalog, new ScreeningEnvelopeValidator().Validate));
        try
        {
            await ProcessAsync(results, streams, ct);
            Tell(results, told);
            return CommandLine.Well;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            await told.WriteLineAsync("The input or the output cannot be opened, or broke off: what was not written is not screened.");
            await told.WriteLineAsync(failed.Message);
            Tell(results, told);
            return CommandLine.Flawed;
        }
    }

    private static void Tell(BatchResults results, TextWriter told) =>
        told.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{results.Lines} lines, {results.Failed} failed"));

    private static async Task ProcessAsync(BatchResults results, ScreenStreams streams, CancellationToken ct)
    {
        var (input, output) = streams.Open();
        using (input)
        using (output)
        {
            using var lines = new LineReader(input);
            bool more;
            do
            {
                more = await lines.ReadAsync(ct);
                while (results.Process(lines, ct))
                {
                    await output.WriteAsync(results.Written, ct);
                }
            }
            while (more);
            streams.Complete(output);
        }
    }

    /// <summary>The protocols; null, and told why, when any has a flaw.</summary>
    private static ProtocolCatalog? Load(string? folder, TextWriter told)
    {
        try
        {
            if (folder is null)
            {
                // As the service takes it from its settings; a misspelt name among these may be meant for it.
                if (ConfiguredBuilder.ReadFor([], told) is not { } configuration)
                {
                    return null;
                }

                SettingNames.Check(configuration);
                folder = ServiceSettings.ProtocolsFolder.Of(configuration);
            }

            return ProtocolFiles.Load(folder);
        }
        catch (ProtocolLoadException flawed)
        {
            foreach (var flaw in flawed.Flaws)
            {
                told.WriteLine($"{flaw.File}#{flaw.Pointer}: {flaw.Reason}");
            }
        }
        catch (SettingException flawed)
        {
            told.WriteLine(flawed.Message);
        }

        return null;
    }
}
