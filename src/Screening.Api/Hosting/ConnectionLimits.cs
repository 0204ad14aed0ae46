using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Screening.Api.Http;
using Screening.Api.Settings;

namespace Screening.Api.Hosting;

/// <summary>What one connection may cost, and how many there may be at a time.</summary>
/// <param name="Max">The connections that are served at a time. A further one takes the place of one that is
/// idle, or is told to come back (503) and closed.</param>
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

    /// <summary>
    /// How long a client may read nothing of what the service holds back for it. What the system's buffers took counts as read. The server
    /// looks once a second, and grants one more: at the most nine.
    /// </summary>
    internal static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(7);

    // What the process itself needs of the memory that it may have, beside bodies and connections. About 60 MiB were measured under load.
    private const long OwnBytes = 96 * 1024 * 1024;

    // The most that a connection can hold: unread input, unsent output, a body and an answer that need no other memory (MemoryBudget,
    // ResponseSender), and some for the server's own state.
    private const long ConnectionBytes = RequestBufferBytes + ResponseBufferBytes + ResponseSender.WholeBytes + MemoryBudget.FreeBytes
        + (40 * 1024);

    // No less than the server takes as the line and the headers of a request. A client that reads nothing has as much of it held.
    private const int RequestBufferBytes = 40 * 1024;
    private const int ResponseBufferBytes = 32 * 1024;

    // The least that HTTP/2 has: what the streams of a connection may send before somebody reads it.
    private const int WindowBytes = 64 * 1024 - 1;

    // What the process itself has open: the runtime keeps two for each assembly. About 300 were counted after all routes were called.
    private const int OwnDescriptors = 340;

    // What is open at this point of a start is not all: it counts with what was inherited.
    private const int DescriptorsToCome = 175;
    private const int MinConnections = 16;

    /// <summary>The fewest files and sockets with which the service starts, if it inherits none.</summary>
    internal const int LeastDescriptors = OwnDescriptors + Refusing + MinConnections;

    // Longer than the 60 seconds for which proxies keep an idle connection: who opened it should close it, or a request may meet the end.
    private static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(75);

    private static readonly TimeSpan RateGrace = TimeSpan.FromSeconds(5);

    // The system would grow it to four megabytes for a client that reads nothing. Twice this is enough for some megabytes a second over
    // long distances, and a third of that is what a slow client must read within the time for sending.
    private const int SendBufferBytes = 128 * 1024;

    // So high that only the grace counts: at a lower rate, bytes that the system took at once buy the client minutes for those after them.
    private const double AnyRate = 1e12;

    /// <summary>Reads the setting <c>Connections:Max</c>, at most what the process may open and has memory for.</summary>
    /// <exception cref="SettingException">
    /// The setting is not a number in its range, or the process may open too few descriptors.
    /// </exception>
    public static ConnectionLimits Of(IConfiguration configuration)
    {
        var max = ServiceSettings.ConnectionsMax.Of(configuration);
        var own = Math.Max(OwnDescriptors, OpenDescriptors() + DescriptorsToCome);
        var possible = DescriptorLimit.Read() - own - Refusing;
        return possible < MinConnections ? throw SettingException.TooFewDescriptors(own + Refusing + MinConnections)
            : new ConnectionLimits(Math.Min(max, Math.Min(possible, Holdable(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes))));
    }

    /// <summary>How many connections a process with so many bytes of memory can hold.</summary>
    internal static int Holdable(long memory) => (int)Math.Clamp(
        (memory - OwnBytes - MemoryBudget.CapacityOf(memory)) / ConnectionBytes, MinConnections, int.MaxValue);

    /// <summary>Sets the server's limits.</summary>
    internal static void ApplyTo(KestrelServerOptions kestrel, ConnectionGate gate)
    {
        kestrel.ConfigureEndpointDefaults(
            endpoint => endpoint.Use(next => connection => gate.OnConnectionAsync(connection, next)));
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = RequestBody.MaxRecordBytes;
        limits.MaxRequestBufferSize = RequestBufferBytes;
        limits.MaxResponseBufferSize = ResponseBufferBytes;
        limits.RequestHeadersTimeout = HeadersTimeout;
        limits.KeepAliveTimeout = KeepAliveTimeout;
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, RateGrace);
        limits.MinResponseDataRate = new MinDataRate(AnyRate, SendTimeout);
        limits.Http2.MaxStreamsPerConnection = 32;
        limits.Http2.InitialConnectionWindowSize = WindowBytes;
        limits.Http2.InitialStreamWindowSize = WindowBytes;
    }

    /// <summary>Sets the limits of the sockets.</summary>
    public static void ApplyTo(SocketTransportOptions transport)
    {
        // The server's own limits of the same name are for TLS and HTTP/2: here alone they bound what is read from and written to a socket.
        transport.MaxReadBufferSize = RequestBufferBytes;
        transport.MaxWriteBufferSize = ResponseBufferBytes;
        transport.CreateBoundListenSocket = endpoint =>
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
            socket.SendBufferSize = SendBufferBytes; // those that it accepts have it too
            return socket;
        };
    }

    /// <summary>The files and sockets that this process has open, with what it inherited.</summary>
    private static int OpenDescriptors()
    {
        const string open = "/proc/self/fd";
        return Directory.Exists(open) ? Directory.GetFileSystemEntries(open).Length : 0;
    }
}
