using System.Text.Json;
using NodaTime;
using Screening.Fhir.Reading;
using Screening.Rules;

namespace Screening.Fhir.CdsHooks;

/// <summary>Why a proposed appointment cannot be screened.</summary>
public enum AppointmentFlaw
{
    /// <summary>There is no Appointment.</summary>
    NotAnAppointment,

    /// <summary>Its status is not one of an appointment that is still to come.</summary>
    NotToCome,

    /// <summary>It has no start.</summary>
    NoStart,

    /// <summary>Its start is no instant: a date and a time with seconds and an offset.</summary>
    StartUnreadable,

    /// <summary>It names a time zone that there is not, or two.</summary>
    ZoneUnknown,

    /// <summary>It, or one of its participants, is said to mean something else, in a way that nobody here knows: by a modifier extension, or by implicit rules.</summary>
    MeaningUnknown,
}

/// <summary>
/// One appointment of a hook's context. What decides is read strictly: status, start and time zone. The end is not: the hook's own definition shows it
/// malformed, and only instructions after the treatment would need it.
/// </summary>
/// <remarks><see href="https://cds-hooks.hl7.org/hooks/appointment-book/"/>.</remarks>
public sealed record ProposedAppointment
{
    private const string ZoneOfResource = "http://hl7.org/fhir/StructureDefinition/timezone";
    private const string ZoneOfTime = "http://hl7.org/fhir/StructureDefinition/tz-code";

    // R4's AppointmentStatus. "proposed" is what the hook is for; with the others the treatment is still to take place, too.
    private static readonly HashSet<string> ToCome = new(["proposed", "pending", "booked", "arrived", "checked-in", "waitlist"], StringComparer.Ordinal);

    /// <summary>The Appointment's id, if it is one that FHIR allows.</summary>
    public string? Reference { get; private init; }

    /// <summary>Why it cannot be screened; null when it can.</summary>
    public AppointmentFlaw? Flaw { get; private init; }

    /// <summary>The start, with its offset; there is one unless there is a flaw.</summary>
    public StatedTime? Start { get; private init; }

    /// <summary>The end, with its offset; null when there is none that makes sense.</summary>
    public StatedTime? End { get; private init; }

    /// <summary>True when it states an end that was left out because it makes no sense.</summary>
    public bool EndLeftOut { get; private init; }

    /// <summary>The clinic's zone, if the appointment names one.</summary>
    public DateTimeZone? Zone { get; private init; }

    /// <summary>True when it names patients as participants, and the one of the context is not among them.</summary>
    public bool NamesOtherPatient { get; private init; }

    /// <summary>Reads an Appointment; what is wrong with it stands in the result.</summary>
    /// <param name="resource">The resource, of whatever kind.</param>
    /// <param name="patient">The id of the person of the context.</param>
    public static ProposedAppointment Read(JsonElement resource, string patient)
    {
        if (ResourceJson.TypeOf(resource) != "Appointment")
        {
            return new ProposedAppointment { Flaw = AppointmentFlaw.NotAnAppointment };
        }

        var start = Time(ResourceJson.Text(resource, "start"));
        var end = Time(ResourceJson.Text(resource, "end"));
        var endMakesSense = end?.ToInstant() >= start?.ToInstant();
        var zoneReadable = TryZone(resource, out var zone);
        return new ProposedAppointment
        {
            Reference = ResourceJson.ReferenceTo(resource),
            Flaw = ResourceJson.Text(resource, "status") is not { } status || !ToCome.Contains(status) ? AppointmentFlaw.NotToCome
                : !resource.TryGetProperty("start", out _) ? AppointmentFlaw.NoStart
                : start is null ? AppointmentFlaw.StartUnreadable
                : !zoneReadable ? AppointmentFlaw.ZoneUnknown
                : IsModified(resource) ? AppointmentFlaw.MeaningUnknown
                : null,
            Start = start,
            End = endMakesSense ? end : null,
            EndLeftOut = !endMakesSense && resource.TryGetProperty("end", out _),
            Zone = zone,
            NamesOtherPatient = NamesOther(resource, patient),
        };
    }

    private static StatedTime? Time(string? text) => text is null ? null : AppointmentReader.Parse(text, offsetNeeded: true);

    private static bool IsModified(JsonElement resource) =>
        ResourceJson.Objects(resource, "participant").Prepend(resource).Any(element => element.TryGetProperty("modifierExtension", out _))
        || resource.TryGetProperty("implicitRules", out _) || resource.TryGetProperty("_implicitRules", out _);

    private static bool NamesOther(JsonElement resource, string patient)
    {
        var people = ResourceJson.Objects(resource, "participant")
            .Select(participant => participant.TryGetProperty("actor", out var actor) ? ResourceJson.Text(actor, "reference") : null)
            .Where(reference => reference?.Split('/') is [.., "Patient", _] or [.., "Patient", _, "_history", _]).ToList();
        return people.Count > 0 && people.TrueForAll(reference => ResourceJson.AboutReference(reference, patient) == AboutPerson.Other);
    }

    /// <summary>The zone that the appointment, or its start, names; false when it names one that there is not, or two that differ.</summary>
    private static bool TryZone(JsonElement resource, out DateTimeZone? zone)
    {
        zone = null;
        var named = Codes(resource, ZoneOfResource)
            .Concat(resource.TryGetProperty("_start", out var start) ? Codes(start, ZoneOfTime) : [])
            .Distinct(StringComparer.Ordinal).ToList();
        if (named.Count == 0)
        {
            return true;
        }

        zone = named is [{ } only] ? ClinicZones.Find(only) : null;
        return zone is not null;
    }

    private static IEnumerable<string?> Codes(JsonElement owner, string url) =>
        ResourceJson.Objects(owner, "extension").Where(extension => ResourceJson.Text(extension, "url") == url).Select(extension => ResourceJson.Text(extension, "valueCode"));
}
