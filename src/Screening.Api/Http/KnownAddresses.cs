using Screening.Rules;

namespace Screening.Api.Http;

/// <summary>The addresses of this service, to tell whoever asked for another one which was probably meant.</summary>
/// <param name="routes">The routes; one that takes no name is an address.</param>
/// <param name="named">The addresses that end with the name of something.</param>
internal sealed class KnownAddresses(EndpointDataSource routes, Func<IEnumerable<string>> named)
{
    // What most addresses begin with, and what is easily forgotten.
    private const string Version = "/v1";

    // Where they are listed; all others are in Swagger UI, as the problem's remedy says.
    private static readonly (PathString Door, LocalizedText Listed)[] Doors =
    [
        ("/cds-services", Words.Text("accepted.listedServices")),
        ("/fhir", Words.Text("accepted.listedFhir")),
        ("/problems", Words.Text("problems.listed")),
    ];

    private readonly Lazy<IReadOnlyList<string>> all = new(() =>
    [
        .. routes.Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.Parameters.Count == 0 && route.Metadata.GetMetadata<ResponseDescription>() is not null)
            .Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/')),
        .. named(),
    ]);

    /// <summary>The address that was probably meant, and where those beside it are listed; null for a problem of another kind.</summary>
    /// <param name="path">The path that was asked for, which is not passed on.</param>
    /// <param name="kind">The problem.</param>
    public LocalizedText? DetailOf(PathString path, ProblemKind kind)
    {
        if (kind.Code != ProblemKind.NotFound.Code)
        {
            return null;
        }

        var asked = path.Value ?? string.Empty;
        var listed = Doors.FirstOrDefault(one => path.StartsWithSegments(one.Door, StringComparison.OrdinalIgnoreCase)).Listed;
        LocalizedText?[] parts = [Accepted.Nearest(all.Value, asked) ?? Accepted.Nearest(all.Value, Version + asked), listed];
        return parts.OfType<LocalizedText>().Reverse().Aggregate(kind.Explanation.Remedy, (rest, part) => LocalizedText.Joined(part, rest));
    }
}
