namespace Screening.Api.Contract;

/// <summary>The state of the service.</summary>
public sealed class HealthResponse
{
    /// <summary>`live` or `ready`.</summary>
    public required string Status { get; init; }

    /// <summary>
    /// Which clients file the keys are of: `current`, or `last-good` while it has a flaw, which the log tells; absent without one, and for
    /// `live`.
    /// </summary>
    public string? Clients { get; init; }

    /// <summary>The same of the issuers file.</summary>
    public string? Issuers { get; init; }

    /// <summary>The same of the file of signing keys.</summary>
    public string? SigningKeys { get; init; }

    /// <summary>What it decides by: each loaded without a flaw, each worked example came out.</summary>
    public required IReadOnlyList<string> Protocols { get; init; }
}
