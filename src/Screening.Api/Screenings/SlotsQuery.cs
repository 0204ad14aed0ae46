using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Screenings;

/// <summary>The query parameter for slots that are answered one by one, for one request or for every line of a batch.</summary>
internal static class SlotsQuery
{
    private const string Parameter = "slots";
    private const string Each = "each";

    /// <summary>The parameter, described.</summary>
    public static ParameterDescription Description { get; } = new(
        Parameter,
        InHeader: false,
        "`each`: a slot that cannot be screened, being past, skipped by the clocks or no date and time, is answered with its `error` in "
            + "its place in `slots`, and the others are decided. "
            + "Absent: it is an error of the request, and nothing is decided.",
        [Each]);

    /// <summary>Reads the parameter from a query that has been checked.</summary>
    public static ReadingOptions Of(HttpRequest request) => new() { EachSlot = request.Query[Parameter] == Each };
}
