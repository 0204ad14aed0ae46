using Hl7.Fhir.Model;

namespace Screening.Fhir.Reading;

/// <summary>Whom a reference names, without the version that it may name as well.</summary>
/// <param name="Server">The address that an absolute reference begins with; null for a relative one, and for one that is not to a Patient by id.</param>
/// <param name="Id">The patient's id, or else the whole reference, such as <c>urn:uuid:…</c>.</param>
/// <param name="IsById">True when it is to a Patient by id.</param>
internal readonly record struct PatientName(string? Server, string Id, bool IsById)
{
    private const string Prefix = "Patient/";

    /// <summary>Whom a reference names; null when it names nobody.</summary>
    public static PatientName? Of(ResourceReference? reference) => Of(reference?.Reference);

    /// <summary>The same of a reference's text.</summary>
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
    /// Which patient somebody who takes part is; null when it does not say that it is a patient. One whose type is misspelt is nobody
    /// else's.
    /// </summary>
    public static PatientName? OfPatient(string? reference, string? type)
    {
        var isPatient = Of(reference) is { IsById: true } || (type == nameof(Patient) && reference is not null)
            || (reference?.Split('/') is [.., var typed, _] && string.Equals(typed, nameof(Patient), StringComparison.OrdinalIgnoreCase));
        return isPatient ? Of(reference) : null;
    }

    /// <summary>
    /// True when both may be one person: the same id, at the same server as far as both tell one. Ids are a server's own, and no two references that differ
    /// are otherwise known to be of one person.
    /// </summary>
    public bool MayBe(PatientName other) => IsById == other.IsById && Id == other.Id && (Server is null || other.Server is null || Server == other.Server);
}
