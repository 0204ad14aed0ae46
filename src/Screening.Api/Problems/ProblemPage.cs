using System.Globalization;
using System.Net;
using System.Text;
using Screening.Api.Hosting;
using Screening.Api.Pages;

namespace Screening.Api.Problems;

/// <summary>A problem as a page for people.</summary>
internal static class ProblemPage
{
    /// <summary>Its content type.</summary>
    public const string ContentType = PageFrame.MediaType + "; charset=utf-8";

    /// <summary>Answers with a problem at an address that people open: a page where the request prefers one, else as anywhere.</summary>
    public static async Task WriteAsync(HttpContext context, ProblemKind kind)
    {
        context.Response.Headers.Vary = "Accept";
        if (!AnswerFormat.Prefers(context.Request, PageFrame.MediaType, "application/json"))
        {
            await ProblemWriter.WriteAsync(context, kind);
            return;
        }

        using var output = new Utf8Output(2048);
        Write(output, kind.Title, kind.Title, kind.Remedy, kind.Status.ToString(CultureInfo.InvariantCulture));
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.ContentLanguage = Language.En.Tag();
        await output.SendAsync(context, kind.Status, ContentType);
    }

    /// <summary>Writes the page.</summary>
    public static void Write(Utf8Output output, string title, string meaning, string remedy, string status) => output.Raw(Encoding.UTF8.GetBytes($"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
        <style>body {"{"} font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem {"}"}</style></head>
        <body><main><h1>{title}</h1>{(meaning == title ? string.Empty : $"<p>{WebUtility.HtmlEncode(meaning)}</p>")}<h2>What to do</h2><p>{WebUtility.HtmlEncode(remedy)}</p><p>HTTP status {status}.</p></main></body></html>

        """));
}
