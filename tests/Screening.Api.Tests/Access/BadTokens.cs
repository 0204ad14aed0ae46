using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using static Screening.Api.Tests.Access.TokenService;

namespace Screening.Api.Tests.Access;

/// <summary>Access tokens that let nobody in, at any door.</summary>
internal static class BadTokens
{
    private static readonly Signer Stranger = Signer.Ec("one");
    private static readonly long Second = Seconds(Now);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BadCredentials> All { get; } =
    [
        .. Algorithms(), .. Keys(), .. Signatures(), .. Claims(), .. Times(),
        .. Clients(), .. Headers(), .. Forms(), .. Members(), .. Places(),
    ];

    public static BadCredentials Bad(string name, string token, string code) =>
        new(name, [$"Authorization: Bearer {token}"], string.Empty, code);

    private static IEnumerable<BadCredentials> Algorithms()
    {
        foreach (var none in (string[])["none", "None", "NONE", "nOnE"])
        {
            var token = AccessToken(header: header => header["alg"] = none);
            yield return Bad($"{none}, signed", token, "token-algorithm");
            yield return Bad($"{none}, not signed", token[..(token.LastIndexOf('.') + 1)], "token-malformed");
        }

        var (ec, rsa) = ((ECDsa)Signers[0].Key, (RSA)Signers[1].Key);
        byte[][] taken =
        [
            Encoding.UTF8.GetBytes(ec.ExportSubjectPublicKeyInfoPem()),
            ec.ExportSubjectPublicKeyInfo(), Encoding.UTF8.GetBytes(Signers[0].Jwk().ToJsonString()),
            Encoding.UTF8.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()),
            rsa.ExportSubjectPublicKeyInfo(), rsa.ExportParameters(false).Modulus!, [],
        ];
        foreach (var (place, secret) in taken.Index())
        {
            foreach (var algorithm in (string[])["HS256", "HS384", "HS512"])
            {
                yield return Bad(
                    $"{algorithm} with the public key, form {place}",
                    Signer.Mac(Header(algorithm: algorithm, keyId: place < 3 ? "one" : "two"), TokenService.Claims(), secret),
                    "token-algorithm");
            }
        }

        yield return Bad("ES256 of a key for ES384", AccessToken(header: header => header["alg"] = "ES256"), "token-key");
        yield return Bad("RS256 of an EC key", AccessToken(header: header => header["alg"] = "RS256"), "token-key");
        yield return Bad("ES384 of an RSA key", AccessToken(header: header => header["alg"] = "ES384", signer: Signers[1]), "token-key");
        yield return Bad(
            "RS512 signed as RS256", AccessToken(header: header => header["alg"] = "RS512", signer: Signers[1]), "token-signature");
        yield return Bad(
            "PS256 signed as RS256", AccessToken(header: header => header["alg"] = "PS256", signer: Signers[1]), "token-signature");
        yield return Bad("an algorithm in small letters", AccessToken(header: header => header["alg"] = "es384"), "token-algorithm");
        yield return Bad("an algorithm with a space", AccessToken(header: header => header["alg"] = "ES384 "), "token-algorithm");
        yield return Bad("no algorithm", AccessToken(header: header => header.Remove("alg")), "token-malformed");
        yield return Bad("a number for the algorithm", AccessToken(header: header => header["alg"] = 384), "token-malformed");
        yield return Bad("encryption for the algorithm", AccessToken(header: header => header["alg"] = "RSA-OAEP"), "token-algorithm");
    }

    private static IEnumerable<BadCredentials> Keys()
    {
        yield return Bad("a foreign kid", AccessToken(header: header => header["kid"] = "three"), "token-key");
        yield return Bad("the kid of another key", AccessToken(header: header => header["kid"] = "two"), "token-key");
        yield return Bad("the kid in capitals", AccessToken(header: header => header["kid"] = "ONE"), "token-key");
        yield return Bad("a path for the kid", AccessToken(header: header => header["kid"] = "../../dev/null"), "token-key");
        yield return Bad("an empty kid", AccessToken(header: header => header["kid"] = ""), "token-malformed");
        yield return Bad("a number for the kid", AccessToken(header: header => header["kid"] = 1), "token-malformed");
        yield return Bad(
            "no kid, of a stranger's key", AccessToken(header: header => header.Remove("kid"), signer: Stranger), "token-signature");
        yield return Bad("of a stranger's key with our kid", AccessToken(signer: Stranger), "token-signature");
        yield return Bad("of another issuer's key", AccessToken(signer: Other), "token-key");
        yield return Bad("of a CDS client's key", AccessToken(header: header => header["kid"] = "one", signer: Ehr[0]), "token-signature");
        foreach (var name in (string[])["jku", "x5u"])
        {
            yield return Bad(
                $"{name} at a stranger's",
                AccessToken(header: header => header[name] = "http://127.0.0.1:9/jwks", signer: Stranger), "token-signature");
            yield return Bad(
                $"{name} at a stranger's, with its kid",
                AccessToken(header: header => (header[name], header["kid"]) = ("http://127.0.0.1:9/jwks", "stranger"), signer: Stranger),
                "token-key");
        }

        yield return Bad(
            "a stranger's key in the header",
            AccessToken(header: header => header["jwk"] = Stranger.Jwk(), signer: Stranger), "token-signature");
        yield return Bad(
            "a stranger's key in the header, with its kid",
            AccessToken(header: header => (header["jwk"], header["kid"]) = (Stranger.Jwk(), "stranger"), signer: Stranger), "token-key");
    }

    private static IEnumerable<BadCredentials> Signatures()
    {
        var token = AccessToken();
        var (signed, signature) = (token[..token.LastIndexOf('.')], token[(token.LastIndexOf('.') + 1)..]);
        var other = AccessToken(claims => claims["client_id"] = "salon-8");
        yield return Bad("another token's signature", $"{signed}.{other[(other.LastIndexOf('.') + 1)..]}", "token-signature");
        yield return Bad("a changed claim", string.Join('.', token.Split('.')[0], other.Split('.')[1], signature), "token-signature");
        yield return Bad("a changed signature", $"{signed}.{(signature[0] == 'A' ? 'B' : 'A')}{signature[1..]}", "token-signature");
        yield return Bad("half a signature", $"{signed}.{signature[..64]}", "token-signature");
        yield return Bad("a signature of zeros", $"{signed}.{Signer.Encoded(new byte[96])}", "token-signature");
        yield return Bad("a signature twice", $"{signed}.{signature}{signature}", "token-signature");
        var der = ((ECDsa)Signers[0].Key)
            .SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence);
        yield return Bad("a signature in another form", $"{signed}.{Signer.Encoded(der)}", "token-signature");
    }

    private static IEnumerable<BadCredentials> Claims()
    {
        foreach (var issuer in (string[])[
            "https://login.example.org", "https://LOGIN.example.org/", "https://login.example.org//",
            "http://login.example.org/", "https://evil.example.org/", "https://login.example.org/ "])
        {
            yield return Bad($"iss {issuer}", AccessToken(claims => claims["iss"] = issuer), "token-issuer");
        }

        yield return Bad("no iss", AccessToken(claims => claims.Remove("iss")), "token-malformed");
        yield return Bad("a list of iss", AccessToken(claims => claims["iss"] = new JsonArray(Issuer)), "token-malformed");
        yield return Bad(
            "the iss of another with its key's name", AccessToken(claims => claims["iss"] = "https://lax.example.org"), "token-key");
        foreach (var audience in (string[])[
            "https://other.example.org", Audience + "/", Audience + "/v1", "http://screening.example.org",
            Audience + ":443", "https://SCREENING.example.org", "screening.example.org", PublicUrl, "*"])
        {
            yield return Bad($"aud {audience}", AccessToken(claims => claims["aud"] = audience), "token-audience");
        }

        yield return Bad("no aud", AccessToken(claims => claims.Remove("aud")), "token-audience");
        yield return Bad("an empty list of aud", AccessToken(claims => claims["aud"] = new JsonArray()), "token-audience");
        yield return Bad("other auds", AccessToken(claims => claims["aud"] = new JsonArray("a", "b")), "token-audience");
        yield return Bad("a number for aud", AccessToken(claims => claims["aud"] = 1), "token-malformed");
        yield return Bad("a number among auds", AccessToken(claims => claims["aud"] = new JsonArray(Audience, 1)), "token-malformed");
        yield return Bad("both auds in one text", AccessToken(claims => claims["aud"] = $"urn:another {Audience}"), "token-audience");
    }

    private static IEnumerable<BadCredentials> Times()
    {
        foreach (var (name, value, code) in ((string, JsonNode?, string)[])
            [
                ("exp", Second - 30, "token-expired"), ("exp", Second - 86_400, "token-expired"),
                ("exp", 0, "token-expired"), ("exp", null, "token-malformed"),
                ("exp", $"{Second + 3600}", "token-malformed"), ("exp", -1, "token-malformed"),
                ("exp", 1e300, "token-malformed"), ("exp", true, "token-malformed"),
                ("nbf", Second + 31, "token-not-yet"), ("nbf", Second + 86_400, "token-not-yet"), ("nbf", "x", "token-malformed"),
                ("iat", Second + 31, "token-not-yet"), ("iat", new JsonArray(), "token-malformed"),
            ])
        {
            yield return Bad($"{name} {value?.ToJsonString()}", AccessToken(claims => claims[name] = value), code);
        }

        yield return Bad("no exp", AccessToken(claims => claims.Remove("exp")), "token-expired");
        yield return Bad("of an issuer whose clock is a day late", AccessToken(claims => Shift(claims, -86_400)), "token-expired");
        yield return Bad("of an issuer whose clock is a day ahead", AccessToken(claims => Shift(claims, 86_400)), "token-not-yet");
    }

    internal static void Shift(JsonObject claims, long seconds)
    {
        foreach (var name in ((string[])["iat", "nbf", "exp"]).Where(claims.ContainsKey))
        {
            claims[name] = (long)claims[name]! + seconds;
        }
    }

    private static IEnumerable<BadCredentials> Clients()
    {
        yield return Bad("no client", AccessToken(claims => claims.Remove("client_id")), "token-client");
        foreach (var client in (string[])["a b", "a\nb", "é", new string('a', 201)])
        {
            yield return Bad($"client {client}", AccessToken(claims => claims["client_id"] = client), "token-client");
        }

        yield return Bad("an empty client", AccessToken(claims => claims["client_id"] = ""), "token-malformed");
        yield return Bad("a number for the client", AccessToken(claims => claims["client_id"] = 9), "token-malformed");
        yield return Bad("a number for the scope", AccessToken(claims => claims["scope"] = 9), "token-malformed");
        yield return Bad(
            "numbers for scopes", AccessToken(claims => claims["scp"] = new JsonArray("screening.evaluate", 9)), "token-malformed");
    }

    private static IEnumerable<BadCredentials> Headers()
    {
        foreach (var type in (string[])
            ["JWT", "jwt", "id+jwt", "dpop+jwt", "application/jwt", "at+jwt ", "text/at+jwt", "application/application/at+jwt"])
        {
            yield return Bad($"typ {type}", AccessToken(header: header => header["typ"] = type), "token-type");
        }

        yield return Bad("a number for typ", AccessToken(header: header => header["typ"] = 1), "token-malformed");
        yield return Bad("no typ", AccessToken(header: header => header.Remove("typ")), "token-type");
        yield return Bad("crit", AccessToken(header: header => header["crit"] = new JsonArray("exp")), "token-malformed");
        yield return Bad("an empty crit", AccessToken(header: header => header["crit"] = new JsonArray()), "token-malformed");
        yield return Bad("b64", AccessToken(header: header => header["b64"] = false), "token-malformed");
        yield return Bad("enc", AccessToken(header: header => header["enc"] = "A128GCM"), "token-malformed");
        yield return Bad("zip", AccessToken(header: header => header["zip"] = "DEF"), "token-malformed");
        yield return Bad("nested", AccessToken(header: header => header["cty"] = "JWT"), "token-malformed");
    }

    private static IEnumerable<BadCredentials> Forms()
    {
        var token = AccessToken();
        string[] parts = token.Split('.');
        foreach (var (place, _) in parts.Index())
        {
            foreach (var change in (string[])["=", "==", " ", "+", "/", "A", "%3D", "\t", "é"])
            {
                string[] changed = [.. parts];
                changed[place] += change;
                // Behind the last part, spaces are not the token's.
                if (place < 2 || !string.IsNullOrWhiteSpace(change))
                {
                    yield return Bad($"part {place} and '{change}'", string.Join('.', changed), "token-malformed");
                }
            }

            string[] without = [.. parts];
            without[place] = string.Empty;
            yield return Bad($"without part {place}", string.Join('.', without), place == 0 ? "form-unknown" : "token-malformed");
        }

        var last = parts[2][^1];
        yield return Bad("one part", parts[0], "token-malformed");
        yield return Bad("two parts", $"{parts[0]}.{parts[1]}", "token-malformed");
        yield return Bad("a dot more", token + ".", "token-malformed");
        yield return Bad("a part more", token + ".AAAA", "token-malformed");
        yield return Bad(
            "encrypted", $"{Signer.Encoded("""{"alg":"dir","enc":"A128GCM"}"""u8.ToArray())}..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA",
            "token-malformed");
        yield return Bad("a token in a token", Signers[0].Sign(Header().ToJsonString(), $"\"{token}\""), "token-malformed");
        yield return Bad("garbage behind it", token + " x", "token-malformed");
        yield return Bad("two tokens", $"{token}, {token}", "token-malformed");
        yield return Bad("too long", AccessToken(claims => claims["x"] = new string('x', 8 * 1024)), "credential-too-long");
        yield return Bad(
            "a header that begins with a space",
            Signers[0].Sign(" " + Header().ToJsonString(), TokenService.Claims().ToJsonString()), "form-unknown");
    }

    private static IEnumerable<BadCredentials> Members()
    {
        var (header, claims) = (Header().ToJsonString(), TokenService.Claims().ToJsonString());
        foreach (var member in (string[])[
            "\"alg\":\"ES384\"", "\"kid\":\"one\"", "\"typ\":\"at+jwt\"", "\"\\u0061lg\":\"ES384\"", "\"x\":1,\"x\":1"])
        {
            yield return Bad($"twice in the header: {member}", Signers[0].Sign(header[..^1] + $",{member}}}", claims), "token-malformed");
        }

        foreach (var member in (string[])[
            $"\"iss\":\"{Issuer}\"", $"\"aud\":\"{Audience}\"", $"\"exp\":{Second + 60}",
            "\"scope\":\"screening.evaluate\"", "\"client_id\":\"salon-1\"", "\"\\u0065xp\":1"])
        {
            yield return Bad($"twice in the claims: {member}", Signers[0].Sign(header, claims[..^1] + $",{member}}}"), "token-malformed");
        }

        foreach (var text in (string[])[
            "[]", "null", "{", "{}x", "", "{\"iss\":\"\\ud800\"}", "{'iss':1}", "{\"iss\":1,}", "{\"x\":[[[[[[[[[[1]]]]]]]]]]}"])
        {
            yield return Bad($"claims {text}", Signers[0].Sign(header, text), "token-malformed");
        }

        yield return Bad(
            "claims that are no UTF-8",
            Signers[0].Sign(Encoding.UTF8.GetBytes(header), [.. "{\"iss\":\""u8, 0xFF, .. "\"}"u8]), "token-malformed");
        yield return Bad(
            "claims in UTF-16", Signers[0].Sign(Encoding.UTF8.GetBytes(header), Encoding.Unicode.GetBytes(claims)), "token-malformed");
        yield return Bad(
            "claims with a byte order mark",
            Signers[0].Sign(Encoding.UTF8.GetBytes(header), [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(claims)]), "token-malformed");
    }

    /// <summary>A good token in the wrong place, or beside another credential.</summary>
    private static IEnumerable<BadCredentials> Places()
    {
        var token = AccessToken();
        string[] good = [$"Authorization: Bearer {token}"];
        yield return new BadCredentials("the header twice", [.. good, .. good], string.Empty, "header-repeated");
        yield return new BadCredentials(
            "a token and a key", [.. good, $"X-Api-Key: {KeyedService.Good.Text}"], string.Empty, "two-credentials");
        yield return new BadCredentials(
            "two tokens in two headers", [.. good, $"X-Api-Key: {AccessToken(claims => claims["client_id"] = "x")}"],
            string.Empty, "two-credentials");
        yield return new BadCredentials("Basic", [$"Authorization: Basic {token}"], string.Empty, "scheme-unknown");
        yield return new BadCredentials("DPoP", [$"Authorization: DPoP {token}"], string.Empty, "scheme-unknown");
        foreach (var name in (string[])["access_token", "token", "id_token", "x"])
        {
            yield return new BadCredentials($"query {name}", [], $"?{name}={token}", "key-in-query");
            yield return new BadCredentials($"query {name} beside a good header", good, $"?{name}={token}", "key-in-query");
        }
    }
}
