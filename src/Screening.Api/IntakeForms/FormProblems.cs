using Screening.Api.Http;
using Screening.Api.Pages;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>Problems of the form as pages for people: in their words, with the way back.</summary>
internal static class FormProblems
{
    private static readonly Explanation TooLarge = Words.Explanation("intake.tooLarge");

    /// <summary>Sends a problem as a page.</summary>
    public static Task SendAsync(HttpContext context, ProblemKind kind, IReadOnlyList<InputError> errors) => ProblemPage.SendAsync(
        context,
        kind == ProblemKind.BodyTooLarge ? kind with { Explanation = TooLarge } : kind,
        errors,
        (html, language) => AddWayBack(html, language, context.Request.PathBase, HasForm(kind)));

    /// <summary>False where the form cannot be opened again: there is none, or not for this caller.</summary>
    private static bool HasForm(ProblemKind kind) => kind.Status
        is not (StatusCodes.Status401Unauthorized or StatusCodes.Status404NotFound) && kind != ProblemKind.FormClosed;

    /// <summary>A link to the form, which has the address of this page, or to the start page.</summary>
    private static void AddWayBack(Html html, Language language, PathString prefix, bool hasForm)
    {
        var address = hasForm ? $"?{FormNames.Language}={language.Tag}" : prefix.Add("/").ToUriComponent();
        html.Add($"""<p><a href="{address}">{Words.Text(hasForm ? "intake.again" : "intake.start").In(language)}</a></p>""");
    }
}
