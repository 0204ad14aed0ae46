using Screening.Api.Http;
using Screening.Api.Pages;
using Screening.Rules;

namespace Screening.Api.Problems;

/// <summary>Explains an error: the page that a problem's <c>type</c> points to.</summary>
public sealed class GetProblemEndpoint : ApiEndpoint
{
    private static readonly Dictionary<string, (string Status, string Meaning, string Remedy)> Pages =
        ProblemKind.All.Select(k => (k.Code, Status: k.Status.ToString(System.Globalization.CultureInfo.InvariantCulture), Meaning: k.Title, k.Remedy))
            .Concat(ErrorCode.All.Select(c => (c.Code, Status: c.IsShape ? "400" : "422", c.Meaning, c.Remedy)))
            .ToDictionary(page => page.Code, page => (page.Status, page.Meaning, page.Remedy), StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void Configure()
    {
        Get("/problems/{code}");
        Describe(
            "GetProblem",
            "Problems",
            "What an error means and what to do",
            "A page for people, for every problem type and every error code that this service gives.",
            new ResponseDescription(StatusCodes.Status200OK, typeof(string), "text/html", "The page."),
            ResponseDescription.Problem(ProblemKind.NotFound, "The code is unknown."));
        Summary(summary => summary.Params["code"] = "The code of a problem or an error, such as `unknown-code`.");
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        var code = Route<string>("code")!;
        if (!Pages.TryGetValue(code, out var page))
        {
            await ProblemWriter.WriteAsync(HttpContext, ProblemKind.NotFound);
            return;
        }

        await ProblemPage.SendAsync(HttpContext, StatusCodes.Status200OK, code, page.Meaning, page.Remedy, page.Status);
    }
}
