using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Screening.Api.Contract;

namespace Screening.Api.Receipts;

/// <summary>
/// A key of EC P-256. Its work is done by pooled instances of the base library, which are not promised to be safe for several threads.
/// </summary>
internal sealed class SigningKey
{
    // Its dotted name; the friendly one depends on the platform.
    private const string P256 = "1.2.840.10045.3.1.7";
    private const DSASignatureFormat Format = DSASignatureFormat.IeeeP1363FixedFieldConcatenation;

    private readonly ConcurrentBag<ECDsa> idle = [];
    private readonly ECParameters parameters;

    private SigningKey(ECParameters parameters, KeyState state, KeyRevocation? revoked)
    {
        this.parameters = parameters;
        var (x, y) = (Base64Url.EncodeToString(parameters.Q.X), Base64Url.EncodeToString(parameters.Q.Y));
        var named = Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""");
        State = state;
        Public = new SigningKeyResponse
        {
            Kty = "EC",
            Crv = "P-256",
            X = x,
            Y = y,
            Kid = Base64Url.EncodeToString(SHA256.HashData(named)),
            Use = "sig",
            Alg = "ES256",
            Revoked = revoked,
        };
    }

    /// <summary>What it is good for.</summary>
    public KeyState State { get; }

    /// <summary>Its public half, with its name (RFC 7638).</summary>
    public SigningKeyResponse Public { get; }

    /// <summary>True with its private half.</summary>
    public bool CanSign => parameters.D is not null;

    /// <summary>Takes a key; null when it is of another curve.</summary>
    /// <exception cref="CryptographicException">Its parts are not those of a key.</exception>
    public static SigningKey? Of(ECDsa key, KeyState state, KeyRevocation? revoked = null)
    {
        ECParameters parts;
        try
        {
            parts = key.ExportParameters(includePrivateParameters: true);
        }
        catch (CryptographicException)
        {
            parts = key.ExportParameters(includePrivateParameters: false);
        }

        return parts.Curve.Oid.Value == P256 ? new SigningKey(parts, state, revoked) : null;
    }

    /// <summary>The signature, 64 bytes: r and s.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var key = Take();
        var signature = key.SignData(data, HashAlgorithmName.SHA256, Format);
        idle.Add(key);
        return signature;
    }

    /// <summary>True for a signature of this key.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        var key = Take();
        var isGood = key.VerifyData(data, signature, HashAlgorithmName.SHA256, Format);
        idle.Add(key);
        return isGood;
    }

    private ECDsa Take() => idle.TryTake(out var key) ? key : ECDsa.Create(parameters);
}
