using NodaTime;
using Screening.Api.Contract;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Api.Logging;
using Screening.Api.Pages;
using Screening.Api.Receipts;
using Screening.Api.Telemetry;
using Screening.Rules;

namespace Screening.Api.Screenings;

/// <summary>Screens one request.</summary>
public sealed class CreateScreeningEndpoint(ScreeningRequestReader reader, ReceiptIssuer receipts) : ApiEndpoint
{
    private const string Json = "application/json";

    /// <inheritdoc/>
    public override void Configure()
    {
        Post("/v1/screenings");
        Describe(
            "CreateScreening",
            "Screenings",
            "May this person have this treatment on this day?",
            "Checks the intake answers against the exclusion list of the treatment. A screening that was decided is always 200, whatever the outcome; "
                + "look at `bookable`. The service keeps nothing: with `asOf` given, the same request gives the same decision again. "
                + "With `Accept: text/html` the decision comes as a page for people, to be read or printed. "
                + "In Swagger UI, `text/html` chosen as the media type of the response and executed gives a link to the page.",
            typeof(CreateScreeningRequest),
            ResponseDescription.Json<ScreeningResponse>("The decision, with every rule that was looked at.") with
            {
                Headers = [HeaderDescription.ContentLanguage, ReceiptIssuer.Applied],
            },
            new ResponseDescription(
                StatusCodes.Status200OK, typeof(string), PageFrame.MediaType, "Where `Accept` prefers `text/html`: the decision as a page for people.")
            {
                Headers = [HeaderDescription.ContentLanguage, ReceiptIssuer.Applied],
            },
            ResponseDescription.Problem(
                ProblemKind.InvalidRequest,
                "Not JSON, or not the shape of a request: an unknown or repeated member, a wrong type, null, a missing required member."),
            ResponseDescription.Problem(ProblemKind.BodyTooLarge, "The body is larger than 64 KiB."),
            ResponseDescription.Problem(ProblemKind.UnsupportedMediaType, "The body is not `application/json` in UTF-8."),
            ResponseDescription.Problem(ProblemKind.UnscreenableRequest, "Well-formed, but it cannot be screened: an unknown protocol, question, code or zone, contradictory answers, an impossible date, a date before the as-of date, a clearance of something that is not a review finding."),
            ReceiptIssuer.Refused,
            ReceiptIssuer.Unavailable);
        Options(route => route.WithMetadata(
            Audiences.Description, SlotsQuery.Description, ParameterDescription.AcceptLanguage, ReceiptIssuer.Description));
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        // For an absent asOf and for the decision's id.
        var now = RequestTime.Of(HttpContext);
        HttpContext.Response.Headers.Vary = "Accept, Accept-Language, Prefer";
        var request = await RequestBody.ReadJsonAsync(
            HttpContext, RequestBody.MaxBytes, (body, errors) => reader.Read(body, now, errors, SlotsQuery.Of(HttpContext.Request)));
        if (request is null)
        {
            return;
        }

        RequestLog.SetProtocol(HttpContext, request.Intake.Protocol);
        using var output = new Utf8Output(DecisionWriter.InitialCapacity);
        if (WriteDecision(request, now, output, out var problem) is { } contentType)
        {
            await output.SendAsync(HttpContext, StatusCodes.Status200OK, contentType);
        }
        else
        {
            await ProblemWriter.WriteAsync(HttpContext, problem!);
        }
    }

    /// <summary>
    /// Screens the request and writes the decision in the format and language that the request prefers. Returns the content type; null when
    /// a receipt is wanted and there is none, with the problem.
    /// </summary>
    private string? WriteDecision(ScreeningRequest request, Instant now, Utf8Output output, out ProblemKind? problem)
    {
        var decision = Screener.Screen(request.Intake, request.Appointment, request.Today);
        ServiceMetrics.Of(HttpContext)?.Decided(DecisionDoor.Screenings, request.Intake.Protocol, decision.Eligibility);
        var id = DecisionId.New(now);
        var language = Languages.Of(HttpContext.Request);
        HttpContext.Response.Headers.ContentLanguage = language.Tag;
        problem = receipts.Sign(HttpContext, "screenings", id, now, request, decision, out var receipt);
        if (problem is not null)
        {
            return null;
        }

        if (ResponseFormat.PrefersPage(HttpContext.Request, Json))
        {
            var report = DecisionReport.Of(ReportSource.Of(id, request, decision, language));
            DecisionPage.Write(output, report, Audiences.Of(HttpContext.Request), receipt: receipt);
            return PageFrame.SetSecurityHeaders(HttpContext.Response);
        }

        DecisionWriter.Write(output, id, request, decision, language, receipt);
        return Json;
    }
}
