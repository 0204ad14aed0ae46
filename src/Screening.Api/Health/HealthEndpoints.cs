using Screening.Api.Access;
using Screening.Api.Contract;
using Screening.Api.Hosting;
using Screening.Api.Http;
using Screening.Api.Loading;
using Screening.Api.Receipts;

namespace Screening.Api.Health;

/// <summary>Liveness: the process runs.</summary>
public sealed class GetLivenessEndpoint : ApiEndpoint
{
    /// <inheritdoc/>
    private protected override bool IsOpenToAll => true;

    /// <inheritdoc/>
    public override void Configure()
    {
        Get("/health/live");
        Describe(
            "GetLiveness",
            "Operations",
            "Is the process alive?",
            "For an orchestrator: restart the container when this fails.",
            ResponseDescription.Json<HealthResponse>("It is alive."));
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct) =>
        await HttpContext.SendJsonAsync(new HealthResponse { Status = "live", Protocols = [] }, ResponseJson.Of<HealthResponse>());
}

/// <summary>
/// Readiness: the service can screen. It does not listen before every protocol is loaded and its worked examples are verified.
/// </summary>
public sealed class GetReadinessEndpoint(
    LoadedProtocols protocols, ServiceState state, ClientDirectory clients, IssuerDirectory issuers, SigningKeys keys)
    : ApiEndpoint
{
    /// <inheritdoc/>
    private protected override bool IsOpenToAll => true;

    /// <inheritdoc/>
    public override void Configure()
    {
        Get("/health/ready");
        Describe(
            "GetReadiness",
            "Operations",
            "Can the service decide?",
            "For an orchestrator: send requests here only when this succeeds. It names every protocol that was loaded and whose worked examples came out.",
            ResponseDescription.Json<HealthResponse>("It can decide."),
            new ResponseDescription(
                StatusCodes.Status503ServiceUnavailable, typeof(HealthResponse), "application/json", "It is about to stop: `stopping`."));
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        var loaded = protocols.Catalog.Families.SelectMany(family => family.Versions).Select(protocol => protocol.Reference);
        var health = new HealthResponse
        {
            Status = state.IsDraining ? "stopping" : "ready",
            Clients = clients.State,
            Issuers = issuers.State,
            SigningKeys = keys.State,
            Protocols = [.. loaded],
        };
        var status = state.IsDraining ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        await HttpContext.SendJsonAsync(health, ResponseJson.Of<HealthResponse>(), status);
    }
}
