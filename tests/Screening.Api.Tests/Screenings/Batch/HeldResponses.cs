using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace Screening.Api.Tests.Screenings.Batch;

/// <summary>
/// Stands in for a client that does not read: the first that is sent to it waits until it is let go. Meanwhile every reading of the request
/// is noted.
/// </summary>
internal sealed class HeldResponses : IStartupFilter
{
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool waits;
    private int readings;
    private int readingsWhileItWaits;

    /// <summary>Ends when something is sent, which then waits.</summary>
    public Task Begun => begun.Task;

    /// <summary>How often the request was read from, of that while the answer waited.</summary>
    public (int All, int WhileItWaits) Readings => (Volatile.Read(ref readings), Volatile.Read(ref readingsWhileItWaits));

    /// <summary>The client reads.</summary>
    public void Release() => released.TrySetResult();

    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(inner => context =>
        {
            context.Request.Body = new NotedBody(this, context.Request.Body);
            var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
            context.Features.Set<IHttpResponseBodyFeature>(new HeldBody(body, new HeldWriter(this, body.Writer)));
            return inner(context);
        });
        next(app);
    };

    private async Task HoldAsync(CancellationToken cancellation)
    {
        waits = true;
        begun.TrySetResult();
        await released.Task.WaitAsync(cancellation);
        waits = false;
    }

    private void NoteReading()
    {
        Interlocked.Increment(ref readings);
        if (waits)
        {
            Interlocked.Increment(ref readingsWhileItWaits);
        }
    }

    private sealed class HeldBody(IHttpResponseBodyFeature inner, PipeWriter writer) : IHttpResponseBodyFeature
    {
        public Stream Stream => inner.Stream;

        public PipeWriter Writer => writer;

        public Task CompleteAsync() => inner.CompleteAsync();

        public void DisableBuffering() => inner.DisableBuffering();

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
            inner.SendFileAsync(path, offset, count, cancellationToken);

        public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);
    }

    private sealed class HeldWriter(HeldResponses owner, PipeWriter inner) : PipeWriter
    {
        public override void Advance(int bytes) => inner.Advance(bytes);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            await owner.HoldAsync(cancellationToken);
            return await inner.FlushAsync(cancellationToken);
        }

        public override async ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
        {
            await owner.HoldAsync(cancellationToken);
            return await inner.WriteAsync(source, cancellationToken);
        }
    }

    private sealed class NotedBody(HeldResponses owner, Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            owner.NoteReading();
            return inner.ReadAsync(buffer, cancellationToken);
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
