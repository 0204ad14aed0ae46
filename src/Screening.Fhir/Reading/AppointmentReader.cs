using System.Globalization;
using System.Text;
using Hl7.Fhir.Model;
using Screening.Rules;
using Status = Hl7.Fhir.Model.Appointment.AppointmentStatus;

namespace Screening.Fhir.Reading;

/// <summary>
/// Reads an Appointment: its start, its end, and whether its status allows screening. Its other elements, such as comments, do not affect
/// the decision and are ignored.
/// </summary>
internal static class AppointmentReader
{
    /// <summary>The stated start and end of an Appointment; its errors are reported.</summary>
    public static (Stated<StatedTime> Start, Stated<StatedTime> End) Read(Hl7.Fhir.Model.Appointment appointment, string at, InputErrors errors)
    {
        Modifiers.Check(appointment, at, errors);
        for (var i = 0; i < appointment.Participant.Count; i++)
        {
            Modifiers.Check(appointment.Participant[i].ModifierExtension, string.Create(CultureInfo.InvariantCulture, $"{at}.participant[{i}]"), errors);
        }

        if (!AppointmentStatuses.IsUpcoming(appointment.StatusElement?.JsonValue as string))
        {
            errors.Add(at + ".status", ErrorCode.UnusableStatus, AppointmentStatuses.AcceptedBefore);
        }

        if (appointment.StartElement is null && appointment.EndElement is null && NamesDates(appointment))
        {
            errors.Add(
                at + ".start", ErrorCode.StartNeeded, FhirAccepted.Start, Words.Text("fhir.otherDates"));
            return default;
        }

        // FHIR requires (app-3 of https://hl7.org/fhir/R4/appointment.html) a time unless the appointment is not yet settled.
        if (appointment.StartElement is null && appointment.Status is not (Status.Proposed or Status.Waitlist or Status.Cancelled))
        {
            errors.Add(at, ErrorCode.MissingMember, FhirAccepted.Start);
        }

        // And (app-2) both start and end, or neither; here the end may be omitted, but not a start beside an end.
        if (appointment.StartElement is null && appointment.EndElement is not null)
        {
            errors.Add(at + ".end", ErrorCode.MissingMember, FhirAccepted.Start, Words.Text("fhir.startOfEnd"));
        }

        return (Time(appointment.StartElement, at + ".start", errors), Time(appointment.EndElement, at + ".end", errors));
    }

    /// <summary>Parses a time; null when it is invalid, or lacks a required offset.</summary>
    public static StatedTime? Parse(string text, bool offsetNeeded = false) =>
        StatedTime.TryParse(Encoding.UTF8.GetBytes(text), out var time) && (time.Offset is not null || !offsetNeeded) ? time : null;

    /// <summary>A missing start means today only when no other element names a date.</summary>
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
            errors.Add(at, text is null ? ErrorCode.MissingMember : ErrorCode.InvalidDateTime, Accepted.Instant);
        }

        return new(true, time);
    }
}
