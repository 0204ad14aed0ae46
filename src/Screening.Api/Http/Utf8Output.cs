using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NodaTime;
using Screening.Rules;

namespace Screening.Api.Http;

/// <summary>A pooled buffer for the bytes of a response. Texts are escaped by <see cref="Encoder"/>.</summary>
public sealed class Utf8Output : IBufferWriter<byte>, IDisposable
{
    /// <summary>
    /// The escaping of every JSON response: only what JSON requires. Responses are never embedded in a page, and <c>nosniff</c> is set.
    /// </summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Characters that never need escaping; most texts contain only these.</summary>
    private static readonly SearchValues<char> UnescapedCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -_./:@,{}~");

    private byte[] buffer;
    private int length;

    /// <summary>Creates a buffer of at least this many bytes; it grows as needed.</summary>
    public Utf8Output(int capacity) => buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>The bytes written so far.</summary>
    public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, length);

    /// <summary>Returns the buffer to the pool.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        length = 0;
    }

    /// <summary>Discards the written bytes and keeps the buffer.</summary>
    public void Clear() => length = 0;

    /// <summary>Writes bytes that are JSON already.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        length += bytes.Length;
    }

    /// <summary>Serializes a value.</summary>
    public void Json<T>(T value, JsonTypeInfo<T> type)
    {
        using var writer = new Utf8JsonWriter(this, new JsonWriterOptions { Encoder = Encoder });
        JsonSerializer.Serialize(writer, value, type);
    }

    /// <summary>Writes a comma before every element of a list but the first.</summary>
    public void Separate(ref bool next)
    {
        if (next)
        {
            Raw(","u8);
        }

        next = true;
    }

    /// <summary>Removes the last bytes, such as the comma after the last element of a list.</summary>
    public void RemoveLast(int bytes) => length -= bytes;

    /// <summary>Writes a text in quotes, escaped.</summary>
    public void Text(string text)
    {
        Raw("\""u8);
        if (text.AsSpan().ContainsAnyExcept(UnescapedCharacters))
        {
            Raw(JsonEncodedText.Encode(text, Encoder).EncodedUtf8Bytes);
        }
        else
        {
            length += Encoding.ASCII.GetBytes(text, GetSpan(text.Length));
        }

        Raw("\""u8);
    }

    /// <summary>Writes a number.</summary>
    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, GetSpan(20), out var written);
        length += written;
    }

    /// <summary>Writes a date in quotes.</summary>
    public void Date(LocalDate date) => Date(PartialDate.Of(date));

    /// <inheritdoc cref="Date(LocalDate)"/>
    public void Date(Day date) => Date(PartialDate.Of(date));

    /// <inheritdoc cref="Date(Day?)"/>
    public void Date(LocalDate? date) => Date(date is { } known ? Day.Of(known) : null);

    /// <summary>Writes a date in quotes, or <c>null</c>.</summary>
    public void Date(Day? date)
    {
        if (date is { } known)
        {
            Date(known);
        }
        else
        {
            Raw("null"u8);
        }
    }

    /// <summary>Writes a date in quotes, to the precision that was given.</summary>
    public void Date(PartialDate date)
    {
        var destination = GetSpan(12);
        destination[0] = (byte)'"';
        var written = date.Format(destination[1..]);
        destination[written + 1] = (byte)'"';
        length += written + 2;
    }

    /// <summary>
    /// Writes a clinic-local time with its offset, in quotes: <c>2026-12-18T10:30:00-05:00</c>, with a fraction only if there is one.
    /// </summary>
    public void Time(ZonedDateTime time) => WriteTime(time.LocalDateTime, time.Offset);

    /// <summary>Writes a time as a request states it, in quotes and with its offset if it has one; or <c>null</c>.</summary>
    public void Time(StatedTime? time)
    {
        if (time is { } known)
        {
            WriteTime(known.Local, known.Offset);
        }
        else
        {
            Raw("null"u8);
        }
    }

    /// <summary>Writes an instant in quotes: <c>2026-11-22T15:00:00Z</c>, with a fraction only if there is one.</summary>
    public void Time(Instant instant)
    {
        Raw("\""u8);
        WriteLocalTime(instant.InUtc().LocalDateTime);
        Raw("Z\""u8);
    }

    /// <summary>Writes a GUID in quotes.</summary>
    public void Id(Guid id)
    {
        Raw("\""u8);
        Utf8Formatter.TryFormat(id, GetSpan(36), out var written);
        length += written;
        Raw("\""u8);
    }

    void IBufferWriter<byte>.Advance(int count) => length += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        _ = GetSpan(Math.Max(sizeHint, 1));
        return buffer.AsMemory(length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => GetSpan(Math.Max(sizeHint, 1));

    private void WriteTime(LocalDateTime local, Offset? offset)
    {
        Raw("\""u8);
        WriteLocalTime(local);
        if (offset is { Seconds: var seconds })
        {
            Raw(seconds < 0 ? "-"u8 : "+"u8);
            var minutes = Math.Abs(seconds) / 60;
            WriteTwoDigits(minutes / 60);
            Raw(":"u8);
            WriteTwoDigits(minutes % 60);
        }

        Raw("\""u8);
    }

    private void WriteLocalTime(LocalDateTime local)
    {
        length += PartialDate.Of(local.Date).Format(GetSpan(10));
        Raw("T"u8);
        WriteTwoDigits(local.Hour);
        Raw(":"u8);
        WriteTwoDigits(local.Minute);
        Raw(":"u8);
        WriteTwoDigits(local.Second);
        if (local.NanosecondOfSecond is var nanoseconds && nanoseconds != 0)
        {
            var digits = 9;
            while (nanoseconds % 10 == 0)
            {
                nanoseconds /= 10;
                digits--;
            }

            Raw("."u8);
            Digits.Write(GetSpan(digits)[..digits], nanoseconds);
            length += digits;
        }
    }

    private void WriteTwoDigits(int value)
    {
        Digits.Write(GetSpan(2)[..2], value);
        length += 2;
    }

    private Span<byte> GetSpan(int bytes)
    {
        if (buffer.Length - length < bytes)
        {
            Grow(bytes);
        }

        return buffer.AsSpan(length);
    }

    private void Grow(int bytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, length + bytes));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
