using Microsoft.AspNetCore.Connections;

namespace Screening.Api.Hosting;

/// <summary>
/// The first step of every connection: one too many gets a 503 and is closed, and so is one that sends nothing. Without it the server keeps
/// connections that never sent a byte for as long as those that are used.
/// </summary>
internal sealed class ConnectionGate(ConnectionLimits limits)
{
    // Enough for a client to have sent its headers, which must be read before the connection is closed: else it may never see the answer.
    private static readonly TimeSpan RefusalTimeout = TimeSpan.FromSeconds(1);

    private static readonly byte[] Refusal =
        "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\nRetry-After: 5\r\nCache-Control: no-store\r\n\r\n"u8.ToArray();

    private int open;

    /// <summary>Serves a connection, or refuses it.</summary>
    public async Task OnConnectionAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        try
        {
            if (Interlocked.Increment(ref open) > limits.Max)
            {
                if (await HasSentAsync(connection, RefusalTimeout))
                {
                    await connection.Transport.Output.WriteAsync(Refusal);
                }
            }
            else if (await HasSentAsync(connection, ConnectionLimits.HeadersTimeout))
            {
                await next(connection);
            }
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }

    /// <summary>True when bytes have come within this time; they stay to be read.</summary>
    private static async ValueTask<bool> HasSentAsync(ConnectionContext connection, TimeSpan timeout)
    {
        var input = connection.Transport.Input;
        if (!input.TryRead(out var read))
        {
            using var timer = new Timer(_ => input.CancelPendingRead(), null, timeout, Timeout.InfiniteTimeSpan);
            try
            {
                read = await input.ReadAsync();
            }
            catch (Exception closed) when (closed is IOException or ConnectionAbortedException)
            {
                return false;
            }
        }

        var sent = !read.Buffer.IsEmpty;
        input.AdvanceTo(read.Buffer.Start);
        return sent;
    }
}
