using System.Text.Json;

namespace Screening.Rules;

/// <summary>
/// Strict steps of a <see cref="Utf8JsonReader"/> that stands on a value. Malformed JSON throws <see cref="JsonException"/>, a text with a
/// lone surrogate <see cref="InvalidOperationException"/>: the caller that owns the bytes turns both into <see cref="ErrorCode.InvalidJson"/>.
/// </summary>
public static class JsonText
{
    /// <summary>The longest text that is looked up in a table; anything longer is in none.</summary>
    private const int LongestName = 256;

    /// <summary>Options of every reader: plain JSON, and no deeper than any request is.</summary>
    public static readonly JsonReaderOptions Options = new() { MaxDepth = 32 };

    /// <summary>Notes an error and skips the value unless it is an object.</summary>
    public static bool IsObject(ref Utf8JsonReader reader, string pointer, InputErrors errors) => Is(ref reader, JsonTokenType.StartObject, pointer, errors);

    /// <summary>Notes an error and skips the value unless it is a list.</summary>
    public static bool IsArray(ref Utf8JsonReader reader, string pointer, InputErrors errors) => Is(ref reader, JsonTokenType.StartArray, pointer, errors);

    /// <summary>Notes an error and skips the value unless it is a text.</summary>
    public static bool IsString(ref Utf8JsonReader reader, string pointer, InputErrors errors) => Is(ref reader, JsonTokenType.String, pointer, errors);

    /// <summary>The index of the name or text that the reader stands on, or -1.</summary>
    public static int Find(ref Utf8JsonReader reader, Utf8Names names)
    {
        if (!reader.ValueIsEscaped)
        {
            return names.Find(reader.ValueSpan);
        }

        if (reader.ValueSpan.Length > LongestName)
        {
            return -1;
        }

        Span<byte> text = stackalloc byte[LongestName];
        return names.Find(text[..reader.CopyString(text)]);
    }

    /// <summary>True when the reader stands on this text.</summary>
    public static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> text) => reader.ValueTextEquals(text);

    /// <summary>Reads the text that the reader stands on as a full or partial date.</summary>
    public static bool TryDate(ref Utf8JsonReader reader, out PartialDate date)
    {
        if (!reader.ValueIsEscaped)
        {
            return PartialDate.TryParse(reader.ValueSpan, out date);
        }

        Span<byte> text = stackalloc byte[LongestName];
        date = default;
        return reader.ValueSpan.Length <= LongestName && PartialDate.TryParse(text[..reader.CopyString(text)], out date);
    }

    /// <summary>Reads the text that the reader stands on as a date and time.</summary>
    public static bool TryTime(ref Utf8JsonReader reader, out StatedTime time)
    {
        if (!reader.ValueIsEscaped)
        {
            return StatedTime.TryParse(reader.ValueSpan, out time);
        }

        Span<byte> text = stackalloc byte[LongestName];
        time = default;
        return reader.ValueSpan.Length <= LongestName && StatedTime.TryParse(text[..reader.CopyString(text)], out time);
    }

    /// <summary>The text that the reader stands on; null, with the error noted, when it is none.</summary>
    public static string? Read(ref Utf8JsonReader reader, string pointer, InputErrors errors) => IsString(ref reader, pointer, errors) ? reader.GetString() : null;

    /// <summary>Moves from a member's name to the end of its value.</summary>
    public static void SkipMember(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static bool Is(ref Utf8JsonReader reader, JsonTokenType type, string pointer, InputErrors errors)
    {
        if (reader.TokenType == type)
        {
            return true;
        }

        errors.Add(pointer, reader.TokenType == JsonTokenType.Null ? ErrorCode.NullValue : ErrorCode.WrongType);
        reader.Skip();
        return false;
    }
}
