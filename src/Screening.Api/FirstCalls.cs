using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using NodaTime;
using Screening.Api.Loading;
using Screening.Api.Screenings;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api;

/// <summary>
/// Calls the operation and the hook before anyone else does, as a client does, so that the first person does not wait for the SDK to read its model, and for
/// code that never ran. It begins when the service listens; whoever speaks no FHIR does not wait for it, and a service that is reached by no plain HTTP does
/// without.
/// </summary>
internal static class FirstCalls
{
    /// <summary>Enough for code to be compiled for good: the runtime counts to thirty.</summary>
    private const int Rounds = 40;

    /// <summary>By then whoever waits does so no longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private static int begun;

    // The port from which a call of the service's own comes, while there is one.
    private static volatile int own;

    /// <summary>Begins when the service listens; once for each process, since what was compiled stays so.</summary>
    public static void BeginWith(WebApplication app)
    {
        var warmedUp = app.Services.GetRequiredService<WarmedUp>();
        if (Interlocked.Exchange(ref begun, 1) != 0)
        {
            warmedUp.Complete();
            return;
        }

        app.Lifetime.ApplicationStarted.Register(() => _ = Task.Run(async () =>
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(app.Lifetime.ApplicationStopping);
            ended.CancelAfter(Longest);
            try
            {
                await MakeAsync(app.Services, Rounds, ended.Token);
            }
            catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException)
            {
                // Nobody is served worse for it than without.
            }
            finally
            {
                // Whatever became of them: nobody waits for what does not come.
                warmedUp.Complete();
            }
        }));
    }

    /// <summary>True for a call that the service makes itself: nobody waits for it, and no line of the log is about it.</summary>
    public static bool IsOwn(HttpContext context) =>
        context.Connection.RemotePort == own && context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from);

    /// <summary>Makes the calls; the status lines of the answers. What comes out else is not looked at.</summary>
    public static async Task<IReadOnlyList<string>> MakeAsync(IServiceProvider services, int rounds, CancellationToken ended)
    {
        var statuses = new List<string>();
        if (Port(services) is not { } port)
        {
            return statuses;
        }

        // Of several protocols one is enough: the code is the same.
        var service = new HookService(services.GetRequiredService<LoadedProtocols>().Catalog.Families[0], Hook.AppointmentBook);
        var protocol = service.Family.Versions[^1];
        var now = services.GetRequiredService<IClock>().GetCurrentInstant();
        var baseline = services.GetRequiredService<ScreeningRequestReader>().Read(WarmUp.Baseline(protocol), now, new InputErrors())!;
        (byte[] Call, byte[] Operation) Bodies(FirstRecord record, Intake? answers)
        {
            var form = record.Form(protocol, answers);
            return (record.Call(service, form, now), record.Operation(form, baseline));
        }

        // Nothing to report, and nothing answered with a record that raises: one decides as much as can be, the other tells as much as can be.
        var bodies = new[] { Bodies(FirstRecord.Harmless, baseline.Intake), Bodies(FirstRecord.RaisingOf(protocol), null) };
        for (var round = 0; round < rounds; round++)
        {
            var (call, operation) = bodies[round % bodies.Length];
            statuses.Add(await CallAsync(port, $"/cds-services/{service.Id}", call, ended));
            statuses.Add(await CallAsync(port, $"/fhir/Questionnaire/{service.Family.Id}/$screen", operation, ended));
        }

        return statuses;
    }

    /// <summary>A port on which the service listens for plain HTTP; null when there is none.</summary>
    private static int? Port(IServiceProvider services) => services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses
        .Where(address => address.StartsWith("http://", StringComparison.Ordinal))
        .Select(address => (int?)BindingAddress.Parse(address).Port).FirstOrDefault();

    private static async Task<string> CallAsync(int port, string path, byte[] body, CancellationToken ended)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, port, ended);
        own = ((IPEndPoint)connection.Client.LocalEndPoint!).Port;
        await using var stream = connection.GetStream();
        var length = body.Length.ToString(CultureInfo.InvariantCulture);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"), ended);
        await stream.WriteAsync(body, ended);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var status = await reader.ReadLineAsync(ended) ?? string.Empty;
        _ = await reader.ReadToEndAsync(ended);
        own = 0;
        return status;
    }
}
