using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NodaTime;
using Screening.Rules;

namespace Screening.Api.Http;

/// <summary>Bytes of an answer in the making, in a pooled buffer. Texts are escaped as <see cref="Encoder"/> does.</summary>
public sealed class Utf8Output : IBufferWriter<byte>, IDisposable
{
    /// <summary>
    /// How every JSON answer escapes: only what JSON itself wants. Answers are never embedded in a page, and <c>nosniff</c> is on.
    /// </summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Characters that stand for themselves: a text of these alone, as most are, needs no escaping.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -_./:@,{}");

    private byte[] buffer;
    private int length;

    /// <summary>Starts with room for so many bytes; grows as needed.</summary>
    public Utf8Output(int capacity) => buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, length);

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        length = 0;
    }

    /// <summary>Begins again, with the same buffer.</summary>
    public void Clear() => length = 0;

    /// <summary>Bytes that are JSON already.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        length += bytes.Length;
    }

    /// <summary>What the serializer makes of a value.</summary>
    public void Json<T>(T value, JsonTypeInfo<T> type)
    {
        using var writer = new Utf8JsonWriter(this, new JsonWriterOptions { Encoder = Encoder });
        JsonSerializer.Serialize(writer, value, type);
    }

    /// <summary>A comma in front of every element of a list but the first.</summary>
    public void Separate(ref bool next)
    {
        if (next)
        {
            Raw(","u8);
        }

        next = true;
    }

    /// <summary>Takes the last bytes back, such as a comma behind the last element of a list.</summary>
    public void RemoveLast(int bytes) => length -= bytes;

    /// <summary>A text in quotes, escaped.</summary>
    public void Text(string text)
    {
        Raw("\""u8);
        if (text.AsSpan().ContainsAnyExcept(Plain))
        {
            Raw(JsonEncodedText.Encode(text, Encoder).EncodedUtf8Bytes);
        }
        else
        {
            length += Encoding.ASCII.GetBytes(text, GetSpan(text.Length));
        }

        Raw("\""u8);
    }

    /// <summary>A number.</summary>
    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, GetSpan(20), out var written);
        length += written;
    }

    /// <summary>A date in quotes.</summary>
    public void Date(LocalDate date) => Date(PartialDate.Of(date));

    /// <inheritdoc cref="Date(LocalDate)"/>
    public void Date(Day date) => Date(PartialDate.Of(date));

    /// <inheritdoc cref="Date(Day?)"/>
    public void Date(LocalDate? date) => Date(date is { } known ? Day.Of(known) : null);

    /// <summary>A date in quotes, or <c>null</c>.</summary>
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

    /// <summary>A date in quotes, as much of it as was said.</summary>
    public void Date(PartialDate date)
    {
        var room = GetSpan(12);
        room[0] = (byte)'"';
        var written = date.Format(room[1..]);
        room[written + 1] = (byte)'"';
        length += written + 2;
    }

    /// <summary>A clinic-local time with its offset, in quotes: <c>2026-12-18T10:30:00-05:00</c>, a fraction only when there is one.</summary>
    public void Time(ZonedDateTime time)
    {
        Raw("\""u8);
        Clock(time.LocalDateTime);
        var seconds = time.Offset.Seconds;
        Raw(seconds < 0 ? "-"u8 : "+"u8);
        var minutes = Math.Abs(seconds) / 60;
        Two(minutes / 60);
        Raw(":"u8);
        Two(minutes % 60);
        Raw("\""u8);
    }

    /// <summary>An instant in quotes: <c>2026-11-22T15:00:00Z</c>, a fraction only when there is one.</summary>
    public void Time(Instant instant)
    {
        Raw("\""u8);
        Clock(instant.InUtc().LocalDateTime);
        Raw("Z\""u8);
    }

    /// <summary>A GUID in quotes.</summary>
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

    private void Clock(LocalDateTime local)
    {
        length += PartialDate.Of(local.Date).Format(GetSpan(10));
        Raw("T"u8);
        Two(local.Hour);
        Raw(":"u8);
        Two(local.Minute);
        Raw(":"u8);
        Two(local.Second);
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

    private void Two(int value)
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
