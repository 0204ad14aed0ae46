using Hl7.Fhir.Model;

namespace Screening.Fhir.Record;

/// <summary>How a part of a record tells less than it seems to. That nothing was found there means nothing.</summary>
public enum RecordGapKind
{
    /// <summary>It only points at a medicine or a device that did not come along, so that nobody knows what it is of.</summary>
    Dangling,

    /// <summary>It could not be read in full: there is nothing in it, or it is said to mean something else, in a way that nobody here knows.</summary>
    NotInFull,

    /// <summary>A Bundle says that there is more than what came, or that a search failed.</summary>
    InPart,
}

/// <summary>A part of a record that tells less than it seems to.</summary>
/// <param name="Kind">How.</param>
/// <param name="Expression">FHIRPath to it.</param>
public sealed record RecordGap(RecordGapKind Kind, string Expression);

/// <summary>Finds what a record does not tell.</summary>
public static class RecordGaps
{
    /// <summary>The gaps of a record: of its Bundles first, then in the order of its resources.</summary>
    /// <param name="resources">The resources; Bundles are opened.</param>
    /// <param name="at">FHIRPath to them.</param>
    public static IReadOnlyList<RecordGap> Of(IEnumerable<Resource> resources, string at)
    {
        var record = new RecordResources(resources, at);
        return [.. record.Gaps, .. record.All.SelectMany(held => Of(held, record))];
    }

    private static IEnumerable<RecordGap> Of(Held held, RecordResources record)
    {
        if (held.IsModified && held.Type is not null)
        {
            yield return new RecordGap(RecordGapKind.NotInFull, held.At);
        }

        var contained = (held.Resource as DomainResource)?.Contained ?? [];
        var pointers = Pointers(held.Resource).Concat(contained.Where(IsPointedAt).SelectMany(Pointers));
        if (held.Counts && pointers.Any(pointer => !IsPointedAt(record.Find<Resource>(pointer, held.Resource))))
        {
            yield return new RecordGap(RecordGapKind.Dangling, held.At);
        }
    }

    private static IEnumerable<ResourceReference> Pointers(Resource resource) => RecordResourceTypes.Of(resource)?.PointersOf(resource) ?? [];

    private static bool IsPointedAt(Resource? resource) => RecordResourceTypes.Of(resource)?.PointedAtBy is not null;
}

/// <summary>What a Bundle of a record says, or shows, that it does not hold.</summary>
internal static class BundleGaps
{
    public static IEnumerable<RecordGap> Of(Bundle bundle, string at)
    {
        for (var i = 0; i < bundle.Entry.Count; i++)
        {
            var entryAt = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{at}.entry[{i}]");
            if (bundle.Entry[i].Resource is null)
            {
                yield return new RecordGap(RecordGapKind.NotInFull, entryAt);
            }
            else if (bundle.Entry[i].Resource is OperationOutcome outcome && !IsInformation(outcome))
            {
                yield return new RecordGap(RecordGapKind.InPart, entryAt + ".resource");
            }
        }

        if (HasMore(bundle))
        {
            yield return new RecordGap(RecordGapKind.InPart, at);
        }
    }

    /// <summary>A server may say something about a search that went well; a warning, though, can be that part of the search was ignored.</summary>
    private static bool IsInformation(OperationOutcome outcome) =>
        outcome.Issue.Count > 0 && outcome.Issue.TrueForAll(issue => Concepts.Literal(issue.SeverityElement) == "information");

    /// <summary>The total of a search counts what was found, not what was included beside it.</summary>
    private static bool HasMore(Bundle bundle) =>
        bundle.Link.Exists(link => string.Equals(Concepts.Literal(link.RelationElement), "next", StringComparison.OrdinalIgnoreCase))
        || Concepts.Number(bundle.TotalElement) > bundle.Entry.Count(entry => Concepts.Literal(entry.Search?.ModeElement) is "" or "match");
}
