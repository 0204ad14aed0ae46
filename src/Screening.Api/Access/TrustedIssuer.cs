using Microsoft.IdentityModel.Tokens;

namespace Screening.Api.Access;

/// <summary>Somebody whose tokens are taken.</summary>
/// <param name="Id">The name that the operator gave it.</param>
/// <param name="Issuer">The <c>iss</c> of its tokens.</param>
/// <param name="Keys">Its public keys.</param>
internal abstract record TrustedIssuer(string Id, string Issuer, IssuerKeys Keys)
{
    /// <summary>The algorithms of signatures that are taken: all of them have a public key.</summary>
    public abstract IReadOnlyList<string> Algorithms { get; }

    /// <summary>What <c>typ</c> may be.</summary>
    public abstract IReadOnlyList<string> Types { get; }

    /// <summary>Checks <c>typ</c>: a media type, in which letter case does not count (RFC 7515, 4.1.9).</summary>
    /// <exception cref="SecurityTokenInvalidTypeException">It is none of <see cref="Types"/>.</exception>
    public string CheckType(string? type) =>
        Types.Contains(type, StringComparer.OrdinalIgnoreCase) ? type! : throw new SecurityTokenInvalidTypeException();
}

/// <summary>An authorization server.</summary>
internal sealed record AuthorizationServer(
    string Id, string Issuer, IssuerKeys Keys, IReadOnlyList<string> Audiences, IReadOnlyList<string>? OtherTypes)
    : TrustedIssuer(Id, Issuer, Keys)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Algorithms =>
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>Those of RFC 9068, so that an ID token is not taken for an access token.</summary>
    public override IReadOnlyList<string> Types => OtherTypes ?? ["at+jwt", "application/at+jwt"];
}

/// <summary>A CDS client.</summary>
internal sealed record CdsClient(string Id, string Issuer, IssuerKeys Keys) : TrustedIssuer(Id, Issuer, Keys)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Algorithms => [SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.RsaSha384];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["JWT"];
}
