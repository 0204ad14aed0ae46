using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>
/// Reads procedures, with the devices and medicines that they used or implanted (http://hl7.org/fhir/R4/procedure.html). An implant stays
/// when the procedure is over; a medicine was given at the time.
/// </summary>
internal sealed class ProcedureEntries(RecordResources record, RecordDates dates, DeviceEntries devices, MedicationEntries medicines)
{
    public IEnumerable<RecordEntry> Of(Procedure procedure, RecordResource recorded)
    {
        var entries = dates.PossibleDates(procedure.Performed).Select(on => new RecordEntry
        {
            Reference = recorded.Reference,
            Kind = RecordKind.Procedure,
            Concept = Concepts.Of(procedure.Code),
            State = RecordState.Active,
            On = on,
            Since = dates.Span(procedure.Performed).Start,
            Sites = [.. procedure.BodySite.Select(Concepts.WithoutWords)],
        }).ToList();
        var isOver = Concepts.Literal(procedure.StatusElement) is "completed" or "stopped";
        return
        [
            .. entries,
            .. Devices(procedure).SelectMany(device => entries.Select(one => one with { Kind = RecordKind.Device, Concept = device })),
            .. Medicines(procedure).SelectMany(medicine => entries.Select(one => one with
            {
                Kind = RecordKind.Medication,
                Concept = medicine,
                State = isOver ? RecordState.Ended : RecordState.Active,
                Ended = isOver ? entries[^1].On : null,
                Sites = [],
            })),
        ];
    }

    /// <summary>The concepts of a procedure and of everything that it used.</summary>
    public IEnumerable<RecordConcept> Named(Procedure procedure) =>
        [Concepts.Of(procedure.Code), .. Devices(procedure), .. Medicines(procedure)];

    /// <summary>References to what a procedure used or implanted, but not to what it removed.</summary>
    public static IEnumerable<ResourceReference> Used(Procedure procedure) => procedure.UsedReference
        .Concat(procedure.FocalDevice
            .Where(device => !Concepts.Codes(device.Action, "http://hl7.org/fhir/device-action").Contains("explanted"))
            .Select(device => device.Manipulated))
        .OfType<ResourceReference>();

    private IEnumerable<RecordConcept> Devices(Procedure procedure) => Used(procedure)
        .Where(reference => !IsToMedicine(reference, procedure))
        .SelectMany(reference => devices.Named(reference, procedure)).Distinct()
        .Concat(procedure.UsedCode.Select(code => Concepts.Of(code)));

    private IEnumerable<RecordConcept> Medicines(Procedure procedure) => Used(procedure)
        .Where(reference => IsToMedicine(reference, procedure))
        .SelectMany(reference => medicines.Named(procedure, reference)).Distinct();

    /// <summary>If the record does not contain the target, the reference itself may state its type.</summary>
    private bool IsToMedicine(ResourceReference reference, Procedure procedure) => record.Find<Resource>(reference, procedure) switch
    {
        Medication or Substance => true,
        null => IsMedicine(Concepts.Literal(reference.TypeElement))
            || (Concepts.Literal(reference.ReferenceElement).Split('/') is [.., var type, _] && IsMedicine(type)),
        _ => false,
    };

    private static bool IsMedicine(string type) => type is nameof(Medication) or nameof(Substance);
}
