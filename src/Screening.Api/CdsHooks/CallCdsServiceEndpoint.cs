using NodaTime;
using Screening.Api.Access;
using Screening.Api.Contract;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Api.Loading;
using Screening.Api.Logging;
using Screening.Api.Receipts;
using Screening.Api.Telemetry;
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
    ReceiptIssuer receipts,
    RecordLimiter limiter) : ApiEndpoint
{
    /// <summary>The address of the services, as receipts name it.</summary>
    private const string Door = "cds-services";

    /// <inheritdoc/>
    private protected override bool IsOpenToCdsClients => true;

    /// <inheritdoc/>
    public override void Configure()
    {
        Post("/cds-services/{id}");
        Describe(
            "CallCdsService",
            "CDS Hooks",
            "May these appointments be booked?",
            "CDS Hooks 2.0.1 (clients of 3.0 may call it, too). Each appointment costs a permit of the client. Each proposed appointment "
                + "is screened by itself and gets its own card; one that cannot be screened gets a critical one that says why, and one "
                + "that was cancelled, missed or entered in error none. "
                + "At `patient-view` the question is whether the person could be treated today. Answers come from the latest finished QuestionnaireResponse of the patient in `prefetch`; "
                + "the rest of `prefetch` can make an answer worse, never better. Whatever did not come is named in the card and proves nothing. "
                + "The service fetches nothing: it contacts no address that a request names. "
                + "With `Prefer: receipt` the extension of each card with a decision has its `receipt`, the proof of it, also where the rest of the "
                + "extension is left out for its size.",
            typeof(CdsHookRequest),
            ResponseDescription.Json<CdsCardsResponse>(
                "The cards, whatever the outcome. Confirm an appointment only when the decision in its card's extension has "
                    + "`bookable` true.") with
            {
                Headers = [ReceiptIssuer.Applied],
            },
            Problem(ProblemKind.InvalidRequest, "Not JSON, or not the shape of a call: no `hook`, `hookInstance` or `context`, no patient, or no Bundle of appointments."),
            Problem(ProblemKind.NotFound, "The service is unknown."),
            Problem(ProblemKind.PreconditionFailed, "`prefetch` has none of the keys that discovery lists. A key that is `null` is there, and says that there is nothing."),
            Problem(ProblemKind.BodyTooLarge, "The body is larger than 1 MiB."),
            Problem(ProblemKind.UnsupportedMediaType, "The body is not `application/json` in UTF-8."),
            Problem(ProblemKind.UnscreenableRequest, "The call is for another hook, its id is not a UUID, the patient's id is invalid, or "
                + "there are more than 100 appointments."),
            ReceiptIssuer.Refused,
            ReceiptIssuer.Unavailable,
            ResponseDescription.Overloaded);
        Options(route => route.WithMetadata(ParameterDescription.AcceptLanguage, ReceiptIssuer.Description));
        Summary(summary => summary.Params["id"] = "The service, such as `sublative-rf-appointment-book`.");
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        // It is the as-of instant.
        var now = RequestTime.Of(HttpContext);
        if (HookService.Find(protocols.Catalog, Route<string>("id")!) is not { } service)
        {
            var ids = HookService.All(protocols.Catalog).Select(one => one.Id);
            await ProblemWriter.WriteAsync(HttpContext, ProblemKind.NotFound.Naming([.. ids]));
            return;
        }

        var isJson = RequestBody.IsUtf8(HttpContext.Request, "application/json");
        if (await RequestBody.ReadAsync(HttpContext, isJson, RequestBody.MaxRecordBytes) is not { } body)
        {
            return;
        }

        var length = body.Bytes.Length;
        var errors = new InputErrors().For(length);
        HookScreenings? screenings;
        CdsCardsResponse? cards;
        ProblemKind? problem = null;
        if (await limiter.WaitAsync(HttpContext, length, ct) is not { } lease)
        {
            body.Release(HttpContext);
            return;
        }

        using (lease)
        {
            var request = HookRequestReader.Read(body.Span, service.Hook, errors);
            body.Release(HttpContext);

            // The request itself took the first of them. The refusal is too short to wait for its reader.
            if (!await ClientPermits.TakeFurtherAsync(HttpContext, (request?.Appointments?.Count ?? 1) - 1))
            {
                return;
            }

            screenings = request is null ? null : HookScreener.Screen(service, request, clinic.Settings, now, ct);
            cards = screenings is null ? null : Respond(screenings, now, length, out problem);
        }

        await (cards is not null ? HttpContext.SendJsonAsync(cards, ResponseJson.Of<CdsCardsResponse>())
            : errors.Any ? ProblemWriter.WriteAsync(HttpContext, errors)
            : ProblemWriter.WriteAsync(HttpContext, problem ?? NoPrefetch(service)));
    }

    private ProblemKind NoPrefetch(HookService service)
    {
        var asked = PrefetchTemplate.For(service.Family, clinic.Settings.Prefetch).Where(template => template.IsAsked);
        return ProblemKind.PreconditionFailed.Naming(
            Accepted.Naming("accepted.prefetch", "values", [.. asked.Select(template => template.Key)]));
    }

    /// <summary>The cards; null, with the problem, when receipts are wanted and one of them cannot be had.</summary>
    private CdsCardsResponse? Respond(HookScreenings screenings, Instant now, long length, out ProblemKind? problem)
    {
        problem = null;
        RequestLog.SetProtocol(HttpContext, screenings.Protocol);
        foreach (var one in screenings.Screened)
        {
            if (one is { Request: { } decided, Decision: { } decision })
            {
                ServiceMetrics.Of(HttpContext)?.Decided(DecisionDoor.CdsHooks, decided.Intake.Protocol, decision.Eligibility);
            }
        }

        var language = Languages.Of(HttpContext.Request);
        HttpContext.Response.Headers.ContentLanguage = language.Tag;
        HttpContext.Response.Headers.Vary = "Accept-Language, Prefer";
        var told = new Cards(
            screenings,
            language,
            path => address.Of(HttpContext.Request, path),
            linked => protector.Protect(linked.ToBytes(), now) is { } link ? DecisionLinkProtector.Path + link : null)
            .All(ResponseSize.Most(length));
        var cards = new List<CdsCard>(told.Count);
        foreach (var (card, screened) in told)
        {
            if (screened is not { Request: { } request, Decision: { } decision })
            {
                cards.Add(card);
                continue;
            }

            problem = receipts.Sign(HttpContext, Door, card.Uuid, now, request, decision, out var receipt);
            if (problem is not null)
            {
                return null;
            }

            cards.Add(receipt is null ? card : card with { Extension = (card.Extension ?? new()) with { Receipt = receipt } });
        }

        return new CdsCardsResponse { Cards = cards };
    }
}
