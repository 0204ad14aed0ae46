using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Api.Loading;
using Screening.Api.Logging;
using Screening.Api.Pages;
using Screening.Api.Telemetry;
using Screening.Rules;

namespace Screening.Api.DecisionLinks;

/// <summary>The decision of a card, as a page to read or print.</summary>
public sealed class GetLinkedDecisionEndpoint(DecisionLinkProtector protector, LoadedProtocols protocols) : ApiEndpoint
{
    /// <inheritdoc/>
    private protected override bool IsOpenToAll => true;

    /// <inheritdoc/>
    public override void Configure()
    {
        Get(DecisionLinkProtector.Path + "{link}");
        Describe(
            "GetLinkedDecision",
            "CDS Hooks",
            "The decision of a card, to read or print",
            "Where a card links to. The service keeps no decision: the address carries the data of the decision, encrypted so that only this service can read it, and only for a time. "
                + "Opened, the decision is made again, with the card's id, as-of instant and language. "
                + "Where `Accept` prefers `text/html`, as a browser's does, errors are pages, too.",
            new ResponseDescription(StatusCodes.Status200OK, typeof(string), PageFrame.MediaType, "The page: for clinic staff, who can turn it to the patient's words, or for the patient alone."),
            Problem(ProblemKind.LinkUnreadable, "The link is incomplete, or this service did not make it with its current key."),
            Problem(ProblemKind.LinkEnded, "The link has expired."));
        Options(route => route.WithMetadata(Audiences.Description));
        Summary(summary => summary.Params["link"] = "The last part of the address, as the card has it: such as `7jZTLT2yvfJGFOd5dI1nxpPrPg5mG1Lo`, and longer.");
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        // Used only to check whether the link has expired; the decision has its own as-of instant.
        var now = RequestTime.Of(HttpContext);
        var content = protector.Unprotect(Route<string>("link")!, now, out var expired);
        var linked = content is null ? null : LinkedDecision.Read(content);
        if (linked?.ToRequest(protocols.Catalog) is not { } request)
        {
            await ProblemPage.WriteAsync(HttpContext, expired ? ProblemKind.LinkEnded : ProblemKind.LinkUnreadable);
            return;
        }

        RequestLog.SetProtocol(HttpContext, request.Intake.Protocol);
        var decision = Screener.Screen(request.Intake, request.Appointment, request.Today);
        ServiceMetrics.Of(HttpContext)?.Decided(DecisionDoor.DecisionLink, request.Intake.Protocol, decision.Eligibility);
        var report = DecisionReport.Of(ReportSource.Of(linked.Id, request, decision, linked.Language) with { Notes = linked.Notes });
        using var output = new Utf8Output(DecisionPage.InitialCapacity);
        DecisionPage.Write(output, report, Audiences.Of(HttpContext.Request));
        HttpContext.Response.Headers.ContentLanguage = linked.Language.Tag;
        await output.SendAsync(HttpContext, StatusCodes.Status200OK, PageFrame.SetSecurityHeaders(HttpContext.Response));
    }
}
