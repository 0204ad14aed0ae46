using Screening.Api.Access;
using Screening.Api.Http;
using Screening.Api.IntakeForms;
using Screening.Api.Loading;
using Screening.Api.OpenApi;
using Screening.Api.Pages;
using Screening.Rules;

namespace Screening.Api;

/// <summary>The page at the root: what there is here for people, and for programs.</summary>
internal static class StartPage
{
    /// <summary>
    /// Serves the page to browsers. Any other client is sent to Swagger UI, or told that there is nothing when it is not served.
    /// </summary>
    public static void Use(WebApplication app)
    {
        var isDocumented = OpenApiDocument.IsServed(app);
        app.MapGet("/", context =>
        {
            context.Response.Headers.Vary = "Accept, Accept-Language";
            if (ResponseFormat.PrefersPage(context.Request, "application/json"))
            {
                return SendAsync(context, isDocumented);
            }

            if (!isDocumented)
            {
                return ProblemWriter.WriteAsync(context, ProblemKind.NotFound);
            }

            context.Response.Redirect(context.Request.PathBase + "/" + OpenApiDocument.Page);
            return Task.CompletedTask;
        }).WithMetadata(OpenToAll.Instance).ExcludeFromDescription();
    }

    private static async Task SendAsync(HttpContext context, bool isDocumented)
    {
        var language = Languages.Of(context.Request);
        context.Response.Headers.ContentLanguage = language.Tag;
        var html = new Html();
        PageFrame.Start(html, language, T("start.title"));
        html.Add($"<h1>{T("start.title")}</h1><p>{T("start.lead")}</p><p>{T("intake.purpose")}</p><h2>{T("start.treatments")}</h2>");
        var today = NodaTime.DateTimeZone.Utc.DateAt(RequestTime.Of(context));
        var families = context.RequestServices.GetRequiredService<LoadedProtocols>().Catalog.Families;
        foreach (var protocol in families.Select(family => family.InForce(today)))
        {
            if (protocol is not null)
            {
                Treatment(protocol);
            }
        }

        html.Add($"<h2>{T("start.documents")}</h2><ul>");
        if (isDocumented)
        {
            Link("/" + OpenApiDocument.Page + "/index.html", T("start.swagger"));
            Link(OpenApiDocument.Address, T("start.openApi"));
        }

        Link("/problems", T("start.problems"));
        Link("/health/ready", T("start.health"));
        html.Add($"</ul>");
        PageFrame.End(html);
        await context.SendAsync(StatusCodes.Status200OK, PageFrame.SetSecurityHeaders(context.Response), html.ToUtf8());

        void Treatment(Protocol protocol)
        {
            var access = context.RequestServices.GetRequiredService<IntakeGate>().Access;
            var isClosed = context.RequestServices.GetRequiredService<AccessSettings>().Mode == AccessMode.Clients;
            html.Add($"<h3>{protocol.Document.Title.In(language)}</h3><ul>");
            if (access == IntakeAccess.Closed)
            {
                html.Add($"<li>{T("start.formClosed")}</li>");
            }
            else
            {
                foreach (var one in Language.All)
                {
                    Link(IntakeFormParts.Path + "/" + protocol.Id, Words.Text("start.form").In(one), access == IntakeAccess.Clients, one);
                }
            }

            Link("/fhir/Questionnaire/" + protocol.Id, T("start.paper"), isClosed);
            Link($"/v1/protocols/{protocol.Id}/versions/{protocol.Document.Version}", T("start.list"), isClosed);
            html.Add($"</ul>\n");
        }

        string T(string key) => Words.Text(key).In(language);

        void Link(string path, string text, bool isForClients = false, Language? form = null)
        {
            var note = isForClients ? " " + T("start.forClients") : string.Empty;
            var tag = (form ?? language).Tag;
            var query = form is null ? string.Empty : $"?{FormNames.Language}={tag}";
            html.Add($"""<li><a href="{context.Request.PathBase.Add(path).ToUriComponent() + query}" lang="{tag}">{text}</a>{note}</li>""");
        }
    }
}
