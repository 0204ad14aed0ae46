namespace Screening.Api.Http;

/// <summary>Selects the format of a response by the request's <c>Accept</c>.</summary>
internal static class ResponseFormat
{
    /// <summary>
    /// True when the request prefers the alternative format to the default one: by quality and, if equal, by how specific the matching
    /// range is. False in any doubt and when neither is acceptable: a decision is never withheld because of a header.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="mediaType">The alternative media type, such as <c>text/html</c>.</param>
    /// <param name="defaultType">The default media type.</param>
    public static bool Prefers(HttpRequest request, ReadOnlySpan<char> mediaType, ReadOnlySpan<char> defaultType)
    {
        var (standard, alternative) = PreferencesOf(request, defaultType, mediaType);
        return alternative.IsBetterThan(standard);
    }

    private static (MediaTypePreference Standard, MediaTypePreference Alternative) PreferencesOf(
        HttpRequest request, ReadOnlySpan<char> defaultType, ReadOnlySpan<char> mediaType)
    {
        MediaTypePreference standard = default;
        MediaTypePreference alternative = default;
        foreach (var line in request.Headers.Accept)
        {
            var entries = new QualityValues(line);
            while (entries.MoveNext())
            {
                standard = standard.Or(entries.Value, defaultType, entries.Quality);
                alternative = alternative.Or(entries.Value, mediaType, entries.Quality);
            }
        }

        return (standard, alternative);
    }

    /// <summary>
    /// True when the request asks for a page as browsers do: it names HTML, prefers it to the default format, and either names XHTML as
    /// every browser does, or wants nothing else, or does not accept the default format. A program that takes HTML among other things, as
    /// Java's <c>HttpURLConnection</c> does unasked (<c>text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2</c>), gets the default format.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="defaultType">The default media type.</param>
    public static bool PrefersPage(HttpRequest request, ReadOnlySpan<char> defaultType)
    {
        const string Page = "text/html";
        var (isNamed, isBrowser, namesOthers) = (false, false, false);
        foreach (var line in request.Headers.Accept)
        {
            var entries = new QualityValues(line);
            while (entries.MoveNext())
            {
                var isPage = entries.Value.Equals(Page, StringComparison.OrdinalIgnoreCase);
                isNamed |= isPage && entries.Quality > 0;
                isBrowser |= entries.Value.Equals("application/xhtml+xml", StringComparison.OrdinalIgnoreCase);
                namesOthers |= !isPage && !entries.Value.StartsWith("application/", StringComparison.OrdinalIgnoreCase);
            }
        }

        var (standard, page) = PreferencesOf(request, defaultType, Page);
        return isNamed && (isBrowser || !namesOthers || standard.Quality == 0) && page.IsBetterThan(standard);
    }

    /// <summary>The quality of a media type by the most specific range that matches it; specificity 0 = no match.</summary>
    private readonly record struct MediaTypePreference(int Quality, int Specificity)
    {
        public bool IsBetterThan(MediaTypePreference other) =>
            Quality > other.Quality || (Quality > 0 && Quality == other.Quality && Specificity > other.Specificity);

        public MediaTypePreference Or(ReadOnlySpan<char> range, ReadOnlySpan<char> type, int quality)
        {
            var specificity = range.Equals(type, StringComparison.OrdinalIgnoreCase) ? 3
                : range is [.. var family, '/', '*'] && type[..type.IndexOf('/')].Equals(family, StringComparison.OrdinalIgnoreCase) ? 2
                : range is "*/*" or "*" ? 1
                : 0;
            return specificity > Specificity || (specificity == Specificity && specificity > 0 && quality > Quality)
                ? new MediaTypePreference(quality, specificity) : this;
        }
    }
}
