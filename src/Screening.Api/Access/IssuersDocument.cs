using System.Text.Json;
using System.Text.Json.Serialization;

namespace Screening.Api.Access;

/// <summary>The issuers file: JSON in UTF-8.</summary>
internal sealed class IssuersDocument
{
    /// <summary>Authorization servers, whose access tokens (OAuth 2, RFC 9068) let in the clients that they name.</summary>
    public IReadOnlyList<IssuerEntry> Issuers { get; set; } = [];

    /// <summary>CDS clients, which sign a token of their own for each call of a hook (CDS Hooks 2.0.1).</summary>
    public IReadOnlyList<CdsClientEntry> CdsClients { get; set; } = [];
}

/// <summary>An authorization server.</summary>
internal sealed class IssuerEntry
{
    /// <summary>Its name here: what the log puts before the names of its clients.</summary>
    public required string Id { get; init; }

    /// <summary>The <c>iss</c> of its tokens, to the letter.</summary>
    public required string Issuer { get; init; }

    /// <summary>What its tokens for this service have for <c>aud</c>: one of these, to the letter.</summary>
    public required IReadOnlyList<string> Audiences { get; init; }

    /// <summary>The <c>typ</c> of its access tokens: <c>at+jwt</c> unless it says otherwise. Many servers say <c>JWT</c>.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>Where its metadata is, which says where its keys are; or else <see cref="Jwks"/>.</summary>
    public string? Metadata { get; init; }

    /// <summary>Its public keys, as a JSON Web Key Set; or else <see cref="Metadata"/>.</summary>
    public JsonElement? Jwks { get; init; }
}

/// <summary>A CDS client.</summary>
internal sealed class CdsClientEntry
{
    /// <summary>Its name in the log.</summary>
    public required string Id { get; init; }

    /// <summary>The <c>iss</c> of its tokens, to the letter.</summary>
    public required string Issuer { get; init; }

    /// <summary>Its public keys, as a JSON Web Key Set.</summary>
    public required JsonElement Jwks { get; init; }
}

/// <summary>Reads the file strictly: a member that is unknown, repeated or missing is an error.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 16)]
[JsonSerializable(typeof(IssuersDocument))]
internal sealed partial class IssuersJson : JsonSerializerContext;
