using Screening.Rules;

namespace Screening.Fhir.CdsHooks;

/// <summary>The hooks of CDS Hooks that this service answers (<see href="https://cds-hooks.hl7.org/2.0.1/"/>).</summary>
public enum Hook
{
    /// <summary><c>appointment-book</c>: somebody books appointments. Each of them is screened.</summary>
    AppointmentBook,

    /// <summary><c>patient-view</c>: somebody opened a record. The question is whether the person could be treated today.</summary>
    PatientView,
}

/// <summary>One CDS service: a protocol at a hook.</summary>
/// <param name="Family">The protocol, in every version.</param>
/// <param name="Hook">When a client calls it.</param>
public sealed record HookService(ProtocolFamily Family, Hook Hook)
{
    /// <summary>The last part of the service's address: <c>{protocol}-{hook}</c>.</summary>
    public string Id => $"{Family.Id}-{WireName.Of(Hook)}";

    /// <summary>Every service: of each protocol, at each hook.</summary>
    public static IEnumerable<HookService> All(ProtocolCatalog catalog) =>
        catalog.Families.SelectMany(family => Enum.GetValues<Hook>().Select(hook => new HookService(family, hook)));

    /// <summary>The service of an id in its exact spelling; null when there is none.</summary>
    public static HookService? Find(ProtocolCatalog catalog, string id) => All(catalog).FirstOrDefault(service => service.Id == id);
}
