using System.Buffers.Binary;
using System.Security.Cryptography;
using NodaTime;

namespace Screening.Api.Decisions;

/// <summary>
/// Creates decision ids: UUIDs of version 7 (RFC 9562, section 5.7), with the time first so that they sort, and the rest random. Random
/// bytes are generated in large blocks: requesting ten of them from the system takes as long as writing the decision.
/// </summary>
internal static class DecisionId
{
    private const int PoolSize = 4000;
    private const int TimeBytes = 6;

    [ThreadStatic]
    private static byte[]? random;

    [ThreadStatic]
    private static int remaining;

    /// <summary>Creates an id for a decision made now.</summary>
    public static Guid New(Instant now)
    {
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, now.ToUnixTimeMilliseconds() << 16);
        TakeRandomBytes(id[TimeBytes..]);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }

    private static void TakeRandomBytes(Span<byte> destination)
    {
        random ??= new byte[PoolSize];
        if (remaining < destination.Length)
        {
            RandomNumberGenerator.Fill(random);
            remaining = random.Length;
        }

        remaining -= destination.Length;
        random.AsSpan(remaining, destination.Length).CopyTo(destination);
    }
}
