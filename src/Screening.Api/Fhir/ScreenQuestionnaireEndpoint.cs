using System.Buffers.Text;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Api.Loading;
using Screening.Api.Logging;
using Screening.Api.Receipts;
using Screening.Api.Settings;
using Screening.Api.Telemetry;
using Screening.Fhir;
using Screening.Fhir.Reading;
using Screening.Fhir.Record;
using Screening.Fhir.Results;
using Screening.Rules;
using Instant = NodaTime.Instant;

namespace Screening.Api.Fhir;

/// <summary>Screens one request in FHIR.</summary>
public sealed class ScreenQuestionnaireEndpoint(
    LoadedProtocols protocols, FormSettings forms, RecordLimiter limiter, EnvelopeLimits checkLimits, ReceiptIssuer receipts)
    : FhirOperationEndpoint(protocols, limiter)
{
    /// <summary>The operation, as receipts name it.</summary>
    private const string Door = "$screen";

    /// <inheritdoc/>
    public override void Configure()
    {
        Post(Path + "screen");
        Describe(
            "ScreenQuestionnaire",
            Tag,
            "May this person have this treatment on this day?",
            "Decides on a QuestionnaireResponse and an Appointment. The Parameters are `questionnaireResponse`, `appointment`, `timeZone` "
                + "(the clinic's IANA zone; not needed where the Appointment names it by the extension `timezone`, on itself or on its "
                + "start, or a Location, HealthcareService or Schedule that it points at does, or the location of its PractitionerRole), "
                + "and optionally `asOf` (an instant), `record` (a Bundle), "
                + "`slot` (up to 100; a dateTime with its offset, or an instant: each is answered as `slot` in the `outputParameters`, in the order asked) "
                + "and `clearance` (up to 100; a named clinician has cleared a review finding, also one that only the record raises; its parts are `ruleId`, a code or a string, `by`, a string, `on`, a date, and optionally `note`, a string). "
                + "The response is a Bundle: a GuidanceResponse with the decision in its `outputParameters` (look at `bookable`), `data-required` when answers are missing; "
                + "a DetectedIssue for each reason; and, when the appointment can be booked, a CarePlan, whose timings are in words where there is no start. "
                + "Entries of the record that could not be followed or read in full, or that do not say in any known code or word what they are, what a server remarks on its search, "
                + "and answers that are old or undated, are named by the GuidanceResponse's `evaluationMessage`; one flawed entry is named so, and the rest counts; "
                + "where a record was sent, `record` in the `outputParameters` says how many `entries` of it were looked at, and how many of them `matter`; "
                + "what the person said (`answer`) and what the record says (`record`) stand there, and in the DetectedIssues, as `evidence` of their own. "
                + "An answer that is marked as filled in beforehand (the extension `information-origin` with another source than `override` or `manual`, or its linkId in the item `from-record` while `from-record.confirmed` is not true) is nobody's: "
                + "its question is missing, and what it says counts like an entry of the record. "
                + "With `Prefer: receipt` the last entry is a Provenance of the GuidanceResponse, whose signature's `data` is the receipt of the decision, in base64. "
                + "Every resource says in its narrative what it says in codes; they are left out where the response would be more than ten times its request, and more than 64 KiB. "
                + "The same facts give the same decision as `POST /v1/screenings`. Nothing is kept. With `asOf` given, the same request gives the same response again, apart from the decision's id.",
            typeof(FhirParameters),
            new ResponseDescription(StatusCodes.Status200OK, typeof(FhirBundle), Json, "The Bundle.") { Headers = [new("Content-Language", $"The language of the texts, {Language.Names}."), ReceiptIssuer.Applied] },
            new ResponseDescription(StatusCodes.Status200OK, typeof(string), Xml, "In XML, where the request prefers it."),
            Problem(ProblemKind.InvalidRequest, "Not FHIR R4, or not the operation's parameters."),
            Problem(ProblemKind.NotFound, "The protocol is unknown."),
            Problem(ProblemKind.NotAcceptable, "The request takes neither JSON nor XML."),
            Problem(ProblemKind.BodyTooLarge, "The body is larger than 1 MiB."),
            Problem(ProblemKind.UnsupportedMediaType, "The body is neither JSON nor XML of FHIR R4, in UTF-8."),
            Problem(ProblemKind.UnscreenableRequest, "FHIR R4, but it cannot be screened: an unknown item, code or zone, contradictory answers, a date before the as-of date, an appointment that was cancelled, or that names wanted dates and no start, two time zones, a clearance of something that is not a review finding, a response that is not completed, or dated in the future."),
            Problem(ProblemKind.ReceiptTooLong, ReceiptIssuer.Refused.Meaning),
            Problem(ProblemKind.ReceiptUnavailable, "A receipt was asked for and cannot be signed, so no decision is told."));
        DescribeQuery();
        Options(route => route.WithMetadata(ReceiptIssuer.Description));
        Summary(summary => summary.Params["protocol"] = "The protocol, such as `sublative-rf`. The as-of date picks its version.");
    }

    /// <inheritdoc/>
    private protected override byte[]? Respond(OperationCall call, out ProblemKind? problem)
    {
        problem = null;
        var parameters = ScreenParameters.Read(call.Body.Parameters, call.Family, forms.Names, checkLimits, call.Now, call.Errors);
        if (parameters.Request is not { } request)
        {
            return null;
        }

        HttpContext.Response.Headers.Vary = ReceiptIssuer.Header;
        var result = Decide(parameters, request, call.Body.Flaws, call.Now, call.Length);
        var told = request with { Form = new AnsweredForm(parameters.FilledIn, [.. RecordReservations.Of(result.Gaps)]) };
        problem = receipts.Sign(HttpContext, Door, result.Id, call.Now, told, result.Decision, out var receipt);
        if (problem is not null)
        {
            return null;
        }

        var signed = receipt is null ? null : new SignedDecision(receipt, receipts.Issuer, call.Now);

        // A receipt, which is sent in base64, takes no place of what the decision says.
        var most = ResponseSize.Most(call.Length) + Base64.GetMaxEncodedToUtf8Length(receipt?.Length ?? 0);
        return Write(result with { Signed = signed }, call.Format, most);
    }

    private byte[] Write(ScreenResult result, FhirFormat format, long maxBytes) => FhirResponse.Write(
        HttpContext, (issue, decision) => ScreenBundle.Of(result with { MaxIssueEntries = issue, MaxEntries = decision }), format, maxBytes);

    private ScreenResult Decide(ScreenParameters parameters, ScreeningRequest request, IReadOnlyList<RecordGap> flaws, Instant now, long length)
    {
        RequestLog.SetProtocol(HttpContext, request.Intake.Protocol);
        var decision = Screener.Screen(request.Intake, request.Appointment, request.Today);
        ServiceMetrics.Of(HttpContext)?.Decided(DecisionDoor.Fhir, request.Intake.Protocol, decision.Eligibility);
        return new ScreenResult
        {
            Decision = decision,
            Id = DecisionId.New(now),
            AsOf = request.AsOf,
            Language = SetResponseLanguage(),
            Seed = parameters.Seed(),
            Subject = parameters.Subject,
            ResponseId = parameters.Response?.Id,
            HasRecord = parameters.Record is not null,
            ResponseAt = parameters.ResponseAt,
            Authored = parameters.Authored,
            Gaps = parameters.Record is { } sent ? GapsOf(sent) : [],
        };

        IReadOnlyList<RecordGap> GapsOf(Hl7.Fhir.Model.Bundle sent)
        {
            var gaps = RecordGaps.Of([sent], parameters.RecordAt, request.Intake.Protocol.RecordVocabulary);
            return ReportedGaps.Of([.. flaws.Union(gaps)], parameters.RecordAt, length);
        }
    }
}
