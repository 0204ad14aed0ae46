using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using static System.FormattableString;

namespace Screening.Api.Access;

/// <summary>
/// What a reading of the issuers file gave: the issuers, or what is wrong with it, in words that repeat nothing of the file.
/// </summary>
internal sealed record IssuersFile(IReadOnlyList<TrustedIssuer> Issuers, string? Flaw)
{
    private const int MaxKeys = 100;

    /// <summary>Reads the issuers.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="isPublic">True when the service knows its public address.</param>
    public static IssuersFile Read(ReadOnlySpan<byte> bytes, bool isPublic)
    {
        try
        {
            var document = JsonSerializer.Deserialize(ReloadedFile.Content(bytes), IssuersJson.Default.IssuersDocument)
                ?? throw new JsonException();
            if (document.CdsClients.Count > 0 && !isPublic)
            {
                return new IssuersFile(
                    [], "/cdsClients: The tokens of CDS clients are for an address, so the setting Service:PublicUrl is needed.");
            }

            TrustedIssuer[] all =
            [
                .. document.Issuers.Index().Select(entry => Of(Invariant($"/issuers/{entry.Index}"), entry.Item)),
                .. document.CdsClients.Index().Select(entry => Of(Invariant($"/cdsClients/{entry.Index}"), entry.Item)),
            ];
            return all.DistinctBy(issuer => issuer.Id.ToUpperInvariant()).Count() == all.Length
                && all.DistinctBy(issuer => issuer.Issuer).Count() == all.Length
                ? new IssuersFile(all, null)
                : throw new FormatException("An id or an issuer is there twice.");
        }
        catch (JsonException wrong)
        {
            // Its message and path may repeat the file.
            var place = wrong.LineNumber is { } line ? Invariant($"Line {line + 1}") : "This";
            return new IssuersFile([], place + " is not JSON, or a member is unknown, repeated, missing or of another kind.");
        }
        catch (FormatException wrong)
        {
            return new IssuersFile([], wrong.Message);
        }
    }

    private static AuthorizationServer Of(string place, IssuerEntry? entry)
    {
        CheckNames(place, entry?.Id, entry?.Issuer);
        CheckTexts(place + "/audiences", entry!.Audiences);
        CheckTexts(place + "/types", entry.Types ?? ["JWT"]);
        if (entry.Metadata is null == entry.Jwks is null)
        {
            throw new FormatException($"{place}: Its keys are either in jwks or where metadata says.");
        }

        var keys = entry.Metadata is { } address ? IssuerKeys.Of(entry.Issuer, Metadata(place, address))
            : IssuerKeys.Of(entry.Issuer, Keys(place, entry.Jwks!.Value));
        return new AuthorizationServer(entry.Id, entry.Issuer, keys, entry.Audiences, entry.Types);
    }

    private static CdsClient Of(string place, CdsClientEntry? entry)
    {
        CheckNames(place, entry?.Id, entry?.Issuer);
        return new CdsClient(entry!.Id, entry.Issuer, IssuerKeys.Of(entry.Issuer, Keys(place, entry.Jwks)));
    }

    private static void CheckNames(string place, string? id, string? issuer)
    {
        // The elements of a list may be null however strict the reader is.
        if (id is null || !ClientsFile.IsId(id))
        {
            throw new FormatException($"{place}/id: {ClientsFile.IdRule}");
        }

        CheckTexts(place + "/issuer", [issuer!]);
    }

    private static void CheckTexts(string place, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0 || texts.Any(string.IsNullOrWhiteSpace))
        {
            throw new FormatException($"{place}: Nothing is there.");
        }
    }

    private static Uri Metadata(string place, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : throw new FormatException($"{place}/metadata: It is an address of HTTPS.");

    /// <summary>Each key that the file has must be of use: a key that is passed over is a client that cannot call.</summary>
    private static IReadOnlyList<TokenKey> Keys(string place, JsonElement jwks)
    {
        JsonWebKeySet set;
        try
        {
            set = JsonWebKeySet.Create(jwks.GetRawText());
        }
        catch (Exception flawed) when (flawed is ArgumentException or JsonException)
        {
            throw new FormatException($"{place}/jwks: This is not a JSON Web Key Set.", flawed);
        }

        var keys = set.Keys.Select(TokenKey.Of).ToList();
        var count = jwks.TryGetProperty("keys", out var list) && list.ValueKind == JsonValueKind.Array ? list.GetArrayLength() : 0;
        return count is > 0 and <= MaxKeys && keys.Count == count && !keys.Contains(null) ? [.. keys.OfType<TokenKey>()]
            : throw new FormatException(
                Invariant(
                    $"{place}/jwks: It has 1 to {MaxKeys} keys, each a public one for signatures: RSA of at least 2048 bits, or EC."));
    }
}
