using System.Security.Cryptography;

namespace Screening.Rules;

/// <summary>
/// Ids derived from what they identify, so that the same thing always has the same id: UUIDs of version 8 (RFC 9562, section 5.8), made of
/// the first bytes of a SHA-256, which does not reveal its input.
/// </summary>
public static class DerivedId
{
    /// <summary>
    /// The id of the concatenated parts. The parts must be self-delimiting: two different inputs must not produce the same bytes.
    /// </summary>
    public static Guid Of(params ReadOnlySpan<ReadOnlyMemory<byte>> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(part.Span);
        }

        var id = hash.GetHashAndReset().AsSpan(0, 16);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
