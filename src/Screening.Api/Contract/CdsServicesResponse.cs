namespace Screening.Api.Contract;

/// <summary>The CDS services, as CDS Hooks 2.0.1 describes them.</summary>
public sealed class CdsServicesResponse
{
    /// <summary>Two for each protocol: at booking, and at the opening of a record.</summary>
    public required IReadOnlyList<CdsServiceResponse> Services { get; init; }
}

/// <summary>One CDS service.</summary>
public sealed class CdsServiceResponse
{
    /// <summary>When to call it: `appointment-book` or `patient-view`.</summary>
    public required string Hook { get; init; }

    /// <summary>The last part of its address, `/cds-services/{id}`.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>What it does.</summary>
    public required string Description { get; init; }

    /// <summary>What it needs in order to be of use.</summary>
    public required string UsageRequirements { get; init; }

    /// <summary>The version of CDS Hooks that it follows.</summary>
    public required string Version { get; init; }

    /// <summary>What to fetch and to send along: a FHIR read or search for each key, with a token where the patient's id belongs.</summary>
    public required IReadOnlyDictionary<string, string> Prefetch { get; init; }
}
