using System.Globalization;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>A problem as a page for people, in English.</summary>
internal static class ProblemPage
{
    /// <summary>Answers with a problem at an address that people open: a page where the request prefers one, else as anywhere.</summary>
    public static Task WriteAsync(HttpContext context, ProblemKind kind)
    {
        context.Response.Headers.Vary = "Accept";
        return ResponseFormat.Prefers(context.Request, PageFrame.MediaType, "application/json")
            ? SendAsync(context, kind.Status, kind.Title, null, kind.Remedy, kind.Status.ToString(CultureInfo.InvariantCulture))
            : ProblemWriter.WriteAsync(context, kind);
    }

    /// <summary>Answers with the page.</summary>
    /// <param name="context">The call.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="title">The heading.</param>
    /// <param name="meaning">What it means; null where the heading says that.</param>
    /// <param name="remedy">What to do.</param>
    /// <param name="about">The status that the page tells of.</param>
    public static async Task SendAsync(HttpContext context, int status, string title, string? meaning, string remedy, string about)
    {
        var html = new Html();
        PageFrame.Begin(html, Language.English, title);
        html.Add($"<h1>{title}</h1>");
        if (meaning is not null)
        {
            html.Add($"<p>{meaning}</p>");
        }

        html.Add($"<h2>What to do</h2><p>{remedy}</p><p>HTTP status {about}.</p>");
        PageFrame.End(html);
        context.Response.Headers.ContentLanguage = Language.English.Tag;
        await context.SendAsync(status, PageFrame.Guard(context.Response), html.ToUtf8());
    }
}
