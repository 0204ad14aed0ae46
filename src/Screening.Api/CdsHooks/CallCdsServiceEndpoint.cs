using NodaTime;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Api.Loading;
using Screening.Api.Logging;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>The decision inside an electronic health record: cards on the appointments that are being booked, or on whether it could be today.</summary>
public sealed class CallCdsServiceEndpoint(LoadedProtocols protocols, ClinicZone clinic, PublicAddress address, DecisionLinkSeal seal, IClock clock) : ApiEndpoint
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Post("/cds-services/{id}");
        Describe(
            "CallCdsService",
            "CDS Hooks",
            "May these appointments be booked?",
            "CDS Hooks 2.0.1 (clients of 3.0 may call it, too). Each proposed appointment is screened by itself and gets its own card; one that cannot be screened gets a critical one that says why. "
                + "At `patient-view` the question is whether the person could be treated today. Answers come from the latest finished QuestionnaireResponse of the patient in `prefetch`; "
                + "the rest of `prefetch` can make an answer worse, never better. Whatever did not come is named in the card and proves nothing. "
                + "The service fetches nothing: it contacts no address that a request names.",
            typeof(CdsHookRequest),
            AnswerDescription.Json<CdsCardsResponse>("The cards, whatever the outcome. Confirm an appointment only when the decision in its card's extension has `bookable` true."),
            Problem(ProblemKind.InvalidRequest, "Not JSON, or not the shape of a call: no `hook`, `hookInstance` or `context`, no patient, or no Bundle of appointments."),
            Problem(ProblemKind.NotFound, "There is no such service."),
            Problem(ProblemKind.PreconditionFailed, "`prefetch` has no key with a resource about the patient, and none with a complete Bundle: every key is absent, null, an OperationOutcome, or about somebody else."),
            Problem(ProblemKind.BodyTooLarge, "The body is larger than 1 MiB."),
            Problem(ProblemKind.UnsupportedMediaType, "The body is not `application/json` in UTF-8."),
            Problem(ProblemKind.UnscreenableRequest, "The call is for another hook, its id is no UUID, the patient's id is none, or there are more than 100 appointments."));
        Options(route => route.WithMetadata(ParameterDescription.AcceptLanguage));
        Summary(summary => summary.Params["id"] = "The service, such as `sublative-rf-appointment-book`.");
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        // The one reading of the clock: when the answers count as true.
        var now = clock.GetCurrentInstant();
        if (HookService.Find(protocols.Catalog, Route<string>("id")!) is not { } service)
        {
            await ProblemWriter.WriteAsync(HttpContext, ProblemKind.NotFound);
            return;
        }

        if (await RequestBody.ReadAsync(HttpContext, RequestBody.IsUtf8(HttpContext.Request, "application/json"), RequestBody.LargestRecord, ct) is not { } body)
        {
            return;
        }

        using var output = new Utf8Output(CardWriter.UsualLength);
        var length = body.Bytes.Length;
        var errors = new InputErrors().For(length);
        HookScreenings? screenings = null;
        using (await Resolve<Turns>().WaitAsync(length, ct))
        {
            var request = HookRequestReader.Read(body.Span, service.Hook, errors);
            body.Release(HttpContext);
            screenings = request is null ? null : HookScreener.Screen(service, request, clinic.Configured, now, ct);
            if (screenings is not null)
            {
                Write(output, screenings, now, length);
            }
        }

        if (screenings is null)
        {
            await (errors.Any ? ProblemWriter.WriteAsync(HttpContext, errors) : ProblemWriter.WriteAsync(HttpContext, ProblemKind.PreconditionFailed));
            return;
        }

        RequestLog.SetProtocol(HttpContext, screenings.Protocol);
        await output.SendAsync(HttpContext, StatusCodes.Status200OK, "application/json");
    }

    private void Write(Utf8Output output, HookScreenings screenings, Instant now, long length)
    {
        var language = Languages.Of(HttpContext.Request);
        HttpContext.Response.Headers.ContentLanguage = language.Tag();
        HttpContext.Response.Headers.Vary = "Accept-Language";
        CardWriter.Write(
            output,
            screenings,
            language,
            path => address.Of(HttpContext.Request, path),
            linked => seal.Close(linked.ToBytes(), now) is { } link ? DecisionLinkSeal.Path + link : null,
            AnswerSize.Most(length));
    }
}
