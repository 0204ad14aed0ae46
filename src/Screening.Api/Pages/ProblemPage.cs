using System.Globalization;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>Problems as pages for people.</summary>
internal static class ProblemPage
{
    /// <summary>
    /// Sends a problem of an address that people open: as a page when the request prefers one, else as a problem document.
    /// </summary>
    public static Task WriteAsync(HttpContext context, ProblemKind kind)
    {
        context.Response.Headers.Vary = "Accept, Accept-Language";
        if (!ResponseFormat.PrefersPage(context.Request, "application/json"))
        {
            return ProblemWriter.WriteAsync(context, kind);
        }

        var remedy = QueryDetail.Of(context, kind) ?? kind.Explanation.Remedy;
        return SendAsync(context, kind.Status, kind.Explanation.Meaning, (html, language) => AddRemedy(html, remedy, kind.Status, language));
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
