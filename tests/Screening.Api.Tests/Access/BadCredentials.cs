using System.Text;
using Screening.Api.Access;

namespace Screening.Api.Tests.Access;

/// <summary>Requests that nobody may be let in with.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Headers">The headers for credentials.</param>
/// <param name="Query">The query.</param>
/// <param name="Code">The reason that the log has.</param>
internal sealed record BadCredentials(string Name, string[] Headers, string Query, string Code)
{
    private static readonly string Key = KeyedService.Good.Text;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BadCredentials> All { get; } =
    [
        .. Changed(), .. Cut(), .. Written(), .. Unknown(), .. Schemes(), .. Several(), .. Queries(),
        WithKey("expired", KeyedService.Expired.Text, "key-expired"),
        WithKey("not good yet", KeyedService.Early.Text, "key-not-yet"),
    ];

    /// <summary>One character changed, at places of the prefix, the random part and the checksum.</summary>
    private static IEnumerable<BadCredentials> Changed() =>
        from place in (int[])[4, 5, 9, 14, 20, 23, 29, 31, 37, 40, 45, 46, 47, 48, 49, 50, 51, 52, 53]
        let changed = Key[..place] + (Key[place] == 'x' ? 'y' : 'x') + Key[(place + 1)..]
        select WithKey($"character {place}", changed, "key-malformed");

    private static IEnumerable<BadCredentials> Cut()
    {
        foreach (var length in (int[])[4, 5, 20, 46, 47, 48, 53])
        {
            yield return WithKey($"{length} characters", Key[..length], "key-malformed");
        }

        yield return WithKey("one character more", Key + "A", "key-malformed");
        yield return WithKey("twice in one word", Key + Key, "key-malformed");
        yield return WithKey("without its prefix", Key[4..], "form-unknown");
        yield return WithKey("its last part alone", Key[^6..], "form-unknown");
    }

    /// <summary>Other ways to write it.</summary>
    private static IEnumerable<BadCredentials> Written()
    {
        yield return WithKey("upper case", Key.ToUpperInvariant(), "form-unknown");
        yield return WithKey("lower case", Key.ToLowerInvariant(), "key-malformed");
        yield return WithKey("another prefix", "src_" + Key[4..], "form-unknown");
        yield return WithKey("in quotes", $"\"{Key}\"", "form-unknown");
        yield return WithKey("a space within", Key.Insert(20, " "), "key-malformed");
        yield return WithKey("a tab within", Key.Insert(20, "\t"), "key-malformed");
        yield return WithKey("a wide letter", Key[..20] + "ａ" + Key[21..], "key-malformed");
        yield return WithKey("padding", Key + "=", "key-malformed");
        yield return WithKey("plus and slash", Key[..20] + "+/" + Key[22..], "key-malformed");
        yield return WithKey("encoded as of an address", Key.Replace("_", "%5F", StringComparison.Ordinal), "form-unknown");
        yield return WithKey("its digest", KeyedService.Good.Entry.Sha256, "form-unknown");
        yield return WithKey("too long", Key + new string('A', Credentials.MaxLength), "credential-too-long");
        yield return WithKey("nothing", string.Empty, "form-unknown");
        yield return WithKey("a token without a signature", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJzYWxvbi0wIn0.", "token-malformed");
    }

    /// <summary>Well made, and nobody's.</summary>
    private static IEnumerable<BadCredentials> Unknown() =>
        Enumerable.Range(100, 10).Select(number => WithKey($"key {number}", Keys.Numbered(number).Text, "key-unknown"))
            .Append(WithKey("all zero", ApiKey.New(new byte[ApiKey.RandomBytes]).Text, "key-unknown"));

    private static IEnumerable<BadCredentials> Schemes()
    {
        var basic = Convert.ToBase64String(Encoding.ASCII.GetBytes(Key + ":"));
        foreach (var value in (string[])[
            $"Basic {basic}", $"Basic {Key}", $"ApiKey {Key}", $"Token {Key}", $"Digest {Key}",
            Key, "Bearer", $"Bearer\t{Key}", $"Bearer{Key}", $"Bearer:{Key}", string.Empty])
        {
            yield return new BadCredentials($"Authorization: {value}", [$"Authorization: {value}"], string.Empty, "scheme-unknown");
        }

        yield return new BadCredentials("the scheme twice", [$"Authorization: Bearer Bearer {Key}"], string.Empty, "form-unknown");
        yield return new BadCredentials("a list", [$"Authorization: Bearer {Key}, Bearer {Key}"], string.Empty, "key-malformed");
        yield return new BadCredentials("a list of keys", [$"X-Api-Key: {Key}, {Key}"], string.Empty, "key-malformed");
    }

    private static IEnumerable<BadCredentials> Several()
    {
        var (key, bearer, other) = ($"X-Api-Key: {Key}", $"Authorization: Bearer {Key}", KeyedService.Other.Text);
        yield return new BadCredentials("the header twice", [key, key], string.Empty, "header-repeated");
        yield return new BadCredentials("the header twice with another key", [key, $"X-Api-Key: {other}"], string.Empty, "header-repeated");
        yield return new BadCredentials("Authorization twice", [bearer, bearer], string.Empty, "header-repeated");
        yield return new BadCredentials("Authorization twice, once empty", [bearer, "Authorization:"], string.Empty, "header-repeated");
        yield return new BadCredentials("two clients", [key, $"Authorization: Bearer {other}"], string.Empty, "two-credentials");
        yield return new BadCredentials(
            "two keys of a client", [key, $"Authorization: Bearer {KeyedService.Second.Text}"], string.Empty, "two-credentials");
        yield return new BadCredentials("a key and a name", [key, "Authorization: Basic c2Fsb24tMDp4"], string.Empty, "two-credentials");
        yield return new BadCredentials("a key and an empty header", [bearer, "X-Api-Key:"], string.Empty, "two-credentials");
    }

    private static IEnumerable<BadCredentials> Queries()
    {
        foreach (var name in (string[])["api_key", "apikey", "API-KEY", "key", "token", "access_token", "x-api-key", "authorization"])
        {
            yield return new BadCredentials($"query {name}", [], $"?{name}={Key}", "key-in-query");
            yield return new BadCredentials($"query {name} beside a good header", [$"X-Api-Key: {Key}"], $"?{name}=1", "key-in-query");
        }

        yield return new BadCredentials("a key as another parameter", [$"X-Api-Key: {Key}"], $"?x={Key}", "key-in-query");
        yield return new BadCredentials("a key as a parameter's name", [$"X-Api-Key: {Key}"], $"?{Key}", "key-in-query");
        yield return new BadCredentials("a key in percent signs", [$"X-Api-Key: {Key}"], $"?x=%73%63%72{Key[3..]}", "key-in-query");
    }

    private static BadCredentials WithKey(string name, string key, string code) => new(name, [$"X-Api-Key: {key}"], string.Empty, code);
}
