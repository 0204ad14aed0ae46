using Screening.Api.Contract;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Api.Logging;
using Screening.Api.Receipts;
using Screening.Api.Telemetry;

namespace Screening.Api.Moves;

/// <summary>Decides on the answers of a receipt for a moved appointment.</summary>
public sealed class MoveDecisionEndpoint(DecisionMover mover, ReceiptIssuer receipts) : ApiEndpoint
{
    /// <summary>The address, as receipts name it.</summary>
    internal const string Door = "move";

    /// <inheritdoc/>
    public override void Configure()
    {
        Post("/v1/decisions/move");
        Describe(
            "MoveDecision",
            "Receipts",
            "The same answers, for a moved appointment",
            "Takes a `receipt` with its request and its findings, and decides on the same answers for another `appointment`: one call "
                + "where a booking system cancels and creates. The decision is as `/v1/screenings` would give it to the receipt's request "
                + "with the new appointment and the same `asOf`, with a receipt of its own, which the next move takes. `changed` lists what is "
                + "otherwise than before; `reservations` says again what of a form and of a record was not seen.\n\n"
                + "Clearances are kept, and named in the reasons; slots are not. The version in force on the as-of date counts, unless the "
                + "request named one. Answers count for 30 days (`Move__MaxDays`), on the calendar of the clinic, those of a form from "
                + "when it was filled in; after that, or where a form does not say when, the person is to be asked again. The service keeps nothing of either.",
            typeof(MoveDecisionRequest),
            ResponseDescription.Json<MoveDecisionResponse>("The decision on the moved appointment.") with
            {
                Headers = [HeaderDescription.ContentLanguage],
            },
            ResponseDescription.Problem(ProblemKind.InvalidRequest, "Not JSON, or not the shape of a receipt and an appointment."),
            ResponseDescription.Problem(ProblemKind.BodyTooLarge, "The body is larger than 256 KiB."),
            ResponseDescription.Problem(ProblemKind.UnsupportedMediaType, "The body is not `application/json` in UTF-8."),
            ResponseDescription.Problem(
                ProblemKind.UnscreenableRequest,
                "The receipt is not genuine (`receipt-not-genuine`), its key was revoked (`receipt-revoked`), a developer's service signed "
                    + "it (`receipt-of-development`), a part of it was cut off (`receipt-incomplete`), its answers are too old "
                    + "(`answers-too-old`), had not been given yet (as of more than a day after they were decided on) or cannot be decided "
                    + "on any more (both `receipt-not-applicable`); or there can be no such appointment: an unknown zone or area, no start, "
                    + "an impossible date, a date that has passed (`date-passed`)."),
            ResponseDescription.Problem(
                ProblemKind.ReceiptTooLong, "The receipt of the decision would be longer than this service takes back to verify or to move."),
            ReceiptIssuer.Unavailable);
        Options(route => route.WithMetadata(ParameterDescription.AcceptLanguage));
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        var now = RequestTime.Of(HttpContext);
        HttpContext.Response.Headers.Vary = "Accept-Language";
        var moved = await RequestBody.ReadJsonAsync(
            HttpContext, MoveDecisionRequest.MaxBytes, (body, errors) => mover.Move(body, now, errors));
        if (moved is null)
        {
            return;
        }

        RequestLog.SetProtocol(HttpContext, moved.Request.Intake.Protocol);
        ServiceMetrics.Of(HttpContext)?.Decided(DecisionDoor.Move, moved.Request.Intake.Protocol, moved.Decision.Eligibility);
        var id = DecisionId.New(now);
        if (receipts.Sign(Door, id, now, moved.Request, moved.Decision, out var receipt) is { } problem)
        {
            await ProblemWriter.WriteAsync(HttpContext, problem);
            return;
        }

        var language = Languages.Of(HttpContext.Request);
        HttpContext.Response.Headers.ContentLanguage = language.Tag;
        using var output = new Utf8Output(DecisionWriter.InitialCapacity);
        moved.Write(output, id, language, receipt!);
        await output.SendAsync(HttpContext, StatusCodes.Status200OK, "application/json");
    }
}
