using Hl7.Fhir.Model;
using NodaTime;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>
/// Reads a health record in FHIR R4 into entries that a protocol's codes may check. Statements that are not true of the patient (refuted,
/// entered in error, not done) are left out; missing data stays missing. Modifiers are not interpreted, so a modified entry is never left
/// out because of its content. References are resolved among the given resources, never fetched.
/// </summary>
public static class RecordReader
{
    /// <summary>The entries of a record, in the order of its resources.</summary>
    /// <param name="resources">The resources; Bundles are opened. Resources of other types are ignored.</param>
    /// <param name="zone">The clinic's zone, in which times of the record become dates.</param>
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
    /// A resource with an unknown modifier counts as stated, but unconfirmed; and also as if it had nothing but its codes, so that no end,
    /// date, route, site or value makes it harmless.
    /// </summary>
    private static IEnumerable<RecordEntry> AsUnconfirmed(RecordEntry entry) =>
    [
        entry with { IsUnconfirmed = true },
        new RecordEntry { Reference = entry.Reference, Kind = entry.Kind, Concept = entry.Concept, IsUnconfirmed = true },
    ];
}
