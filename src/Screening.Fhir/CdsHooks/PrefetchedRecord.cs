using Hl7.Fhir.Model;
using Screening.Fhir.Record;
using Screening.Rules;

namespace Screening.Fhir.CdsHooks;

/// <summary>
/// The prefetched record, as far as it could be read. A record only ever makes an answer worse, so the readable part of a resource counts
/// despite errors, and the number of partly read resources is reported.
/// </summary>
/// <param name="Resources">The resources, as far as they could be read.</param>
/// <param name="NotInFull">How many resources could not be read in full, or have an unknown modifier.</param>
/// <param name="Gaps">The gaps of the resources.</param>
public sealed record PrefetchedRecord(IReadOnlyList<Resource> Resources, int NotInFull, IReadOnlyList<RecordGap> Gaps)
{
    /// <summary>How many entries only refer to a medicine or a device that was not sent, so that their concept is unknown.</summary>
    public int Dangling { get; } = Gaps.Count(gap => gap.Kind == RecordGapKind.Dangling);

    /// <summary>The record's references to entries whose concept has neither a known code nor a word.</summary>
    public IReadOnlyList<string> Unnamed { get; } =
        [.. Gaps.Where(gap => gap.Kind == RecordGapKind.Unnamed).Select(gap => gap.Reference).OfType<string>()];

    /// <summary>Reads every resource of the record.</summary>
    /// <param name="prefetch">The prefetched data.</param>
    /// <param name="vocabulary">What the protocol can read from it.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public static PrefetchedRecord Of(Prefetch prefetch, RecordVocabulary vocabulary, CancellationToken cancellation)
    {
        List<PrefetchedResource> received = [.. prefetch.Record];
        var read = RecordEntries.Read([.. received.Select(one => new JsonResource(one.Json))], cancellation);
        List<Resource> resources = [.. read.Select((one, i) => Named(one.Resource, received[i].FullUrl)).OfType<Resource>()];
        return new PrefetchedRecord(
            resources,
            read.Count(one => !one.InFull || IsNotInFull(one.Resource!, vocabulary)),
            RecordGaps.Of(resources, "", vocabulary));
    }

    /// <summary>A resource under the fullUrl of its entry, if it has one; null for none.</summary>
    private static Resource? Named(Resource? resource, string? fullUrl) => resource is null || fullUrl is null ? resource
        : new Bundle { Entry = [new Bundle.EntryComponent { FullUrl = fullUrl, Resource = resource }] };

    private static bool IsNotInFull(Resource resource, RecordVocabulary vocabulary) =>
        RecordGaps.Of([resource], "", vocabulary).Any(gap => gap.Kind == RecordGapKind.NotInFull);
}
