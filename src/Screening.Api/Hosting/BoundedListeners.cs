using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Screening.Api.Access;

namespace Screening.Api.Hosting;

/// <summary>
/// Accepts no more connections than the process can have open; more wait in the system's queue. A server that runs out of descriptors stops
/// accepting for good, and its own limit counts a connection only after it was accepted.
/// </summary>
internal sealed class BoundedListeners(SocketTransportFactory sockets, ConnectionLimits limits, AccessSettings access)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector, IDisposable
{
    private readonly SemaphoreSlim places = new(limits.Max + ConnectionLimits.Refusing);

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => sockets.CanBind(endpoint);

    /// <inheritdoc/>
    /// <exception cref="AddressInUseException">Its message is the endpoint.</exception>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        access.Check(endpoint);
        try
        {
            return new Listener(await sockets.BindAsync(endpoint, cancellationToken), places);
        }
        catch (AddressInUseException taken)
        {
            throw new AddressInUseException(endpoint.ToString()!, taken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => places.Dispose();

    private sealed class Listener(IConnectionListener inner, SemaphoreSlim places) : IConnectionListener
    {
        private readonly CancellationTokenSource unbound = new();

        public EndPoint EndPoint => inner.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                await places.WaitAsync(unbound.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }

            ConnectionContext? accepted = null;
            try
            {
                accepted = await inner.AcceptAsync(cancellationToken);
                return accepted is null ? null : new Connection(accepted, places);
            }
            finally
            {
                if (accepted is null)
                {
                    places.Release();
                }
            }
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            await unbound.CancelAsync();
            await inner.UnbindAsync(cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await unbound.CancelAsync();
            await inner.DisposeAsync();
            unbound.Dispose();
        }
    }

    /// <summary>A connection that gives its place back when its socket is closed.</summary>
    private sealed class Connection(ConnectionContext inner, SemaphoreSlim places) : ConnectionContext
    {
        private int disposed;

        public override string ConnectionId { get => inner.ConnectionId; set => inner.ConnectionId = value; }

        public override IFeatureCollection Features => inner.Features;

        public override IDictionary<object, object?> Items { get => inner.Items; set => inner.Items = value; }

        public override IDuplexPipe Transport { get => inner.Transport; set => inner.Transport = value; }

        public override CancellationToken ConnectionClosed { get => inner.ConnectionClosed; set => inner.ConnectionClosed = value; }

        public override EndPoint? LocalEndPoint { get => inner.LocalEndPoint; set => inner.LocalEndPoint = value; }

        public override EndPoint? RemoteEndPoint { get => inner.RemoteEndPoint; set => inner.RemoteEndPoint = value; }

        public override void Abort(ConnectionAbortedException abortReason) => inner.Abort(abortReason);

        public override void Abort() => inner.Abort();

        public override async ValueTask DisposeAsync()
        {
            try
            {
                // It waits until the client has read the last bytes, and the server no longer measures how long that takes.
                await using var timer = new Timer(_ => inner.Abort(), null, ConnectionLimits.SendTimeout, Timeout.InfiniteTimeSpan);
                await inner.DisposeAsync();
            }
            finally
            {
                if (Interlocked.Exchange(ref disposed, 1) == 0)
                {
                    places.Release();
                }

                await base.DisposeAsync();
            }
        }
    }
}
