using System.Text;
using NodaTime;
using Screening.Api.Contract;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Api.Logging;
using Screening.Api.Pages;
using Screening.Api.Receipts;
using Screening.Api.Telemetry;
using Screening.Rules;

namespace Screening.Api.CarePlans;

/// <summary>Plans the care before and after an appointment.</summary>
public sealed class CreateCarePlanEndpoint(ScreeningRequestReader reader, CalendarUids uids, ReceiptIssuer receipts) : ApiEndpoint
{
    /// <summary>The route.</summary>
    internal const string Path = "/v1/care-plans";

    private const string Json = "application/json";

    private static readonly HeaderDescription Varies = new(
        "Vary",
        "The response's media type depends on the request's `Accept`, its language on `Accept-Language`, its receipt on `Prefer`.");

    /// <inheritdoc/>
    public override void Configure()
    {
        Post(Path);
        Options(route => route.WithMetadata([.. CarePlanQuery.Parameters, ParameterDescription.AcceptLanguage, ReceiptIssuer.Description]));
        Describe(
            "CreateCarePlan",
            "Care plans",
            "What to do before and after this appointment?",
            "Takes a screening request with the start of the appointment, and returns every instruction for this person as dated steps, and the risks. "
                + "Whole days are clinic-local dates, both inclusive; times have the clinic's offset; an open end is `null`. Days after the treatment keep the local clock time across a clock change, hours are elapsed time.\n\n"
                + "With `Accept: text/calendar` the same plan comes as iCalendar (RFC 5545). Its entries keep their identity from one request to the next, so a calendar that takes them again updates what it has: "
                + "with a `reference` even when the appointment moves or the answers change, without one as long as the request stays the same, whatever its member order. "
                + "An entry of a step that no longer applies is not taken back; `cancel=true` with the same request takes back all of its "
                + "entries (`METHOD:CANCEL`), whether or not the appointment is still bookable, and also when it has passed. "
                + "Of two calendars with the same entries the one with the later `asOf`, in whole seconds, is the newer one, and of the "
                + "same second the cancellation: an appointment that is booked again needs a later `asOf`. "
                + "They name no condition, medicine or treatment unless `detail=full` is asked for: titles say which step it is (its place "
                + "in `steps`, from 1), when, and that the care plan has the words. "
                + "A step with an open end is an entry of half an hour, or of one day, at its beginning; one without a beginning is an entry on its last day; an appointment without an end is half an hour long. "
                + "What must be done in time has an alarm, before its time or on the day before its day. "
                + "With `Accept: text/html` the same plan comes as a page for the patient, to print or to keep on a telephone; "
                + "errors are pages then, too. "
                + "An `Accept` that allows none of these gets JSON.\n\n"
                + "`detail` and `cancel` change nothing in JSON and in the page. "
                + "In Swagger UI, `text/html` chosen as the media type of the response and executed gives a link to the page. "
                + "The calendar comes by another program, with the "
                + "same request in `request.json`: "
                + "`curl -H 'Content-Type: application/json' -H 'Accept: text/calendar' -d @request.json -o appointment.ics "
                + "'…/v1/care-plans?detail=full'`.\n\n"
                + "An appointment that is not bookable has no plan: 422, unless `preview=true` asks for it all the same; its calendar "
                + "entries are tentative. Only `cancel` takes entries back in any case.",
            typeof(CreateScreeningRequest),
            ResponseDescription.Json<CarePlanResponse>("The plan.") with { Headers = [Varies, ReceiptIssuer.Applied] },
            new ResponseDescription(StatusCodes.Status200OK, typeof(string), CarePlanCalendar.MediaType, "As `text/calendar`, a file of calendar entries."),
            new ResponseDescription(
                StatusCodes.Status200OK,
                typeof(string),
                PageFrame.MediaType,
                "Where `Accept` prefers `text/html`: the whole handout as a page for the patient.")
            {
                Headers = [Varies, ReceiptIssuer.Applied],
            },
            ResponseDescription.Problem(ProblemKind.InvalidRequest, "Not JSON, or not the shape of a request: an unknown or repeated member, a wrong type, null, a missing required member."),
            ResponseDescription.Problem(ProblemKind.BodyTooLarge, "The body is larger than 64 KiB."),
            ResponseDescription.Problem(ProblemKind.UnsupportedMediaType, "The body is not `application/json` in UTF-8."),
            ResponseDescription.Problem(ProblemKind.UnscreenableRequest, "Well-formed, but it cannot be screened, or the appointment has no start."),
            ResponseDescription.Problem(
                ProblemKind.NotBookable,
                "The decision does not allow the appointment, and neither a preview nor a cancellation was asked for."),
            ReceiptIssuer.Refused,
            ReceiptIssuer.Unavailable);
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        // For an absent asOf and for the decision's id.
        var now = RequestTime.Of(HttpContext);
        HttpContext.Response.Headers.Vary = "Accept, Accept-Language, Prefer";
        var query = CarePlanQuery.Of(HttpContext.Request.Query);
        var asCalendar = !WantsPage(HttpContext.Request) && ResponseFormat.Prefers(HttpContext.Request, CarePlanCalendar.MediaType, Json);

        // JSON and the page are a plan to be read, and take nothing back.
        var cancels = query.Cancel && asCalendar;
        CalendarUid? uid = null;
        var request = await RequestBody.ReadJsonAsync(
            HttpContext,
            RequestBody.MaxBytes,
            (body, errors) =>
            {
                var read = reader.Read(body, now, errors, new ReadingOptions { StartNeeded = true, PastAppointment = cancels });
                uid = asCalendar && read is not null ? uids.Of(read, body) : null;
                return read;
            });
        if (request is null)
        {
            return;
        }

        RequestLog.SetProtocol(HttpContext, request.Intake.Protocol);
        var decision = Screener.Screen(request.Intake, request.Appointment, request.Today);
        ServiceMetrics.Of(HttpContext)?.Decided(DecisionDoor.CarePlans, request.Intake.Protocol, decision.Eligibility);
        if (!decision.Bookable && !query.Preview && !cancels)
        {
            await ProblemWriter.WriteAsync(HttpContext, ProblemKind.NotBookable);
            return;
        }

        await SendAsync(request, decision, now, query, uid);
    }

    /// <summary>True for a request that prefers a page, as a browser's does.</summary>
    internal static bool WantsPage(HttpRequest request) =>
        ResponseFormat.PrefersPage(request, Json) && !ResponseFormat.Prefers(request, CarePlanCalendar.MediaType, PageFrame.MediaType);

    /// <summary>Sends the plan: as a calendar if its entries have UIDs.</summary>
    private async Task SendAsync(ScreeningRequest request, Decision decision, Instant now, CarePlanQuery query, CalendarUid? uid)
    {
        var plan = CarePlanner.Plan(request.Intake, request.Appointment);
        var language = Languages.Of(HttpContext.Request);
        HttpContext.Response.Headers.ContentLanguage = language.Tag;
        if (uid is not null)
        {
            var calendar = Encoding.UTF8.GetBytes(CarePlanCalendar.Write(request, decision, plan, uid, query, language));
            HttpContext.Response.Headers.ContentDisposition = CarePlanCalendar.FileNameOf(decision, query);
            await HttpContext.SendAsync(StatusCodes.Status200OK, CarePlanCalendar.MediaTypeOf(query), calendar);
            return;
        }

        var id = DecisionId.New(now);
        if (receipts.Sign(HttpContext, "care-plans", id, now, request, decision, out var receipt) is { } problem)
        {
            await ProblemWriter.WriteAsync(HttpContext, problem);
            return;
        }

        if (WantsPage(HttpContext.Request))
        {
            using var output = new Utf8Output(CarePlanPage.InitialCapacity);
            CarePlanPage.Write(output, request, decision, plan, id, language, receipt: receipt);
            await output.SendAsync(HttpContext, StatusCodes.Status200OK, PageFrame.SetSecurityHeaders(HttpContext.Response));
            return;
        }

        var response = CarePlanResponses.Of(id, decision, plan, language, receipt);
        await HttpContext.SendJsonAsync(response, ResponseJson.Of<CarePlanResponse>());
    }
}
