using System.Security.Cryptography;
using System.Text;

namespace Screening.Fhir.Results;

/// <summary>
/// Names the entries of an answer so that they can refer to each other. The same request names them alike each time: a name is a digest of what
/// was screened, in the form of a UUID of version 8 (RFC 9562, 5.8).
/// </summary>
internal sealed class EntryNames(ReadOnlyMemory<byte> seed)
{
    /// <summary>The entry's <c>fullUrl</c>.</summary>
    /// <param name="kind">The type of its resource.</param>
    /// <param name="id">What tells it from others of the type.</param>
    public string Of(string kind, string id)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(seed.Span);
        digest.AppendData(Encoding.UTF8.GetBytes("\n" + kind + "/" + id));
        Span<byte> bytes = stackalloc byte[32];
        digest.GetHashAndReset(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return "urn:uuid:" + new Guid(bytes[..16], bigEndian: true).ToString("D");
    }
}
