using Screening.Rules;

namespace Screening.Api.Hosting;

/// <summary>The languages that answers come in. Codes, dates and statuses are the same in each.</summary>
public enum Language
{
    /// <summary>English, unless the request prefers another.</summary>
    En,

    /// <summary>Spanish.</summary>
    Es,
}

/// <summary>Texts in a language.</summary>
public static class Languages
{
    /// <summary>The text in this language.</summary>
    public static string In(this LocalizedText text, Language language) => language == Language.Es ? text.Es : text.En;
}
