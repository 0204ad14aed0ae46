using Hl7.Fhir.Model;
using Screening.Fhir.Record;
using Screening.Rules;

namespace Screening.Fhir.CdsHooks;

/// <summary>
/// The record that a client fetched, read as far as that goes. A record only ever makes an answer worse: so what can be read of a resource counts, whatever
/// else is wrong with it, and it is told how many could not be read in full.
/// </summary>
/// <param name="Resources">What could be read.</param>
/// <param name="NotInFull">How many resources could not be read in full, or have their meaning changed in a way that nobody here knows.</param>
/// <param name="Gaps">What of them tells less than it seems to.</param>
public sealed record PrefetchedRecord(IReadOnlyList<Resource> Resources, int NotInFull, IReadOnlyList<RecordGap> Gaps)
{
    /// <summary>How many entries only point at a medicine or a device that did not come along, so that nobody knows what they are of.</summary>
    public int Dangling { get; } = Gaps.Count(gap => gap.Kind == RecordGapKind.Dangling);

    /// <summary>The entries that do not say what they are in any code or word that is known here, by their names in the record.</summary>
    public IReadOnlyList<string> Unnamed { get; } =
        [.. Gaps.Where(gap => gap.Kind == RecordGapKind.Unnamed).Select(gap => gap.Reference).OfType<string>()];

    /// <summary>Reads every resource of the record.</summary>
    /// <param name="prefetch">What the client fetched.</param>
    /// <param name="vocabulary">What the protocol can read of it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static PrefetchedRecord Of(Prefetch prefetch, RecordVocabulary vocabulary, CancellationToken cancellation)
    {
        List<PrefetchedResource> came = [.. prefetch.Record];
        var read = RecordEntries.Read([.. came.Select(one => new JsonResource(one.Json))], cancellation);
        List<Resource> resources = [.. read.Select((one, i) => Named(one.Resource, came[i].FullUrl)).OfType<Resource>()];
        return new PrefetchedRecord(
            resources,
            read.Count(one => !one.InFull || IsNotInFull(one.Resource!, vocabulary)),
            RecordGaps.Of(resources, "", vocabulary));
    }

    /// <summary>A resource by the name of its entry, where it has one; null for none.</summary>
    private static Resource? Named(Resource? resource, string? fullUrl) => resource is null || fullUrl is null ? resource
        : new Bundle { Entry = [new Bundle.EntryComponent { FullUrl = fullUrl, Resource = resource }] };

    private static bool IsNotInFull(Resource resource, RecordVocabulary vocabulary) =>
        RecordGaps.Of([resource], "", vocabulary).Any(gap => gap.Kind == RecordGapKind.NotInFull);
}
