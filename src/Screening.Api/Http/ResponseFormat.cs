namespace Screening.Api.Http;

/// <summary>Which of the forms of an answer a request prefers by its <c>Accept</c>.</summary>
internal static class ResponseFormat
{
    /// <summary>
    /// True when the request prefers another form to the usual one: by quality; of equal quality, a type that is named goes before one that a star
    /// means. In any doubt it is the usual one, for a request that takes neither as well: a decision is never held back over a header.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="mediaType">The other form's type, such as <c>text/html</c>.</param>
    /// <param name="usual">The usual form's type.</param>
    public static bool Prefers(HttpRequest request, ReadOnlySpan<char> mediaType, ReadOnlySpan<char> usual)
    {
        MediaTypePreference own = default;
        MediaTypePreference other = default;
        foreach (var line in request.Headers.Accept)
        {
            var entries = new QualityValues(line);
            while (entries.MoveNext())
            {
                own = own.Or(entries.Value, usual, entries.Quality);
                other = other.Or(entries.Value, mediaType, entries.Quality);
            }
        }

        return other.Quality > own.Quality || (other.Quality > 0 && other.Quality == own.Quality && other.Closeness > own.Closeness);
    }

    /// <summary>How much a type is liked by the entry that fits it most closely; closeness 0 = by none.</summary>
    private readonly record struct MediaTypePreference(int Quality, int Closeness)
    {
        public MediaTypePreference Or(ReadOnlySpan<char> range, ReadOnlySpan<char> type, int quality)
        {
            var closeness = range.Equals(type, StringComparison.OrdinalIgnoreCase) ? 3
                : range is [.. var family, '/', '*'] && type[..type.IndexOf('/')].Equals(family, StringComparison.OrdinalIgnoreCase) ? 2
                : range is "*/*" ? 1
                : 0;
            return closeness > Closeness || (closeness == Closeness && closeness > 0 && quality > Quality) ? new MediaTypePreference(quality, closeness) : this;
        }
    }
}
