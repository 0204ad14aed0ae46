using NodaTime;
using Screening.Api.Http;
using Screening.Api.Loading;
using Screening.Api.Logging;
using Screening.Api.Pages;
using Screening.Fhir.Questionnaires;
using Screening.Rules;

namespace Screening.Api.Fhir;

/// <summary>A protocol's intake form.</summary>
public sealed class GetQuestionnaireEndpoint(LoadedProtocols protocols) : FhirEndpoint
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Get(FhirRequest.Base + "/Questionnaire/{protocol}");
        Describe(
            "GetQuestionnaire",
            Tag,
            "The intake form of a treatment",
            "The Questionnaire of the protocol's version that is in force today (the date in UTC): its linkIds are question ids, its options are codings of the system `urn:screening-api:codes:{protocol}:{question}`. "
                + "Each item that stands for a question has the question's id as its code, in the system `urn:screening-api:questions:{protocol}`. "
                + "A list of codes has an option `none`, since in FHIR nothing chosen is no answer; a partial date has a second item `{question}.unknown`; "
                + "before a list of events, an item `{question}.any` asks whether there are any, and each event is a group.",
            new ResponseDescription(
                StatusCodes.Status200OK, typeof(FhirQuestionnaire), Json,
                "The Questionnaire, its texts in the preferred language with the other as a translation; "
                    + "its options in the preferred language alone.")
            {
                Headers = [ETag, new("Content-Language", $"The language of the texts, {Language.Names}.")],
            },
            new ResponseDescription(StatusCodes.Status200OK, typeof(string), Xml, "In XML, where the request prefers it."),
            new ResponseDescription(StatusCodes.Status200OK, typeof(string), PageFrame.MediaType, "Where `Accept` prefers `text/html`, as a browser's does: the form on paper."),
            NotModified,
            Problem(ProblemKind.NotFound, "The protocol is unknown, or none of its versions is in force yet."),
            Problem(ProblemKind.NotAcceptable, "The request takes neither JSON nor XML."));
        DescribeQuery();
        Summary(summary => summary.Params["protocol"] = "The protocol, such as `sublative-rf`.");
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        var page = FhirRequest.PrefersPage(HttpContext.Request);
        var format = page ? null : await ResponseFormatAsync();
        if (!page && format is null)
        {
            return;
        }

        var today = DateTimeZone.Utc.DateAt(RequestTime.Of(HttpContext));
        if (protocols.Catalog.Find(Route<string>("protocol")!)?.InForce(today) is not { } protocol)
        {
            await FhirResponse.WriteAsync(HttpContext, ProblemKind.NotFound.Naming(protocols.Catalog.IdsInForce(today)));
            return;
        }

        RequestLog.SetProtocol(HttpContext, protocol);
        await (format is { } form
            ? FhirResponse.SendTaggedAsync(HttpContext, QuestionnaireBuilder.Build(protocol, SetResponseLanguage()), form)
            : SendPageAsync(protocol));
    }

    /// <summary>Sends the page for a card's link opened in a browser.</summary>
    private async Task SendPageAsync(Protocol protocol)
    {
        var language = Languages.Of(HttpContext.Request);
        HttpContext.Response.Headers.ContentLanguage = language.Tag;
        HttpContext.Response.Headers.Vary = FhirResponse.Vary;
        var page = IntakeFormPage.Write(protocol, language);
        await HttpContext.SendAsync(StatusCodes.Status200OK, PageFrame.SetSecurityHeaders(HttpContext.Response), page);
    }
}
