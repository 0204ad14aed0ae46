using System.Globalization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Screening.Api.Http;
using Screening.Api.Settings;

namespace Screening.Api.Hosting;

/// <summary>What one connection may cost, and how many there may be at a time.</summary>
/// <param name="Max">The connections that are served at a time. A further one is told to come back (503) and closed.</param>
/// <remarks>
/// The server's own defaults let a client hold a connection for minutes: they measure the average rate of a body or a response, so a client
/// that sent most of it may stop. Bodies have a limit of their own (<see cref="RequestBody"/>), responses are sent in parts
/// (<see cref="ResponseSender"/>).
/// </remarks>
public sealed record ConnectionLimits(int Max)
{
    /// <summary>
    /// Connections beyond <see cref="Max"/> that are open while they are told so; more wait in the system's queue of the listener.
    /// </summary>
    public const int Refusing = 32;

    /// <summary>How long the first byte of a connection, and the headers of a request, may take.</summary>
    public static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(5);

    private const int DefaultMax = 2000;
    private const string Setting = "Connections:Max";

    // What the process itself has open: the runtime keeps two for each assembly. About 300 were counted after all routes were called.
    private const int OwnDescriptors = 340;
    private const int MinConnections = 16;

    // Longer than the 60 seconds for which proxies keep an idle connection: who opened it should close it, or a request may meet the end.
    private static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(75);

    private static readonly TimeSpan RateGrace = TimeSpan.FromSeconds(5);

    /// <summary>Reads the setting <c>Connections:Max</c>, at most what the process may open.</summary>
    /// <exception cref="SettingException">The setting is not a number in its range, or the process may open too few descriptors.</exception>
    public static ConnectionLimits Of(IConfiguration configuration)
    {
        var max = configuration.WholeNumber(Setting, DefaultMax, 1, 1_000_000);
        var possible = Descriptors() - OwnDescriptors - Refusing;
        return possible >= MinConnections ? new ConnectionLimits(Math.Min(max, possible))
            : throw SettingException.TooFewDescriptors(OwnDescriptors + Refusing + MinConnections);
    }

    /// <summary>Sets the server's limits.</summary>
    public void ApplyTo(KestrelServerOptions kestrel)
    {
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = RequestBody.ServerLimit(RequestBody.MaxBytes);
        limits.MaxRequestBufferSize = 128 * 1024;
        limits.RequestHeadersTimeout = HeadersTimeout;
        limits.KeepAliveTimeout = KeepAliveTimeout;
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, RateGrace);
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 16 * 1024, RateGrace);
        limits.Http2.MaxStreamsPerConnection = 32;
        kestrel.ConfigureEndpointDefaults(endpoint =>
        {
            var gate = new ConnectionGate(this);
            endpoint.Use(next => connection => gate.OnConnectionAsync(connection, next));
        });
    }

    /// <summary>The files and sockets that this process may have open (its soft limit, which the runtime raises as far as it may).</summary>
    private static int Descriptors()
    {
        const string limits = "/proc/self/limits";
        const string name = "Max open files";
        if (!File.Exists(limits))
        {
            return int.MaxValue;
        }

        var line = File.ReadLines(limits).FirstOrDefault(one => one.StartsWith(name, StringComparison.Ordinal));
        var soft = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : int.MaxValue;
    }
}
