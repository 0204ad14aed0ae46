using Screening.Api.Http;
using Screening.Api.Loading;
using Screening.Api.Logging;
using Screening.Fhir.CdsHooks;

namespace Screening.Api.CdsHooks;

/// <summary>Counts in the log what users did with the cards of a service; stores nothing.</summary>
public sealed class SendCdsFeedbackEndpoint(LoadedProtocols protocols, ILogger<SendCdsFeedbackEndpoint> log) : ApiEndpoint
{
    /// <inheritdoc/>
    private protected override bool IsOpenToCdsClients => true;

    /// <inheritdoc/>
    public override void Configure()
    {
        Post("/cds-services/{id}/feedback");
        Describe(
            "SendCdsFeedback",
            "CDS Hooks",
            "What users did with cards",
            "CDS Hooks feedback: `accepted` or `overridden`, for any number of cards at once. The service counts outcomes in its log and keeps nothing else, neither the card's id nor a reason "
                + "nor a comment. It may be sent again: within one body the same outcome of the same card at the same time counts once, and a repeated body gets the same response.",
            typeof(CdsFeedbackRequest),
            new ResponseDescription(StatusCodes.Status200OK, null, null, "It was counted."),
            Problem(ProblemKind.InvalidRequest, "Not JSON, or not the shape of feedback."),
            Problem(ProblemKind.NotFound, "The service is unknown."),
            Problem(ProblemKind.BodyTooLarge, "The body is larger than 64 KiB."),
            Problem(ProblemKind.UnsupportedMediaType, "The body is not `application/json` in UTF-8."),
            Problem(ProblemKind.UnscreenableRequest, "An id that is not a UUID, an unknown outcome, or an invalid time."));
        Summary(summary =>
        {
            summary.Params["id"] = "The service, such as `sublative-rf-appointment-book`.";
            summary.RequestExamples.Add(new FastEndpoints.RequestExample(CdsFeedbackRequest.Example, "overridden", "A card was put aside, with a reason from its list."));
        });
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        if (HookService.Find(protocols.Catalog, Route<string>("id")!) is not { } service)
        {
            var ids = HookService.All(protocols.Catalog).Select(one => one.Id);
            await ProblemWriter.WriteAsync(HttpContext, ProblemKind.NotFound.Naming([.. ids]));
            return;
        }

        if (await RequestBody.ReadJsonAsync(HttpContext, RequestBody.MaxBytes, FeedbackReader.Read) is not { } counts)
        {
            return;
        }

        FeedbackLog.LogCounts(log, service, counts);
        HttpContext.Response.ContentLength = 0;
        HttpContext.Response.StatusCode = StatusCodes.Status200OK;
    }
}
