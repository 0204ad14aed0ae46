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

        return alternative.Quality > standard.Quality
            || (alternative.Quality > 0 && alternative.Quality == standard.Quality && alternative.Specificity > standard.Specificity);
    }

    /// <summary>
    /// True when the request asks for a page as browsers do: it names HTML, prefers it to the default format, and either names XHTML as
    /// every browser does or wants nothing else. A program that takes HTML among other things, as Java's <c>HttpURLConnection</c> does
    /// unasked (<c>text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2</c>), gets the default format.
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

        return isNamed && (isBrowser || !namesOthers) && Prefers(request, Page, defaultType);
    }

    /// <summary>True when the request names no media type: it has no <c>Accept</c>, or only wildcards for everything.</summary>
    public static bool AcceptsAnything(HttpRequest request)
    {
        foreach (var line in request.Headers.Accept)
        {
            var entries = new QualityValues(line);
            while (entries.MoveNext())
            {
                if (entries.Value is not ("*/*" or "*"))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The quality of a media type by the most specific range that matches it; specificity 0 = no match.</summary>
    private readonly record struct MediaTypePreference(int Quality, int Specificity)
    {
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
