using Screening.Api.Http;
using Screening.Api.Loading;

namespace Screening.Api.Health;

/// <summary>The state of the service.</summary>
public sealed class HealthResponse
{
    /// <summary>`live` or `ready`.</summary>
    public required string Status { get; init; }

    /// <summary>What it decides by: each loaded without a flaw, each worked example came out.</summary>
    public required IReadOnlyList<string> Protocols { get; init; }
}

/// <summary>The process runs.</summary>
public sealed class GetLivenessEndpoint : ApiEndpoint
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Get("/health/live");
        Describe("GetLiveness", "Operations", "Is the process alive?", "For an orchestrator: restart the container when this fails.", null, AnswerDescription.Json<HealthResponse>("It is."));
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        using var output = new Utf8Output(64);
        output.Raw("{\"status\":\"live\",\"protocols\":[]}"u8);
        await output.SendAsync(HttpContext, StatusCodes.Status200OK, "application/json");
    }
}

/// <summary>The service can decide. It never listens before every protocol is loaded and every worked example came out.</summary>
public sealed class GetReadinessEndpoint(LoadedProtocols protocols) : ApiEndpoint
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Get("/health/ready");
        Describe(
            "GetReadiness",
            "Operations",
            "Can the service decide?",
            "For an orchestrator: send requests here only when this succeeds. It names every protocol that was loaded and whose worked examples came out.",
            null,
            AnswerDescription.Json<HealthResponse>("It can."));
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        using var output = new Utf8Output(256);
        output.Raw("{\"status\":\"ready\",\"protocols\":["u8);
        var next = false;
        foreach (var protocol in protocols.Catalog.Families.SelectMany(f => f.Versions))
        {
            output.Raw(next ? ","u8 : ""u8);
            output.Text(protocol.Id + "@" + protocol.Document.Version);
            next = true;
        }

        output.Raw("]}"u8);
        await output.SendAsync(HttpContext, StatusCodes.Status200OK, "application/json");
    }
}
