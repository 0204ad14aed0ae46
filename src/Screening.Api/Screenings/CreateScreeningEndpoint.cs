using NodaTime;
using Screening.Api.Contract;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Api.Logging;
using Screening.Api.Pages;
using Screening.Rules;

namespace Screening.Api.Screenings;

/// <summary>Screens one request.</summary>
public sealed class CreateScreeningEndpoint(ScreeningRequestReader reader, IClock clock) : ApiEndpoint
{
    private const string Json = "application/json";

    private static readonly HeaderDescription ContentLanguage = new("Content-Language", $"The language of the texts, {Language.Names}. Codes, dates and order are the same in each.");

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
                + "With `Accept: text/html` the decision comes as a page for people, to be read or printed.",
            typeof(CreateScreeningRequest),
            ResponseDescription.Json<ScreeningResponse>("The decision, with every rule that was looked at.") with { Headers = [ContentLanguage] },
            new ResponseDescription(StatusCodes.Status200OK, typeof(string), PageFrame.MediaType, "Where `Accept` prefers `text/html`: the decision as a page for people."),
            ResponseDescription.Problem(ProblemKind.InvalidRequest, "Not JSON, or not the shape of a request: an unknown or repeated member, a wrong type, null, a missing required member. Or the `audience` is unknown."),
            ResponseDescription.Problem(ProblemKind.BodyTooLarge, "The body is larger than 64 KiB."),
            ResponseDescription.Problem(ProblemKind.UnsupportedMediaType, "The body is not `application/json` in UTF-8."),
            ResponseDescription.Problem(ProblemKind.UnscreenableRequest, "Well-formed, but it cannot be screened: an unknown protocol, question, code or zone, contradictory answers, an impossible date, a date before the as-of date, a clearance of something that is not a review finding."));
        Options(route => route.WithMetadata(Audiences.Description, ParameterDescription.AcceptLanguage));
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        // Read the clock once: for an absent asOf and for the decision's id.
        var now = clock.GetCurrentInstant();
        HttpContext.Response.Headers.Vary = "Accept, Accept-Language";
        if (!Audiences.TryRead(HttpContext.Request, out var audience))
        {
            await ProblemWriter.WriteAsync(HttpContext, ProblemKind.InvalidParameter);
            return;
        }

        var request = await RequestBody.ReadJsonAsync(
            HttpContext, RequestBody.MaxBytes, (body, errors) => reader.Read(body, now, errors));
        if (request is null)
        {
            return;
        }

        RequestLog.SetProtocol(HttpContext, request.Intake.Protocol);
        using var output = new Utf8Output(DecisionWriter.InitialCapacity);
        var contentType = WriteDecision(request, now, output, audience);
        await output.SendAsync(HttpContext, StatusCodes.Status200OK, contentType);
    }

    /// <summary>
    /// Screens the request and writes the decision in the format and language that the request prefers. Returns the content type.
    /// </summary>
    private string WriteDecision(ScreeningRequest request, Instant now, Utf8Output output, Audience audience)
    {
        var decision = Screener.Screen(request.Intake, request.Appointment, request.Today);
        var id = DecisionId.New(now);
        var language = Languages.Of(HttpContext.Request);
        HttpContext.Response.Headers.ContentLanguage = language.Tag;
        if (ResponseFormat.PrefersPage(HttpContext.Request, Json))
        {
            DecisionPage.Write(output, DecisionReport.Of(ReportSource.Of(id, request, decision, language)), audience);
            return PageFrame.SetSecurityHeaders(HttpContext.Response);
        }

        DecisionWriter.Write(output, id, request, decision, language);
        return Json;
    }
}
