using Screening.Rules;

namespace Screening.Api.Http;

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

    /// <summary>The text with a value in place of <c>{name}</c>.</summary>
    public static string With(this string text, string name, string value) => text.Replace("{" + name + "}", value, StringComparison.Ordinal);

    /// <summary>The language's tag, as <c>Content-Language</c> and <c>lang</c> have it.</summary>
    public static string Tag(this Language language) => language == Language.Es ? "es" : "en";

    /// <summary>
    /// The language that the request prefers by its <c>Accept-Language</c>; of two that it likes alike, the one it names first. Any region will do
    /// (<c>es-MX</c> is Spanish). English when it has no preference among these, or makes no sense: a text that someone can read is better
    /// than an error. Does not allocate.
    /// </summary>
    public static Language Of(HttpRequest request)
    {
        Wish english = default;
        Wish spanish = default;
        Wish any = default;
        var place = 0;
        foreach (var line in request.Headers.AcceptLanguage)
        {
            var entries = new QualityValues(line);
            while (entries.MoveNext())
            {
                place++;
                if (entries.Value is "*")
                {
                    any = any.Or(entries.Quality, place);
                }
                else if (Means(entries.Value, "en"))
                {
                    english = english.Or(entries.Quality, place);
                }
                else if (Means(entries.Value, "es"))
                {
                    spanish = spanish.Or(entries.Quality, place);
                }
            }
        }

        // What is named is not meant by the star.
        english = english.Named ? english : any;
        spanish = spanish.Named ? spanish : any;
        return spanish.Quality > english.Quality || (spanish.Quality == english.Quality && spanish.Quality > 0 && spanish.Place < english.Place) ? Language.Es : Language.En;
    }

    private static bool Means(ReadOnlySpan<char> range, ReadOnlySpan<char> tag) =>
        range.StartsWith(tag, StringComparison.OrdinalIgnoreCase) && (range.Length == tag.Length || range[tag.Length] == '-');

    /// <summary>How much something is wished for, and where that is said first; place 0 = nowhere.</summary>
    private readonly record struct Wish(int Quality, int Place)
    {
        public bool Named => Place > 0;

        public Wish Or(int quality, int place) => !Named || quality > Quality ? new Wish(quality, place) : this;
    }
}
