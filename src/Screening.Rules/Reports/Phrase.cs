using System.Text.Json;
using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>A text in which some parts are ids: each format marks those in its own way, and none of them has to be escaped twice.</summary>
[JsonConverter(typeof(PhraseConverter))]
public sealed class Phrase
{
    /// <summary>A text without ids.</summary>
    public Phrase(string text)
        : this([text])
    {
    }

    internal Phrase(IReadOnlyList<string> parts) => Parts = parts;

    /// <summary>The parts in turn: text, an id, text, an id …; a part may be empty.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>An id alone.</summary>
    public static Phrase Code(string id) => new(["", id]);

    /// <summary>A text in a language with what belongs into its braces.</summary>
    public static Phrase Of(LocalizedText words, Language language, params ReadOnlySpan<(string Name, Phrase Value)> values)
    {
        var told = new Phrase("");
        var text = words.In(language);
        for (var at = 0; at < text.Length;)
        {
            var begin = text.IndexOf('{', at);
            var end = begin < 0 ? -1 : text.IndexOf('}', begin);
            if (end < 0)
            {
                return told + text[at..];
            }

            told += text[at..begin];
            foreach (var (name, value) in values)
            {
                told = name == text[(begin + 1)..end] ? told + value : told;
            }

            at = end + 1;
        }

        return told;
    }

    /// <summary>One phrase behind another.</summary>
    public static Phrase operator +(Phrase left, Phrase right)
    {
        // Where the left ends in an id the text that begins the right follows it; else the two texts become one.
        var isText = left.Parts.Count % 2 == 1;
        return isText
            ? new([.. left.Parts.SkipLast(1), left.Parts[^1] + right.Parts[0], .. right.Parts.Skip(1)])
            : new([.. left.Parts, .. right.Parts]);
    }

    /// <summary>One phrase behind another.</summary>
    public static Phrase Add(Phrase left, Phrase right) => left + right;

    /// <summary>A text without ids.</summary>
    public static implicit operator Phrase(string text) => new(text);

    /// <summary>A text without ids.</summary>
    public static Phrase FromString(string text) => new(text);

    /// <summary>The whole, with a mark around the parts of each kind.</summary>
    /// <param name="text">Makes a text one of the format.</param>
    /// <param name="code">Makes an id one of the format.</param>
    public string Format(Func<string, string> text, Func<string, string> code) =>
        string.Concat(Parts.Select((part, i) => i % 2 == 1 ? code(part) : part.Length == 0 ? part : text(part)));

    /// <inheritdoc/>
    public override string ToString() => string.Concat(Parts);
}

/// <summary>A phrase as the list of its parts: short, since it stands in an address.</summary>
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
