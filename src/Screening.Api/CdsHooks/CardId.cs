using System.Buffers.Binary;
using System.Text;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>
/// The UUID of a card, derived from the call, the service, the appointment and the inputs of the decision: a client that repeats its call
/// gets the same cards, and feedback on either refers to the same card. When any input of the decision changes, so does the UUID.
/// </summary>
internal static class CardId
{
    /// <summary>Returns the id of a card.</summary>
    /// <param name="hookInstance">The client's id of the call.</param>
    /// <param name="service">The service's id.</param>
    /// <param name="screened">The appointment.</param>
    /// <param name="inputs">The inputs of the decision; null when there is none.</param>
    public static Guid Of(Guid hookInstance, string service, ScreenedAppointment screened, DecisionInputs? inputs)
    {
        var position = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(position, screened.Place);

        // A service id contains no slash and a reference does, so different pairs never give the same bytes.
        var names = Encoding.UTF8.GetBytes(service + "/" + screened.Proposed?.Reference);
        return DerivedId.Of(hookInstance.ToByteArray(bigEndian: true), position, names, inputs?.ToBytes());
    }
}
