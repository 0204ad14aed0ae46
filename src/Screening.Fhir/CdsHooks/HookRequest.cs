using System.Text.Json;

namespace Screening.Fhir.CdsHooks;

/// <summary>
/// A call of a CDS service, as far as it decides anything. The user, the address of the client's FHIR server and the token for it are not even read: this
/// service asks nobody.
/// </summary>
public sealed record HookRequest
{
    /// <summary>The client's id of this call.</summary>
    public required Guid Instance { get; init; }

    /// <summary>The FHIR id of the person that everything must be about.</summary>
    public required string Patient { get; init; }

    /// <summary>
    /// The proposed appointments in the order in which they came; undefined where an entry holds none. Null for a hook that proposes none.
    /// </summary>
    public required IReadOnlyList<JsonElement>? Appointments { get; init; }

    /// <summary>
    /// What came in one list with the appointments and is none: what they may point at, each with the name of its entry, if it has one.
    /// </summary>
    public IReadOnlyList<(JsonElement Resource, string? FullUrl)> Beside { get; init; } = [];

    /// <summary>What the client fetched, by key; undefined when it sent nothing of the kind.</summary>
    public required JsonElement Prefetch { get; init; }
}
