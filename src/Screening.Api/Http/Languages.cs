using Screening.Rules;

namespace Screening.Api.Http;

/// <summary>The language of a response.</summary>
public static class Languages
{
    /// <summary>
    /// Returns the language that the request prefers by its <c>Accept-Language</c>; of two with equal quality, the one listed first. Any
    /// region matches (<c>es-MX</c> for <c>es</c>). English when no language is preferred or the header is malformed: a readable text is
    /// better than an error. Does not allocate.
    /// </summary>
    public static Language Of(HttpRequest request)
    {
        Span<LanguagePreference> listed = stackalloc LanguagePreference[Language.All.Count];
        LanguagePreference wildcard = default;
        var position = 0;
        foreach (var line in request.Headers.AcceptLanguage)
        {
            var entries = new QualityValues(line);
            while (entries.MoveNext())
            {
                position++;
                if (entries.Value is "*")
                {
                    wildcard = wildcard.Or(entries.Quality, position);
                }

                for (var i = 0; i < listed.Length; i++)
                {
                    if (Matches(entries.Value, Language.All[i].Tag))
                    {
                        listed[i] = listed[i].Or(entries.Quality, position);
                    }
                }
            }
        }

        var (best, preference) = (Language.English, default(LanguagePreference));
        for (var i = 0; i < listed.Length; i++)
        {
            // The wildcard does not apply to a language that is listed.
            var one = listed[i].IsListed ? listed[i] : wildcard;
            if (one.IsPreferredTo(preference))
            {
                (best, preference) = (Language.All[i], one);
            }
        }

        return best;
    }

    private static bool Matches(ReadOnlySpan<char> range, ReadOnlySpan<char> tag) =>
        range.StartsWith(tag, StringComparison.OrdinalIgnoreCase) && (range.Length == tag.Length || range[tag.Length] == '-');

    /// <summary>The quality of a language and its first position in the header; position 0 = not listed.</summary>
    private readonly record struct LanguagePreference(int Quality, int Position)
    {
        public bool IsListed => Position > 0;

        public bool IsPreferredTo(LanguagePreference other) =>
            Quality > other.Quality || (Quality == other.Quality && Quality > 0 && Position < other.Position);

        public LanguagePreference Or(int quality, int position) =>
            !IsListed || quality > Quality ? new LanguagePreference(quality, position) : this;
    }
}
