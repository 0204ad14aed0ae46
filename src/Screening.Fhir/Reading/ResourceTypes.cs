using System.Collections.Frozen;
using Hl7.Fhir.Model;

namespace Screening.Fhir.Reading;

/// <summary>The types of resources that there are. A type that is abstract has no resources, though the SDK lists it.</summary>
internal static class ResourceTypes
{
    private static readonly FrozenSet<string> All =
        ModelInfo.SupportedResources.Where(name => ModelInfo.GetTypeForFhirType(name) is { IsAbstract: false }).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for a type of which there can be a resource; a type that there is not is a misspelt one.</summary>
    public static bool IsOne(string? name) => name is not null && All.Contains(name);
}
