using System.Text.Json;
using System.Text.Unicode;

namespace Screening.Rules;

/// <summary>
/// Strict steps of a <see cref="Utf8JsonReader"/> that stands on a value. Malformed JSON throws <see cref="JsonException"/>: the caller that
/// owns the bytes turns it into <see cref="ErrorCode.InvalidJson"/>, and sees to it before that they are <see cref="IsUnicode"/>.
/// </summary>
public static class JsonText
{
    /// <summary>
    /// The most elements of a list that are looked at. No honest list comes near it; without it a small request could ask for an answer
    /// of errors many times its size.
    /// </summary>
    public const int MostElements = 1000;

    /// <summary>The longest escaped text that can be a name, a code or a date.</summary>
    internal const int Longest = 256;

    /// <summary>Options of every reader: plain JSON, and no deeper than any request is.</summary>
    public static readonly JsonReaderOptions Options = new() { MaxDepth = 32 };

    /// <summary>Notes an error and skips the value unless it is an object.</summary>
    public static bool IsObject(ref Utf8JsonReader reader, string pointer, InputErrors errors) => Is(ref reader, JsonTokenType.StartObject, pointer, errors);

    /// <summary>Notes an error and skips the value unless it is a list.</summary>
    public static bool IsArray(ref Utf8JsonReader reader, string pointer, InputErrors errors) => Is(ref reader, JsonTokenType.StartArray, pointer, errors);

    /// <summary>Notes an error and skips the value unless it is a text.</summary>
    public static bool IsString(ref Utf8JsonReader reader, string pointer, InputErrors errors) => Is(ref reader, JsonTokenType.String, pointer, errors);

    /// <summary>The index of the name or text that the reader stands on, or -1. Room is made for an escaped one alone.</summary>
    public static int Find(ref Utf8JsonReader reader, Utf8Names names) =>
        reader.ValueIsEscaped ? names.Find(Unescaped(reader, stackalloc byte[Longest])) : names.Find(reader.ValueSpan);

    /// <summary>Reads the text that the reader stands on as a full or partial date.</summary>
    public static bool TryDate(ref Utf8JsonReader reader, out PartialDate date) => PartialDate.TryParse(Unescaped(reader, stackalloc byte[Longest]), out date);

    /// <summary>True when every text can be read: a lone surrogate is valid to the tokenizer, but no text.</summary>
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

    /// <summary>The text that the reader stands on; null, with the error noted, when it is none.</summary>
    public static string? Read(ref Utf8JsonReader reader, string pointer, InputErrors errors) => IsString(ref reader, pointer, errors) ? reader.GetString() : null;

    /// <summary>
    /// Moves to the next element of a list; false at its end, and after <see cref="MostElements"/>: then the rest is skipped.
    /// </summary>
    /// <param name="reader">Stands on the list's start, or on the end of the element before.</param>
    /// <param name="index">How many elements came before.</param>
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

    /// <summary>The text that the reader stands on, in UTF-8; empty when it is longer than any that is looked for.</summary>
    internal static ReadOnlySpan<byte> Unescaped(in Utf8JsonReader reader, Span<byte> room) =>
        !reader.ValueIsEscaped ? reader.ValueSpan : reader.ValueSpan.Length > room.Length ? default : room[..reader.CopyString(room)];

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
