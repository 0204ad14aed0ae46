using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Screening.Api.Loading;
using Screening.Api.OpenApi;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api;

/// <summary>
/// Calls the operation and the hook before anyone else does, as a client does, so that the first person does not wait
/// for the SDK to read its model, and for code that never ran. It begins when the service listens; whoever speaks no
/// FHIR does not wait for it, and a service that is reached by no plain HTTP does without.
/// </summary>
internal static class WarmUpCalls
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
        var warmedUp = app.Services.GetRequiredService<WarmUpState>();
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

        var bodies = Bodies(services).ToList();
        for (var round = 0; round < rounds; round++)
        {
            var (path, body) = bodies[round % bodies.Count];
            statuses.Add(await CallAsync(port, path, body, ended));
        }

        return statuses;
    }

    /// <summary>The examples of what a screening can come to, with a record that raises nothing and with one that does.</summary>
    private static IEnumerable<(string Path, byte[] Body)> Bodies(IServiceProvider services)
    {
        var (requests, calls) = (services.GetRequiredService<RequestExamples>(), services.GetRequiredService<CdsExamples>());
        foreach (var request in requests.All.Select(example => requests.Read(example.Request, new InputErrors())).OfType<ScreeningRequest>())
        {
            var protocol = request.Intake.Protocol;
            foreach (var record in new[] { WarmUpRecord.Harmless, WarmUpRecord.RaisingOf(protocol) })
            {
                var family = services.GetRequiredService<LoadedProtocols>().Catalog.Find(protocol.Id)!;
                var service = new HookService(family, Hook.AppointmentBook);
                yield return ($"/cds-services/{service.Id}", ToBytes(record.In(calls.Call(request), family)));
                yield return ($"/fhir/Questionnaire/{protocol.Id}/$screen", ToBytes(record.In(FhirExamples.ParametersOf(request))));
            }
        }
    }

    private static byte[] ToBytes(JsonNode body) => Encoding.UTF8.GetBytes(body.ToJsonString());

    /// <summary>A port on which the service listens for plain HTTP; null when there is none.</summary>
    private static int? Port(IServiceProvider services) => services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()?.Addresses
        .Where(address => address.StartsWith("http://", StringComparison.Ordinal))
        .Select(address => (int?)BindingAddress.Parse(address).Port).FirstOrDefault();

    private static async Task<string> CallAsync(int port, string path, byte[] body, CancellationToken ended)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, port, ended);
        own = ((IPEndPoint)connection.Client.LocalEndPoint!).Port;
        try
        {
            await using var stream = connection.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
                POST {path} HTTP/1.1
                Host: localhost
                Content-Type: application/json
                Content-Length: {body.Length}
                Connection: close


                """).ReplaceLineEndings("\r\n")), ended);
            await stream.WriteAsync(body, ended);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var status = await reader.ReadLineAsync(ended) ?? string.Empty;
            _ = await reader.ReadToEndAsync(ended);
            return status;
        }
        finally
        {
            own = 0;
        }
    }
}
