using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>
/// Reads observations and their components (http://hl7.org/fhir/R4/observation.html). One that is not final is unconfirmed. The name of an
/// observation, such as "pregnancy status", does not say what was observed, so its words are ignored and those of its value are read. A
/// value that is neither a code nor a text matches no value of a protocol.
/// </summary>
internal static class ObservationEntries
{
    public static IEnumerable<RecordEntry> Of(Observation observation, RecordResource recorded, RecordDates dates)
    {
        var status = Concepts.Literal(observation.StatusElement);
        var entry = new RecordEntry
        {
            Reference = recorded.Reference,
            Kind = RecordKind.Observation,
            Concept = Concepts.WithoutWords(observation.Code),
            State = RecordState.Active,
            IsUnconfirmed = status is not ("final" or "amended" or "corrected"),
            On = On(observation.Effective ?? observation.IssuedElement, dates),
            Value = Value(observation.Value),
        };
        var components = observation.Component.Select(component =>
            entry with { Concept = Concepts.WithoutWords(component.Code), Value = Value(component.Value) });
        return components.Prepend(entry);
    }

    /// <summary>The codes of an observation and its components, with all their words, including those of the values.</summary>
    public static RecordConcept Named(Observation observation) => Concepts.Of(
        observation.Component.Select(component => component.Code).Prepend(observation.Code),
        observation.Component.Select(component => component.Value).Prepend(observation.Value).SelectMany(Words));

    private static IEnumerable<PrimitiveType?> Words(DataType? value) => value switch
    {
        CodeableConcept concept => concept.Coding.Select(coding => coding.DisplayElement).Prepend(concept.TextElement),
        FhirString text => [text],
        _ => [],
    };

    private static RecordConcept? Value(DataType? value) => value switch
    {
        null => null,
        CodeableConcept concept => Concepts.Of(concept),
        FhirString text => Concepts.Of([], [text]),
        _ => Concepts.Empty,
    };

    /// <summary>A period counts as a date only if it is a single date.</summary>
    private static PartialDate? On(DataType? effective, RecordDates dates) => dates.PossibleDates(effective) is [var only] ? only : null;
}
