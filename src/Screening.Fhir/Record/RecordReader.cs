using Hl7.Fhir.Model;
using NodaTime;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>
/// Reads a health record as FHIR R4 holds it into entries that a protocol's codes may look at. What is not true of the person (refuted, entered in
/// error, never done) is left out; what is not told stays not told. What changes the meaning of an entry is not known here,
/// and then nothing in it leaves it out. References are looked up among the resources that are given, never fetched.
/// </summary>
public static class RecordReader
{
    /// <summary>The entries of a record, in the order of its resources.</summary>
    /// <param name="resources">The resources; Bundles are opened. Resources of other types say nothing here.</param>
    /// <param name="zone">The clinic's zone: a time in the record becomes its date there.</param>
    public static IReadOnlyList<RecordEntry> Read(IEnumerable<Resource> resources, DateTimeZone zone)
    {
        var record = new RecordResources(resources);
        var reading = new RecordReading(record, new RecordDates(zone));
        return
        [
            .. record.All.Where(recorded => recorded.Counts)
                .SelectMany(recorded => recorded.Type?.EntriesOf(recorded, reading).SelectMany(entry => recorded.IsModified ? AsUnconfirmed(entry) : [entry]) ?? []),
        ];
    }

    /// <summary>
    /// What has its meaning changed in an unknown way counts as what it tells, though nobody has confirmed it; and beside that as if it told nothing but its
    /// codes, so that no end, date, route, place or value of it makes it harmless.
    /// </summary>
    private static IEnumerable<RecordEntry> AsUnconfirmed(RecordEntry entry) =>
    [
        entry with { IsUnconfirmed = true },
        new RecordEntry { Reference = entry.Reference, Kind = entry.Kind, Concept = entry.Concept, IsUnconfirmed = true },
    ];
}
