using Hl7.Fhir.Model;

namespace Screening.Fhir.Reading;

/// <summary>The target of a reference, without its version.</summary>
/// <param name="Server">
/// The server address of an absolute reference; null for a relative one, and for one that is not to a Patient by id.
/// </param>
/// <param name="Id">The patient's id, or otherwise the whole reference, such as <c>urn:uuid:…</c>.</param>
/// <param name="IsById">True when it refers to a Patient by id.</param>
internal readonly record struct PatientName(string? Server, string Id, bool IsById)
{
    private const string Prefix = "Patient/";

    /// <summary>The target of a reference; null when it names none.</summary>
    public static PatientName? Of(ResourceReference? reference) => Of(reference?.Reference);

    /// <summary>The target of a reference's text.</summary>
    public static PatientName? Of(string? reference)
    {
        if (reference is null)
        {
            return null;
        }

        var text = ReferenceName.WithoutVersion(reference);
        return text.LastIndexOf(Prefix, StringComparison.Ordinal) is >= 0 and var at && (at == 0 || text[at - 1] == '/')
            ? new PatientName(at == 0 ? null : text[..at], text[(at + Prefix.Length)..].Split('/')[0], true)
            : new PatientName(null, text, false);
    }

    /// <summary>
    /// The patient that a participant is; null when it is not stated to be a patient. The target of a misspelt type still counts as a
    /// patient.
    /// </summary>
    public static PatientName? OfPatient(string? reference, string? type)
    {
        var isPatient = Of(reference) is { IsById: true } || (type == nameof(Patient) && reference is not null)
            || (reference?.Split('/') is [.., var typed, _] && string.Equals(typed, nameof(Patient), StringComparison.OrdinalIgnoreCase));
        return isPatient ? Of(reference) : null;
    }

    /// <summary>
    /// True when both may be the same person: the same id, on the same server as far as both state one. Ids are local to a server, and
    /// different references are not otherwise known to mean the same person.
    /// </summary>
    public bool MayBe(PatientName other) => IsById == other.IsById && Id == other.Id && (Server is null || other.Server is null || Server == other.Server);
}
