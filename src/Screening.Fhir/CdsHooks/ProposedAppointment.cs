using System.Text.Json;
using NodaTime;
using Screening.Fhir.Reading;
using Screening.Rules;

namespace Screening.Fhir.CdsHooks;

/// <summary>Why a proposed appointment cannot be screened.</summary>
public enum AppointmentFlaw
{
    /// <summary>It is not an Appointment.</summary>
    NotAnAppointment,

    /// <summary>It was cancelled, missed or entered in error, and gets no card.</summary>
    Off,

    /// <summary>Its status does not mean that it is yet to take place.</summary>
    NotToCome,

    /// <summary>It is of another patient, or also of another patient.</summary>
    OtherPatient,

    /// <summary>It has no start.</summary>
    NoStart,

    /// <summary>It has no start, and names requested dates or a slot without choosing one.</summary>
    DatesWanted,

    /// <summary>Its start is not an instant: a date and a time with seconds and an offset.</summary>
    StartUnreadable,

    /// <summary>It names an unknown time zone, or two.</summary>
    ZoneUnknown,

    /// <summary>It, or one of its participants, has a modifier extension or implicit rules, so that its meaning is unknown.</summary>
    MeaningUnknown,
}

/// <summary>
/// One appointment of a hook's context. Status, start and time zone decide and are read strictly. The end is not: the hook's own definition
/// shows an invalid one, and only instructions after the treatment need it.
/// </summary>
/// <remarks><see href="https://cds-hooks.hl7.org/hooks/appointment-book/"/>.</remarks>
public sealed record ProposedAppointment
{
    /// <summary>The Appointment's reference, if its id is valid in FHIR.</summary>
    public string? Reference { get; private init; }

    /// <summary>Why it cannot be screened; null when it can.</summary>
    public AppointmentFlaw? Flaw { get; private init; }

    /// <summary>The start, with its offset; always present without a flaw.</summary>
    public StatedTime? Start { get; private init; }

    /// <summary>The end, with its offset; null when absent or invalid.</summary>
    public StatedTime? End { get; private init; }

    /// <summary>True when a stated end was ignored because it is invalid.</summary>
    public bool EndLeftOut { get; private init; }

    /// <summary>The clinic's zone, if the appointment, or a resource that it refers to, names one.</summary>
    public DateTimeZone? Zone { get; private init; }

    /// <summary>Reads an Appointment; the result states its flaw.</summary>
    /// <param name="resource">The resource, of any type.</param>
    /// <param name="people">The patient of the context, by every name in the call.</param>
    /// <param name="beside">The other resources in the call.</param>
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
                : AppointmentStatuses.IsCancelled(status) ? AppointmentFlaw.Off
                : !AppointmentStatuses.IsUpcoming(status) ? AppointmentFlaw.NotToCome
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

    private static bool NamesDates(JsonElement resource) => HasValue(resource, "requestedPeriod") || HasValue(resource, "slot");

    private static bool HasValue(JsonElement resource, string name) =>
        resource.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
        && !(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);

    /// <summary>
    /// True when it names a patient who cannot be the patient of the call. R5 names one as its subject, R4 among the participants.
    /// </summary>
    private static bool IsOfOthers(JsonElement resource, IReadOnlyList<PatientName> people, Places beside)
    {
        var actors = ResourceJson.Objects(resource, "participant")
            .Select(participant => participant.TryGetProperty("actor", out var actor) ? actor : default)
            .Append(resource.TryGetProperty("subject", out var subject) ? subject : default);
        PatientName[] named =
        [
            .. actors.Select(actor =>
                    PatientName.OfPatient(beside.Resolve(ResourceJson.Text(actor, "reference")), ResourceJson.Text(actor, "type")))
                .OfType<PatientName>().Distinct(),
            .. people,
        ];
        return Array.Exists(named, one => Array.Exists(named, other => !one.MayBe(other)));
    }
}
