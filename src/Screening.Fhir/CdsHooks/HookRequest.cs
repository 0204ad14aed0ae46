using System.Text.Json;

namespace Screening.Fhir.CdsHooks;

/// <summary>
/// A call of a CDS service, with the members that affect a decision. The user, the FHIR server and its access token are not read: this
/// service calls no other.
/// </summary>
public sealed record HookRequest
{
    /// <summary>The client's id of this call.</summary>
    public required Guid Instance { get; init; }

    /// <summary>The FHIR id of the patient whom everything must be about.</summary>
    public required string Patient { get; init; }

    /// <summary>
    /// The proposed appointments in the order received; undefined for an empty entry. Null for a hook without appointments.
    /// </summary>
    public required IReadOnlyList<JsonElement>? Appointments { get; init; }

    /// <summary>
    /// The other resources in the list of appointments, to which these may refer, each with the fullUrl of its entry, if any.
    /// </summary>
    public IReadOnlyList<(JsonElement Resource, string? FullUrl)> Beside { get; init; } = [];

    /// <summary>The prefetched data, by key; undefined when the client sent none.</summary>
    public required JsonElement Prefetch { get; init; }
}
