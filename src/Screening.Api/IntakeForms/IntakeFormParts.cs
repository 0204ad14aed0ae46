using NodaTime;
using Screening.Api.Http;
using Screening.Api.Loading;
using Screening.Api.Pages;
using Screening.Api.Settings;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>What both routes of the form share.</summary>
internal static class IntakeFormParts
{
    public const string Path = "/intake";
    public const string Route = Path + "/{protocol}";
    public const string Tag = "Intake form";

    /// <summary>The name of the path parameter.</summary>
    public const string Protocol = "protocol";

    /// <summary>What it is.</summary>
    public const string ProtocolMeaning = "The protocol, such as `sublative-rf`.";

    /// <summary>The page of the form.</summary>
    public static ResponseDescription Page { get; } = new(
        StatusCodes.Status200OK, typeof(string), PageFrame.MediaType, "The form.");

    /// <summary>There is no form of this name.</summary>
    public static ResponseDescription NotFound { get; } =
        ResponseDescription.Problem(ProblemKind.NotFound, "The protocol is unknown, or not in force.");

    /// <summary>
    /// The version of the protocol that is in force at the clinic, as a decision of this request would take it; null, with the problem
    /// sent, when there is none.
    /// </summary>
    public static async Task<Rules.Protocol?> FindAsync(HttpContext context, LoadedProtocols protocols, string name, DateTimeZone? zone)
    {
        var today = (zone ?? DateTimeZone.Utc).DateAt(RequestTime.Of(context));
        var protocol = protocols.Catalog.Find(name)?.InForce(today);
        if (protocol is null)
        {
            await ProblemPage.WriteAsync(context, ProblemKind.NotFound.Naming([.. protocols.Catalog.IdsInForce(today)]));
        }

        return protocol;
    }

    /// <summary>What a page with the form is made of.</summary>
    public static FormContent Content(HttpContext context, Rules.Protocol protocol, SentForm form, Language language, ClinicZone zone)
    {
        context.Response.Headers.ContentLanguage = language.Tag;
        var address = context.Request.PathBase.Add(Path + "/" + protocol.Id).ToUriComponent();
        return new FormContent(protocol, form, language, address, zone.Configured?.Id ?? string.Empty);
    }

    /// <summary>Sends a page with the form.</summary>
    public static async Task SendFormAsync(HttpContext context, FormContent content, int status)
    {
        var style = FormPage.StyleOf(content.Protocol);
        await context.SendAsync(status, PageFrame.SetSecurityHeaders(context.Response, style), FormPage.Write(content, style));
    }
}
