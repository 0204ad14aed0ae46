namespace Screening.Fhir.Reading;

/// <summary>What the status of an Appointment says of it (<see href="https://hl7.org/fhir/R4/valueset-appointmentstatus.html"/>).</summary>
internal static class AppointmentStatuses
{
    // "proposed" is what booking is for; with the others the treatment is still to take place, too.
    private static readonly HashSet<string> Coming =
        new(["proposed", "pending", "booked", "arrived", "checked-in", "waitlist"], StringComparer.Ordinal);
    private static readonly HashSet<string> Off = new(["cancelled", "noshow", "entered-in-error"], StringComparer.Ordinal);

    /// <summary>True when the treatment is still to take place.</summary>
    public static bool IsToCome(string? status) => status is not null && Coming.Contains(status);

    /// <summary>
    /// True when it does not take place at all, so that there is nothing to say on it. A status that is misspelt does not say so.
    /// </summary>
    public static bool IsOff(string? status) => status is not null && Off.Contains(status);
}
