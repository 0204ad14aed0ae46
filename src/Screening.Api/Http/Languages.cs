using Screening.Rules;

namespace Screening.Api.Http;

/// <summary>The language of a response.</summary>
public static class Languages
{
    /// <summary>
    /// The language that the request prefers by its <c>Accept-Language</c>; of two that it likes alike, the one it names first. Any region will do
    /// (<c>es-MX</c> is Spanish). English when it has no preference among these, or makes no sense: a text that someone can read is better
    /// than an error. Does not allocate.
    /// </summary>
    public static Language Of(HttpRequest request)
    {
        LanguagePreference english = default;
        LanguagePreference spanish = default;
        LanguagePreference any = default;
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
    private readonly record struct LanguagePreference(int Quality, int Place)
    {
        public bool Named => Place > 0;

        public LanguagePreference Or(int quality, int place) => !Named || quality > Quality ? new LanguagePreference(quality, place) : this;
    }
}
