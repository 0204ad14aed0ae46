using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Screening.Api.Access;

namespace Screening.Api.Commands;

/// <summary>
/// Makes a key for a client. The key is printed once and kept nowhere: the clients file has its digest, which this adds to it or prints.
/// </summary>
internal static class NewKeyCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Make()
    {
        var client = new Argument<string>("CLIENT") { Description = "The client's id, in the clients file or new." };
        var file = new Option<string>("--file")
        {
            Description = "The clients file that the key is added to, made if there is none.",
            HelpName = "FILE",
        };
        var expires = new Option<string>("--expires")
        {
            Description = "The first day, in UTC, on which the key is not good any more, such as 2030-01-31. Without it, it stays good.",
            HelpName = "DATE",
        };
        expires.Validators.Add(result =>
        {
            if (result.Tokens is not [var token])
            {
                return;
            }

            var first = ScreeningHost.Clock.GetCurrentInstant().InUtc().Date.PlusDays(1);
            if (LocalDatePattern.Iso.Parse(token.Value) is not { Success: true, Value: var date })
            {
                result.AddError("--expires is a date such as 2030-01-31.");
            }
            else if (date < first)
            {
                result.AddError($"--expires is a day after today, in UTC: {LocalDatePattern.Iso.Format(first)} or later.");
            }
        });
        var command = new Command("new-key", "Makes a key for a client, and prints it once.") { client, file, expires };
        command.SetAction(parsed =>
            Make(parsed.GetRequiredValue(client), parsed.GetValue(file), parsed.GetValue(expires), parsed.InvocationConfiguration));
        return command;
    }

    private static int Make(string client, string? file, string? expires, InvocationConfiguration streams)
    {
        Instant? end = expires is null ? null : LocalDatePattern.Iso.Parse(expires).Value.AtMidnight().InUtc().ToInstant();
        var key = ApiKey.New(RandomNumberGenerator.GetBytes(ApiKey.RandomBytes), expires: end);
        var entry = JsonSerializer.SerializeToNode(key.Entry, ClientsJson.Default.KeyEntry)!;
        try
        {
            if (file is not null)
            {
                ClientsFileEdit.AddKey(file, client, entry);
                streams.Output.WriteLine(key.Text);
                return CommandLine.Well;
            }

            var added = ClientsFileEdit.WithKey(null, client, entry);
            streams.Output.WriteLine(key.Text);
            streams.Output.WriteLine(added["clients"]![0]!.ToJsonString(ClientsFileEdit.Indented));
            return CommandLine.Well;
        }
        catch (Exception failed) when (failed is FormatException or IOException or UnauthorizedAccessException)
        {
            streams.Error.WriteLine(failed.Message);
            return CommandLine.Flawed;
        }
    }
}
