using System.Text.Json.Serialization;
using Screening.Rules;

namespace Screening.Api.Contract;

/// <summary>The keys that receipts are signed with: a JSON Web Key Set (RFC 7517).</summary>
public sealed class SigningKeysResponse
{
    /// <summary>Every key, also those that sign nothing any more.</summary>
    public required IReadOnlyList<SigningKeyResponse> Keys { get; init; }
}

/// <summary>The public half of a key.</summary>
public sealed class SigningKeyResponse
{
    /// <summary>The kind of key: `EC`.</summary>
    public required string Kty { get; init; }

    /// <summary>The curve: `P-256`.</summary>
    public required string Crv { get; init; }

    /// <summary>The first coordinate of the public point, in base64url.</summary>
    public required string X { get; init; }

    /// <summary>The second coordinate.</summary>
    public required string Y { get; init; }

    /// <summary>The key's thumbprint (RFC 7638), by which a receipt names it.</summary>
    public required string Kid { get; init; }

    /// <summary>What it is for: `sig`.</summary>
    public required string Use { get; init; }

    /// <summary>The algorithm: `ES256`.</summary>
    public required string Alg { get; init; }

    /// <summary>When the key was revoked, and why; nothing that it signed is genuine then. Absent for a good key.</summary>
    public KeyRevocation? Revoked { get; init; }
}

/// <summary>When a key was revoked, and why, as OpenID Federation spells it.</summary>
public sealed class KeyRevocation
{
    /// <summary>When, in seconds since 1970.</summary>
    [JsonPropertyName("revoked_at")]
    public required long RevokedAt { get; init; }

    /// <summary>Why, as the operator has it, such as `compromised`.</summary>
    public required string Reason { get; init; }
}

/// <summary>What a key that signed a receipt is good for.</summary>
[JsonConverter(typeof(ExactEnumConverter<KeyState>))]
public enum KeyState
{
    /// <summary>This service has no such key, or the receipt names none.</summary>
    Unknown,

    /// <summary>It was given up: nothing that it signed is genuine.</summary>
    Revoked,

    /// <summary>It was made when a developer's service started, and ends with it.</summary>
    Development,

    /// <summary>It signs nothing any more; what it signed is genuine.</summary>
    Retired,

    /// <summary>It is published, and will sign later.</summary>
    Next,

    /// <summary>It signs now.</summary>
    Current,
}
