using System.Text;
using System.Text.Json.Nodes;
using Screening.Api.Tests.CdsHooks;
using static Screening.Api.Tests.Access.BadTokens;
using static Screening.Api.Tests.Access.TokenService;

namespace Screening.Api.Tests.Access;

/// <summary>Tokens of CDS clients that let nobody in at a hook, or at its feedback.</summary>
internal static class BadHookTokens
{
    private static readonly long Second = Seconds(Now);

    /// <summary>All of them.</summary>
    /// <param name="path">The path that is called.</param>
    public static IReadOnlyList<BadCredentials> At(string path) => [.. Audiences(path), .. Times(path), .. Keys(path), .. Rest(path)];

    private static IEnumerable<BadCredentials> Audiences(string path)
    {
        foreach (var audience in (string[])
            [
                PublicUrl, PublicUrl + "/", PublicUrl + path + "/", PublicUrl + path + "?x=1",
                PublicUrl + path + "#", PublicUrl + path.ToUpperInvariant(), PublicUrl + "/cds-services",
                PublicUrl + (path == CdsCalls.Book ? CdsCalls.Opened : CdsCalls.Book), PublicUrl + CdsCalls.Opened + "/feedback",
                "https://screening.example.org" + path, "https://other.example.org/api" + path,
                "http://screening.example.org/api" + path, "https://screening.example.org:443/api" + path,
                "http://localhost" + path, "http://localhost/api" + path, path, "/api" + path, Audience,
            ])
        {
            yield return Bad($"aud {audience}", HookToken(path, claims => claims["aud"] = audience), "token-audience");
        }

        yield return Bad("no aud", HookToken(path, claims => claims.Remove("aud")), "token-audience");
        yield return Bad("of another CDS client", HookToken(path, claims => claims["iss"] = "https://other.example.org"), "token-key");
        yield return Bad(
            "of an unlisted CDS client", HookToken(path, claims => claims["iss"] = "https://third.example.org"), "token-issuer");
        yield return Bad("in the name of the authorization server", HookToken(path, claims => claims["iss"] = Issuer), "token-key");
    }

    private static IEnumerable<BadCredentials> Times(string path)
    {
        yield return Bad("exp in an hour", HookToken(path, claims => claims["exp"] = Second + 3600), "token-long");
        yield return Bad(
            "exp in an hour, issued then",
            HookToken(path, claims => (claims["iat"], claims["exp"]) = (Second + 3300, Second + 3600)), "token-not-yet");
        yield return Bad("a second more than five minutes", HookToken(path, claims => claims["exp"] = Second + 301), "token-long");
        yield return Bad(
            "a second more than five minutes, issued before",
            HookToken(path, claims => (claims["iat"], claims["exp"]) = (Second - 200, Second + 101)), "token-long");
        yield return Bad("no exp", HookToken(path, claims => claims.Remove("exp")), "token-expired");
        yield return Bad("no iat", HookToken(path, claims => claims.Remove("iat")), "token-incomplete");
        yield return Bad(
            "until now, with the skew",
            HookToken(path, claims => (claims["iat"], claims["exp"]) = (Second - 300, Second - 30)), "token-expired");
        yield return Bad("nbf ahead", HookToken(path, claims => claims["nbf"] = Second + 31), "token-not-yet");
        yield return Bad("iat ahead", HookToken(path, claims => claims["iat"] = Second + 31), "token-not-yet");
        yield return Bad("a day late", HookToken(path, claims => Shift(claims, -86_400)), "token-expired");
        yield return Bad("a day ahead", HookToken(path, claims => Shift(claims, 86_400)), "token-not-yet");
        yield return Bad("exp as a text", HookToken(path, claims => claims["exp"] = $"{Second + 300}"), "token-malformed");
        yield return Bad("iat as a text", HookToken(path, claims => claims["iat"] = $"{Second}"), "token-malformed");
    }

    private static IEnumerable<BadCredentials> Keys(string path)
    {
        var (curve, stranger) = (
            new Signer(
                "ehr", "ES256", System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256)),
            Signer.Ec("ehr"));
        yield return Bad("ES256", HookToken(path, signer: curve), "token-algorithm");
        foreach (var algorithm in (string[])["RS256", "RS512", "PS384", "ES512", "none", "HS384"])
        {
            yield return Bad(algorithm, HookToken(path, header: header => header["alg"] = algorithm, signer: Ehr[1]), "token-algorithm");
        }

        yield return Bad(
            "HS384 with the public key",
            Signer.Mac(Header("JWT", "HS384", "ehr"), HookClaims(path, Now), Encoding.UTF8.GetBytes(Ehr[0].Jwk().ToJsonString())),
            "token-algorithm");
        yield return Bad("ES384 of an RSA key", HookToken(path, header: header => header["alg"] = "ES384", signer: Ehr[1]), "token-key");
        yield return Bad("of a stranger", HookToken(path, signer: stranger), "token-signature");
        yield return Bad(
            "of a stranger, without a kid", HookToken(path, header: header => header.Remove("kid"), signer: stranger), "token-signature");
        yield return Bad("of the other CDS client's key", HookToken(path, signer: OtherEhr), "token-key");
        yield return Bad("a foreign kid", HookToken(path, header: header => header["kid"] = "x"), "token-key");
        yield return Bad(
            "jku", HookToken(path, header: header => header["jku"] = "http://127.0.0.1:9/jwks", signer: stranger), "token-signature");
        yield return Bad("jwk", HookToken(path, header: header => header["jwk"] = stranger.Jwk(), signer: stranger), "token-signature");
    }

    private static IEnumerable<BadCredentials> Rest(string path)
    {
        foreach (var type in (string[])["at+jwt", "application/jwt", "JWT ", "application/at+jwt"])
        {
            yield return Bad($"typ {type}", HookToken(path, header: header => header["typ"] = type), "token-type");
        }

        yield return Bad("no typ", HookToken(path, header: header => header.Remove("typ")), "token-type");
        yield return Bad("no jti", HookToken(path, claims => claims.Remove("jti")), "token-incomplete");
        foreach (var id in (JsonNode?[])["", 7, null, new JsonArray("a")])
        {
            yield return Bad($"jti {id?.ToJsonString()}", HookToken(path, claims => claims["jti"] = id), "token-malformed");
        }

        yield return Bad(
            "jti twice",
            Ehr[0].Sign(Header("JWT", "ES384", "ehr").ToJsonString(), HookClaims(path, Now).ToJsonString()[..^1] + ",\"jti\":\"x\"}"),
            "token-malformed");
        yield return Bad("crit", HookToken(path, header: header => header["crit"] = new JsonArray("jti")), "token-malformed");
        yield return Bad("nested", HookToken(path, header: header => header["cty"] = "JWT"), "token-malformed");
        yield return new BadCredentials(
            "twice", [$"Authorization: Bearer {HookToken(path)}", $"Authorization: Bearer {HookToken(path)}"],
            string.Empty, "header-repeated");
        yield return new BadCredentials(
            "with an access token", [$"Authorization: Bearer {HookToken(path)}", $"X-Api-Key: {AccessToken()}"],
            string.Empty, "two-credentials");
    }
}
