using System.Buffers;
using Screening.Api.Http;

namespace Screening.Api.Screenings.Batch;

/// <summary>What <see cref="LineReader.Next"/> found.</summary>
internal enum LineKind
{
    /// <summary>No further line is at hand.</summary>
    None,

    /// <summary>A line.</summary>
    Line,

    /// <summary>A line that is longer than <see cref="LineReader.LongestLine"/>; its bytes are not kept.</summary>
    TooLong,
}

/// <summary>
/// Cuts a stream into lines, in the memory of one buffer however long the stream or a line of it is. A line ends with LF or CRLF; what
/// stands after the last line end is a line too, unless it is nothing.
/// </summary>
internal sealed class LineReader(Stream stream) : IDisposable
{
    /// <summary>The most bytes that a line may have, its end not counted.</summary>
    public const int LongestLine = RequestBody.MaxBytes;

    // Room for the longest line with its end, and as much again: what is left of a line is moved to the front before each reading.
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(2 * LongestLine);
    private int start;
    private int searched;
    private int end;
    private bool ended;
    private bool skipping;

    /// <summary>Waits for further bytes; false when the stream has ended. To be called when <see cref="Next"/> has found all there was.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        searched = end;
        start = 0;
        var read = await stream.ReadAsync(buffer.AsMemory(end), cancellation);
        end += read;
        ended = read == 0;
        return !ended;
    }

    /// <summary>The next line that is at hand; its bytes are valid until the next call of any method.</summary>
    public LineKind Next(out ReadOnlySpan<byte> line)
    {
        while (buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n') is var at and >= 0)
        {
            var whole = buffer.AsSpan(start, searched + at - start);
            start = searched = searched + at + 1;
            if (!skipping)
            {
                return Measure(whole, out line);
            }

            // The end of the line that was found too long before.
            skipping = false;
        }

        return Rest(out line);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        start = searched = end = 0;
    }

    /// <summary>What comes after the last line end: the beginning of a line, or the last line.</summary>
    private LineKind Rest(out ReadOnlySpan<byte> line)
    {
        var rest = buffer.AsSpan(start, end - start);
        searched = end;
        line = default;

        // One byte more than a line may have can still be the CR of its end.
        var tooLong = !skipping && rest.Length > LongestLine + 1;
        skipping |= tooLong;
        if (skipping)
        {
            start = end;
            return tooLong ? LineKind.TooLong : LineKind.None;
        }

        if (!ended || rest.IsEmpty)
        {
            return LineKind.None;
        }

        start = end;
        return Measure(rest, out line);
    }

    private static LineKind Measure(ReadOnlySpan<byte> whole, out ReadOnlySpan<byte> line)
    {
        line = whole is [.., (byte)'\r'] ? whole[..^1] : whole;
        return line.Length > LongestLine ? LineKind.TooLong : LineKind.Line;
    }
}
