using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Screening.Rules;

/// <summary>Finds the place at which bytes stop being JSON. Reads them once more: only a body that was rejected needs it.</summary>
public static class JsonFault
{
    private const string NotJson = "accepted.place";
    private const string Repetition = "accepted.placeOfRepetition";
    private const string TooDeep = "accepted.placeOfDepth";

    /// <summary>
    /// Reports the line and the column, both from 1, at which the bytes stop being one JSON value in UTF-8, at which they are nested too
    /// deeply, or at which a member is repeated. A column is a character.
    /// </summary>
    /// <param name="json">The bytes.</param>
    /// <param name="deepest">The maximum nesting depth.</param>
    /// <param name="place">The location of the whole body, in the notation of the API.</param>
    /// <param name="errors">Receives the error.</param>
    /// <param name="repetitions">Whether a repeated member is a fault.</param>
    /// <param name="told">What is wrong when they are not JSON; null where the code's meaning says it.</param>
    public static void Report(
        ReadOnlySpan<byte> json, int deepest, string place, InputErrors errors, bool repetitions = false, LocalizedText? told = null)
    {
        var fault = NotJson;
        var at = InvalidUtf8(json);
        if (at < 0)
        {
            at = Find(json, deepest, repetitions, out fault);
        }

        var accepted = Empty(json) ?? (at < 0 ? null : Named(fault, json[..at]));
        if (fault == TooDeep)
        {
            errors.Add(place, ErrorCode.TooComplex, accepted?.With("n", deepest.ToString(CultureInfo.InvariantCulture)));
        }
        else
        {
            errors.Add(place, ErrorCode.InvalidJson, accepted, told);
        }
    }

    /// <summary>
    /// The error in a line of a batch that is not JSON: a column, since the line has its number beside it, and what a line must be.
    /// </summary>
    public static InputError OfLine(ReadOnlySpan<byte> line)
    {
        var at = InvalidUtf8(line) is var invalid and >= 0 ? invalid : Find(line, JsonText.Options.MaxDepth, repetitions: false, out _);
        var place = IsEmpty(line) ? Words.Text("accepted.emptyLine") : Named("accepted.placeInLine", line[..Math.Max(0, at)]);
        return new InputError(
            string.Empty, ErrorCode.InvalidJson, LocalizedText.Joined(place, Words.Text("accepted.wholeLine")),
            Words.Text("accepted.lineNotJson"));
    }

    /// <summary>Says that there is nothing; null when there is something.</summary>
    public static LocalizedText? Empty(ReadOnlySpan<byte> body) => IsEmpty(body) ? Words.Text("accepted.emptyBody") : null;

    private static bool IsEmpty(ReadOnlySpan<byte> body) => !body.ContainsAnyExcept(" \t\r\n"u8);

    /// <summary>A text with the line and the column after these bytes.</summary>
    public static LocalizedText Named(string key, ReadOnlySpan<byte> before) => Named(key, LineOf(before), ColumnOf(before));

    /// <summary>A text with a line and a column.</summary>
    public static LocalizedText Named(string key, int line, int column) =>
        Words.Text(key).With("line", line.ToString(CultureInfo.InvariantCulture)).With("column", column.ToString(CultureInfo.InvariantCulture));

    private static int Find(ReadOnlySpan<byte> json, int deepest, bool repetitions, out string fault)
    {
        fault = NotJson;

        // One level more than is accepted, which is found before the tokenizer stops at it.
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = deepest + 1 });
        var members = new Stack<HashSet<string>>();
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject or JsonTokenType.StartArray when reader.CurrentDepth == deepest:
                        fault = TooDeep;
                        return (int)reader.TokenStartIndex;
                    case JsonTokenType.StartObject:
                        members.Push(new HashSet<string>(StringComparer.Ordinal));
                        break;
                    case JsonTokenType.EndObject:
                        members.Pop();
                        break;
                    case JsonTokenType.PropertyName when !members.Peek().Add(reader.GetString()!) && repetitions:
                        fault = Repetition;
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
