using System.Collections.Frozen;
using Hl7.Fhir.Model;

namespace Screening.Fhir.Reading;

/// <summary>The concrete resource types. The SDK also lists abstract ones, which have no resources.</summary>
internal static class ResourceTypes
{
    private static readonly FrozenSet<string> All =
        ModelInfo.SupportedResources.Where(name => ModelInfo.GetTypeForFhirType(name) is { IsAbstract: false }).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for a concrete resource type.</summary>
    public static bool IsConcrete(string? name) => name is not null && All.Contains(name);
}
