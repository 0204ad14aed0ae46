using Hl7.Fhir.Model;
using NodaTime;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>
/// Reads a health record as FHIR R4 holds it into entries that a protocol's codes may look at. What is not true of the person (refuted, entered in
/// error, never done) is left out; what is not told stays not told. References are looked up among the resources that are given, never
/// fetched.
/// </summary>
public static class RecordReader
{
    /// <summary>The entries of a record, in the order of its resources.</summary>
    /// <param name="resources">The resources; Bundles are opened. Resources of other types say nothing here.</param>
    /// <param name="zone">The clinic's zone: a time in the record becomes its date there.</param>
    public static IReadOnlyList<RecordEntry> Read(IEnumerable<Resource> resources, DateTimeZone zone)
    {
        var record = new RecordResources(resources);
        var dates = new RecordDates(zone);
        var devices = new DeviceEntries(record, dates);
        var medicines = new MedicationEntries(record, dates);
        return
        [
            .. record.All.SelectMany(held => held.Resource switch
            {
                Hl7.Fhir.Model.Condition condition => ConditionEntries.Of(condition, held.Reference, dates),
                AllergyIntolerance allergy => ConditionEntries.Of(allergy, held.Reference, dates),
                MedicationRequest request => medicines.Of(request, held.Reference),
                MedicationStatement statement => medicines.Of(statement, held.Reference),
                MedicationAdministration administration => medicines.Of(administration, held.Reference),
                MedicationDispense dispense => medicines.Of(dispense, held.Reference),
                Device device => devices.Of(device, held.Reference),
                DeviceUseStatement use => devices.Of(use, held.Reference),
                Procedure procedure => devices.Of(procedure, held.Reference),
                Observation observation => ObservationEntries.Of(observation, held.Reference, dates),
                _ => [],
            }),
        ];
    }
}
