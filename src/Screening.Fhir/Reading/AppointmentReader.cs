using System.Globalization;
using System.Text;
using Hl7.Fhir.Model;
using Screening.Rules;
using Status = Hl7.Fhir.Model.Appointment.AppointmentStatus;

namespace Screening.Fhir.Reading;

/// <summary>
/// Reads an Appointment: its start, its end, and whether its status lets it be screened at all. What else it holds, such as comments, decides
/// nothing and is left alone.
/// </summary>
internal static class AppointmentReader
{
    /// <summary>The start and the end that an Appointment states; what is wrong with it is noted.</summary>
    public static (Stated<StatedTime> Start, Stated<StatedTime> End) Read(Hl7.Fhir.Model.Appointment appointment, string at, InputErrors errors)
    {
        Modifiers.Check(appointment, at, errors);
        for (var i = 0; i < appointment.Participant.Count; i++)
        {
            Modifiers.Check(appointment.Participant[i].ModifierExtension, string.Create(CultureInfo.InvariantCulture, $"{at}.participant[{i}]"), errors);
        }

        if (!AppointmentStatuses.IsToCome(appointment.StatusElement?.JsonValue as string))
        {
            errors.Add(at + ".status", ErrorCode.UnusableStatus);
        }

        if (appointment.StartElement is null && appointment.EndElement is null && NamesDates(appointment))
        {
            errors.Add(
                at + ".start", ErrorCode.StartNeeded, "The appointment names dates that are wanted or a slot, and asks for none of them.");
            return default;
        }

        // FHIR's own rule (app-3 of https://hl7.org/fhir/R4/appointment.html): only what is not yet settled may be without a time.
        if (appointment.StartElement is null && appointment.Status is not (Status.Proposed or Status.Waitlist or Status.Cancelled))
        {
            errors.Add(at, ErrorCode.MissingMember);
        }

        // And app-2: either start and end are there, or neither; here an end may be left out, and not a start beside one.
        if (appointment.StartElement is null && appointment.EndElement is not null)
        {
            errors.Add(at + ".end", ErrorCode.MissingMember, "An appointment that has an end has a start.");
        }

        return (Time(appointment.StartElement, at + ".start", errors), Time(appointment.EndElement, at + ".end", errors));
    }

    /// <summary>The time of a text in UTF-8; null when it is none, or has no offset where it needs one.</summary>
    public static StatedTime? Parse(string text, bool offsetNeeded = false) =>
        StatedTime.TryParse(Encoding.UTF8.GetBytes(text), out var time) && (time.Offset is not null || !offsetNeeded) ? time : null;

    /// <summary>That there is no start means today only where nothing else names a date.</summary>
    private static bool NamesDates(Hl7.Fhir.Model.Appointment appointment) =>
        appointment.RequestedPeriod.Count > 0 || appointment.Slot.Count > 0;

    private static Stated<StatedTime> Time(Instant? element, string at, InputErrors errors)
    {
        if (element is null)
        {
            return default;
        }

        var text = element.JsonValue as string;
        var time = text is null ? null : Parse(text);
        if (time is null)
        {
            errors.Add(at, text is null ? ErrorCode.MissingMember : ErrorCode.InvalidDateTime);
        }

        return new(true, time);
    }
}
