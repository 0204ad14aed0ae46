using System.Buffers.Binary;
using System.Text;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>
/// The UUID of a card: made from the call, the service, the appointment and what was decided on, so that a client that repeats its call gets the cards that
/// it has already, and feedback on either means the same card; once anything has changed that a decision is made from, it is another one.
/// </summary>
internal static class CardId
{
    /// <summary>The id of a card.</summary>
    /// <param name="hookInstance">The client's id of the call.</param>
    /// <param name="service">The service's id.</param>
    /// <param name="screened">The appointment.</param>
    /// <param name="facts">What its decision is made from; null when nothing could be decided.</param>
    public static Guid Of(Guid hookInstance, string service, ScreenedAppointment screened, DecisionInputs? facts)
    {
        var place = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(place, screened.Place);

        // The service's id holds no slash, a reference does: no two pairs run into the same bytes.
        var names = Encoding.UTF8.GetBytes(service + "/" + screened.Proposed?.Reference);
        return DerivedId.Of(hookInstance.ToByteArray(bigEndian: true), place, names, facts?.ToBytes());
    }
}
