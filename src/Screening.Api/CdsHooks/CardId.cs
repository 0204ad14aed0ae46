using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Screening.Api.Decisions;
using Screening.Fhir.CdsHooks;

namespace Screening.Api.CdsHooks;

/// <summary>
/// The UUID of a card: made from the call, the service, the appointment and what was decided on, so that a client that repeats its call gets the cards that
/// it has already, and feedback on either means the same card; once anything has changed that a decision is made from, it is another one. Of version 8 (RFC 9562, made in a way of its own); a hash does not tell what it was made of.
/// </summary>
internal static class CardId
{
    /// <summary>The id of a card.</summary>
    /// <param name="hookInstance">The client's id of the call.</param>
    /// <param name="service">The service's id.</param>
    /// <param name="screened">The appointment.</param>
    /// <param name="facts">What its decision is made from; null when nothing could be decided.</param>
    public static Guid Of(Guid hookInstance, string service, ScreenedAppointment screened, DecisionFacts? facts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> fixedPart = stackalloc byte[20];
        hookInstance.TryWriteBytes(fixedPart, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(fixedPart[16..], screened.Place);
        hash.AppendData(fixedPart);
        // The service's id holds no slash, a reference does: no two pairs run into the same bytes.
        hash.AppendData(Encoding.UTF8.GetBytes(service + "/" + screened.Proposed?.Reference));
        hash.AppendData(facts?.ToBytes() ?? []);

        var id = hash.GetHashAndReset().AsSpan(0, 16);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
