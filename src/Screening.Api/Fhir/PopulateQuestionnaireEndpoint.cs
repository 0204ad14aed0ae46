using Screening.Api.Http;
using Screening.Api.Loading;
using Screening.Api.Logging;
using Screening.Api.Settings;
using Screening.Fhir.Reading;
using Screening.Fhir.Results;
using Screening.Rules;

namespace Screening.Api.Fhir;

/// <summary>Fills in an intake form from a health record, for the patient to check.</summary>
public sealed class PopulateQuestionnaireEndpoint(LoadedProtocols protocols, ClinicZone zone, RecordLimiter limiter)
    : FhirOperationEndpoint(protocols, limiter)
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Post(Path + "populate");
        Describe(
            "PopulateQuestionnaire",
            Tag,
            "What does a health record suggest for the intake form?",
            "Structured Data Capture's `$populate`. The Parameters are `subject` (a Reference to the patient), `context` (repeating; its parts are `name` and `content`, a resource or a Bundle) and `record` (a Bundle, as for `$screen`), which together are the record; "
                + "`timeZone` (the clinic's IANA zone; not needed where the service is set up with one), and optionally `asOf` (an instant) and `local`. Parameters that name a Questionnaire are ignored: the form is that of the address. "
                + "The response is Parameters: `response`, a QuestionnaireResponse in progress, and `issues`, which name the entries that each suggestion comes from, what is left open, and what of the record could not be followed or read. "
                + "Only what makes a decision worse is filled in, never that there is nothing, and never `unknown`: what the record leaves unclear, the person answers. "
                + "Each suggestion has the extension `http://hl7.org/fhir/us/davinci-dtr/StructureDefinition/information-origin` with the source `auto`, and its linkId stands in the hidden item `from-record`, since many forms lose extensions. "
                + "None of them counts as the person's answer until the person says so in the item `from-record.confirmed`, or a program sets the source of an answer that is not listed to `override` or `manual`. "
                + "Ask for it in the language in which the form is shown: some forms show an answer as chosen only "
                + "in the words of its option. "
                + "A `content` that is only a Reference is not fetched. Nothing is kept.",
            typeof(FhirPopulateParameters),
            new ResponseDescription(StatusCodes.Status200OK, typeof(FhirPopulatedForm), Json, "The Parameters.") { Headers = [new("Content-Language", $"The language of the texts, {Language.Names}.")] },
            new ResponseDescription(StatusCodes.Status200OK, typeof(string), Xml, "In XML, where the request prefers it."),
            Problem(ProblemKind.InvalidRequest, "Not FHIR R4, or not the operation's parameters."),
            Problem(ProblemKind.NotFound, "The protocol is unknown."),
            Problem(ProblemKind.NotAcceptable, "The request takes neither JSON nor XML."),
            Problem(ProblemKind.BodyTooLarge, "The body is larger than 1 MiB."),
            Problem(ProblemKind.UnsupportedMediaType, "The body is neither JSON nor XML of FHIR R4, in UTF-8."),
            Problem(ProblemKind.UnscreenableRequest, "FHIR R4, but no form can be filled in: an unknown zone, a record of another patient, no version of the protocol in force."));
        DescribeQuery();
        Summary(summary => summary.Params["protocol"] = "The protocol, such as `sublative-rf`. The as-of date picks its version.");
    }

    /// <inheritdoc/>
    private protected override byte[]? Respond(OperationCall call, out ProblemKind? problem)
    {
        problem = null;
        var parameters = PopulateParameters.Read(call.Body.Parameters, call.Family, zone.Configured, call.Now, call.Errors);
        if (parameters.Request is not { } request)
        {
            return null;
        }

        RequestLog.SetProtocol(HttpContext, request.Intake.Protocol);
        var form = new PopulatedForm
        {
            Request = request,
            Subject = parameters.Subject!,
            Language = SetResponseLanguage(),
            HasRecord = parameters.HasRecord,
            AsksForLocal = parameters.AsksForLocal,
            Gaps = ReportedGaps.Of([.. call.Body.Flaws.Union(parameters.Gaps())], nameof(Hl7.Fhir.Model.Parameters), call.Length),
        };
        return FhirResponse.Write(HttpContext, form.ToParameters(), call.Format, ResponseSize.Most(call.Length));
    }
}
