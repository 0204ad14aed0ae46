using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Screening.Api.Access;
using Screening.Api.Contract;

namespace Screening.Api.Receipts;

/// <summary>The file of signing keys: JSON in UTF-8.</summary>
internal sealed class KeysDocument
{
    /// <summary>Every key, also those whose receipts are still about.</summary>
    public required IReadOnlyList<KeyEntry> Keys { get; init; }
}

/// <summary>A key of the file or of settings.</summary>
internal sealed class KeyEntry
{
    /// <summary>What it is good for: <c>current</c>, <c>next</c>, <c>retired</c> or <c>revoked</c>.</summary>
    public required KeyState State { get; init; }

    /// <summary>The key in PEM, private or, unless it is to sign, public.</summary>
    public string? Pem { get; init; }

    /// <summary>The path of a file with that instead, from the folder of the keys file or where the process runs.</summary>
    public string? File { get; init; }

    /// <summary>When it was revoked, such as <c>2026-01-01T00:00:00Z</c>.</summary>
    [JsonConverter(typeof(StrictInstant))]
    public Instant? RevokedAt { get; init; }

    /// <summary>Why it was revoked, for the public, such as <c>compromised</c>.</summary>
    public string? Reason { get; init; }
}

/// <summary>Reads the file strictly: a member that is unknown, repeated, missing or null is an error.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 8)]
[JsonSerializable(typeof(KeysDocument))]
internal sealed partial class KeysJson : JsonSerializerContext;
