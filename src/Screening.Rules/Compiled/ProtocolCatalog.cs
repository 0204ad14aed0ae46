using System.Collections.Immutable;
using NodaTime;

namespace Screening.Rules;

/// <summary>Every protocol that this service uses, with versions side by side.</summary>
public sealed class ProtocolCatalog
{
    private readonly Utf8Names names;
    private readonly ImmutableArray<ProtocolSelector> references;
    private readonly ImmutableArray<ProtocolFamily> families;

    /// <summary>Takes loaded protocols; no two may have the same id and version, or the same id and effective date.</summary>
    public ProtocolCatalog(IEnumerable<Protocol> protocols)
    {
        families = [.. protocols.GroupBy(p => p.Id, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new ProtocolFamily(g.Key, [.. g.OrderBy(p => p.EffectiveFrom)]))];
        if (families.Any(f => f.Versions.Select(p => p.Document.Version).Distinct().Count() != f.Versions.Length || f.Versions.Select(p => p.EffectiveFrom).Distinct().Count() != f.Versions.Length))
        {
            throw new ArgumentException("A version, or an effective date, stands twice.", nameof(protocols));
        }

        references =
        [
            .. families.Select(family => new ProtocolSelector(family, null)),
            .. families.SelectMany(family => family.Versions.Select(version => new ProtocolSelector(family, version))),
        ];
        string[] all = [.. references.Select(reference => reference.Pinned?.Reference ?? reference.Family.Id)];
        names = new Utf8Names(all);
        Accepted = Rules.Accepted.OneOf(all);
    }

    /// <summary>The protocols, ordered by id.</summary>
    public IReadOnlyList<ProtocolFamily> Families => families;

    /// <summary>Their names in a request, in words.</summary>
    public LocalizedText Accepted { get; }

    /// <summary>The versions of one protocol; null when the id is unknown.</summary>
    public ProtocolFamily? Find(string id) => families.FirstOrDefault(f => f.Id == id);

    /// <summary>The version whose file has a digest; null when there is none: one of the same name with other content is another.</summary>
    public Protocol? FindDigest(string digest) =>
        families.SelectMany(family => family.Versions).FirstOrDefault(version => version.Digest == digest);

    /// <summary>The ids of the protocols with a version in force on a date.</summary>
    public IReadOnlyList<string> IdsInForce(LocalDate date) =>
        [.. families.Where(family => family.InForce(date) is not null).Select(family => family.Id)];

    /// <summary>Resolves a request's reference, <c>id</c> or <c>id@version</c>; null when there is no such protocol.</summary>
    public ProtocolSelector? FindReference(ReadOnlySpan<byte> text) => names.Find(text) is var index and >= 0 ? references[index] : null;
}

/// <summary>What a request selects: a protocol, whose version depends on the as-of date, or one version of it.</summary>
/// <param name="Family">The protocol.</param>
/// <param name="Pinned">The version, if the request names one.</param>
public readonly record struct ProtocolSelector(ProtocolFamily Family, Protocol? Pinned)
{
    /// <summary>The version that applies on a date: the pinned one, or the one in force; null when none is.</summary>
    public Protocol? On(LocalDate today) => Pinned ?? Family.InForce(today);

    /// <summary>The version to assume while the date is unknown: the pinned one, or the latest.</summary>
    public Protocol Likeliest => Pinned ?? Family.Versions[^1];
}

/// <summary>The versions of one protocol, ordered by effective date.</summary>
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
