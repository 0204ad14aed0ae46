using Screening.Api.Contract;
using Screening.Api.Http;
using Screening.Api.Pages;
using Screening.Rules;

namespace Screening.Api.Problems;

/// <summary>Explains an error: what a problem's <c>type</c> points to.</summary>
public sealed class GetProblemEndpoint : ApiEndpoint
{
    /// <inheritdoc/>
    private protected override bool IsOpenToAll => true;

    /// <inheritdoc/>
    public override void Configure()
    {
        Get("/problems/{code}");
        Describe(
            "GetProblem",
            "Problems",
            "What an error means and what to do",
            "For every problem type and every error code that this service gives, in every language. Where `Accept` prefers `text/html`, "
                + "as a browser's does, it is a page for people.",
            ResponseDescription.Json<ProblemDescription>("The text."),
            ProblemForms.Page,
            ResponseDescription.Problem(ProblemKind.NotFound, "The code is unknown."));
        Options(route => route.WithMetadata(ParameterDescription.AcceptLanguage));
        Summary(summary => summary.Params["code"] = "The code of a problem or an error, such as `unknown-code`.");
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        var code = Route<string>("code")!;
        if (ProblemForms.All.FirstOrDefault(one => one.Code == code) is not { Code: not null } found)
        {
            await ProblemPage.WriteAsync(HttpContext, ProblemKind.NotFound.Naming(Words.Text("problems.listed")));
            return;
        }

        await (ProblemForms.IsPage(HttpContext)
            ? ProblemPage.SendAsync(
                HttpContext,
                found.Code,
                found.Explanation with { Remedy = ProblemDetail.In(HttpContext.Request.PathBase, found.Explanation.Remedy) },
                found.Status)
            : HttpContext.SendJsonAsync(ProblemForms.Describe(found, HttpContext.Request.PathBase), ResponseJson.Of<ProblemDescription>()));
    }
}

/// <summary>Lists every problem and every error.</summary>
public sealed class ListProblemsEndpoint : ApiEndpoint
{
    /// <inheritdoc/>
    private protected override bool IsOpenToAll => true;

    /// <inheritdoc/>
    public override void Configure()
    {
        Get("/problems");
        Describe(
            "ListProblems",
            "Problems",
            "Every error, by its code",
            "In every language. Where `Accept` prefers `text/html`, as a browser's does, it is a page for people.",
            ResponseDescription.Json<ProblemListResponse>("The list."),
            ProblemForms.Page);
        Options(route => route.WithMetadata(ParameterDescription.AcceptLanguage));
    }

    /// <inheritdoc/>
    public override Task HandleAsync(CancellationToken ct) => ProblemForms.IsPage(HttpContext)
        ? ProblemPage.SendAsync(HttpContext, ProblemForms.All.Select(one => (one.Code, one.Status, one.Explanation.Meaning)))
        : HttpContext.SendJsonAsync(
            new ProblemListResponse
            {
                Problems = [.. ProblemForms.All.Select(one => ProblemForms.Describe(one, HttpContext.Request.PathBase))],
            },
            ResponseJson.Of<ProblemListResponse>());
}

/// <summary>What both routes share: the codes, and the two forms of their texts.</summary>
internal static class ProblemForms
{
    /// <summary>The codes of problems as a whole, then of errors in a body, each with its status.</summary>
    public static IReadOnlyList<(string Code, int Status, Explanation Explanation)> All { get; } =
    [
        .. ProblemKind.All.Select(kind => (kind.Code, kind.Status, kind.Explanation)),
        .. ErrorCode.All.Select(code => (
            code.Code, code.IsShape ? StatusCodes.Status400BadRequest : StatusCodes.Status422UnprocessableEntity, code.Explanation)),
    ];

    /// <summary>The page.</summary>
    public static ResponseDescription Page { get; } =
        new(StatusCodes.Status200OK, typeof(string), PageFrame.MediaType, "Where `Accept` prefers `text/html`: the page.");

    /// <summary>True for whoever asks for a page.</summary>
    public static bool IsPage(HttpContext context)
    {
        context.Response.Headers.Vary = "Accept, Accept-Language";
        return ResponseFormat.PrefersPage(context.Request, "application/json");
    }

    /// <summary>The text of a code in every language.</summary>
    public static ProblemDescription Describe((string Code, int Status, Explanation Explanation) one, PathString prefix) => new()
    {
        Type = ProblemWriter.TypeOf(one.Code, prefix),
        Code = one.Code,
        Status = one.Status,
        Title = one.Explanation.Meaning,
        Detail = ProblemDetail.In(prefix, one.Explanation.Remedy),
    };
}
