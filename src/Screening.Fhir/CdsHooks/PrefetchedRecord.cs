using Hl7.Fhir.Model;
using Screening.Fhir.Reading;
using Screening.Fhir.Record;

namespace Screening.Fhir.CdsHooks;

/// <summary>
/// The record that a client fetched, read as far as that goes. A record only ever makes an answer worse: so what can be read of a resource counts, whatever
/// else is wrong with it, and it is told how many could not be read in full.
/// </summary>
/// <param name="Resources">What could be read.</param>
/// <param name="NotInFull">How many resources could not be read in full, or have their meaning changed in a way that nobody here knows.</param>
/// <param name="Dangling">How many entries only point at a medicine or a device that did not come along, so that nobody knows what they are of.</param>
public sealed record PrefetchedRecord(IReadOnlyList<Resource> Resources, int NotInFull, int Dangling)
{
    /// <summary>Reads every resource of the record.</summary>
    /// <param name="prefetch">What was fetched.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static PrefetchedRecord Of(Prefetch prefetch, CancellationToken cancellation)
    {
        var read = RecordEntries.Read([.. prefetch.Record.Select(json => new JsonResource(json))], cancellation);
        List<Resource> resources = [.. read.Select(one => one.Resource).OfType<Resource>()];
        return new PrefetchedRecord(
            resources,
            read.Count(one => !one.InFull || IsModified(one.Resource!)),
            RecordGaps.Of(resources, "").Count(gap => gap.Kind == RecordGapKind.Dangling));
    }

    private static bool IsModified(Resource resource) => RecordResourceTypes.Of(resource) is not null && Modifiers.Change(resource);
}
