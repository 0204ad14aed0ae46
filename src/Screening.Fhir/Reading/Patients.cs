using System.Globalization;
using Hl7.Fhir.Model;
using Screening.Fhir.Record;
using Screening.Rules;

namespace Screening.Fhir.Reading;

/// <summary>The patient of a request. One person's answers must never decide on another's appointment.</summary>
internal static class Patients
{
    /// <summary>
    /// The patient of the response or, if it has none, of the appointment; null when neither states one. Reports an error when they, or
    /// entries of the record, name different patients.
    /// </summary>
    public static ResourceReference? Subject(ScreenParameters parameters, string? responseAt, string? appointmentAt)
    {
        var responseSubject = parameters.Response?.Subject;
        List<ResourceReference> booked = [.. parameters.Appointment?.Participant.Select(participant => participant.Actor).OfType<ResourceReference>().Where(IsPatient) ?? []];
        List<PatientName> named = [.. booked.Append(responseSubject).Select(PatientName.Of).OfType<PatientName>().Distinct()];
        if (named.Exists(one => named.Exists(other => !one.MayBe(other))))
        {
            parameters.Errors.Add(
                responseSubject is null ? appointmentAt + ".resource.participant" : responseAt + ".resource.subject",
                ErrorCode.DifferentPatients);
        }
        else if (parameters.Record is { } record)
        {
            new RecordCheck(named, parameters.Errors).Check(record, parameters.RecordAt);
        }

        // A reference to a contained resource of the request cannot be resolved in the response.
        return Usable(responseSubject) ?? Usable(booked.FirstOrDefault());
    }

    /// <summary>
    /// Reports an error for each resource of a record that names another patient than this one, or somebody of whom the record does not tell
    /// that it is this one: of what is filled in, nothing would show whose it is.
    /// </summary>
    public static void Check(ResourceReference subject, IEnumerable<(Resource Resource, string At)> record, InputErrors errors)
    {
        var check = new RecordCheck(PatientName.Of(subject) is { } name ? [name] : [], errors, isStrict: true);
        foreach (var (resource, at) in record)
        {
            check.Check(resource, null, at);
        }
    }

    /// <summary>True for a reference that is stated to be to a patient.</summary>
    private static bool IsPatient(ResourceReference actor) => PatientName.OfPatient(actor.Reference, actor.Type) is not null;

    private static ResourceReference? Usable(ResourceReference? reference) =>
        reference?.Reference is { } text && !text.StartsWith('#') ? new ResourceReference(text) : null;

    /// <summary>
    /// Checks that every entry of a record is about the same patient, as far as stated: those of the request and of the entries before it.
    /// A name in another form that cannot be resolved is not compared.
    /// </summary>
    private sealed class RecordCheck(List<PatientName> named, InputErrors errors, bool isStrict = false)
    {
        private readonly Dictionary<string, PatientName> byFullUrl = new(StringComparer.Ordinal);

        public void Check(Resource? resource, string? fullUrl, string at)
        {
            if (resource is Bundle bundle)
            {
                Check(bundle, at);
            }
            else if (Of(resource, fullUrl) is { } name)
            {
                Check(name, at);
            }
        }

        public void Check(Bundle record, string at)
        {
            foreach (var entry in record.Entry)
            {
                if (entry is { Resource: Patient patient, FullUrl: { } fullUrl } && Of(patient, fullUrl) is { } name)
                {
                    byFullUrl.TryAdd(fullUrl, name);
                }
            }

            for (var i = 0; i < record.Entry.Count; i++)
            {
                Check(record.Entry[i].Resource, record.Entry[i].FullUrl, string.Create(CultureInfo.InvariantCulture, $"{at}.entry[{i}].resource"));
            }
        }

        private void Check(PatientName name, string at)
        {
            if ((isStrict && !name.IsById) || named.Exists(other => other.IsById == name.IsById && !other.MayBe(name)))
            {
                errors.Add(at, ErrorCode.DifferentPatients);
            }
            else if (!named.Contains(name))
            {
                named.Add(name);
            }
        }

        /// <summary>The patient of an entry; null when not stated, or contained in the entry itself.</summary>
        private PatientName? Of(Resource? resource, string? fullUrl) => resource switch
        {
            Patient patient => PatientName.Of(fullUrl) is { IsById: true } name ? name : patient.Id is { } id ? new PatientName(null, id, true) : PatientName.Of(fullUrl),
            null => null,
            _ => Of(RecordResourceTypes.Of(resource)?.PersonOf(resource)),
        };

        private PatientName? Of(ResourceReference? reference) =>
            PatientName.Of(reference) is not { } name || name.Id.StartsWith('#') ? null : byFullUrl.TryGetValue(name.Id, out var known) ? known : name;
    }
}
