using System.Text.Json;
using System.Text.RegularExpressions;
using Screening.Api.Settings;
using static System.FormattableString;

namespace Screening.Api.Access;

/// <summary>
/// What a reading of the clients file gave: the keys and certificates, or what is wrong with it, in words that repeat nothing of the file.
/// </summary>
internal sealed partial record ClientsFile(IReadOnlyList<ClientKey> Keys, IReadOnlyDictionary<string, Client> Certificates, string? Flaw)
{
    /// <summary>What an id is.</summary>
    public const string IdRule = "An id is 1 to 64 letters, digits, dots, hyphens and underscores of ASCII, the first a letter or a digit.";

    /// <summary>True for an id.</summary>
    public static bool IsId(string text) => IdPattern().IsMatch(text);

    /// <summary>Reads the clients.</summary>
    public static ClientsFile Read(ReadOnlySpan<byte> bytes)
    {
        ClientsDocument document;
        try
        {
            document = JsonSerializer.Deserialize(ReloadedFile.Content(bytes), ClientsJson.Default.ClientsDocument)
                ?? throw new JsonException();
        }
        catch (JsonException wrong)
        {
            // Its message and path may repeat the file.
            return Flawed((wrong.LineNumber is { } line ? Invariant($"Line {line + 1}") : "This")
                + " is not JSON, or a member is unknown, repeated, missing or of another kind.");
        }

        var (keys, certificates) = (new List<ClientKey>(), new Dictionary<string, Client>(StringComparer.Ordinal));
        var flaw = document.Clients.Index().Select(entry => Read(Invariant($"/clients/{entry.Index}"), entry.Item, keys, certificates))
            .FirstOrDefault(found => found is not null);
        return flaw is not null ? Flawed(flaw)
            : Repeated(document.Clients.Select(client => client.Id.ToUpperInvariant())) is { } id
                ? Flawed(Invariant($"/clients/{id}/id: Another client has this id."))
            : Repeated(keys.Select(key => Convert.ToHexString(key.Digest))) is not null ? Flawed("/clients: A key is there twice.")
            : new ClientsFile(keys, certificates, null);
    }

    private static string? Read(string place, ClientEntry? entry, List<ClientKey> keys, Dictionary<string, Client> certificates)
    {
        // The elements of a list may be null however strict the reader is.
        if (entry is null || !IsId(entry.Id))
        {
            return $"{place}/id: {IdRule}";
        }

        if (entry.PermitsPerMinute is { } permits && !ServiceSettings.LimitsPerMinute.Allows(permits))
        {
            return $"{place}/permitsPerMinute: It is {ServiceSettings.LimitsPerMinute.Accepted}.";
        }

        var client = new Client(entry.Id, CredentialKind.ApiKey) { PermitsPerMinute = entry.PermitsPerMinute };
        foreach (var (index, key) in entry.Keys.Index())
        {
            if (key is null || !IsDigest(key.Sha256))
            {
                return Invariant($"{place}/keys/{index}/sha256: It is 64 hexadecimal digits: the SHA-256 of a key, never the key.");
            }

            if (key.Expires <= key.NotBefore)
            {
                return Invariant($"{place}/keys/{index}/expires: It must be after notBefore.");
            }

            keys.Add(new ClientKey(client, Convert.FromHexString(key.Sha256), key.NotBefore, key.Expires));
        }

        foreach (var (index, thumbprint) in (entry.Certificates ?? []).Index())
        {
            if (!IsDigest(thumbprint)
                || !certificates.TryAdd(thumbprint.ToUpperInvariant(), client with { Kind = CredentialKind.Certificate }))
            {
                return Invariant($"{place}/certificates/{index}: It is 64 hexadecimal digits: the SHA-256 of a certificate in DER,")
                    + " that no other client has.";
            }
        }

        return null;
    }

    private static bool IsDigest(string? text) => text?.Length == 64 && text.All(char.IsAsciiHexDigit);

    /// <summary>The place of the first that is there before; null for none.</summary>
    private static int? Repeated(IEnumerable<string> all)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (place, one) in all.Index())
        {
            if (!seen.Add(one))
            {
                return place;
            }
        }

        return null;
    }

    private static ClientsFile Flawed(string flaw) => new([], new Dictionary<string, Client>(StringComparer.Ordinal), flaw);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.NonBacktracking)]
    private static partial Regex IdPattern();
}
