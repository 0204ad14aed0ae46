using NodaTime;
using Screening.Api.Contract;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Api.Loading;
using Screening.Api.Logging;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>
/// A CDS service: decision cards in an electronic health record, on the appointments being booked or on a treatment today.
/// </summary>
public sealed class CallCdsServiceEndpoint(
    LoadedProtocols protocols,
    ClinicSettings clinic,
    PublicAddress address,
    DecisionLinkProtector protector,
    RecordLimiter limiter,
    IClock clock) : ApiEndpoint
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Post("/cds-services/{id}");
        Describe(
            "CallCdsService",
            "CDS Hooks",
            "May these appointments be booked?",
            "CDS Hooks 2.0.1 (clients of 3.0 may call it, too). Each proposed appointment is screened by itself and gets its own card; one that cannot be screened gets a critical one that says why, and one that was cancelled, missed or entered in error none. "
                + "At `patient-view` the question is whether the person could be treated today. Answers come from the latest finished QuestionnaireResponse of the patient in `prefetch`; "
                + "the rest of `prefetch` can make an answer worse, never better. Whatever did not come is named in the card and proves nothing. "
                + "The service fetches nothing: it contacts no address that a request names.",
            typeof(CdsHookRequest),
            ResponseDescription.Json<CdsCardsResponse>("The cards, whatever the outcome. Confirm an appointment only when the decision in its card's extension has `bookable` true."),
            Problem(ProblemKind.InvalidRequest, "Not JSON, or not the shape of a call: no `hook`, `hookInstance` or `context`, no patient, or no Bundle of appointments."),
            Problem(ProblemKind.NotFound, "The service is unknown."),
            Problem(ProblemKind.PreconditionFailed, "`prefetch` has none of the keys that discovery lists. A key that is `null` is there, and says that there is nothing."),
            Problem(ProblemKind.BodyTooLarge, "The body is larger than 1 MiB."),
            Problem(ProblemKind.UnsupportedMediaType, "The body is not `application/json` in UTF-8."),
            Problem(ProblemKind.UnscreenableRequest, "The call is for another hook, its id is not a UUID, the patient's id is invalid, or there are more than 100 appointments."),
            ResponseDescription.Overloaded);
        Options(route => route.WithMetadata(ParameterDescription.AcceptLanguage));
        Summary(summary => summary.Params["id"] = "The service, such as `sublative-rf-appointment-book`.");
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        // Read the clock once: it is the as-of instant.
        var now = clock.GetCurrentInstant();
        if (HookService.Find(protocols.Catalog, Route<string>("id")!) is not { } service)
        {
            await ProblemWriter.WriteAsync(HttpContext, ProblemKind.NotFound);
            return;
        }

        var isJson = RequestBody.IsUtf8(HttpContext.Request, "application/json");
        if (await RequestBody.ReadAsync(HttpContext, isJson, RequestBody.MaxRecordBytes) is not { } body)
        {
            return;
        }

        var length = body.Bytes.Length;
        var errors = new InputErrors().For(length);
        CdsCardsResponse? cards;
        if (await limiter.WaitAsync(HttpContext, length, ct) is not { } lease)
        {
            body.Release(HttpContext);
            return;
        }

        using (lease)
        {
            var request = HookRequestReader.Read(body.Span, service.Hook, errors);
            body.Release(HttpContext);
            var screenings = request is null ? null : HookScreener.Screen(service, request, clinic.Settings, now, ct);
            cards = screenings is null ? null : Respond(screenings, now, length);
        }

        if (cards is null)
        {
            await (errors.Any ? ProblemWriter.WriteAsync(HttpContext, errors) : ProblemWriter.WriteAsync(HttpContext, ProblemKind.PreconditionFailed));
            return;
        }

        await HttpContext.SendJsonAsync(cards, ResponseJson.Of<CdsCardsResponse>());
    }

    private CdsCardsResponse Respond(HookScreenings screenings, Instant now, long length)
    {
        RequestLog.SetProtocol(HttpContext, screenings.Protocol);
        var language = Languages.Of(HttpContext.Request);
        HttpContext.Response.Headers.ContentLanguage = language.Tag;
        HttpContext.Response.Headers.Vary = "Accept-Language";
        return new Cards(
            screenings,
            language,
            path => address.Of(HttpContext.Request, path),
            linked => protector.Protect(linked.ToBytes(), now) is { } link ? DecisionLinkProtector.Path + link : null)
            .All(ResponseSize.Most(length));
    }
}
