using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>
/// How much of a record there was to look at, and how much of it matters. An entry is a resource of a type that is read; what came twice under one name is one
/// entry, and what only others point at, as a Medication is, is none.
/// </summary>
public static class RecordCounts
{
    /// <summary>How many entries of a record were looked at, those that say themselves that they are not so among them.</summary>
    /// <param name="resources">The resources; Bundles are opened.</param>
    public static int LookedAt(IEnumerable<Resource> resources) => new RecordResources(resources).All
        .Where(held => held.Type?.Kind is not null).Select(held => held.Reference).Distinct(StringComparer.Ordinal).Count();

    /// <summary>How many entries have a part in the answers, whether they made one worse or tell what was said already.</summary>
    /// <param name="intake">The answers, raised by the record.</param>
    public static int Matter(Intake intake) => intake.Record.Select(evidence => evidence.Reference).Distinct(StringComparer.Ordinal).Count();
}
