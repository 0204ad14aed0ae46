using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Screening.Rules;

namespace Screening.Api.CarePlans;

/// <summary>
/// The UID of a calendar entry: made from what identifies the appointment, so that a calendar that takes the same plan again updates its entries. With
/// a reference that is the protocol and the reference, and a moved appointment keeps its entries; without one it is the protocol, the start and the zone.
/// </summary>
internal static class CalendarUid
{
    /// <summary>The UID of the appointment's own entry.</summary>
    public static string OfAppointment(ScreeningRequest request) => Of(request, string.Empty);

    /// <summary>The UID of a step's entry.</summary>
    public static string OfStep(ScreeningRequest request, string step) => Of(request, step);

    private static string Of(ScreeningRequest request, string step)
    {
        var protocol = request.Intake.Protocol.Id;
        return request.Reference is { } reference
            ? Hash("reference", protocol, reference, step)
            : Hash("start", protocol, request.Appointment.Start!.Value.ToInstant().ToString("g", CultureInfo.InvariantCulture), request.Appointment.Zone.Id, step);
    }

    /// <summary>A UUID of version 8 (RFC 9562, made in a way of its own) from a SHA-256 of the parts; a hash does not tell the reference to whoever sees the entry.</summary>
    private static string Hash(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            // Its length in front, so that no two lists of parts run into the same bytes.
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        var id = hash.GetHashAndReset().AsSpan(0, 16);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true).ToString("D", CultureInfo.InvariantCulture);
    }
}
