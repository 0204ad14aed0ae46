namespace Screening.Rules;

/// <summary>The languages of responses. Codes, dates and statuses are the same in each.</summary>
public enum Language
{
    /// <summary>English, unless the request prefers another.</summary>
    En,

    /// <summary>Spanish.</summary>
    Es,
}

/// <summary>Texts in a language.</summary>
public static class LanguageTexts
{
    /// <summary>The text in this language.</summary>
    public static string In(this LocalizedText text, Language language) => language == Language.Es ? text.Es : text.En;

    /// <summary>The text with <c>{name}</c> replaced by a value.</summary>
    public static string With(this string text, string name, string value) =>
        text.Replace("{" + name + "}", value, StringComparison.Ordinal);

    /// <summary>The language tag, for <c>Content-Language</c> and <c>lang</c>.</summary>
    public static string Tag(this Language language) => language == Language.Es ? "es" : "en";
}
