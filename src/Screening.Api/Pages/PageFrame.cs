using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>What every page for people begins and ends with: one file, without script or anything to load.</summary>
internal static class PageFrame
{
    /// <summary>A page's media type.</summary>
    public const string MediaType = "text/html";

    /// <summary>
    /// Nothing may be loaded or run, and the style is this one: by its digest, so that even markup that slipped in could not restyle the page.
    /// </summary>
    private static readonly string ContentSecurityPolicy = OwnPolicy + "; frame-ancestors 'none'";

    // Part of the file as well, for a page that was saved; frame-ancestors has no meaning there.
    private static string OwnPolicy => $"default-src 'none'; style-src '{PageStyle.Digest}'; base-uri 'none'; form-action 'none'";

    /// <summary>Tells the browser what a page may do, and to tell nobody of it; returns its content type.</summary>
    public static string Guard(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        return MediaType + "; charset=utf-8";
    }

    /// <summary>Begins it.</summary>
    public static void Begin(Html html, Language language, string title)
    {
        html.Add($"""
            <!doctype html>
            <html lang="{language.Tag}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{OwnPolicy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <meta name="referrer" content="no-referrer">
            <title>{title}</title>

            """);
        PageStyle.Write(html);
        html.Add($"</head>\n<body>\n<main>\n");
    }

    /// <summary>Ends it.</summary>
    public static void End(Html html) => html.Add($"</main>\n</body>\n</html>\n");
}
