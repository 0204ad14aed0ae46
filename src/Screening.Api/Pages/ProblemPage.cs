using System.Globalization;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>A problem as a page for people, in English.</summary>
internal static class ProblemPage
{
    /// <summary>
    /// Sends a problem of an address that people open: as a page when the request prefers one, else as a problem document.
    /// </summary>
    public static Task WriteAsync(HttpContext context, ProblemKind kind)
    {
        context.Response.Headers.Vary = "Accept";
        return ResponseFormat.Prefers(context.Request, PageFrame.MediaType, "application/json")
            ? SendAsync(context, kind.Status, kind.Title, null, kind.Remedy, kind.Status.ToString(CultureInfo.InvariantCulture))
            : ProblemWriter.WriteAsync(context, kind);
    }

    /// <summary>Sends the page.</summary>
    /// <param name="context">The request context.</param>
    /// <param name="status">The status of the response.</param>
    /// <param name="title">The heading.</param>
    /// <param name="meaning">The meaning; null when the heading states it.</param>
    /// <param name="remedy">What to do.</param>
    /// <param name="describedStatus">The status that the page describes.</param>
    public static async Task SendAsync(
        HttpContext context, int status, string title, string? meaning, string remedy, string describedStatus)
    {
        var html = new Html();
        PageFrame.Start(html, Language.English, title);
        html.Add($"<h1>{title}</h1>");
        if (meaning is not null)
        {
            html.Add($"<p>{meaning}</p>");
        }

        html.Add($"<h2>What to do</h2><p>{remedy}</p><p>HTTP status {describedStatus}.</p>");
        PageFrame.End(html);
        context.Response.Headers.ContentLanguage = Language.English.Tag;
        await context.SendAsync(status, PageFrame.SetSecurityHeaders(context.Response), html.ToUtf8());
    }
}
