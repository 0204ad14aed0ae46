using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>The common start and end of every page: a single file without scripts or external resources.</summary>
internal static class PageFrame
{
    /// <summary>A page's media type.</summary>
    public const string MediaType = "text/html";

    /// <summary>
    /// Forbids loading and scripts, and allows only this style by its digest, so that even injected markup could not restyle the page.
    /// </summary>
    private static readonly string ContentSecurityPolicy = EmbeddedPolicy + "; frame-ancestors 'none'";

    // Also in the file, for saved pages; frame-ancestors is ignored there.
    private static string EmbeddedPolicy => $"default-src 'none'; style-src '{PageStyle.Digest}'; base-uri 'none'; form-action 'none'";

    /// <summary>Sets the security headers and returns the content type.</summary>
    public static string SetSecurityHeaders(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        return MediaType + "; charset=utf-8";
    }

    /// <summary>Starts a page.</summary>
    public static void Start(Html html, Language language, string title)
    {
        html.Add($"""
            <!doctype html>
            <html lang="{language.Tag}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{EmbeddedPolicy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <meta name="referrer" content="no-referrer">
            <title>{title}</title>

            """);
        PageStyle.Write(html);
        html.Add($"</head>\n<body>\n<main>\n");
    }

    /// <summary>Ends a page.</summary>
    public static void End(Html html) => html.Add($"</main>\n</body>\n</html>\n");
}
