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

    /// <summary>It was cancelled, missed or entered in error: nothing is to be said on it.</summary>
    Off,

    /// <summary>Its status is not one of an appointment that is still to come.</summary>
    NotToCome,

    /// <summary>It is another patient's, or another one's as well.</summary>
    OtherPatient,

    /// <summary>It has no start.</summary>
    NoStart,

    /// <summary>It has no start, and names dates that are wanted or a slot, none of which it asks for.</summary>
    DatesWanted,

    /// <summary>Its start is no instant: a date and a time with seconds and an offset.</summary>
    StartUnreadable,

    /// <summary>It names an unknown time zone, or two.</summary>
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

    /// <summary>The clinic's zone, if the appointment, or what it points at, names one.</summary>
    public DateTimeZone? Zone { get; private init; }

    /// <summary>Reads an Appointment; what is wrong with it stands in the result.</summary>
    /// <param name="resource">The resource, of whatever kind.</param>
    /// <param name="people">The person of the context, by every name that the call gives.</param>
    /// <param name="beside">What came beside it.</param>
    internal static ProposedAppointment Read(JsonElement resource, IReadOnlyList<PatientName> people, Places beside)
    {
        if (ResourceJson.TypeOf(resource) != "Appointment")
        {
            return new ProposedAppointment { Flaw = AppointmentFlaw.NotAnAppointment };
        }

        var start = Time(ResourceJson.Text(resource, "start"));
        var end = Time(ResourceJson.Text(resource, "end"));
        var endMakesSense = end?.ToInstant() >= start?.ToInstant();
        var zoneErrors = new InputErrors();
        var zone = ZoneStatement.Agreed(ZoneStatement.Of(resource, string.Empty, beside), zoneErrors);
        var status = ResourceJson.Text(resource, "status");
        return new ProposedAppointment
        {
            Reference = ResourceJson.ReferenceTo(resource),
            Flaw = IsModified(resource) ? AppointmentFlaw.MeaningUnknown
                : AppointmentStatuses.IsOff(status) ? AppointmentFlaw.Off
                : !AppointmentStatuses.IsToCome(status) ? AppointmentFlaw.NotToCome
                : IsOfOthers(resource, people, beside) ? AppointmentFlaw.OtherPatient
                : !resource.TryGetProperty("start", out _) ? NamesDates(resource) ? AppointmentFlaw.DatesWanted : AppointmentFlaw.NoStart
                : start is null ? AppointmentFlaw.StartUnreadable
                : zoneErrors.Any ? AppointmentFlaw.ZoneUnknown
                : null,
            Start = start,
            End = endMakesSense ? end : null,
            EndLeftOut = !endMakesSense && resource.TryGetProperty("end", out _),
            Zone = zone,
        };
    }

    private static StatedTime? Time(string? text) => text is null ? null : AppointmentReader.Parse(text, offsetNeeded: true);

    private static bool IsModified(JsonElement resource) =>
        ResourceJson.Objects(resource, "participant").Prepend(resource).Any(element => element.TryGetProperty("modifierExtension", out _))
        || resource.TryGetProperty("implicitRules", out _) || resource.TryGetProperty("_implicitRules", out _);

    private static bool NamesDates(JsonElement resource) => IsSaid(resource, "requestedPeriod") || IsSaid(resource, "slot");

    private static bool IsSaid(JsonElement resource, string name) =>
        resource.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
        && !(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);

    /// <summary>
    /// True when it names a patient who cannot be the person of the call. R5 names one as its subject, R4 among the participants.
    /// </summary>
    private static bool IsOfOthers(JsonElement resource, IReadOnlyList<PatientName> people, Places beside)
    {
        var actors = ResourceJson.Objects(resource, "participant")
            .Select(participant => participant.TryGetProperty("actor", out var actor) ? actor : default)
            .Append(resource.TryGetProperty("subject", out var subject) ? subject : default);
        PatientName[] named =
        [
            .. actors.Select(actor => PatientName.OfPatient(beside.Known(ResourceJson.Text(actor, "reference")), ResourceJson.Text(actor, "type")))
                .OfType<PatientName>().Distinct(),
            .. people,
        ];
        return Array.Exists(named, one => Array.Exists(named, other => !one.MayBe(other)));
    }
}
