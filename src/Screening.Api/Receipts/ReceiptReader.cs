using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Screening.Api.Contract;
using Screening.Rules;

namespace Screening.Api.Receipts;

/// <summary>What a check of a receipt found.</summary>
/// <param name="Flaw">Why it is not genuine; null for a genuine one.</param>
internal sealed record ReceiptCheck(ReceiptFlaw? Flaw)
{
    /// <summary>The key that its header names; null where it names none of this service's.</summary>
    public SigningKey? Key { get; init; }

    /// <summary>What names it; null where its form is not that of a receipt.</summary>
    public string? Leaf { get; init; }

    /// <summary>The payload of a genuine receipt.</summary>
    public JsonElement Payload { get; init; }

    /// <summary>The disclosures of a genuine receipt, by name: those that were not cut off.</summary>
    public IReadOnlyDictionary<string, JsonElement> Disclosed { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
}

/// <summary>
/// Checks receipts, strictly: exactly the texts that this service writes pass, but for disclosures that were cut off and for the twin of a
/// signature. Base64url of the base library takes white space and padding; one pattern and encoding again do not.
/// </summary>
internal static partial class ReceiptReader
{
    private const string Genuine = "genuine";

    /// <summary>What a check can find, in metrics.</summary>
    public static IEnumerable<string> Outcomes => [Genuine, .. Enum.GetValues<ReceiptFlaw>().Select(WireName.Of)];

    /// <summary>What a check found, in metrics.</summary>
    public static string OutcomeOf(ReceiptCheck check) => check.Flaw is { } flaw ? WireName.Of(flaw) : Genuine;

    /// <summary>Checks a receipt.</summary>
    public static ReceiptCheck Check(string receipt, SigningKeys keys)
    {
        if (!Form().IsMatch(receipt) || receipt.Split('~') is not [var jws, .. var disclosures, ""]
            || jws.Split('.') is not [var header, var payload, var signature]
            || Decoded(payload) is not { } content
            || Decoded(signature) is not { } signed)
        {
            return new ReceiptCheck(ReceiptFlaw.Malformed);
        }

        if (Decoded(header) is not { } head || Header().Match(Encoding.UTF8.GetString(head)) is not { Success: true } named)
        {
            return new ReceiptCheck(ReceiptFlaw.OtherKind);
        }

        var text = $"{header}.{payload}";
        var check = new ReceiptCheck(ReceiptFlaw.UnknownKey)
        {
            Leaf = ReceiptFormat.LeafOf(text),
            Key = keys.Find(named.Groups["kid"].Value),
        };
        return check.Key is not { } key ? check
            : !key.Verify(Encoding.ASCII.GetBytes(text), signed) ? check with { Flaw = ReceiptFlaw.BadSignature }
            : key.State == KeyState.Revoked ? check with { Flaw = ReceiptFlaw.KeyRevoked }
            : WithContent(check, content, disclosures);
    }

    private static ReceiptCheck WithContent(ReceiptCheck check, byte[] content, string[] disclosures)
    {
        // Signed by this service, which writes no other.
        var payload = JsonElement.Parse(content);
        if (payload.GetProperty("v").GetInt32() != ReceiptFormat.Version)
        {
            return check with { Flaw = ReceiptFlaw.OtherKind };
        }

        var known = payload.GetProperty("_sd").EnumerateArray().Select(digest => digest.GetString()!).ToHashSet(StringComparer.Ordinal);
        var disclosed = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var disclosure in disclosures)
        {
            if (Decoded(disclosure) is not { } bytes || !known.Contains(ReceiptFormat.DigestOf(disclosure)))
            {
                return check with { Flaw = ReceiptFlaw.ForeignDisclosure };
            }

            var parts = JsonElement.Parse(bytes);
            if (!disclosed.TryAdd(parts[1].GetString()!, parts[2]))
            {
                return check with { Flaw = ReceiptFlaw.RepeatedDisclosure };
            }
        }

        return check with { Flaw = null, Payload = payload, Disclosed = disclosed };
    }

    /// <summary>The bytes of base64url; null when they have another text than this.</summary>
    private static byte[]? Decoded(string text)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.DecodeFromChars(text, bytes, out _, out var length) == OperationStatus.Done
            && Base64Url.EncodeToString(bytes.AsSpan(0, length)) == text
                ? bytes[..length]
                : null;
    }

    // 86 characters are the 64 bytes of r and s: a signature in DER has others.
    [GeneratedRegex(
        @"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}~([A-Za-z0-9_-]+~)*\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    [GeneratedRegex(
        """^\{"alg":"ES256","kid":"(?<kid>[A-Za-z0-9_-]{43})","typ":"screening-decision\+sd-jwt"\}\z""", RegexOptions.NonBacktracking)]
    private static partial Regex Header();
}
