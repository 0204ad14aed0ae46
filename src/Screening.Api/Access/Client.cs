namespace Screening.Api.Access;

/// <summary>Who calls: a feature of every request that was let in by its credentials.</summary>
/// <param name="Id">The name that the operator gave it. It may be logged.</param>
/// <param name="Kind">What it showed.</param>
internal sealed record Client(string Id, CredentialKind Kind)
{
    /// <summary>How many permits it gets back in a minute; null for as many as any other.</summary>
    public int? PermitsPerMinute { get; init; }
}

/// <summary>What a client shows to be let in.</summary>
internal enum CredentialKind
{
    /// <summary>A key of the clients file.</summary>
    ApiKey,

    /// <summary>An access token.</summary>
    Token,

    /// <summary>A CDS client's token for one call.</summary>
    CdsClient,

    /// <summary>A certificate, in mutual TLS.</summary>
    Certificate,

    /// <summary>The key of this process, for its own calls while it warms up.</summary>
    Own,
}

/// <summary>What the credentials of a request lead to: a client, or a refusal.</summary>
internal readonly record struct Admission
{
    /// <summary>Who calls; null when the request is refused.</summary>
    public Client? Client { get; private init; }

    /// <summary>Why it is refused; meaningless with a client.</summary>
    public Refusal Refusal { get; private init; }

    /// <summary>Lets the client in.</summary>
    public static Admission Of(Client client) => new() { Client = client };

    /// <summary>Refuses the request.</summary>
    public static Admission Of(Refusal refusal) => new() { Refusal = refusal };
}
