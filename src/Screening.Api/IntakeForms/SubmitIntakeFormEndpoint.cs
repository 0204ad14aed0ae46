using System.Text;
using NodaTime;
using Screening.Api.CarePlans;
using Screening.Api.Contract;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Api.Loading;
using Screening.Api.Logging;
using Screening.Api.Pages;
using Screening.Api.Receipts;
using Screening.Api.Settings;
using Screening.Api.Telemetry;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>Screens a form that a person filled in.</summary>
public sealed class SubmitIntakeFormEndpoint(
    LoadedProtocols protocols,
    ClinicZone zone,
    ScreeningRequestReader reader,
    PublicAddress address,
    CalendarUids uids,
    ReceiptIssuer receipts)
    : ApiEndpoint
{
    private const string Door = "intake";

    /// <inheritdoc/>
    private protected override string RequestMediaType => SentForm.MediaType;

    /// <inheritdoc/>
    public override void Configure()
    {
        Post(IntakeFormParts.Route);
        Describe(
            "SubmitIntakeForm",
            IntakeFormParts.Tag,
            "The decision on a form that a person filled in",
            "Where the form's page sends what was typed in it: the answer is the decision as a page, or the form again with what is wrong "
                + "beside its field. Only a page of this service may send it: by `Sec-Fetch-Site: same-origin` or, without that header, "
                + "by this service's own `Origin`. "
                + "Each answer is a decision of its own, with its own id; a care plan's page has that of the decision that made the plan. "
                + "Programs have `/v1/screenings`.",
            typeof(IntakeFormRequest),
            new ResponseDescription(
                StatusCodes.Status200OK,
                typeof(string),
                PageFrame.MediaType,
                "The decision as a page for people, or what the button asks for."),
            new ResponseDescription(
                StatusCodes.Status200OK,
                typeof(string),
                CarePlanCalendar.MediaType,
                "For `do=calendar`: the care plan as a file of calendar entries."),
            new ResponseDescription(
                StatusCodes.Status400BadRequest,
                typeof(string),
                PageFrame.MediaType,
                "The form again: a field that it does not have, one of them twice, missing or damaged."),
            new ResponseDescription(
                StatusCodes.Status422UnprocessableEntity,
                typeof(string),
                PageFrame.MediaType,
                "The form again: an answer is missing, or cannot be screened."),
            IntakeFormParts.NotFound,
            ResponseDescription.Problem(ProblemKind.BodyTooLarge, "The body is larger than 64 KiB."),
            ResponseDescription.Problem(ProblemKind.UnsupportedMediaType, "The body is not a form."),
            ResponseDescription.Problem(ProblemKind.ForeignForm, "The form was not sent from a page of this service."),
            ResponseDescription.Problem(
                ProblemKind.NotBookable, "The decision does not allow the appointment, and a patient asks for its care plan."),
            ReceiptIssuer.Refused,
            ReceiptIssuer.Unavailable);
        Summary(summary => summary.Params[IntakeFormParts.Protocol] = IntakeFormParts.ProtocolMeaning);
        Options(route => route.WithMetadata(IntakeDoor.Instance, ParameterDescription.AcceptLanguage, ReceiptIssuer.Description));
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        // For the as-of date and for the decision's id.
        var now = RequestTime.Of(HttpContext);
        HttpContext.Response.Headers.Vary = "Accept-Language, Prefer";
        if (!SameOrigin.IsOf(HttpContext.Request, address))
        {
            await ProblemPage.WriteAsync(HttpContext, ProblemKind.ForeignForm);
            return;
        }

        var isForm = RequestBody.IsUtf8(HttpContext.Request, SentForm.MediaType);
        if (await RequestBody.ReadAsync(HttpContext, isForm, RequestBody.MaxBytes) is not { } body)
        {
            return;
        }

        var form = SentForm.Read(body.Span);
        body.Release(HttpContext);
        var place = ClinicZones.Find(form.Text(FormNames.Zone)) ?? zone.Configured;
        if (await IntakeFormParts.FindAsync(HttpContext, protocols, Route<string>(IntakeFormParts.Protocol)!, place) is { } protocol)
        {
            RequestLog.SetProtocol(HttpContext, protocol);
            var language = Language.Find(form.Text(FormNames.Language)) ?? Languages.Of(HttpContext.Request);
            await AnswerAsync(IntakeFormParts.Content(HttpContext, protocol, form, language, zone), now);
        }
    }

    /// <summary>Answers a form by the button that sent it.</summary>
    private async Task AnswerAsync(FormContent content, Instant now)
    {
        var action = FormAction.Of(content.Form.Text(FormNames.Do), content.Protocol) ?? new FormAction(FormStep.Decide);
        // A form with a field too many, twice or damaged is told as it came, and none of its dates is taken.
        if (action.Step == FormStep.Take && FormTranslation.Of(content.Form, content.Protocol).Errors.All(error => !error.IsShape))
        {
            content = content with { Form = Taken(content.Form, action.Slot) };
        }

        var reading = FormReading.Of(content.Form, content.Protocol, reader, now, action.Step);
        if (action.Step is FormStep.Edit or FormStep.More or FormStep.Translate && !reading.Translation.Errors.Any(IsOfForm))
        {
            content = IntakeFormParts.Content(HttpContext, content.Protocol, content.Form, action.Language ?? content.Language, zone);
            content = content with { OneMore = action.Question };
            await IntakeFormParts.SendFormAsync(HttpContext, content, StatusCodes.Status200OK);
            return;
        }

        if (action.Step == FormStep.Dates && reading.Errors.All(error => FormNames.SlotOf(error.Block) is not null))
        {
            await SendDatesAsync(content, reading, now);
            return;
        }

        if (reading.Decision is { } made)
        {
            ServiceMetrics.Of(HttpContext)?.Decided(DecisionDoor.IntakeForm, content.Protocol, made.Eligibility);
        }

        await (reading is not { Request: { } request, Decision: { } decision }
            ? IntakeFormParts.SendFormAsync(HttpContext, content with { Errors = reading.Errors }, reading.Status)
            : action.Step switch
            {
                FormStep.Plan or FormStep.Calendar when !decision.Bookable && content.Audience != Audience.Clinician =>
                    SendRefusalAsync(content, request, decision, now),
                FormStep.Plan => SendPlanAsync(content, request, decision, now),
                FormStep.Calendar => SendCalendarAsync(content, reading.Body, request, decision),
                _ => SendDecisionAsync(content, request, decision, now),
            });

        // A form that only asks to be shown again need not be complete.
        static bool IsOfForm(FormError error) => error.IsShape && error.Text != FormTexts.Missing;
    }

    /// <summary>A form whose appointment is one of its other dates.</summary>
    private static SentForm Taken(SentForm form, int slot) => form.With(
        name => name is FormNames.Date or FormNames.Time,
        (FormNames.Date, form.Text(FormNames.SlotDate(slot))),
        (FormNames.Time, form.Text(FormNames.SlotTime(slot))));

    private async Task SendDatesAsync(FormContent content, FormReading reading, Instant now)
    {
        var proposed = FormDates.Proposed(reading, content.Form);
        if (proposed is not null)
        {
            content = content with { Form = proposed };
            reading = FormReading.Of(proposed, content.Protocol, reader, now, FormStep.Dates);
        }

        var dates = FormDates.Of(reading, content, reader, now);
        var page = DatesPage.Write(content with { Errors = dates.Errors }, dates.Numbers, dates.Decision, proposed is not null);
        var status = dates.Errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
        await HttpContext.SendAsync(status, PageFrame.SetSecurityHeaders(HttpContext.Response, FormStyle.Plain), page);
    }

    /// <summary>Says why there is no care plan: to a person by the decision, from which they can go on.</summary>
    private Task SendRefusalAsync(FormContent content, ScreeningRequest request, Decision decision, Instant now) =>
        ProblemWriter.FormOf(HttpContext) is null
            ? ProblemWriter.WriteAsync(HttpContext, ProblemKind.NotBookable)
            : SendDecisionAsync(content, request, decision, now, ProblemKind.NotBookable.Status);

    private async Task SendDecisionAsync(
        FormContent content, ScreeningRequest request, Decision decision, Instant now, int status = StatusCodes.Status200OK)
    {
        var id = DecisionId.New(now);
        if (receipts.Sign(HttpContext, Door, id, now, request, decision, out var receipt) is { } problem)
        {
            await ProblemWriter.WriteAsync(HttpContext, problem);
            return;
        }

        var report = DecisionReport.Of(ReportSource.Of(id, request, decision, content.Language));
        using var output = new Utf8Output(DecisionPage.InitialCapacity);
        DecisionPage.Write(output, report, content.Audience!.Value, html => FollowUps.Write(html, content, decision), receipt);
        await output.SendAsync(HttpContext, status, PageFrame.SetSecurityHeaders(HttpContext.Response, FormStyle.Plain));
    }

    private async Task SendPlanAsync(FormContent content, ScreeningRequest request, Decision decision, Instant now)
    {
        var id = DecisionId.New(now);
        if (receipts.Sign(HttpContext, Door, id, now, request, decision, out var receipt) is { } problem)
        {
            await ProblemWriter.WriteAsync(HttpContext, problem);
            return;
        }

        var plan = CarePlanner.Plan(request.Intake, request.Appointment);
        using var output = new Utf8Output(CarePlanPage.InitialCapacity);
        CarePlanPage.Write(
            output, request, decision, plan, id, content.Language, html => FollowUps.WriteOfPlan(html, content, decision), receipt);
        await output.SendAsync(HttpContext, StatusCodes.Status200OK, PageFrame.SetSecurityHeaders(HttpContext.Response, FormStyle.Plain));
    }

    private async Task SendCalendarAsync(FormContent content, byte[] body, ScreeningRequest request, Decision decision)
    {
        var query = new CarePlanQuery(content.Audience == Audience.Clinician, FullDetail: false, Cancel: false);
        var plan = CarePlanner.Plan(request.Intake, request.Appointment);
        var calendar = CarePlanCalendar.Write(request, decision, plan, uids.Of(request, body), query, content.Language);
        HttpContext.Response.Headers.ContentDisposition = CarePlanCalendar.FileNameOf(decision, query);
        await HttpContext.SendAsync(StatusCodes.Status200OK, CarePlanCalendar.MediaTypeOf(query), Encoding.UTF8.GetBytes(calendar));
    }
}
