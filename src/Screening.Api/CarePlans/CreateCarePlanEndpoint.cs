using System.Text;
using NodaTime;
using Screening.Api.Contract;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Api.Logging;
using Screening.Rules;

namespace Screening.Api.CarePlans;

/// <summary>Plans the care before and after an appointment.</summary>
public sealed class CreateCarePlanEndpoint(ScreeningRequestReader reader, CalendarUids uids, IClock clock) : ApiEndpoint
{
    private const string Json = "application/json";

    // Neutral about the treatment: more people see a download's name than its content.
    private const string FileName = "attachment; filename=\"appointment.ics\"";

    private static readonly HeaderDescription Varies = new("Vary", "The response's media type depends on the request's `Accept`, its language on `Accept-Language`.");

    /// <inheritdoc/>
    public override void Configure()
    {
        Post("/v1/care-plans");
        Options(route => route.WithMetadata([.. CarePlanQuery.Parameters, ParameterDescription.AcceptLanguage]));
        Describe(
            "CreateCarePlan",
            "Care plans",
            "What to do before and after this appointment?",
            "Takes a screening request with the start of the appointment, and returns every instruction for this person as dated steps, and the risks. "
                + "Whole days are clinic-local dates, both inclusive; times have the clinic's offset; an open end is `null`. Days after the treatment keep the local clock time across a clock change, hours are elapsed time.\n\n"
                + "With `Accept: text/calendar` the same plan comes as iCalendar (RFC 5545). Its entries keep their identity from one request to the next, so a calendar that takes them again updates what it has: "
                + "with a `reference` even when the appointment moves or the answers change, without one as long as the request stays the same, whatever its member order. "
                + "An entry of a step that no longer applies is not taken back; `cancel=true` with the same request takes back all of its entries (`METHOD:CANCEL`). "
                + "They name no condition, medicine or treatment unless `detail=full` is asked for: titles say when, and that the care plan has the words. "
                + "A step with an open end is an entry of half an hour, or of one day, at its beginning; one without a beginning is an entry on its last day; an appointment without an end is half an hour long. "
                + "What must be done in time has an alarm, before its time or on the day before its day. "
                + "An `Accept` that allows neither gets JSON.\n\n"
                + "An appointment that is not bookable has no plan: 422, unless `preview=true` asks for it all the same; its calendar entries are tentative. That is so for `cancel` too.",
            typeof(CreateScreeningRequest),
            ResponseDescription.Json<CarePlanResponse>("The plan.") with { Headers = [Varies] },
            new ResponseDescription(StatusCodes.Status200OK, typeof(string), CarePlanCalendar.MediaType, "As `text/calendar`, a file of calendar entries."),
            ResponseDescription.Problem(ProblemKind.InvalidRequest, "Not JSON, or not the shape of a request: an unknown or repeated member, a wrong type, null, a missing required member."),
            ResponseDescription.Problem(ProblemKind.InvalidParameter, "A query parameter is unknown, repeated or has an invalid value."),
            ResponseDescription.Problem(ProblemKind.BodyTooLarge, "The body is larger than 64 KiB."),
            ResponseDescription.Problem(ProblemKind.UnsupportedMediaType, "The body is not `application/json` in UTF-8."),
            ResponseDescription.Problem(ProblemKind.UnscreenableRequest, "Well-formed, but it cannot be screened, or the appointment has no start."),
            ResponseDescription.Problem(ProblemKind.NotBookable, "The decision does not allow the appointment, and no preview was asked for."));
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        // Read the clock once: for an absent asOf and for the decision's id.
        var now = clock.GetCurrentInstant();
        HttpContext.Response.Headers.Vary = "Accept, Accept-Language";
        if (CarePlanQuery.Read(HttpContext.Request.Query) is not { } query)
        {
            await ProblemWriter.WriteAsync(HttpContext, ProblemKind.InvalidParameter);
            return;
        }

        var asCalendar = ResponseFormat.Prefers(HttpContext.Request, CarePlanCalendar.MediaType, Json);
        CalendarUid? uid = null;
        var request = await RequestBody.ReadJsonAsync(
            HttpContext,
            RequestBody.MaxBytes,
            (body, errors) =>
            {
                var read = reader.Read(body, now, errors, startNeeded: true);
                uid = asCalendar && read is not null ? uids.Of(read, body) : null;
                return read;
            });
        if (request is null)
        {
            return;
        }

        RequestLog.SetProtocol(HttpContext, request.Intake.Protocol);
        var decision = Screener.Screen(request.Intake, request.Appointment, request.Today);
        if (!decision.Bookable && !query.Preview)
        {
            await ProblemWriter.WriteAsync(HttpContext, ProblemKind.NotBookable);
            return;
        }

        await SendAsync(request, decision, now, query, uid);
    }

    /// <summary>Sends the plan: as a calendar if its entries have UIDs.</summary>
    private async Task SendAsync(ScreeningRequest request, Decision decision, Instant now, CarePlanQuery query, CalendarUid? uid)
    {
        var plan = CarePlanner.Plan(request.Intake, request.Appointment);
        var language = Languages.Of(HttpContext.Request);
        HttpContext.Response.Headers.ContentLanguage = language.Tag;
        if (uid is not null)
        {
            var calendar = Encoding.UTF8.GetBytes(CarePlanCalendar.Write(request, decision, plan, uid, query, language));
            HttpContext.Response.Headers.ContentDisposition = FileName;
            await HttpContext.SendAsync(StatusCodes.Status200OK, CarePlanCalendar.MediaType + "; charset=utf-8", calendar);
            return;
        }

        var response = CarePlanResponses.Of(DecisionId.New(now), decision, plan, language);
        await HttpContext.SendJsonAsync(response, ResponseJson.Of<CarePlanResponse>());
    }
}
