using System.Text.Json;
using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>What a part of a phrase is.</summary>
public enum PhraseKind
{
    /// <summary>Text in the language of the phrase.</summary>
    Text,

    /// <summary>An id.</summary>
    Id,

    /// <summary>The words of somebody else, such as of a health record, in a language that nobody states.</summary>
    Quote,
}

/// <summary>A part of a phrase.</summary>
public sealed record PhrasePart(string Text, PhraseKind Kind = PhraseKind.Text);

/// <summary>
/// A text in which some parts are ids or quotes: each format marks these in its own way, and nothing is escaped twice.
/// </summary>
[JsonConverter(typeof(PhraseConverter))]
public sealed class Phrase
{
    /// <summary>A text without ids.</summary>
    public Phrase(string text)
        : this([new PhrasePart(text)])
    {
    }

    private Phrase(IReadOnlyList<PhrasePart> parts) => Parts = parts;

    /// <summary>Its parts; no text follows another.</summary>
    public IReadOnlyList<PhrasePart> Parts { get; }

    /// <summary>An id.</summary>
    public static Phrase Code(string id) => new([new PhrasePart(id, PhraseKind.Id)]);

    /// <summary>The words of somebody else.</summary>
    public static Phrase Quote(string words) => new([new PhrasePart(words, PhraseKind.Quote)]);

    /// <summary>A text with its ids in backticks.</summary>
    public static Phrase Marked(string text) => InTurn(text.Split('`'));

    /// <summary>Text and ids in turn: text, an id, text, an id …; a part may be empty.</summary>
    internal static Phrase InTurn(IEnumerable<string> parts)
    {
        var all = parts.Select((part, i) => new PhrasePart(part, i % 2 == 1 ? PhraseKind.Id : PhraseKind.Text));
        return new([.. all.Where(part => part.Text.Length > 0)]);
    }

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
    public static Phrase operator +(Phrase left, Phrase right) =>
        (left.Parts, right.Parts) is ([.., { Kind: PhraseKind.Text } last], [{ Kind: PhraseKind.Text } first, ..])
            ? new([.. left.Parts.SkipLast(1), new(last.Text + first.Text), .. right.Parts.Skip(1)])
            : new([.. left.Parts, .. right.Parts]);

    /// <summary>Concatenates two phrases.</summary>
    public static Phrase Add(Phrase left, Phrase right) => left + right;

    /// <summary>A text without ids.</summary>
    public static implicit operator Phrase(string text) => new(text);

    /// <summary>A text without ids.</summary>
    public static Phrase FromString(string text) => new(text);

    /// <summary>The whole text, formatted part by part.</summary>
    /// <param name="text">Formats text, and what is quoted.</param>
    /// <param name="code">Formats an id.</param>
    public string Format(Func<string, string> text, Func<string, string> code) => string.Concat(
        Parts.Select(part => part.Kind == PhraseKind.Id ? code(part.Text) : part.Text.Length == 0 ? string.Empty : text(part.Text)));

    /// <inheritdoc/>
    public override string ToString() => string.Concat(Parts.Select(part => part.Text));
}

/// <summary>
/// Converts a phrase to a list of text and ids in turn: compact, since it may be part of a URL. What is quoted is text there.
/// </summary>
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
            ? Phrase.InTurn(parts)
            : throw new JsonException("A part of a phrase is a text.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Phrase value, JsonSerializerOptions options)
    {
        var text = string.Empty;
        writer.WriteStartArray();
        foreach (var part in value.Parts)
        {
            if (part.Kind != PhraseKind.Id)
            {
                text += part.Text;
                continue;
            }

            writer.WriteStringValue(text);
            writer.WriteStringValue(part.Text);
            text = string.Empty;
        }

        if (text.Length > 0 || value.Parts.All(part => part.Kind != PhraseKind.Id))
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
