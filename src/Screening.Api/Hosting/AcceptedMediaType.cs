using Microsoft.Net.Http.Headers;

namespace Screening.Api.Hosting;

/// <summary>Which form of an answer a request asks for.</summary>
internal static class AcceptedMediaType
{
    /// <summary>
    /// The offered type that the Accept header prefers: the highest quality, then the one that it names more exactly, then the one offered first.
    /// The first as well when there is no header, or it allows none of them: an answer that the caller did not ask for helps more than none.
    /// </summary>
    public static string Choose(HttpRequest request, params ReadOnlySpan<string> offered)
    {
        var ranges = request.GetTypedHeaders().Accept;
        var best = offered[0];
        var rank = Rank(best, ranges);
        foreach (var type in offered[1..])
        {
            if (Rank(type, ranges) is var other && other.CompareTo(rank) > 0)
            {
                (best, rank) = (type, other);
            }
        }

        return best;
    }

    /// <summary>The quality that the most exact matching range gives a type, and how exact that is: 3 by name, 2 by its group, 1 as anything.</summary>
    private static (double Quality, int Exactness) Rank(string type, IList<MediaTypeHeaderValue> ranges)
    {
        var best = (Exactness: 0, Quality: 0.0);
        foreach (var range in ranges)
        {
            var exactness = range.MatchesAllTypes ? 1
                : range.MatchesAllSubTypes ? (type.StartsWith(range.Type + "/", StringComparison.OrdinalIgnoreCase) ? 2 : 0)
                : range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase) ? 3 : 0;
            var found = (exactness, range.Quality ?? 1);
            best = exactness > 0 && found.CompareTo(best) > 0 ? found : best;
        }

        return (best.Quality, best.Quality > 0 ? best.Exactness : 0);
    }
}
