using NodaTime;
using Screening.Api.Hosting;
using Screening.Api.Problems;
using Screening.Rules;

namespace Screening.Api.Screenings;

/// <summary>May this person have this treatment on this day?</summary>
public sealed class CreateScreeningEndpoint(ScreeningRequestReader reader, IClock clock) : ApiEndpoint
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Post("/v1/screenings");
        Describe(
            "CreateScreening",
            "Screenings",
            "May this person have this treatment on this day?",
            "Checks the intake answers against the exclusion list of the treatment. A screening that was decided is always 200, whatever the outcome; "
                + "look at `bookable`. The service keeps nothing: with `asOf` given, the same request gives the same decision again.",
            typeof(CreateScreeningRequest),
            AnswerDescription.Json<ScreeningResponse>("The decision, with every rule that was looked at."),
            AnswerDescription.Problem(ProblemKind.InvalidRequest, "Not JSON, or not the shape of a request: an unknown or repeated member, a wrong type, null, a missing required member."),
            AnswerDescription.Problem(ProblemKind.BodyTooLarge, "The body is larger than 64 KiB."),
            AnswerDescription.Problem(ProblemKind.UnsupportedMediaType, "The body is not `application/json` in UTF-8."),
            AnswerDescription.Problem(ProblemKind.UnscreenableRequest, "Well-formed, but it cannot be screened: an unknown protocol, question, code or zone, contradictory answers, an impossible date, a date before the as-of date, a clearance of something that is not a review finding."));
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        // The one reading of the clock: for an absent asOf, and for the decision's id.
        var now = clock.GetCurrentInstant();
        var body = await RequestBody.ReadJsonAsync(HttpContext, ct);
        if (body.Status != StatusCodes.Status200OK)
        {
            await ProblemWriter.WriteAsync(HttpContext, ProblemKind.OfStatus(body.Status));
            return;
        }

        var errors = new InputErrors();
        var request = reader.Read(body.Span, now, errors);
        body.Release(HttpContext);
        if (request is null)
        {
            await ProblemWriter.WriteAsync(HttpContext, errors);
            return;
        }

        RequestLog.SetProtocol(HttpContext, request.Intake.Protocol);
        using var output = new Utf8Output(DecisionWriter.UsualLength);
        Decide(request, now, output);
        await output.SendAsync(HttpContext, StatusCodes.Status200OK, "application/json");
    }

    private static void Decide(ScreeningRequest request, Instant now, Utf8Output output)
    {
        var decision = Screener.Screen(request.Intake, request.Appointment, request.Today);
        DecisionWriter.Write(output, Guid.CreateVersion7(now.ToDateTimeOffset()), request, decision, Language.En);
    }
}
