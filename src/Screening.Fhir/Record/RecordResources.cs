using System.Globalization;
using Hl7.Fhir.Model;

namespace Screening.Fhir.Record;

/// <summary>The resources of a record, and what they refer to among themselves.</summary>
internal sealed class RecordResources
{
    private readonly Dictionary<string, Resource> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<Resource, ILookup<string, Resource>> contained = new(ReferenceEqualityComparer.Instance);
    private readonly List<(Resource Resource, string Reference)> all = [];

    public RecordResources(IEnumerable<Resource> resources)
    {
        // Bundles within Bundles are opened as far down as they go: nothing of a record is left out.
        var open = new Stack<(Resource? Resource, string FullUrl)>(resources.Reverse().Select(resource => ((Resource?)resource, "")));
        while (open.TryPop(out var next))
        {
            if (next.Resource is Bundle bundle)
            {
                foreach (var entry in Enumerable.Reverse(bundle.Entry))
                {
                    open.Push((entry.Resource, Concepts.Literal(entry.FullUrlElement)));
                }
            }
            else if (next.Resource is { } resource)
            {
                Add(resource, next.FullUrl);
            }
        }
    }

    /// <summary>Every resource, Bundles opened, with the reference by which evidence names it.</summary>
    public IReadOnlyList<(Resource Resource, string Reference)> All => all;

    /// <summary>What a reference of a resource leads to; null when it is not among the resources.</summary>
    public T? Find<T>(ResourceReference? reference, Resource from)
        where T : Resource
    {
        if (Concepts.Literal(reference?.ReferenceElement) is not { Length: > 1 } target)
        {
            return null;
        }

        if (target[0] == '#')
        {
            if (!contained.TryGetValue(from, out var within))
            {
                contained.Add(from, within = ((from as DomainResource)?.Contained ?? []).OfType<Resource>().ToLookup(one => Concepts.Literal(one.IdElement).TrimStart('#'), StringComparer.Ordinal));
            }

            return within[target[1..]].OfType<T>().FirstOrDefault();
        }

        target = target.Split("/_history/")[0];
        var steps = target.Split('/');
        return byName.GetValueOrDefault(target) as T ?? (steps.Length > 2 ? byName.GetValueOrDefault($"{steps[^2]}/{steps[^1]}") as T : null);
    }

    private void Add(Resource resource, string fullUrl)
    {
        var byId = Concepts.Literal(resource.IdElement) is { Length: > 0 } id ? $"{resource.TypeName}/{id}" : null;
        if (byId is not null)
        {
            byName.TryAdd(byId, resource);
        }

        if (fullUrl.Length > 0)
        {
            byName.TryAdd(fullUrl, resource);
            if (byId is null && fullUrl.Split('/') is [.., var type, var name] && type == resource.TypeName)
            {
                byName.TryAdd($"{type}/{name}", resource);
            }
        }

        all.Add((resource, byId ?? (fullUrl.Length > 0 ? fullUrl : string.Create(CultureInfo.InvariantCulture, $"{resource.TypeName}/unidentified-{all.Count + 1}"))));
    }
}
