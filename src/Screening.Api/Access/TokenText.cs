using System.Buffers.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using NodaTime;

namespace Screening.Api.Access;

/// <summary>
/// What a signed token says (RFC 7515, compact), before anybody verified it. It is read strictly, since the library that verifies
/// signatures takes the last of repeated members, passes over <c>crit</c>, and reads Base64 that is not quite it.
/// </summary>
/// <param name="Algorithm">How it is signed, as it says.</param>
/// <param name="KeyId">The key that it names; null for none.</param>
/// <param name="Issuer">Who issued it, as it says.</param>
/// <param name="Claims">All that it says.</param>
internal sealed partial record TokenText(string Algorithm, string? KeyId, string Issuer, JsonElement Claims)
{
    /// <summary>What every such token begins with: the Base64 of a brace and a quotation mark.</summary>
    public const string Start = "eyJ";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    // Of a header that changes what the rest means, or says that the rest is encrypted, packed or another token.
    private static readonly string[] NotTaken = ["crit", "b64", "enc", "zip", "cty"];

    /// <summary>From when on it is good.</summary>
    public Instant? NotBefore { get; private init; }

    /// <summary>When it was issued.</summary>
    public Instant? IssuedAt { get; private init; }

    /// <summary>From when on it is not good any more.</summary>
    public Instant? Expires { get; private init; }

    /// <summary>Reads it; null when it is not one.</summary>
    public static TokenText? Read(string text)
    {
        var parts = text.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            _ = Bytes(parts[2]);
            var (header, claims) = (Object(parts[0]), Object(parts[1]));
            _ = Text(header, "typ");
            var (algorithm, issuer) = (
                Text(header, "alg") ?? throw new FormatException(), Text(claims, "iss") ?? throw new FormatException());
            var token = new TokenText(algorithm, Text(header, "kid"), issuer, claims)
            {
                NotBefore = Time(claims, "nbf"),
                IssuedAt = Time(claims, "iat"),
                Expires = Time(claims, "exp"),
            };
            return NotTaken.Any(name => header.TryGetProperty(name, out _)) || token.Words("aud") is null ? null : token;
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape of half a character.
            return null;
        }
    }

    /// <summary>True when a token, or most of one, stands anywhere in a text.</summary>
    public static bool IsIn(string text) => Anywhere().IsMatch(text);

    /// <summary>Returns a text that the token says; null for none.</summary>
    /// <exception cref="FormatException">It is not a text, or empty.</exception>
    public string? Text(string name) => Text(Claims, name);

    /// <summary>Returns the words of a text, or the texts of a list; null for another kind.</summary>
    public IEnumerable<string>? Words(string name) => !Claims.TryGetProperty(name, out var found) ? []
        : found.ValueKind == JsonValueKind.String ? found.GetString()!.Split(' ')
        : found.ValueKind == JsonValueKind.Array && found.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String)
            ? [.. found.EnumerateArray().Select(one => one.GetString()!)]
        : null;

    private static string? Text(JsonElement from, string name) =>
        !from.TryGetProperty(name, out var found) ? null
        : found.ValueKind == JsonValueKind.String && found.GetString() is { Length: > 0 } text ? text
        : throw new FormatException();

    /// <summary>Seconds since 1970, up to the year 9999.</summary>
    private static Instant? Time(JsonElement from, string name) =>
        !from.TryGetProperty(name, out var found) ? null
        : found.ValueKind == JsonValueKind.Number && found.TryGetDecimal(out var seconds) && seconds is >= 0 and <= 253_402_300_799
            ? Instant.FromUnixTimeTicks((long)(seconds * NodaConstants.TicksPerSecond))
        : throw new FormatException();

    private static JsonElement Object(string part)
    {
        var bytes = Bytes(part);
        var read = Utf8.IsValid(bytes) ? JsonElement.Parse(bytes, Strict) : throw new FormatException();
        return read.ValueKind == JsonValueKind.Object ? read : throw new FormatException();
    }

    /// <summary>The decoder passes over spaces and padding, and bits that are too many.</summary>
    private static byte[] Bytes(string part)
    {
        var bytes = Base64Url.DecodeFromChars(part);
        return bytes.Length > 0 && Base64Url.EncodeToString(bytes) == part ? bytes : throw new FormatException();
    }

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.", RegexOptions.NonBacktracking)]
    private static partial Regex Anywhere();
}
