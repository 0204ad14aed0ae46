using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>
/// Medicines that are ordered, taken, given or dispensed (http://hl7.org/fhir/R4/medicationrequest.html, …/medicationstatement.html,
/// …/medicationadministration.html, …/medicationdispense.html). What was not, or shall not be, taken is left out: cancelled and declined
/// orders, drafts and proposals, a request not to give.
/// </summary>
internal sealed class MedicationEntries(RecordResources record, RecordDates dates)
{
    private const int DeepestIngredient = 3;

    public IEnumerable<RecordEntry> Of(MedicationRequest request, string reference)
    {
        var state = Concepts.Literal(request.StatusElement) switch
        {
            "cancelled" or "entered-in-error" or "draft" => null,
            "completed" or "stopped" => RecordState.Ended,
            "active" or "on-hold" => RecordState.Active,
            _ => (RecordState?)RecordState.Unstated,
        };
        if (state is null || request.DoNotPerformElement?.JsonValue is true || Concepts.Literal(request.IntentElement) is "proposal" or "option")
        {
            return [];
        }

        // An order that still runs may be given on any day to come; one that is over was given when it was written, unless it says when.
        var told = request.DosageInstruction.SelectMany(dosage => dosage.Timing?.EventElement ?? []).Select(element => dates.Of(element)).ToList();
        var happened = told.Count > 0 ? told : [state == RecordState.Ended ? dates.Of(request.AuthoredOnElement) : null];
        return Of(request, request.Medication, request.DosageInstruction, new RecordEntry
        {
            Reference = reference,
            Kind = RecordKind.Medication,
            Concept = Nothing,
            State = state.Value,
            Ended = End(request.DosageInstruction),
        }, happened);
    }

    public IEnumerable<RecordEntry> Of(MedicationStatement statement, string reference)
    {
        var (_, end) = dates.Span(statement.Effective);
        var state = Concepts.Literal(statement.StatusElement) switch
        {
            "not-taken" or "entered-in-error" => null,
            "completed" or "stopped" => RecordState.Ended,
            "active" or "intended" or "on-hold" => RecordState.Active,
            _ => (RecordState?)(end is null ? RecordState.Unstated : RecordState.Ended),
        };
        return state is null ? [] : Of(statement, statement.Medication, statement.Dosage, new RecordEntry
        {
            Reference = reference,
            Kind = RecordKind.Medication,
            Concept = Nothing,
            State = state.Value,
            Ended = statement.Effective is Period ? end : dates.Of(statement.Effective as PrimitiveType),
        }, dates.Happened(statement.Effective));
    }

    public IEnumerable<RecordEntry> Of(MedicationAdministration administration, string reference)
    {
        var state = Concepts.Literal(administration.StatusElement) switch
        {
            "not-done" or "entered-in-error" => null,
            "completed" or "stopped" => RecordState.Ended,
            "in-progress" or "on-hold" => RecordState.Active,
            _ => (RecordState?)RecordState.Unstated,
        };
        var happened = dates.Happened(administration.Effective);
        var route = administration.Dosage?.Route is { } told ? Concepts.Of(told) : Nothing;
        return state is null ? [] : Of(administration, administration.Medication, [], new RecordEntry
        {
            Reference = reference,
            Kind = RecordKind.Medication,
            Concept = Nothing,
            State = state.Value,
            Ended = happened[^1],
            Routes = [route],
        }, happened);
    }

    public IEnumerable<RecordEntry> Of(MedicationDispense dispense, string reference)
    {
        if (Concepts.Literal(dispense.StatusElement) is "cancelled" or "declined" or "entered-in-error")
        {
            return [];
        }

        // What was handed over is used up when its days of supply are over; without them nobody knows.
        var handedOver = dates.Of(dispense.WhenHandedOverElement) ?? dates.Of(dispense.WhenPreparedElement);
        var end = Concepts.Number(dispense.DaysSupply?.ValueElement) is { } days and >= 0 and < 36500 && handedOver is { IsFull: true } on ? LastDay(on, (int)days) : null;
        return Of(dispense, dispense.Medication, dispense.DosageInstruction, new RecordEntry
        {
            Reference = reference,
            Kind = RecordKind.Medication,
            Concept = Nothing,
            State = end is null ? RecordState.Unstated : RecordState.Ended,
            Ended = end,
        }, [handedOver]);
    }

    private static RecordConcept Nothing { get; } = new([]);

    private IEnumerable<RecordEntry> Of(Resource resource, DataType? medicine, List<Dosage> dosages, RecordEntry entry, IEnumerable<PartialDate?> happened)
    {
        var complete = entry with
        {
            Concept = new RecordConcept([.. Named(resource, medicine, 0).SelectMany(concept => concept.Codes)]),
            IsDaily = dosages.Any(Dosages.IsDaily),
            Routes = dosages.Count > 0 ? [.. dosages.Select(dosage => Concepts.Of(dosage.Route))] : entry.Routes,
        };
        return happened.Select(on => complete with { On = on });
    }

    /// <summary>The codes of a medicine and of what is in it.</summary>
    private IEnumerable<RecordConcept> Named(Resource from, DataType? medicine, int depth)
    {
        if (medicine is CodeableConcept concept)
        {
            return [Concepts.Of(concept)];
        }

        return depth > DeepestIngredient || record.Find<Medication>(medicine as ResourceReference, from) is not { } held
            ? []
            : held.Ingredient.Where(ingredient => ingredient.IsActiveElement?.JsonValue is not false)
                .SelectMany(ingredient => Named(held.Contained.Count > 0 ? held : from, ingredient.Item, depth + 1))
                .Prepend(Concepts.Of(held.Code));
    }

    /// <summary>The end of a course, when every dosage tells one: the last of them.</summary>
    private PartialDate? End(List<Dosage> dosages)
    {
        var ends = dosages.Select(dosage => dosage.Timing?.Repeat?.Bounds is Period bounds ? dates.Of(bounds.EndElement) : null).ToList();
        return ends.Count == 0 || ends.Contains(null) ? null : ends.MaxBy(end => end!.Value.Last.Number);
    }

    private static PartialDate? LastDay(PartialDate handedOver, int days)
    {
        var last = handedOver.Last.PlusDays(days);
        return last.ToLocalDate().Year <= PartialDate.MaxYear ? PartialDate.Of(last) : null;
    }
}
