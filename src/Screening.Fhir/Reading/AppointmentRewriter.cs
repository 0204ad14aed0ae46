using System.Globalization;
using Hl7.Fhir.Model;
using Screening.Rules;
using Status = Hl7.Fhir.Model.Appointment.AppointmentStatus;

namespace Screening.Fhir.Reading;

/// <summary>
/// Rewrites an Appointment: its start, its end, and whether its status lets it be screened at all. What else it holds, such as comments, decides
/// nothing and is left alone.
/// </summary>
public static class AppointmentRewriter
{
    /// <summary>Says the appointment's start and end to the request.</summary>
    public static void Write(Hl7.Fhir.Model.Appointment appointment, string at, RestRequest request)
    {
        Modifiers.Check(appointment, at, request.Errors);
        for (var i = 0; i < appointment.Participant.Count; i++)
        {
            Modifiers.Check(appointment.Participant[i].ModifierExtension, string.Create(CultureInfo.InvariantCulture, $"{at}.participant[{i}]"), request.Errors);
        }

        request.Begin("/appointment", at);
        if (appointment.Status is not (Status.Proposed or Status.Pending or Status.Booked or Status.Arrived or Status.CheckedIn or Status.Waitlist))
        {
            request.Errors.Add(at + ".status", ErrorCode.UnusableStatus);
        }

        // FHIR's own rule (app-3 of https://hl7.org/fhir/R4/appointment.html): only what is not yet settled may be without a time.
        if (appointment.StartElement is null && appointment.Status is not (Status.Proposed or Status.Waitlist or Status.Cancelled))
        {
            request.Refuse("/appointment/start", at, ErrorCode.MissingMember);
        }

        // And app-2: either start and end are there, or neither; here an end may be left out, and not a start beside one.
        if (appointment.StartElement is null && appointment.EndElement is not null)
        {
            request.Errors.Add(at + ".end", ErrorCode.MissingMember, "An appointment that has an end has a start.");
        }

        Write(appointment.StartElement, "/appointment/start", at + ".start", request);
        Write(appointment.EndElement, "/appointment/end", at + ".end", request);
    }

    private static void Write(Instant? time, string pointer, string at, RestRequest request)
    {
        if (time is null)
        {
            return;
        }

        var text = time.JsonValue as string;
        request.Say(pointer, text, at);
        if (text is null)
        {
            request.Refuse(pointer, at, ErrorCode.MissingMember);
        }
    }
}
