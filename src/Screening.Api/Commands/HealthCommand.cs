using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using Screening.Api.Hosting;
using Screening.Api.Settings;

namespace Screening.Api.Commands;

/// <summary>
/// Asks the service that runs on this machine with the same settings whether it can decide: the probe of a container that holds no HTTP
/// client.
/// </summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Makes the command.</summary>
    public static Command Make()
    {
        var live = new Option<bool>("--live") { Description = "Ask whether the process is alive, instead of whether it can decide." };
        var command = new Command("health", "Asks the service that runs here whether it can decide: exit code 0 or 1.") { live };
        SettingOptions.AddTo(command, ServiceSettings.Ports, ServiceSettings.SecurePorts, ServiceSettings.Urls);
        command.SetAction((parsed, ct) =>
        {
            var path = parsed.GetValue(live) ? "/health/live" : "/health/ready";
            return AskAsync(SettingOptions.Of(parsed), path, parsed.InvocationConfiguration, ct);
        });
        return command;
    }

    private static async Task<int> AskAsync(string[] settings, string path, InvocationConfiguration streams, CancellationToken ct)
    {
        // The builder alone: it reads the configuration as the service does, and starts nothing.
        if (ConfiguredBuilder.ReadFor(settings, streams.Error) is not { } configuration)
        {
            return CommandLine.Flawed;
        }

        try
        {
            ListeningAddresses.Check(configuration);
        }
        catch (SettingException flawed)
        {
            await streams.Error.WriteLineAsync(flawed.Message);
            return CommandLine.Flawed;
        }

        if (ListeningAddresses.OnThisMachine(configuration) is not { } address)
        {
            await streams.Error.WriteLineAsync("Of the addresses to listen on, none has a port.");
            return CommandLine.Flawed;
        }

        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
#pragma warning disable CA5359 // The certificate is for the name that clients use, and this is the same machine.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        if (address.SocketPath is not null)
        {
            handler.ConnectCallback = async (_, stop) =>
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(address.SocketPath), stop);
                return new NetworkStream(socket);
            };
        }

        using var client = new HttpClient(handler) { Timeout = Timeout };
        try
        {
            using var response = await client.GetAsync(new Uri(address.Url, path), ct);
            if (response.IsSuccessStatusCode)
            {
                return CommandLine.Well;
            }

            var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            await streams.Error.WriteLineAsync($"The service answers {status} to {path}.");
        }
        catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException)
        {
            await streams.Error.WriteLineAsync($"The service does not answer at {address.SocketPath ?? address.Url.Authority}.");
        }

        return CommandLine.Flawed;
    }
}
