using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Screening.Rules;

namespace Screening.Api.CarePlans;

/// <summary>
/// The UIDs of a calendar's entries, derived from what identifies the plan, so that importing the same plan again updates the entries.
/// </summary>
/// <param name="identity">What identifies the plan.</param>
internal sealed class CalendarUid(params IReadOnlyList<string> identity)
{
    private const string Appointment = "";

    /// <summary>Returns the UID of the appointment's own entry.</summary>
    public string OfAppointment() => OfStep(Appointment);

    /// <summary>Returns the UID of a step's entry.</summary>
    public string OfStep(string step)
    {
        List<ReadOnlyMemory<byte>> content = [];
        foreach (var part in identity.Append(step))
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
