using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Screening.Rules;

namespace Screening.Api.CarePlans;

/// <summary>
/// The UID of a calendar entry, derived from what identifies the appointment, so that importing the same plan again updates the entries.
/// With a reference it is derived from the protocol and the reference, and a moved appointment keeps its entries; without one, from the
/// protocol, the start and the zone.
/// </summary>
internal static class CalendarUid
{
    /// <summary>Returns the UID of the appointment's own entry.</summary>
    public static string OfAppointment(ScreeningRequest request) => Of(request, string.Empty);

    /// <summary>Returns the UID of a step's entry.</summary>
    public static string OfStep(ScreeningRequest request, string step) => Of(request, step);

    private static string Of(ScreeningRequest request, string step)
    {
        var protocol = request.Intake.Protocol.Id;
        return request.Reference is { } reference
            ? Id("reference", protocol, reference, step)
            : Id("start", protocol, request.Appointment.Start!.Value.ToInstant().ToString("g", CultureInfo.InvariantCulture), request.Appointment.Zone.Id, step);
    }

    /// <summary>Derives an id that does not reveal the reference.</summary>
    private static string Id(params ReadOnlySpan<string> parts)
    {
        List<ReadOnlyMemory<byte>> content = [];
        foreach (var part in parts)
        {
            // Length prefixes keep different lists of parts from giving the same bytes.
            var bytes = Encoding.UTF8.GetBytes(part);
            var length = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            content.AddRange(length, bytes);
        }

        return DerivedId.Of([.. content]).ToString("D", CultureInfo.InvariantCulture);
    }
}
