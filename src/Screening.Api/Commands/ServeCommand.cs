using System.CommandLine;
using Screening.Api.Hosting;
using Screening.Api.Loading;
using Screening.Api.Logging;
using Screening.Api.Settings;

namespace Screening.Api.Commands;

/// <summary>No command: serves until a signal.</summary>
internal static class ServeCommand
{
    // Never disposed of: a signal may still come when everything else was.
    private static readonly Lazy<StopSignals> Signals = new(() => new StopSignals());

    /// <summary>Makes the root command.</summary>
    /// <param name="tokens">The arguments, for the names of entries among them.</param>
    public static RootCommand Make(IReadOnlyCollection<string> tokens)
    {
        var command = new RootCommand(
            "Serves the Screening API. Every setting can be an environment variable too, with __ for each colon.");
        command.Directives.Clear();
        SettingOptions.AddTo(command, ServiceSettings.All);
        SettingOptions.AddOthers(command, tokens);
        command.SetAction((parsed, _) => ServeAsync(SettingOptions.Of(parsed)));
        return command;
    }

    private static async Task<int> ServeAsync(string[] settings)
    {
        var signals = Signals.Value;
        WebApplicationBuilder builder;
        try
        {
            builder = ConfiguredBuilder.Make(settings);
            builder.Services.AddSingleton(signals);
        }
        catch (Exception failure) when (failure is not HostAbortedException)
        {
            StartLog.NotStarted(null, "Its configuration cannot be read: appsettings.json, or the folder that contentRoot names.");
            return CommandLine.Flawed;
        }

        try
        {
            builder.AddScreening();
            // Disposed of, so that the last lines of the log are written.
            await using var app = builder.Build();
            app.UseScreening();
            await app.ListenAsync();
            await app.WaitForShutdownAsync();
            return CommandLine.Well;
        }
        catch (ProtocolLoadException flawed)
        {
            StartLog.ProtocolsFlawed(builder.Environment, flawed.Flaws);
            return CommandLine.Flawed;
        }
        catch (SettingException flawed)
        {
            StartLog.NotStarted(builder.Environment, flawed.Message);
            return CommandLine.Flawed;
        }
        catch (Exception failure) when (failure is not HostAbortedException)
        {
            StartLog.Failed(builder.Environment, failure);
            return CommandLine.Flawed;
        }
    }
}
