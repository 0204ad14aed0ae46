using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Screening.Api.Access;

/// <summary>The clients file: JSON in UTF-8.</summary>
internal sealed class ClientsDocument
{
    /// <summary>Every client.</summary>
    public required IReadOnlyList<ClientEntry> Clients { get; init; }
}

/// <summary>A client of the file.</summary>
internal sealed class ClientEntry
{
    /// <summary>Its name: 1 to 64 letters, digits, dots, hyphens and underscores of ASCII, the first a letter or a digit.</summary>
    public required string Id { get; init; }

    /// <summary>Its keys: several while one replaces another, none while it may not call.</summary>
    public required IReadOnlyList<KeyEntry> Keys { get; init; }

    /// <summary>The SHA-256 of each of its certificates for mutual TLS, as 64 hexadecimal digits.</summary>
    public IReadOnlyList<string>? Certificates { get; init; }

    /// <summary>How many permits it gets back in a minute, in place of the setting <c>Limits:PerMinute</c>.</summary>
    [JsonConverter(typeof(StrictNumber))]
    public int? PermitsPerMinute { get; init; }
}

/// <summary>A key of the file.</summary>
internal sealed class KeyEntry
{
    /// <summary>The SHA-256 of the key's characters, as 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The first instant at which it is good, such as <c>2026-01-01T00:00:00Z</c>.</summary>
    [JsonConverter(typeof(StrictInstant))]
    public Instant? NotBefore { get; init; }

    /// <summary>The first instant at which it is not good any more.</summary>
    [JsonConverter(typeof(StrictInstant))]
    public Instant? Expires { get; init; }
}

/// <summary>Reads a whole number. Null is refused: whoever means none leaves the member out.</summary>
internal sealed class StrictNumber : JsonConverter<int?>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options) => writer.WriteNumberValue(value!.Value);
}

/// <summary>Reads an instant in UTC. Null is refused: whoever means no end leaves the member out.</summary>
internal sealed class StrictInstant : JsonConverter<Instant?>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override Instant? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            && InstantPattern.ExtendedIso.Parse(reader.GetString()!) is { Success: true, Value: var instant }
            ? instant
            : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Instant? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value!.Value));
}

/// <summary>Reads the file strictly: a member that is unknown, repeated, missing or null is an error.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 8)]
[JsonSerializable(typeof(ClientsDocument))]
[JsonSerializable(typeof(KeyEntry))]
internal sealed partial class ClientsJson : JsonSerializerContext;
