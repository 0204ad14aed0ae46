using NodaTime;
using Screening.Api.Hosting;
using Screening.Api.Problems;
using Screening.Api.Protocols;
using Screening.Fhir.Questionnaires;

namespace Screening.Api.Fhir;

/// <summary>A protocol's intake form.</summary>
public sealed class GetQuestionnaireEndpoint(LoadedProtocols protocols, IClock clock) : FhirEndpoint
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
                + "A list of codes has an option `none`, since in FHIR nothing chosen is no answer; a partial date has a second item `{question}.unknown`; "
                + "before a list of events, an item `{question}.any` asks whether there are any, and each event is a group.",
            null,
            new AnswerDescription(StatusCodes.Status200OK, typeof(FhirQuestionnaire), Json, "The Questionnaire, its texts in the preferred language with the other as a translation.") { Headers = [ETag, new("Content-Language", "The language of the texts, `en` or `es`.")] },
            new AnswerDescription(StatusCodes.Status200OK, typeof(string), Xml, "In XML, where the request prefers it."),
            NotModified,
            Problem(ProblemKind.InvalidParameter, "The query has a parameter that this address does not take."),
            Problem(ProblemKind.NotFound, "There is no such protocol, or none of its versions is in force yet."),
            Problem(ProblemKind.NotAcceptable, "The request takes neither JSON nor XML."));
        DescribeQuery();
        Summary(summary => summary.Params["protocol"] = "The protocol, such as `sublative-rf`.");
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        if (await AnswerFormatAsync() is not { } format)
        {
            return;
        }

        if (protocols.Catalog.Find(Route<string>("protocol")!)?.InForce(clock.GetCurrentInstant().InUtc().Date) is not { } protocol)
        {
            await FhirAnswer.WriteAsync(HttpContext, ProblemKind.NotFound);
            return;
        }

        RequestLog.SetProtocol(HttpContext, protocol);
        await FhirAnswer.SendTaggedAsync(HttpContext, QuestionnaireBuilder.Build(protocol, AnswerLanguage()), format);
    }
}
