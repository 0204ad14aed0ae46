using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Security.Cryptography;
using NodaTime;

namespace Screening.Api.Access;

/// <summary>
/// The keys of all clients, as digests. A digest is found by its first 8 bytes and then compared as a whole in constant time. What the time
/// of the lookup tells is whether a key has these 8 bytes of a digest in common with one of ours, which brings nobody nearer to a key:
/// keys are 256 random bits.
/// </summary>
internal sealed class ClientKeys
{
    private readonly FrozenDictionary<ulong, ClientKey[]> keys;

    /// <summary>Makes the lookup.</summary>
    public ClientKeys(IReadOnlyCollection<ClientKey> keys)
    {
        this.keys = keys.GroupBy(key => Start(key.Digest)).ToFrozenDictionary(group => group.Key, group => group.ToArray());
        Count = keys.Count;
    }

    /// <summary>How many keys there are.</summary>
    public int Count { get; }

    /// <summary>Finds whose key it is.</summary>
    /// <param name="key">What a request has for a key.</param>
    /// <param name="now">When the request came.</param>
    public Admission Find(ReadOnlySpan<char> key, Instant now)
    {
        if (!ApiKey.HasForm(key))
        {
            return Admission.Of(Refusal.KeyMalformed);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        ApiKey.WriteDigest(key, digest);
        foreach (var known in keys.GetValueOrDefault(Start(digest), []))
        {
            if (CryptographicOperations.FixedTimeEquals(digest, known.Digest))
            {
                return known.At(now);
            }
        }

        // Only a key that nobody has is worth the second digest.
        return Admission.Of(ApiKey.IsWellFormed(key) ? Refusal.KeyUnknown : Refusal.KeyMalformed);
    }

    /// <summary>True when a client can show a key that is good at an instant.</summary>
    public bool AnyGood(Instant now) =>
        keys.Values.Any(same => same.Any(key => key.Client.Kind != CredentialKind.Own && key.At(now).Client is not null));

    private static ulong Start(ReadOnlySpan<byte> digest) => BinaryPrimitives.ReadUInt64BigEndian(digest);
}

/// <summary>One key of a client.</summary>
/// <param name="Client">Whose it is.</param>
/// <param name="Digest">Its SHA-256.</param>
/// <param name="NotBefore">The first instant at which it is good; null for any.</param>
/// <param name="Expires">The first instant at which it is not good any more; null for never.</param>
internal sealed record ClientKey(Client Client, byte[] Digest, Instant? NotBefore, Instant? Expires)
{
    /// <summary>What the key leads to at an instant.</summary>
    public Admission At(Instant now) =>
        now < NotBefore ? Admission.Of(Refusal.KeyNotYet)
        : now >= Expires ? Admission.Of(Refusal.KeyExpired)
        : Admission.Of(Client);
}
