using Hl7.Fhir.Model;
using NodaTime;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>Why a part of a record contains less than it seems to. Finding nothing there is no evidence of absence.</summary>
public enum RecordGapKind
{
    /// <summary>It only refers to a medicine or a device that the record does not contain, so its concept is unknown.</summary>
    Dangling,

    /// <summary>
    /// It could not be read in full: it is empty, its name is longer than the part that is read, or a modifier changes its meaning in an
    /// unknown way.
    /// </summary>
    NotInFull,

    /// <summary>A Bundle states that it is incomplete, or that a search failed.</summary>
    InPart,

    /// <summary>Its concept has neither a code of a known system nor any word.</summary>
    Unnamed,

    /// <summary>A context only refers to something that was not sent; nothing is fetched.</summary>
    NotSent,

    /// <summary>A server's remark on a successful search, which some send every time: reported, but no restriction.</summary>
    Remark,
}

/// <summary>A part of a record that contains less than it seems to.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Expression">FHIRPath to it.</param>
/// <param name="Reference">The record's reference to the entry; null for a part that is not an entry.</param>
public sealed record RecordGap(RecordGapKind Kind, string Expression, string? Reference = null);

/// <summary>Finds the gaps of a record.</summary>
public static class RecordGaps
{
    /// <summary>The gaps of a record: first those of its Bundles, then in the order of its resources.</summary>
    /// <param name="resources">The resources; Bundles are opened.</param>
    /// <param name="at">FHIRPath to them.</param>
    /// <param name="vocabulary">What the protocol can read from a record.</param>
    public static IReadOnlyList<RecordGap> Of(IEnumerable<Resource> resources, string at, RecordVocabulary vocabulary) =>
        Of(resources.Select(resource => (resource, at)), vocabulary);

    /// <summary>The same for a record whose resources stand in several places.</summary>
    /// <param name="resources">The resources, each with the FHIRPath to it.</param>
    /// <param name="vocabulary">What the protocol can read from a record.</param>
    public static IReadOnlyList<RecordGap> Of(IEnumerable<(Resource Resource, string At)> resources, RecordVocabulary vocabulary)
    {
        var record = new RecordResources(resources);
        var reading = new RecordReading(record, new RecordDates(DateTimeZone.Utc));

        // Many entries may share one concept with many names: check each concept once.
        var known = new Dictionary<(RecordKind Kind, RecordConcept Concept), bool>();
        return [.. record.Gaps, .. record.All.SelectMany(recorded => Of(recorded, record, reading, Reads))];

        bool Reads(RecordKind kind, RecordConcept concept) =>
            known.TryGetValue((kind, concept), out var reads) ? reads : known[(kind, concept)] = vocabulary.Reads(kind, concept);
    }

    /// <summary>The gaps of resources that were sent one by one: failed searches, and what no part of a record is read from.</summary>
    /// <param name="resources">The resources, each with the FHIRPath to it.</param>
    public static IEnumerable<RecordGap> OfSingle(IEnumerable<(Resource Resource, string At)> resources) => resources.SelectMany(one => one.Resource switch
    {
        OperationOutcome outcome => [BundleGaps.Of(outcome, one.At)],
        Bundle => [],
        DomainResource { Contained: var contained } resource when (resource is not Patient && RecordResourceTypes.Of(resource) is null)
            || contained.Exists(within => !IsPointedAt(within) && RecordResourceTypes.Of(within) is not null) => [new RecordGap(RecordGapKind.NotInFull, one.At)],
        _ => Array.Empty<RecordGap>(),
    });

    private static IEnumerable<RecordGap> Of(
        RecordResource recorded,
        RecordResources record,
        RecordReading reading,
        Func<RecordKind, RecordConcept, bool> reads)
    {
        var names = recorded is { Type: { } type, Counts: true } ? type.NamesOf(recorded.Resource, reading).ToList() : [];
        if ((recorded.IsModified && recorded.Type is not null) || !names.TrueForAll(RecordVocabulary.ReadsAllOf))
        {
            yield return new RecordGap(RecordGapKind.NotInFull, recorded.At, recorded.Reference);
        }

        var contained = (recorded.Resource as DomainResource)?.Contained ?? [];
        var pointers = Pointers(recorded.Resource).Concat(contained.Where(IsPointedAt).SelectMany(Pointers));
        if (recorded.Counts && pointers.Any(pointer => !IsKnown(pointer, recorded.Resource, record)))
        {
            yield return new RecordGap(RecordGapKind.Dangling, recorded.At, recorded.Reference);
        }
        else if (recorded is { Counts: true, IsModified: false, Type.Kinds: { Length: > 0 } kinds }
            && !names.Exists(name => kinds.Any(kind => reads(kind, name))))
        {
            yield return new RecordGap(RecordGapKind.Unnamed, recorded.At, recorded.Reference);
        }
    }

    /// <summary>True when the record contains the target, or the reference itself names it.</summary>
    private static bool IsKnown(ResourceReference pointer, Resource from, RecordResources record) =>
        IsPointedAt(record.Find<Resource>(pointer, from)) || Concepts.DisplayOf(pointer).Texts.Length > 0;

    private static IEnumerable<ResourceReference> Pointers(Resource resource) => RecordResourceTypes.Of(resource)?.PointersOf(resource) ?? [];

    private static bool IsPointedAt(Resource? resource) => RecordResourceTypes.Of(resource)?.ReferenceFrom is not null;
}

/// <summary>The gaps that a Bundle of a record states or shows.</summary>
internal static class BundleGaps
{
    public static IEnumerable<RecordGap> Of(Bundle bundle, string at)
    {
        for (var i = 0; i < bundle.Entry.Count; i++)
        {
            var entryAt = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{at}.entry[{i}]");
            if (bundle.Entry[i].Response?.Outcome is OperationOutcome searchOutcome && !IsRemark(searchOutcome))
            {
                yield return new RecordGap(RecordGapKind.InPart, entryAt);
            }

            if (bundle.Entry[i].Resource is null)
            {
                yield return new RecordGap(RecordGapKind.NotInFull, entryAt);
            }
            else if (bundle.Entry[i].Resource is OperationOutcome outcome)
            {
                yield return Of(outcome, entryAt + ".resource");
            }
        }

        if (HasMore(bundle))
        {
            yield return new RecordGap(RecordGapKind.InPart, at);
        }
    }

    public static RecordGap Of(OperationOutcome outcome, string at) => new(IsRemark(outcome) ? RecordGapKind.Remark : RecordGapKind.InPart, at);

    /// <summary>Information or a warning on a successful search; with any other issue, or none, success is not certain.</summary>
    private static bool IsRemark(OperationOutcome outcome) =>
        outcome.Issue.Count > 0 && outcome.Issue.TrueForAll(issue => Concepts.Literal(issue.SeverityElement) is "information" or "warning");

    /// <summary>The total of a search counts matches, not included resources.</summary>
    private static bool HasMore(Bundle bundle) =>
        bundle.Link.Exists(link => string.Equals(Concepts.Literal(link.RelationElement), "next", StringComparison.OrdinalIgnoreCase))
        || Concepts.Number(bundle.TotalElement) > bundle.Entry.Count(entry => Concepts.Literal(entry.Search?.ModeElement) is "" or "match");
}
