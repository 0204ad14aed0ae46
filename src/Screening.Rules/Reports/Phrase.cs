using System.Text.Json;
using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>A text in which some parts are ids: each format marks these in its own way, and nothing is escaped twice.</summary>
[JsonConverter(typeof(PhraseConverter))]
public sealed class Phrase
{
    /// <summary>A text without ids.</summary>
    public Phrase(string text)
        : this([text])
    {
    }

    internal Phrase(IReadOnlyList<string> parts) => Parts = parts;

    /// <summary>Text and ids in turn: text, an id, text, an id …; a part may be empty.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>An id.</summary>
    public static Phrase Code(string id) => new(["", id]);

    /// <summary>A text with its ids in backticks.</summary>
    public static Phrase Marked(string text) => new(text.Split('`'));

    /// <summary>A text in a language with its placeholders replaced.</summary>
    public static Phrase Of(LocalizedText words, Language language, params ReadOnlySpan<(string Name, Phrase Value)> values)
    {
        var phrase = new Phrase("");
        var text = words.In(language);
        for (var at = 0; at < text.Length;)
        {
            var begin = text.IndexOf('{', at);
            var end = begin < 0 ? -1 : text.IndexOf('}', begin);
            if (end < 0)
            {
                return phrase + text[at..];
            }

            phrase += text[at..begin];
            foreach (var (name, value) in values)
            {
                phrase = name == text[(begin + 1)..end] ? phrase + value : phrase;
            }

            at = end + 1;
        }

        return phrase;
    }

    /// <summary>Concatenates two phrases.</summary>
    public static Phrase operator +(Phrase left, Phrase right)
    {
        // A left side that ends in an id is followed by the text of the right; otherwise the two texts merge.
        var isText = left.Parts.Count % 2 == 1;
        return isText
            ? new([.. left.Parts.SkipLast(1), left.Parts[^1] + right.Parts[0], .. right.Parts.Skip(1)])
            : new([.. left.Parts, .. right.Parts]);
    }

    /// <summary>Concatenates two phrases.</summary>
    public static Phrase Add(Phrase left, Phrase right) => left + right;

    /// <summary>A text without ids.</summary>
    public static implicit operator Phrase(string text) => new(text);

    /// <summary>A text without ids.</summary>
    public static Phrase FromString(string text) => new(text);

    /// <summary>The whole text, formatted part by part.</summary>
    /// <param name="text">Formats text.</param>
    /// <param name="code">Formats an id.</param>
    public string Format(Func<string, string> text, Func<string, string> code) =>
        string.Concat(Parts.Select((part, i) => i % 2 == 1 ? code(part) : part.Length == 0 ? part : text(part)));

    /// <inheritdoc/>
    public override string ToString() => string.Concat(Parts);
}

/// <summary>Converts a phrase to the list of its parts: compact, since it may be part of a URL.</summary>
public sealed class PhraseConverter : JsonConverter<Phrase>
{
    /// <inheritdoc/>
    public override Phrase Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var parts = new List<string>();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("A phrase is a list of its parts.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            parts.Add(reader.GetString()!);
        }

        return parts.Count > 0 && reader.TokenType == JsonTokenType.EndArray
            ? new Phrase(parts)
            : throw new JsonException("A part of a phrase is a text.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Phrase value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var part in value.Parts)
        {
            writer.WriteStringValue(part);
        }

        writer.WriteEndArray();
    }
}
