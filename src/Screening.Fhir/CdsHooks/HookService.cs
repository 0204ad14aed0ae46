using Screening.Rules;

namespace Screening.Fhir.CdsHooks;

/// <summary>The supported hooks of CDS Hooks (<see href="https://cds-hooks.hl7.org/2.0.1/"/>).</summary>
public enum Hook
{
    /// <summary><c>appointment-book</c>: a user books appointments, each of which is screened.</summary>
    AppointmentBook,

    /// <summary><c>patient-view</c>: a user opened a record. The screening is for treatment today.</summary>
    PatientView,
}

/// <summary>One CDS service: a protocol at a hook.</summary>
/// <param name="Family">The protocol, in every version.</param>
/// <param name="Hook">The hook on which a client calls it.</param>
public sealed record HookService(ProtocolFamily Family, Hook Hook)
{
    /// <summary>The last segment of the service's URL: <c>{protocol}-{hook}</c>.</summary>
    public string Id => $"{Family.Id}-{WireName.Of(Hook)}";

    /// <summary>Every service: of each protocol, at each hook.</summary>
    public static IEnumerable<HookService> All(ProtocolCatalog catalog) =>
        catalog.Families.SelectMany(family => Enum.GetValues<Hook>().Select(hook => new HookService(family, hook)));

    /// <summary>The service with an id in its exact spelling; null when there is none.</summary>
    public static HookService? Find(ProtocolCatalog catalog, string id) => All(catalog).FirstOrDefault(service => service.Id == id);
}
