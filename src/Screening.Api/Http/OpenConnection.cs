using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Screening.Api.Http;

/// <summary>What the requests of one connection have in common; over HTTP/2 there may be several at a time.</summary>
internal sealed class OpenConnection(ConnectionContext connection, TimeProvider timers)
{
    private int requests;
    private long idleSince = timers.GetTimestamp();
    private long unfinished;
    private volatile bool closed;

    /// <summary>How long none of its requests has been in progress; null while one is.</summary>
    public TimeSpan? Idle => Volatile.Read(ref requests) == 0 ? timers.GetElapsedTime(Volatile.Read(ref idleSince)) : null;

    /// <summary>The connection of a request; null where there is none, as in the warm-up.</summary>
    public static OpenConnection? Of(HttpContext context) => context.Features.Get<OpenConnection>();

    /// <summary>A request begins.</summary>
    public void BeginRequest() => Interlocked.Increment(ref requests);

    /// <summary>A request ends.</summary>
    public void EndRequest()
    {
        Volatile.Write(ref idleSince, timers.GetTimestamp());
        Interlocked.Decrement(ref requests);
    }

    /// <summary>Takes so many bytes of what the unfinished bodies of one connection may have together; false when they had more.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref unfinished, bytes) <= MemoryBudget.FreeBytes)
        {
            return true;
        }

        GiveBack(bytes);
        return false;
    }

    /// <summary>Gives back what was taken.</summary>
    public void GiveBack(long bytes) => Interlocked.Add(ref unfinished, -bytes);

    /// <summary>
    /// Closes it as a server that stops does: between two requests, and over HTTP/2 with a word of it. What is still not a request after
    /// this time, such as a TLS handshake, is cut off.
    /// </summary>
    public async Task CloseAsync(TimeSpan timeout)
    {
        connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        await Task.Delay(timeout);
        if (!closed && Idle is not null)
        {
            connection.Abort();
        }
    }

    /// <summary>It is closed.</summary>
    public void SetClosed() => closed = true;
}
