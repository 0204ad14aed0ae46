using Screening.Rules;

namespace Screening.Api.Http;

/// <summary>The language of a response.</summary>
public static class Languages
{
    /// <summary>
    /// The language that the request prefers by its <c>Accept-Language</c>; of two with the same quality, the one it names first. Any region
    /// will do (<c>es-MX</c> for <c>es</c>). English when it prefers none of these, or makes no sense: a text that someone can read is better
    /// than an error. Does not allocate.
    /// </summary>
    public static Language Of(HttpRequest request)
    {
        Span<LanguagePreference> named = stackalloc LanguagePreference[Language.All.Count];
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

                for (var i = 0; i < named.Length; i++)
                {
                    if (Means(entries.Value, Language.All[i].Tag))
                    {
                        named[i] = named[i].Or(entries.Quality, place);
                    }
                }
            }
        }

        var (best, preference) = (Language.English, default(LanguagePreference));
        for (var i = 0; i < named.Length; i++)
        {
            // What is named is not meant by the star.
            var one = named[i].Named ? named[i] : any;
            if (one.Quality > preference.Quality || (one.Quality == preference.Quality && one.Quality > 0 && one.Place < preference.Place))
            {
                (best, preference) = (Language.All[i], one);
            }
        }

        return best;
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
