using System.Buffers.Binary;
using System.Security.Cryptography;
using NodaTime;

namespace Screening.Api.Decisions;

/// <summary>
/// New ids of decisions: UUIDs of version 7 (RFC 9562, section 5.7), the time in front so that they sort, the rest random. The random bytes are
/// drawn many at a time: asking the system for ten of them takes as long as writing the decision.
/// </summary>
internal static class DecisionId
{
    private const int Drawn = 4000;
    private const int TimeBytes = 6;

    [ThreadStatic]
    private static byte[]? random;

    [ThreadStatic]
    private static int left;

    /// <summary>An id for a decision made now.</summary>
    public static Guid New(Instant now)
    {
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, now.ToUnixTimeMilliseconds() << 16);
        Draw(id[TimeBytes..]);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }

    private static void Draw(Span<byte> destination)
    {
        random ??= new byte[Drawn];
        if (left < destination.Length)
        {
            RandomNumberGenerator.Fill(random);
            left = random.Length;
        }

        left -= destination.Length;
        random.AsSpan(left, destination.Length).CopyTo(destination);
    }
}
