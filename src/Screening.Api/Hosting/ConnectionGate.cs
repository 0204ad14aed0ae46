using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Screening.Api.Http;
using Screening.Api.Telemetry;

namespace Screening.Api.Hosting;

/// <summary>
/// The first step of every connection, and of every request. When all places are taken, a new connection gets that of the one that has
/// been idle for longest; when none has been for a second it gets a 503 and is closed. A connection that sends nothing is closed: without that the server
/// keeps one that never sent a byte for as long as those that are used.
/// </summary>
internal sealed class ConnectionGate
{
    // Enough for a client to have sent its headers, which must be read before the connection is closed: else it may never see the answer.
    private static readonly TimeSpan RefusalTimeout = TimeSpan.FromSeconds(1);

    // Who sends requests one after the other keeps the connection, and who opens one has time to use it.
    private static readonly TimeSpan LeastIdle = TimeSpan.FromSeconds(1);

    // RFC 9113, 7: nothing was done, and the client may send it again.
    private const int RefusedStream = 7;

    private static readonly byte[] Refusal =
        ("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\nRetry-After: 5\r\nCache-Control: no-store\r\n"u8
        + "X-Content-Type-Options: nosniff\r\n\r\n"u8).ToArray();

    private readonly ConnectionLimits limits;
    private readonly TimeProvider timers;
    private readonly ServiceMetrics? metrics;
    private readonly HashSet<OpenConnection> open = [];
    private int requests;

    /// <summary>Makes a gate, which metrics tell of unless they have none.</summary>
    public ConnectionGate(ConnectionLimits limits, TimeProvider timers, ServiceMetrics? metrics)
    {
        (this.limits, this.timers, this.metrics) = (limits, timers, metrics);
        metrics?.ObserveConnections(Count, limits.Max);
    }

    /// <summary>Serves a connection, or refuses it.</summary>
    public async Task OnConnectionAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var one = new OpenConnection(connection, timers);
        if (!TryEnter(one))
        {
            metrics?.Limits.Add(ReachedLimit.Connections);
            if (await HasSentAsync(connection, RefusalTimeout))
            {
                await connection.Transport.Output.WriteAsync(Refusal);
            }

            return;
        }

        try
        {
            if (await HasSentAsync(connection, ConnectionLimits.HeadersTimeout))
            {
                connection.Features.Set(one);
                await next(connection);
            }
        }
        finally
        {
            one.SetClosed();
            lock (open)
            {
                open.Remove(one);
            }
        }
    }

    /// <summary>
    /// Counts the requests in progress. Over HTTP/2 there may be more than connections: there are at most as many, or each connection would
    /// cost what all its streams do.
    /// </summary>
    public void Use(IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (OpenConnection.Of(context) is not { } connection)
        {
            await next(context);
            return;
        }

        connection.BeginRequest();
        try
        {
            if (Interlocked.Increment(ref requests) > limits.Max && context.Features.Get<IHttpResetFeature>() is { } stream)
            {
                metrics?.Limits.Add(ReachedLimit.Streams);
                stream.Reset(RefusedStream);
            }
            else
            {
                await next(context);
            }
        }
        finally
        {
            Interlocked.Decrement(ref requests);
            connection.EndRequest();
        }
    });

    private int Count()
    {
        lock (open)
        {
            return open.Count;
        }
    }

    /// <summary>Gives a connection a place; false when all are taken by connections with a request in progress, or a second ago.</summary>
    private bool TryEnter(OpenConnection one)
    {
        OpenConnection? longestIdle = null;
        lock (open)
        {
            if (open.Count >= limits.Max)
            {
                longestIdle = open.MaxBy(other => other.Idle);
                if (longestIdle?.Idle is not { } idle || idle < LeastIdle)
                {
                    return false;
                }

                open.Remove(longestIdle);
            }

            open.Add(one);
        }

        if (longestIdle is not null)
        {
            metrics?.ConnectionEvicted();
            _ = longestIdle.CloseAsync(RefusalTimeout);
        }

        return true;
    }

    /// <summary>
    /// True when a request has begun within this time; its bytes stay to be read. Empty lines before it are none of it: the server passes
    /// them over too, but goes on waiting for a request as long as between two.
    /// </summary>
    private static async ValueTask<bool> HasSentAsync(ConnectionContext connection, TimeSpan timeout)
    {
        var input = connection.Transport.Input;
        await using var timer = new Timer(_ => input.CancelPendingRead(), null, timeout, Timeout.InfiniteTimeSpan);
        await using var closing = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested
            .Register(input.CancelPendingRead) ?? default;
        try
        {
            while (true)
            {
                var read = await input.ReadAsync();
                var unread = new SequenceReader<byte>(read.Buffer);
                unread.AdvancePastAny((byte)'\r', (byte)'\n');
                input.AdvanceTo(unread.Position);
                if (!unread.End || read.IsCanceled || read.IsCompleted)
                {
                    return !unread.End;
                }
            }
        }
        catch (Exception closed) when (closed is IOException or ConnectionAbortedException)
        {
            return false;
        }
    }
}
