using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>
/// Observations and their components (http://hl7.org/fhir/R4/observation.html). One that is not final is not confirmed. A value that is not a code is none that a protocol lists.
/// </summary>
internal static class ObservationEntries
{
    public static IEnumerable<RecordEntry> Of(Observation observation, Held held, RecordDates dates)
    {
        var status = Concepts.Literal(observation.StatusElement);
        var entry = new RecordEntry
        {
            Reference = held.Reference,
            Kind = RecordKind.Observation,
            Concept = Concepts.Of(observation.Code),
            State = RecordState.Active,
            IsUnconfirmed = status is not ("final" or "amended" or "corrected"),
            On = On(observation.Effective ?? observation.IssuedElement, dates),
            Value = Value(observation.Value),
        };
        return observation.Component.Select(component => entry with { Concept = Concepts.Of(component.Code), Value = Value(component.Value) }).Prepend(entry);
    }

    private static RecordConcept? Value(DataType? value) => value is null ? null : Concepts.Of(value as CodeableConcept);

    /// <summary>A time that is a period is known when it is one date.</summary>
    private static PartialDate? On(DataType? effective, RecordDates dates) => dates.Happened(effective) is [var only] ? only : null;
}
