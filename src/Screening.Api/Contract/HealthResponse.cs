namespace Screening.Api.Contract;

/// <summary>The state of the service.</summary>
public sealed class HealthResponse
{
    /// <summary>`live` or `ready`.</summary>
    public required string Status { get; init; }

    /// <summary>What it decides by: each loaded without a flaw, each worked example came out.</summary>
    public required IReadOnlyList<string> Protocols { get; init; }
}
