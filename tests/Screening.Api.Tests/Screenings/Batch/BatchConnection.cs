using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Screenings.Batch;

/// <summary>A batch by hand over HTTP/1.1: both directions at once, any framing, and an end at any moment.</summary>
internal sealed class BatchConnection : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 16 * 1024, SendBufferSize = 16 * 1024 };
    private readonly NetworkStream stream;
    private readonly StreamReader reader;
    private string pending = string.Empty;

    private BatchConnection(Uri address)
    {
        socket.Connect(address.Host, address.Port);
        stream = new NetworkStream(socket);
        reader = new StreamReader(stream, Encoding.UTF8, bufferSize: 4096);
    }

    /// <summary>Connects and sends the head of a request with a chunked body.</summary>
    public static async Task<BatchConnection> OpenAsync(ServiceFixture service, string framing = "Transfer-Encoding: chunked")
    {
        var connection = new BatchConnection(service.Address);
        await connection.WriteAsync($"POST {Batches.Path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {Batches.MediaType}\r\n{framing}\r\n\r\n");
        return connection;
    }

    /// <summary>Sends a piece of the body, as one chunk.</summary>
    public Task SendAsync(string piece) => WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(piece):x}\r\n{piece}\r\n"));

    /// <summary>Sends bytes as they are.</summary>
    public async Task WriteAsync(string bytes) => await stream.WriteAsync(Encoding.UTF8.GetBytes(bytes));

    /// <summary>Reads the head of the answer; its status.</summary>
    public async Task<int> HeadAsync()
    {
        var status = int.Parse((await reader.ReadLineAsync())!.Split(' ')[1], CultureInfo.InvariantCulture);
        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
        }

        return status;
    }

    /// <summary>The next line of the answer; null when its last chunk came instead.</summary>
    /// <exception cref="IOException">The connection ended before.</exception>
    public async Task<JsonObject?> NextAsync()
    {
        while (!pending.Contains('\n', StringComparison.Ordinal))
        {
            var size = int.Parse(await reader.ReadLineAsync() ?? throw new IOException("The answer broke off."), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                return null;
            }

            // These answers are ASCII: a character is a byte.
            var chunk = new char[size + 2];
            if (await reader.ReadBlockAsync(chunk) != chunk.Length)
            {
                throw new IOException("The answer broke off.");
            }

            pending += new string(chunk, 0, size);
        }

        var end = pending.IndexOf('\n', StringComparison.Ordinal);
        var line = pending[..end];
        pending = pending[(end + 1)..];
        return (JsonObject)JsonNode.Parse(line)!;
    }

    /// <summary>Goes away as a process that is killed does.</summary>
    public void Reset() => socket.Close(0);

    public void Dispose()
    {
        reader.Dispose();
        stream.Dispose();
        socket.Dispose();
    }
}
