using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Access;

/// <summary>A key pair that signs tokens, by hand: whatever a token must not be can be made too.</summary>
internal sealed record Signer(string KeyId, string Algorithm, AsymmetricAlgorithm Key)
{
    /// <summary>Makes one with a new key of the curve P-384.</summary>
    public static Signer Ec(string keyId) => new(keyId, "ES384", ECDsa.Create(ECCurve.NamedCurves.nistP384));

    /// <summary>Makes one with a new RSA key.</summary>
    public static Signer Rsa(string keyId, string algorithm = "RS256", int bits = 2048) => new(keyId, algorithm, RSA.Create(bits));

    /// <summary>The public key as a JSON Web Key.</summary>
    public JsonObject Jwk()
    {
        var jwk = new JsonObject { ["kid"] = KeyId, ["use"] = "sig" };
        if (Key is RSA rsa)
        {
            var parameters = rsa.ExportParameters(false);
            (jwk["kty"], jwk["n"], jwk["e"]) = ("RSA", Encoded(parameters.Modulus!), Encoded(parameters.Exponent!));
        }
        else
        {
            var point = ((ECDsa)Key).ExportParameters(false).Q;
            (jwk["kty"], jwk["crv"], jwk["x"], jwk["y"]) = ("EC", $"P-{Key.KeySize}", Encoded(point.X!), Encoded(point.Y!));
        }

        return jwk;
    }

    /// <summary>A set of public keys.</summary>
    public static JsonObject Jwks(params Signer[] signers) =>
        new() { ["keys"] = new JsonArray([.. signers.Select(signer => signer.Jwk())]) };

    /// <summary>Signs a header and claims, with its own algorithm, whatever the header says.</summary>
    public string Sign(JsonObject header, JsonObject claims) => Sign(header.ToJsonString(), claims.ToJsonString());

    /// <inheritdoc cref="Sign(JsonObject, JsonObject)"/>
    public string Sign(string header, string claims) => Sign(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(claims));

    /// <inheritdoc cref="Sign(JsonObject, JsonObject)"/>
    public string Sign(byte[] header, byte[] claims)
    {
        var signed = $"{Encoded(header)}.{Encoded(claims)}";
        var hash = new HashAlgorithmName("SHA" + Algorithm[2..]);
        var signature = Key switch
        {
            RSA rsa => rsa.SignData(
                Encoding.ASCII.GetBytes(signed), hash, Algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1),
            _ => ((ECDsa)Key).SignData(Encoding.ASCII.GetBytes(signed), hash),
        };
        return $"{signed}.{Encoded(signature)}";
    }

    /// <summary>Signs with a secret (HMAC), as whoever takes a public key for one does.</summary>
    public static string Mac(JsonObject header, JsonObject claims, byte[] secret)
    {
        var signed = $"{Encoded(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Encoded(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        var mac = ((string)header["alg"]!)[2..] switch
        {
            "256" => HMACSHA256.HashData(secret, bytes),
            "384" => HMACSHA384.HashData(secret, bytes),
            _ => HMACSHA512.HashData(secret, bytes),
        };
        return $"{signed}.{Encoded(mac)}";
    }

    public static string Encoded(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
