using System.Text.Json;
using Screening.Fhir.CdsHooks;

namespace Screening.Fhir.Reading;

/// <summary>
/// What came beside appointments that they may point at: where they take place, which may tell the clinic's time zone, and patients by a
/// name that is only used within the request.
/// </summary>
internal sealed class Places
{
    private static readonly HashSet<string> Kinds = new(["Location", "HealthcareService", "Schedule", "Slot"], StringComparer.Ordinal);

    private readonly Dictionary<string, Place> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> patients = new(StringComparer.Ordinal);
    private readonly List<Place> all = [];

    /// <summary>Every place, in the order in which they came.</summary>
    public IReadOnlyList<Place> All => all;

    /// <summary>True for a type of resource that says where, or on whose calendar, an appointment is.</summary>
    public static bool IsPlace(string? type) => type is not null && Kinds.Contains(type);

    /// <summary>Adds a resource; one that is of no use here is left out.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="fullUrl">The name of its entry, if it has one.</param>
    /// <param name="at">FHIRPath to it.</param>
    /// <param name="isBesideAppointments">
    /// True where it came in one list with the appointments, and so belongs to them; false in a record.
    /// </param>
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

    /// <summary>The place that a reference leads to; null when it did not come.</summary>
    public Place? Find(string reference) =>
        byName.TryGetValue(ReferenceName.WithoutVersion(reference), out var place)
        || (ReferenceName.TypeAndId(reference) is { } name && byName.TryGetValue(name, out place)) ? place : null;

    /// <summary>The reference by type and id to a patient whom a name within the request stands for; else the same.</summary>
    public string? Known(string? reference) =>
        reference is not null && patients.TryGetValue(reference, out var patient) ? patient : reference;
}

/// <summary>A Location, HealthcareService, Schedule or Slot.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="At">FHIRPath to it.</param>
/// <param name="IsBesideAppointments">True where it came in one list with the appointments.</param>
internal sealed record Place(JsonElement Resource, string At, bool IsBesideAppointments);
