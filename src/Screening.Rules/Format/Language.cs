using System.Text.Json;
using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>
/// A language that responses come in: there is one for each file of <see cref="Words"/>. Codes, dates and statuses are the same in each.
/// </summary>
[JsonConverter(typeof(LanguageConverter))]
public sealed class Language
{
    private Language(string tag, int index)
    {
        Tag = tag;
        Index = index;
        Words = Rules.Words.Of(tag);
    }

    /// <summary>Every language, English first.</summary>
    public static IReadOnlyList<Language> All { get; } = [.. Rules.Words.Tags.Select((tag, i) => new Language(tag, i))];

    /// <summary>English: the language of whoever prefers none of these, and of the documentation.</summary>
    public static Language English => All[0];

    /// <summary>The tags of all languages, for documentation.</summary>
    public static string Names { get; } = string.Join(" or ", All.Select(language => $"`{language.Tag}`"));

    /// <summary>The tag, as <c>Content-Language</c> and <c>lang</c> have it.</summary>
    public string Tag { get; }

    /// <summary>What the language calls itself.</summary>
    public string Name => Words.Name;

    /// <summary>The position in <see cref="All"/>.</summary>
    public int Index { get; }

    /// <summary>The names of its days and months.</summary>
    internal WordFile Words { get; }

    /// <summary>The language of a tag; null when there is none.</summary>
    public static Language? Find(string tag) => All.FirstOrDefault(language => language.Tag == tag);

    /// <inheritdoc/>
    public override string ToString() => Tag;
}

/// <summary>A language as its tag.</summary>
public sealed class LanguageConverter : JsonConverter<Language>
{
    /// <inheritdoc/>
    public override Language Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Language.Find(reader.GetString() ?? string.Empty) ?? throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Language value, JsonSerializerOptions options) => writer.WriteStringValue(value.Tag);
}

/// <summary>Texts in a language.</summary>
public static class LanguageTexts
{
    /// <summary>The text with a value in place of <c>{name}</c>.</summary>
    public static string With(this string text, string name, string value) =>
        text.Replace("{" + name + "}", value, StringComparison.Ordinal);
}
