using Screening.Rules;

namespace Screening.Fhir.Reading;

/// <summary>The statuses of an Appointment (<see href="https://hl7.org/fhir/R4/valueset-appointmentstatus.html"/>).</summary>
internal static class AppointmentStatuses
{
    // "proposed" is the normal case during booking; with the others the treatment is also yet to take place.
    private static readonly string[] Upcoming = ["proposed", "pending", "booked", "arrived", "checked-in", "waitlist"];
    private static readonly HashSet<string> Cancelled = new(["cancelled", "noshow", "entered-in-error"], StringComparer.Ordinal);

    /// <summary>The statuses before the treatment, in words.</summary>
    public static LocalizedText AcceptedBefore { get; } = FhirAccepted.Statuses(Upcoming);

    /// <summary>True when the treatment is yet to take place.</summary>
    public static bool IsUpcoming(string? status) => status is not null && Upcoming.Contains(status);

    /// <summary>True when it does not take place, so that there is nothing to report. A misspelt status does not mean that.</summary>
    public static bool IsCancelled(string? status) => status is not null && Cancelled.Contains(status);
}
