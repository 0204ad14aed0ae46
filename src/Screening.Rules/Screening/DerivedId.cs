using System.Security.Cryptography;

namespace Screening.Rules;

/// <summary>
/// Ids that follow from what they name, so that the same thing has the same id each time it is told: UUIDs of version 8 (RFC 9562, section 5.8),
/// the beginning of a SHA-256, which does not tell what it was made of.
/// </summary>
public static class DerivedId
{
    /// <summary>
    /// The id of what these parts say, one after the other. Where one ends and the next begins is for the parts to show: two things must not run
    /// into the same bytes.
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
