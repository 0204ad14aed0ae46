using System.Globalization;
using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Reading;

/// <summary>Who a request is about. One person's answers must never decide on another's appointment.</summary>
internal static class Patients
{
    private const string Prefix = "Patient/";

    /// <summary>
    /// The patient that the response names, or else the appointment; null when neither names one. Noted as an error when they, or an entry of the record, name different ones.
    /// </summary>
    public static ResourceReference? Subject(ScreenParameters parameters, string? responseAt, string? appointmentAt)
    {
        var said = parameters.Response?.Subject;
        List<ResourceReference> all = [.. parameters.Appointment?.Participant.Select(participant => participant.Actor).OfType<ResourceReference>().Where(IsPatient) ?? []];
        var booked = all.FirstOrDefault();
        if (all.Concat(Name(said) is null ? [] : [said!]).Select(Name).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            parameters.Request.Errors.Add(said is null ? appointmentAt + ".resource.participant" : responseAt + ".resource.subject", ErrorCode.DifferentPatients);
        }

        if ((Id(said) ?? Id(booked)) is { } patient && parameters.Record is { } record)
        {
            CheckRecord(record, parameters.RecordAt, patient, parameters.Request.Errors);
        }

        // A reference into the request's own contained resources leads nowhere in the answer.
        return Usable(said) ?? Usable(booked);
    }

    /// <summary>True for a reference that says that it is to a patient.</summary>
    private static bool IsPatient(ResourceReference actor) => Id(actor) is not null || (actor.Type == nameof(Patient) && actor.Reference is not null);

    /// <summary>What tells one patient from another: the id, or else the whole reference, since no two that differ are known to be one person.</summary>
    private static string? Name(ResourceReference? reference) => Id(reference) ?? reference?.Reference;

    private static void CheckRecord(Bundle record, string at, string patient, FhirErrors errors)
    {
        for (var i = 0; i < record.Entry.Count; i++)
        {
            var entryAt = string.Create(CultureInfo.InvariantCulture, $"{at}.entry[{i}].resource");
            if (record.Entry[i].Resource is Bundle within)
            {
                CheckRecord(within, entryAt, patient, errors);
            }
            else if (Of(record.Entry[i].Resource) is { } other && other != patient)
            {
                errors.Add(entryAt, ErrorCode.DifferentPatients);
            }
        }
    }

    /// <summary>The id of the patient that an entry of a record is about; null when it does not say.</summary>
    private static string? Of(Resource? resource) => resource switch
    {
        Patient patient => patient.Id,
        Hl7.Fhir.Model.Condition condition => Id(condition.Subject),
        AllergyIntolerance allergy => Id(allergy.Patient),
        MedicationRequest request => Id(request.Subject),
        MedicationStatement statement => Id(statement.Subject),
        MedicationAdministration administration => Id(administration.Subject),
        MedicationDispense dispense => Id(dispense.Subject),
        Device device => Id(device.Patient),
        DeviceUseStatement use => Id(use.Subject),
        Procedure procedure => Id(procedure.Subject),
        Observation observation => Id(observation.Subject),
        _ => null,
    };

    /// <summary>The patient's id, of a relative or an absolute reference; null for a reference to anything else.</summary>
    internal static string? Id(ResourceReference? reference)
    {
        if (reference?.Reference is not { } text || text.LastIndexOf(Prefix, StringComparison.Ordinal) is not (>= 0 and var at) || (at > 0 && text[at - 1] != '/'))
        {
            return null;
        }

        var id = text[(at + Prefix.Length)..];
        var end = id.IndexOf('/', StringComparison.Ordinal);
        return end < 0 ? id : id[..end];
    }

    private static ResourceReference? Usable(ResourceReference? reference) =>
        reference?.Reference is { } text && !text.StartsWith('#') ? new ResourceReference(text) : null;
}
