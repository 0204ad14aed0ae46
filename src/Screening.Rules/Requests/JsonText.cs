using System.Text.Json;
using System.Text.Unicode;

namespace Screening.Rules;

/// <summary>
/// Strict reading with a <see cref="Utf8JsonReader"/> that is positioned on a value. Malformed JSON throws <see cref="JsonException"/>: the
/// caller that owns the bytes reports <see cref="ErrorCode.InvalidJson"/>, and must first check that they are <see cref="IsUnicode"/>.
/// </summary>
public static class JsonText
{
    /// <summary>
    /// The most elements of a list that are read. Real lists are far shorter; without the limit a small request could cause a response of
    /// errors many times its size.
    /// </summary>
    public const int MostElements = 1000;

    /// <summary>The longest escaped string that can be a name, a code or a date.</summary>
    public const int Longest = 256;

    /// <summary>The options of every reader: strict JSON, with a depth that no valid request exceeds.</summary>
    public static readonly JsonReaderOptions Options = new() { MaxDepth = 32 };

    /// <summary>True for an object; otherwise reports an error and skips the value.</summary>
    public static bool IsObject(ref Utf8JsonReader reader, string pointer, LocalizedText accepted, InputErrors errors) =>
        Is(ref reader, JsonTokenType.StartObject, pointer, accepted, errors);

    /// <summary>True for an array; otherwise reports an error and skips the value.</summary>
    public static bool IsArray(ref Utf8JsonReader reader, string pointer, LocalizedText accepted, InputErrors errors) =>
        Is(ref reader, JsonTokenType.StartArray, pointer, accepted, errors);

    /// <summary>True for a string; otherwise reports an error and skips the value.</summary>
    public static bool IsString(ref Utf8JsonReader reader, string pointer, LocalizedText accepted, InputErrors errors) =>
        Is(ref reader, JsonTokenType.String, pointer, accepted, errors);

    /// <summary>The index of the name or string at the reader's position, or -1. Only an escaped one is copied.</summary>
    public static int Find(ref Utf8JsonReader reader, Utf8Names names) =>
        reader.ValueIsEscaped ? names.Find(Unescaped(reader, stackalloc byte[Longest])) : names.Find(reader.ValueSpan);

    /// <summary>Reads the string at the reader's position as a full or partial date.</summary>
    public static bool TryDate(ref Utf8JsonReader reader, out PartialDate date) => PartialDate.TryParse(Unescaped(reader, stackalloc byte[Longest]), out date);

    /// <summary>True when every string can be decoded: the tokenizer accepts lone surrogates, which are not Unicode text.</summary>
    public static bool IsUnicode(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return false;
        }

        if (json.IndexOf("\\u"u8) < 0)
        {
            return true;
        }

        try
        {
            var reader = new Utf8JsonReader(json, Options);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    _ = reader.GetString();
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The string at the reader's position; null, with the error reported, for any other value.</summary>
    public static string? Read(ref Utf8JsonReader reader, string pointer, LocalizedText accepted, InputErrors errors) =>
        IsString(ref reader, pointer, accepted, errors) ? reader.GetString() : null;

    /// <summary>
    /// Moves to the next element of a list; false at its end and after <see cref="MostElements"/>, when the rest is skipped.
    /// </summary>
    /// <param name="reader">Positioned on the list's start, or on the end of the previous element.</param>
    /// <param name="index">The number of previous elements.</param>
    /// <param name="isTooLong">True when the rest was skipped.</param>
    public static bool NextElement(ref Utf8JsonReader reader, int index, out bool isTooLong)
    {
        isTooLong = false;
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndArray)
        {
            return false;
        }

        isTooLong = index >= MostElements;
        var list = reader.CurrentDepth - 1;
        while (isTooLong && (reader.TokenType != JsonTokenType.EndArray || reader.CurrentDepth != list))
        {
            reader.Read();
        }

        return !isTooLong;
    }

    /// <summary>Moves from a member's name to the end of its value.</summary>
    public static void SkipMember(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    /// <summary>
    /// The unescaped string at the reader's position, in UTF-8; empty when it is longer than any known name, code or date.
    /// </summary>
    internal static ReadOnlySpan<byte> Unescaped(in Utf8JsonReader reader, Span<byte> buffer) =>
        !reader.ValueIsEscaped ? reader.ValueSpan : reader.ValueSpan.Length > buffer.Length ? default : buffer[..reader.CopyString(buffer)];

    private static bool Is(ref Utf8JsonReader reader, JsonTokenType type, string pointer, LocalizedText accepted, InputErrors errors)
    {
        if (reader.TokenType == type)
        {
            return true;
        }

        errors.Add(pointer, reader.TokenType == JsonTokenType.Null ? ErrorCode.NullValue : ErrorCode.WrongType, accepted);
        reader.Skip();
        return false;
    }
}
