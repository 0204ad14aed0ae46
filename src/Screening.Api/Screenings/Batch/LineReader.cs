using System.Buffers;
using Screening.Api.Http;

namespace Screening.Api.Screenings.Batch;

/// <summary>The result of <see cref="LineReader.Next"/>.</summary>
internal enum LineKind
{
    /// <summary>No complete line is available.</summary>
    None,

    /// <summary>A line.</summary>
    Line,

    /// <summary>A line longer than <see cref="LineReader.MaxLineBytes"/>; its bytes are discarded.</summary>
    TooLong,
}

/// <summary>
/// Splits a stream into lines, with a single buffer of fixed size. A line ends with LF or CRLF; non-empty text after the last line end is a
/// line too.
/// </summary>
internal sealed class LineReader(Stream stream) : IDisposable
{
    /// <summary>The maximum length of a line in bytes, without its end.</summary>
    public const int MaxLineBytes = RequestBody.MaxBytes;

    // Twice the longest line: a partial line is moved to the front before each read.
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(2 * MaxLineBytes);
    private int start;
    private int searched;
    private int end;
    private bool ended;
    private bool skipping;
    private (int Start, int Searched, bool Skipping) before;

    /// <summary>
    /// Reads more bytes; false at the end of the stream. Call it when <see cref="Next"/> returns <see cref="LineKind.None"/>.
    /// </summary>
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

    /// <summary>Returns the next available line; its bytes are valid until the next call of any method.</summary>
    public LineKind Next(out ReadOnlySpan<byte> line)
    {
        before = (start, searched, skipping);
        while (buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n') is var index and >= 0)
        {
            var untrimmed = buffer.AsSpan(start, searched + index - start);
            start = searched = searched + index + 1;
            if (!skipping)
            {
                return CheckLength(untrimmed, out line);
            }

            // This is the end of a line that was reported as too long.
            skipping = false;
        }

        return Remainder(out line);
    }

    /// <summary>Puts the line back that <see cref="Next"/> returned last; nothing may have been read since.</summary>
    public void Return() => (start, searched, skipping) = before;

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        start = searched = end = 0;
    }

    /// <summary>Handles the bytes after the last line end: a partial line, or the last line.</summary>
    private LineKind Remainder(out ReadOnlySpan<byte> line)
    {
        var remainder = buffer.AsSpan(start, end - start);
        searched = end;
        line = default;

        // One more byte is allowed: it may be the CR of the line end.
        var tooLong = !skipping && remainder.Length > MaxLineBytes + 1;
        skipping |= tooLong;
        if (skipping)
        {
            start = end;
            return tooLong ? LineKind.TooLong : LineKind.None;
        }

        if (!ended || remainder.IsEmpty)
        {
            return LineKind.None;
        }

        start = end;
        return CheckLength(remainder, out line);
    }

    private static LineKind CheckLength(ReadOnlySpan<byte> untrimmed, out ReadOnlySpan<byte> line)
    {
        line = untrimmed is [.., (byte)'\r'] ? untrimmed[..^1] : untrimmed;
        return line.Length > MaxLineBytes ? LineKind.TooLong : LineKind.Line;
    }
}
