using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Screening.Api.Telemetry;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Parsing;

namespace Screening.Api.Logging;

/// <summary>
/// Writes log events on its own thread, so that logging never waits for a full pipe or a slow disk. Up to <see cref="Capacity"/> events are
/// queued; further ones are dropped. Dropped events, and those that the destination rejects, are counted, and their number is logged as
/// soon as a line can be written.
/// </summary>
/// <remarks>
/// CPU time of a whole screening request, measured on two busy cores: 20 µs with bytes written by hand on the request's thread, 22 with
/// this sink and Serilog's formatter, 26 with Serilog.Sinks.Async and its console. Serilog's own batching does not count dropped events,
/// and both can wait forever at shutdown.
/// </remarks>
internal sealed class BackgroundSink : ILogEventSink, IDisposable
{
    /// <summary>The maximum number of queued events: about ten megabytes.</summary>
    internal const int Capacity = 10_000;

    private const int BatchSize = 500;
    private static readonly MessageTemplate DroppedTemplate =
        new MessageTemplateParser().Parse("{DroppedLines} lines of the log were dropped");

    // Waking up and flushing cost more than writing a line, so lines are batched. A longer delay costs more again, because events then
    // survive a garbage collection.
    private static readonly TimeSpan BatchDelay = TimeSpan.FromMilliseconds(10);

    // A blocked destination must not keep the process from ending. Only the last lines are left, since the thread has written all along.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1);

    private readonly Channel<LogEvent> queue = Channel.CreateBounded<LogEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly ManualResetEventSlim stopping = new();
    private readonly ITextFormatter formatter;
    private readonly StreamWriter output;
    private readonly Thread writer;
    private LogEvent? lastEvent;
    private long dropped;
    private long droppedInAll;

    /// <summary>Writes to the stream, which it owns.</summary>
    /// <param name="destination">The stream.</param>
    /// <param name="formatter">How an event is written.</param>
    /// <param name="metrics">Tells how many lines were dropped, whether or not a line has told so.</param>
    public BackgroundSink(Stream destination, ITextFormatter formatter, ServiceMetrics? metrics = null)
    {
        metrics?.ObserveDroppedLines(() => Interlocked.Read(ref droppedInAll));
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
            Drop(1);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        queue.Writer.TryComplete();
        stopping.Set();
        if (writer.Join(ShutdownTimeout))
        {
            output.Dispose();
            stopping.Dispose();
        }
    }

    private void Write()
    {
        using var line = new StringWriter(CultureInfo.InvariantCulture);
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            stopping.Wait(BatchDelay);
            while (queue.Reader.TryPeek(out _))
            {
                WriteBatch(line);
            }
        }

        WriteBatch(line);
    }

    private void WriteBatch(StringWriter line)
    {
        var (lines, told) = (0L, 0L);
        try
        {
            while (lines < BatchSize && queue.Reader.TryRead(out var next))
            {
                lines++;
                lastEvent = next;
                WriteLine(next, line);
            }

            if (lastEvent is not null && Interlocked.Exchange(ref dropped, 0) is var droppedLines and > 0)
            {
                told = droppedLines;
                WriteLine(DroppedEvent(lastEvent, droppedLines), line);
            }

            output.Flush();
        }
        catch (Exception failure)
            // An argument is out of range when a file is as large as it may be.
            when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException or NotSupportedException
                or ArgumentOutOfRangeException)
        {
            // Rethrowing would end the process, and keeping the lines would fill the memory.
            Drop(lines);
            Interlocked.Add(ref dropped, told);
        }
    }

    private void Drop(long lines)
    {
        Interlocked.Add(ref dropped, lines);
        Interlocked.Add(ref droppedInAll, lines);
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
            // A property value of a foreign type may fail to format.
            Drop(1);
            return;
        }

        foreach (var part in text.GetChunks())
        {
            output.Write(part.Span);
        }
    }

    /// <summary>Creates the event that reports dropped lines, with the timestamp and service properties of the previous event.</summary>
    private static LogEvent DroppedEvent(LogEvent previous, long count) => new(
        previous.Timestamp,
        LogEventLevel.Warning,
        null,
        DroppedTemplate,
        [
            new LogEventProperty("DroppedLines", new ScalarValue(count)),
            .. previous.Properties.Where(property => property.Key.StartsWith("service.", StringComparison.Ordinal))
                .Select(property => new LogEventProperty(property.Key, property.Value)),
        ]);
}
