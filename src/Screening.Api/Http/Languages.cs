using Screening.Rules;

namespace Screening.Api.Http;

/// <summary>Selects the language of a response.</summary>
public static class Languages
{
    /// <summary>
    /// Returns the language that the request prefers by its <c>Accept-Language</c>; of two with equal quality, the one listed first. Any
    /// region matches (<c>es-MX</c> is Spanish). English when neither language is preferred or the header is malformed: a readable text is
    /// better than an error. Does not allocate.
    /// </summary>
    public static Language Of(HttpRequest request)
    {
        LanguagePreference english = default;
        LanguagePreference spanish = default;
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
                else if (Matches(entries.Value, "en"))
                {
                    english = english.Or(entries.Quality, position);
                }
                else if (Matches(entries.Value, "es"))
                {
                    spanish = spanish.Or(entries.Quality, position);
                }
            }
        }

        // The wildcard does not apply to a language that is listed.
        english = english.IsListed ? english : wildcard;
        spanish = spanish.IsListed ? spanish : wildcard;
        return spanish.Quality > english.Quality
            || (spanish.Quality == english.Quality && spanish.Quality > 0 && spanish.Position < english.Position)
                ? Language.Es : Language.En;
    }

    private static bool Matches(ReadOnlySpan<char> range, ReadOnlySpan<char> tag) =>
        range.StartsWith(tag, StringComparison.OrdinalIgnoreCase) && (range.Length == tag.Length || range[tag.Length] == '-');

    /// <summary>The quality of a language and its first position in the header; position 0 = not listed.</summary>
    private readonly record struct LanguagePreference(int Quality, int Position)
    {
        public bool IsListed => Position > 0;

        public LanguagePreference Or(int quality, int position) =>
            !IsListed || quality > Quality ? new LanguagePreference(quality, position) : this;
    }
}
