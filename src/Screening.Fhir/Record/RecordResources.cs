using System.Globalization;
using Hl7.Fhir.Model;
using Screening.Fhir.Reading;

namespace Screening.Fhir.Record;

/// <summary>A resource of a record.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Reference">The reference that evidence cites.</param>
/// <param name="At">FHIRPath to it, relative to the record.</param>
/// <param name="IsModified">
/// True when a modifier extension or implicit rules, of the resource or of its Bundle, change its meaning in an unknown way.
/// </param>
internal sealed record RecordResource(Resource Resource, string Reference, string At, bool IsModified)
{
    /// <summary>The row of its type; null for a type without a row.</summary>
    public RecordResourceType? Type { get; } = RecordResourceTypes.Of(Resource);

    /// <summary>
    /// False for a resource that states itself not to be true. With an unknown modifier the statement is uncertain, and it counts.
    /// </summary>
    public bool Counts => IsModified || Type?.IsNotAsserted(Resource) != true;
}

/// <summary>The resources of a record, with the references between them.</summary>
internal sealed class RecordResources
{
    private readonly Dictionary<string, List<Resource>> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<Resource, ILookup<string, Resource>> contained = new(ReferenceEqualityComparer.Instance);
    private readonly List<RecordResource> all = [];
    private readonly List<RecordGap> gaps = [];

    /// <summary>Opens the Bundles of a record.</summary>
    /// <param name="resources">The resources.</param>
    /// <param name="at">FHIRPath to them; needed only for locations.</param>
    public RecordResources(IEnumerable<Resource> resources, string at = "")
        : this(resources.Select(resource => (resource, at)))
    {
    }

    /// <summary>Opens the Bundles of a record whose resources stand in several places.</summary>
    /// <param name="resources">The resources, each with the FHIRPath to it.</param>
    public RecordResources(IEnumerable<(Resource Resource, string At)> resources)
    {
        // Bundles within Bundles are opened at any depth: no part of a record is left out.
        var open = new Stack<PendingResource>(resources.Reverse().Select(one => new PendingResource(one.Resource, "", one.At, false)));
        while (open.TryPop(out var next))
        {
            if (next.Resource is Bundle bundle)
            {
                gaps.AddRange(BundleGaps.Of(bundle, next.At));
                for (var i = bundle.Entry.Count - 1; i >= 0; i--)
                {
                    var entry = bundle.Entry[i];
                    open.Push(new PendingResource(
                        entry.Resource,
                        Concepts.Literal(entry.FullUrlElement),
                        string.Create(CultureInfo.InvariantCulture, $"{next.At}.entry[{i}].resource"),
                        next.IsModified || bundle.ImplicitRulesElement is not null || entry.ModifierExtension.Count > 0));
                }
            }
            else if (next.Resource is { } resource)
            {
                Add(resource, next);
            }
        }
    }

    /// <summary>Every resource, from opened Bundles too.</summary>
    public IReadOnlyList<RecordResource> All => all;

    /// <summary>The gaps that the Bundles themselves state.</summary>
    public IReadOnlyList<RecordGap> Gaps => gaps;

    /// <summary>Resolves a reference of a resource; null when the target is not among the resources.</summary>
    public T? Find<T>(ResourceReference? reference, Resource from)
        where T : Resource => FindAll(reference, from).OfType<T>().FirstOrDefault();

    /// <summary>
    /// All possible targets of a reference: several if they share a name, such as versions of one resource or resources of different
    /// servers. The same name always returns the same list.
    /// </summary>
    public IEnumerable<Resource> FindAll(ResourceReference? reference, Resource from)
    {
        if (Concepts.Literal(reference?.ReferenceElement) is not { Length: > 1 } target)
        {
            return [];
        }

        if (target[0] == '#')
        {
            if (!contained.TryGetValue(from, out var within))
            {
                contained.Add(from, within = ((from as DomainResource)?.Contained ?? []).OfType<Resource>().ToLookup(one => Concepts.Literal(one.IdElement).TrimStart('#'), StringComparer.Ordinal));
            }

            return within[target[1..]];
        }

        return byName.GetValueOrDefault(ReferenceName.WithoutVersion(target))
            ?? (ReferenceName.TypeAndId(target) is { } name ? byName.GetValueOrDefault(name) : null) ?? [];
    }

    private void Add(Resource resource, PendingResource next)
    {
        var fullUrl = next.FullUrl;
        var byId = Concepts.Literal(resource.IdElement) is { Length: > 0 } id ? $"{resource.TypeName}/{id}" : null;
        if (byId is not null)
        {
            Name(byId, resource);
        }

        if (fullUrl.Length > 0)
        {
            Name(fullUrl, resource);
            if (byId is null && fullUrl.Split('/') is [.., var type, var name] && type == resource.TypeName)
            {
                Name($"{type}/{name}", resource);
            }
        }

        var reference = byId ?? (fullUrl.Length > 0 ? fullUrl : string.Create(CultureInfo.InvariantCulture, $"{resource.TypeName}/unidentified-{all.Count + 1}"));
        all.Add(new RecordResource(resource, reference, next.At, next.IsModified || Modifiers.Change(resource)));
    }

    private void Name(string name, Resource resource)
    {
        if (!byName.TryGetValue(name, out var named))
        {
            byName.Add(name, named = []);
        }

        named.Add(resource);
    }

    /// <summary>A resource yet to be opened or kept.</summary>
    private readonly record struct PendingResource(Resource? Resource, string FullUrl, string At, bool IsModified);
}
