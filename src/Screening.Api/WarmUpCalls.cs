using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Screening.Api.Access;
using Screening.Api.Loading;
using Screening.Api.OpenApi;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api;

/// <summary>
/// Calls the FHIR operation and the CDS hook once the service listens, so that the first user does not wait for the SDK to read its model
/// and for code to be compiled. Other routes do not wait for it. A service without a plain HTTP address skips it.
/// </summary>
internal static class WarmUpCalls
{
    /// <summary>Enough calls for the runtime to compile the code fully: it counts to thirty.</summary>
    private const int Rounds = 80;

    /// <summary>Waiting requests continue after this time at the latest.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static int started;

    // The local port of the warm-up call in progress; 0 when there is none.
    private static volatile int ownPort;

    /// <summary>Starts when the service listens. Runs once per process, since compiled code is shared.</summary>
    public static void StartWith(WebApplication app)
    {
        var warmedUp = app.Services.GetRequiredService<WarmUpState>();
        if (Interlocked.Exchange(ref started, 1) != 0)
        {
            warmedUp.Complete();
            return;
        }

        app.Lifetime.ApplicationStarted.Register(() => _ = Task.Run(async () =>
        {
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(app.Lifetime.ApplicationStopping);
            cancellation.CancelAfter(Limit);
            try
            {
                await MakeAsync(app.Services, Rounds, cancellation.Token);
            }
            catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException)
            {
                // A failed warm-up leaves the service as it would be without one.
            }
            finally
            {
                // Always release the waiting requests.
                warmedUp.Complete();
            }
        }));
    }

    /// <summary>True for a warm-up call: it must not wait for the warm-up and is not logged.</summary>
    public static bool IsWarmUpCall(HttpContext context) =>
        context.Connection.RemotePort == ownPort && context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote);

    /// <summary>Makes the calls and returns the status lines of the responses. The bodies are ignored.</summary>
    public static async Task<IReadOnlyList<string>> MakeAsync(IServiceProvider services, int rounds, CancellationToken cancellation)
    {
        var statuses = new List<string>();
        if (HttpPort(services) is not { } port)
        {
            return statuses;
        }

        var bodies = Bodies(services).ToList();
        var key = services.GetRequiredService<ClientDirectory>().OwnKey;
        for (var round = 0; round < rounds; round++)
        {
            var (path, body) = bodies[round % bodies.Count];
            statuses.Add(await CallAsync(port, path, body, key, cancellation));
        }

        return statuses;
    }

    /// <summary>The examples of each outcome, with a record that matches no code and with one that does.</summary>
    private static IEnumerable<(string Path, byte[] Body)> Bodies(IServiceProvider services)
    {
        var (requests, calls) = (services.GetRequiredService<RequestExamples>(), services.GetRequiredService<CdsExamples>());
        foreach (var request in requests.All.Select(example => requests.Read(example.Request, new InputErrors())).OfType<ScreeningRequest>())
        {
            var protocol = request.Intake.Protocol;
            foreach (var record in new[] { WarmUpRecord.NonMatching, WarmUpRecord.Matching(protocol) })
            {
                var family = services.GetRequiredService<LoadedProtocols>().Catalog.Find(protocol.Id)!;
                var service = new HookService(family, Hook.AppointmentBook);
                yield return ($"/cds-services/{service.Id}", ToBytes(record.AddTo(calls.Call(request), family)));
                yield return ($"/fhir/Questionnaire/{protocol.Id}/$screen", ToBytes(record.AddTo(FhirExamples.ParametersOf(request))));
            }
        }
    }

    private static byte[] ToBytes(JsonNode body) => Encoding.UTF8.GetBytes(body.ToJsonString());

    /// <summary>A port on which the service listens for plain HTTP; null when there is none.</summary>
    private static int? HttpPort(IServiceProvider services) => services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()?.Addresses
        .Where(address => address.StartsWith("http://", StringComparison.Ordinal))
        .Select(address => (int?)BindingAddress.Parse(address).Port).FirstOrDefault();

    private static async Task<string> CallAsync(int port, string path, byte[] body, string key, CancellationToken cancellation)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, port, cancellation);
        ownPort = ((IPEndPoint)connection.Client.LocalEndPoint!).Port;
        try
        {
            await using var stream = connection.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
                POST {path} HTTP/1.1
                Host: localhost
                {Credentials.KeyHeader}: {key}
                Content-Type: application/json
                Content-Length: {body.Length}
                Connection: close


                """).ReplaceLineEndings("\r\n")), cancellation);
            await stream.WriteAsync(body, cancellation);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var status = await reader.ReadLineAsync(cancellation) ?? string.Empty;
            _ = await reader.ReadToEndAsync(cancellation);
            return status;
        }
        finally
        {
            ownPort = 0;
        }
    }
}
