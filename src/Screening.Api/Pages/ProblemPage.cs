using System.Globalization;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>Problems as pages for people.</summary>
internal static class ProblemPage
{
    /// <summary>
    /// Sends a problem: as a page when people open the address and the request prefers one, else in the format of the request's path.
    /// </summary>
    public static Task WriteAsync(HttpContext context, ProblemKind kind)
    {
        context.Response.Headers.Vary = "Accept, Accept-Language";
        if (!HttpMethods.IsGet(context.Request.Method)
            || ProblemWriter.FormOf(context) is not null
            || !ResponseFormat.PrefersPage(context.Request, "application/json"))
        {
            return ProblemWriter.WriteAsync(context, kind);
        }

        return SendAsync(context, kind, []);
    }

    /// <summary>Sends a problem as a page, with what is wrong with the body.</summary>
    public static Task SendAsync(HttpContext context, ProblemKind kind, IReadOnlyList<InputError> errors) =>
        SendAsync(context, kind, errors, (_, _) => { });

    /// <inheritdoc cref="SendAsync(HttpContext, ProblemKind, IReadOnlyList{InputError})"/>
    /// <param name="context">The request context.</param>
    /// <param name="kind">The problem.</param>
    /// <param name="errors">What is wrong with the body.</param>
    /// <param name="goOn">Adds how to go on from the page.</param>
    public static Task SendAsync(HttpContext context, ProblemKind kind, IReadOnlyList<InputError> errors, Action<Html, Language> goOn)
    {
        ProblemWriter.Count(context, kind);
        var remedy = ProblemDetail.Of(context, kind);
        return SendAsync(
            context,
            kind.Status,
            kind.Explanation.Meaning,
            (html, language) =>
            {
                AddErrors(html, [.. errors.Select(error => ProblemError.Of(error, language, context.Request.PathBase))]);
                AddRemedy(html, remedy, kind.Status, language);
                goOn(html, language);
            });
    }

    /// <summary>Sends the explanation of a code.</summary>
    public static Task SendAsync(HttpContext context, string code, Explanation explanation, int status) => SendAsync(
        context,
        StatusCodes.Status200OK,
        LocalizedText.Same(code),
        (html, language) =>
        {
            html.Add($"<p>{explanation.Meaning.In(language)}</p>");
            AddRemedy(html, explanation.Remedy, status, language);
            html.Add($"""<p><a href="../problems">{Words.Text("problems.all").In(language)}</a></p>""");
        });

    /// <summary>Sends the index of all codes.</summary>
    public static Task SendAsync(HttpContext context, IEnumerable<(string Code, int Status, LocalizedText Meaning)> problems)
    {
        // Relative, since the service may be behind a path.
        var folder = context.Request.Path.Value is [.., '/'] ? string.Empty : "problems/";
        return SendAsync(
            context,
            StatusCodes.Status200OK,
            Words.Text("problems.title"),
            (html, language) =>
            {
                html.Add($"<p>{Words.Text("problems.lead").In(language)}</p>\n<dl>\n");
                foreach (var (code, status, meaning) in problems)
                {
                    html.Add($"""<dt><a href="{folder}{code}">{code}</a> ({status})</dt><dd>{meaning.In(language)}</dd>""");
                }

                html.Add($"\n</dl>\n");
            });
    }

    private static void AddErrors(Html html, IReadOnlyList<ProblemError> errors)
    {
        if (errors.Count == 0)
        {
            return;
        }

        html.Add($"<dl>");
        foreach (var error in errors)
        {
            html.Add($"<div><dt><code>{error.Pointer}</code></dt><dd>{error.Detail}</dd></div>\n");
        }

        html.Add($"</dl>\n");
    }

    private static void AddRemedy(Html html, LocalizedText remedy, int status, Language language)
    {
        var described = Words.Text("problems.status").With("status", status.ToString(CultureInfo.InvariantCulture));
        html.Add($"<h2>{Words.Text("problems.toDo").In(language)}</h2><p>{remedy.In(language)}</p><p>{described.In(language)}</p>");
    }

    private static async Task SendAsync(HttpContext context, int status, LocalizedText title, Action<Html, Language> add)
    {
        var language = ProblemWriter.SetLanguage(context);
        var html = new Html();
        PageFrame.Start(html, language, title.In(language));
        html.Add($"<h1>{title.In(language)}</h1>");
        add(html, language);
        PageFrame.End(html);
        await context.SendAsync(status, PageFrame.SetSecurityHeaders(context.Response), html.ToUtf8());
    }
}
