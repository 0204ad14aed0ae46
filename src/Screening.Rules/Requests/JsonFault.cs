using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Screening.Rules;

/// <summary>Finds the place at which bytes stop being JSON. Reads them once more: only a body that was rejected needs it.</summary>
public static class JsonFault
{
    /// <summary>
    /// Names the line and the column, both from 1, at which the bytes stop being one JSON value in UTF-8, or at which a member is repeated;
    /// null when they are such a value. A column is a character.
    /// </summary>
    /// <param name="json">The bytes.</param>
    /// <param name="deepest">The maximum nesting depth.</param>
    /// <param name="repetitions">Whether a repeated member is a fault.</param>
    public static LocalizedText? Place(ReadOnlySpan<byte> json, int deepest, bool repetitions = false)
    {
        var at = InvalidUtf8(json);
        var isRepetition = false;
        if (at < 0)
        {
            at = Find(json, deepest, repetitions, out isRepetition);
        }

        return at < 0 ? null : Named(isRepetition ? "accepted.placeOfRepetition" : "accepted.place", LineOf(json[..at]), ColumnOf(json[..at]));
    }

    /// <summary>A text with a line and a column.</summary>
    public static LocalizedText Named(string key, int line, int column) =>
        Words.Text(key).With("line", line.ToString(CultureInfo.InvariantCulture)).With("column", column.ToString(CultureInfo.InvariantCulture));

    private static int Find(ReadOnlySpan<byte> json, int deepest, bool repetitions, out bool isRepetition)
    {
        isRepetition = false;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = deepest });
        var members = new Stack<HashSet<string>>();
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                        members.Push(new HashSet<string>(StringComparer.Ordinal));
                        break;
                    case JsonTokenType.EndObject:
                        members.Pop();
                        break;
                    case JsonTokenType.PropertyName when !members.Peek().Add(reader.GetString()!) && repetitions:
                        isRepetition = true;
                        return (int)reader.TokenStartIndex;
                    case JsonTokenType.String:
                        _ = reader.GetString();
                        break;
                    default:
                        break;
                }
            }

            return -1;
        }
        catch (JsonException e)
        {
            return StartOfLine(json, (int)(e.LineNumber ?? 0)) + (int)(e.BytePositionInLine ?? 0);
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate, which the tokenizer accepts.
            return (int)reader.TokenStartIndex;
        }
    }

    private static int InvalidUtf8(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return at;
            }

            at += length;
        }

        return -1;
    }

    private static int StartOfLine(ReadOnlySpan<byte> json, int line)
    {
        var at = 0;
        for (; line > 0; line--)
        {
            at += json[at..].IndexOf((byte)'\n') + 1;
        }

        return at;
    }

    private static int LineOf(ReadOnlySpan<byte> before) => before.Count((byte)'\n') + 1;

    private static int ColumnOf(ReadOnlySpan<byte> before) => Encoding.UTF8.GetString(before[(before.LastIndexOf((byte)'\n') + 1)..]).EnumerateRunes().Count() + 1;
}
