using System.Collections.Immutable;
using NodaTime;

namespace Screening.Rules;

/// <summary>Every protocol that this service decides by, versions side by side.</summary>
public sealed class ProtocolCatalog
{
    private readonly Utf8Names references;
    private readonly ImmutableArray<ProtocolFamily> families;
    private readonly ImmutableArray<Protocol> pinned;

    /// <summary>Takes loaded protocols; no version of a protocol may be there twice, nor two with the same effective date.</summary>
    public ProtocolCatalog(IEnumerable<Protocol> protocols)
    {
        families = [.. protocols.GroupBy(p => p.Id, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new ProtocolFamily(g.Key, [.. g.OrderBy(p => p.EffectiveFrom)]))];
        pinned = [.. families.SelectMany(f => f.Versions)];
        if (families.Any(f => f.Versions.Select(p => p.Document.Version).Distinct().Count() != f.Versions.Length || f.Versions.Select(p => p.EffectiveFrom).Distinct().Count() != f.Versions.Length))
        {
            throw new ArgumentException("A version, or an effective date, stands twice.", nameof(protocols));
        }

        references = new Utf8Names(families.Select(f => f.Id).Concat(pinned.Select(p => p.Reference)));
    }

    /// <summary>The protocols by id, in order of their ids.</summary>
    public IReadOnlyList<ProtocolFamily> Families => families;

    /// <summary>The versions of one protocol; null when there is none.</summary>
    public ProtocolFamily? Find(string id) => families.FirstOrDefault(f => f.Id == id);

    /// <summary>
    /// The position of a request's reference, <c>id</c> or <c>id@version</c>; -1 when there is no such protocol.
    /// </summary>
    public int FindReference(ref System.Text.Json.Utf8JsonReader reader) => JsonText.Find(ref reader, references);

    /// <summary>
    /// The protocol that a reference stands for on a date: the pinned one, or the version in force; null when none is in force.
    /// </summary>
    public Protocol? Resolve(int reference, LocalDate today) =>
        reference < families.Length ? families[reference].InForce(today) : pinned[reference - families.Length];

    /// <summary>The protocol that a reference most likely stands for while the date is not known: the pinned one, or the latest.</summary>
    public Protocol Guess(int reference) =>
        reference < families.Length ? families[reference].Versions[^1] : pinned[reference - families.Length];
}

/// <summary>The versions of one protocol, in the order in which they come into force.</summary>
public sealed record ProtocolFamily(string Id, ImmutableArray<Protocol> Versions)
{
    /// <summary>The latest version whose effective date is not after the date; null when there is none.</summary>
    public Protocol? InForce(LocalDate date)
    {
        for (var i = Versions.Length - 1; i >= 0; i--)
        {
            if (Versions[i].EffectiveFrom <= date)
            {
                return Versions[i];
            }
        }

        return null;
    }
}
