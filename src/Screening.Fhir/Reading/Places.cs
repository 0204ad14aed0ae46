using System.Text.Json;
using Screening.Fhir.CdsHooks;

namespace Screening.Fhir.Reading;

/// <summary>
/// The resources beside appointments that they may refer to: locations, which may state the clinic's time zone, and patients with a name
/// that is local to the request.
/// </summary>
internal sealed class Places
{
    private static readonly HashSet<string> Kinds = new(
        ["Location", "HealthcareService", "PractitionerRole", "Schedule", "Slot"], StringComparer.Ordinal);

    private readonly Dictionary<string, Place> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> patients = new(StringComparer.Ordinal);
    private readonly List<Place> all = [];

    /// <summary>Every place, in the order received.</summary>
    public IReadOnlyList<Place> All => all;

    /// <summary>True for a type of resource that says where, on whose calendar or with whom an appointment is.</summary>
    public static bool IsPlace(string? type) => type is not null && Kinds.Contains(type);

    /// <summary>Adds a resource; irrelevant ones are ignored.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="fullUrl">The fullUrl of its entry, if any.</param>
    /// <param name="at">FHIRPath to it.</param>
    /// <param name="isBesideAppointments">True in a list with the appointments, to which it then belongs; false in a record.</param>
    public void Add(JsonElement resource, string? fullUrl, string at, bool isBesideAppointments)
    {
        var type = ResourceJson.TypeOf(resource);
        if (IsPlace(type))
        {
            var place = new Place(resource, at, isBesideAppointments);
            all.Add(place);
            foreach (var name in (string?[])[fullUrl, ResourceJson.ReferenceTo(resource)])
            {
                if (name is not null)
                {
                    byName.TryAdd(name, place);
                }
            }
        }
        else if (type == "Patient" && fullUrl is not null && ResourceJson.ReferenceTo(resource) is { } patient)
        {
            patients.TryAdd(fullUrl, patient);
        }
    }

    /// <summary>The place that a reference leads to; null when it was not sent.</summary>
    public Place? Find(string reference) =>
        byName.TryGetValue(ReferenceName.WithoutVersion(reference), out var place)
        || (ReferenceName.TypeAndId(reference) is { } name && byName.TryGetValue(name, out place)) ? place : null;

    /// <summary>Replaces a patient's name that is local to the request by type and id; returns any other reference unchanged.</summary>
    public string? Resolve(string? reference) =>
        reference is not null && patients.TryGetValue(reference, out var patient) ? patient : reference;
}

/// <summary>A Location, HealthcareService, PractitionerRole, Schedule or Slot.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="At">FHIRPath to it.</param>
/// <param name="IsBesideAppointments">True in a list with the appointments.</param>
internal sealed record Place(JsonElement Resource, string At, bool IsBesideAppointments);
