using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Screening.Api.Access;

/// <summary>A public key that signatures are verified with.</summary>
/// <param name="Key">The key.</param>
/// <param name="Id">Its <c>kid</c>; null without one. Several keys may have the same.</param>
/// <param name="Algorithm">The one algorithm that it is for; null for all of its kind.</param>
internal sealed record TokenKey(SecurityKey Key, string? Id, string? Algorithm)
{
    private const int MinRsaBits = 2048;

    /// <summary>Makes it of a key of a set.</summary>
    /// <returns>Null for one that is secret, too short, not for signatures, or of a kind that is not taken.</returns>
    public static TokenKey? Of(JsonWebKey published)
    {
        var isForSignatures = published.Use is null or "" or JsonWebKeyUseNames.Sig
            && (published.KeyOps.Count == 0 || published.KeyOps.Contains("verify"));
        if (published.HasPrivateKey || published.K is not null || !isForSignatures)
        {
            return null;
        }

        // Its parameters alone: a certificate beside them would count instead of them.
        var bare = new JsonWebKey
        {
            Kty = published.Kty,
            N = published.N,
            E = published.E,
            Crv = published.Crv,
            X = published.X,
            Y = published.Y,
            KeyId = published.Kid,
        };
        try
        {
            return JsonWebKeyConverter.TryConvertToSecurityKey(bare, out var key)
                && key is ECDsaSecurityKey or RsaSecurityKey { KeySize: >= MinRsaBits }
                ? new TokenKey(key, NullIfEmpty(published.Kid), NullIfEmpty(published.Alg))
                : null;
        }
        catch (Exception flawed) when (flawed is ArgumentException or FormatException or CryptographicException or SecurityTokenException)
        {
            return null;
        }
    }

    /// <summary>True when a token may have been signed with its private half.</summary>
    public bool Fits(TokenText token) =>
        (token.KeyId is null || token.KeyId == Id) && (Algorithm is null || Algorithm == token.Algorithm) && Key switch
        {
            RsaSecurityKey => token.Algorithm[0] is 'R' or 'P',
            _ => token.Algorithm == Key.KeySize switch
            {
                256 => SecurityAlgorithms.EcdsaSha256,
                384 => SecurityAlgorithms.EcdsaSha384,
                _ => SecurityAlgorithms.EcdsaSha512,
            },
        };

    private static string? NullIfEmpty(string? text) => text is { Length: > 0 } ? text : null;
}
