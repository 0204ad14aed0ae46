using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>The common start and end of every page: a single file without scripts or external resources.</summary>
internal static class PageFrame
{
    /// <summary>A page's media type.</summary>
    public const string MediaType = "text/html";

    /// <summary>
    /// Forbids loading and scripts, and allows only these styles by their digests, so that even injected markup could not restyle the page.
    /// A form may be sent to this service alone.
    /// </summary>
    private static string Policy(FormStyle? form)
    {
        var (further, action) = form is null ? (string.Empty, "'none'") : ($" '{form.Digest}'", "'self'");
        return $"default-src 'none'; style-src '{PageStyle.Digest}'{further}; base-uri 'none'; form-action {action}";
    }

    // A browser names the origin of a form only to pages that may be told where they were reached from.
    private static string Referrer(FormStyle? form) => form is null ? "no-referrer" : "same-origin";

    /// <summary>Sets the security headers and returns the content type.</summary>
    /// <param name="response">The response.</param>
    /// <param name="form">The style of the page's form; null without one.</param>
    public static string SetSecurityHeaders(HttpResponse response, FormStyle? form = null)
    {
        response.Headers.ContentSecurityPolicy = Policy(form) + "; frame-ancestors 'none'";
        response.Headers["Referrer-Policy"] = Referrer(form);
        return MediaType + "; charset=utf-8";
    }

    /// <summary>Starts a page. The policy is also in the file, for saved pages; frame-ancestors is ignored there.</summary>
    public static void Start(Html html, Language language, string title, FormStyle? form = null)
    {
        html.Add($"""
            <!doctype html>
            <html lang="{language.Tag}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{Policy(form)}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <meta name="referrer" content="{Referrer(form)}">
            <title>{title}</title>

            """);
        PageStyle.Write(html);
        if (form is not null)
        {
            html.AddStyle(form.Text);
        }

        html.Add($"</head>\n<body>\n<main>\n");
    }

    /// <summary>Ends a page.</summary>
    public static void End(Html html) => html.Add($"</main>\n</body>\n</html>\n");
}
