using Hl7.Fhir.Model;
using Screening.Fhir.Reading;
using Screening.Fhir.Record.Dosing;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>
/// Reads medicines that are ordered, taken, given or dispensed (http://hl7.org/fhir/R4/medicationrequest.html, …/medicationstatement.html,
/// …/medicationadministration.html, …/medicationdispense.html), and their ingredients (…/medication.html, …/substance.html).
/// </summary>
internal sealed class MedicationEntries(RecordResources record, RecordDates dates)
{
    private readonly Dictionary<object, RecordConcept> named = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Resource, (RecordConcept Concept, List<(Resource Part, Resource Container)> Parts)> contentsByResource =
        new(ReferenceEqualityComparer.Instance);

    public IEnumerable<RecordEntry> Of(MedicationRequest request, RecordResource recorded)
    {
        var state = Concepts.Literal(request.StatusElement) switch
        {
            "completed" or "stopped" => RecordState.Ended,
            "active" or "on-hold" => RecordState.Active,
            _ => RecordState.Unstated,
        };

        // Of an order that may have come to anything, the plan tells no more than one possible day.
        var planned = Planned(request.DosageInstruction);
        return Of(request, request.Medication, request.DosageInstruction, new RecordEntry
        {
            Reference = recorded.Reference,
            Kind = RecordKind.Medication,
            Concept = Concepts.Empty,
            State = state,
            Ended = state == RecordState.Unstated ? null : End(request.DosageInstruction),
        }, state == RecordState.Unstated ? planned.Append((null, null)).Distinct() : planned);
    }

    public IEnumerable<RecordEntry> Of(MedicationStatement statement, RecordResource recorded)
    {
        var (start, end) = dates.Span(statement.Effective);
        var status = Concepts.Literal(statement.StatusElement);
        var state = status switch
        {
            "completed" or "stopped" => RecordState.Ended,
            "active" or "intended" or "on-hold" => RecordState.Active,
            _ => RecordState.Unstated,
        };

        // With status "unknown" a period states the end; a misspelt status may mean that it is ongoing.
        var mayStateEnd = state == RecordState.Ended || status == "unknown";

        // A medicine that is or may be still in use was taken on the stated day, and may have been since.
        var possibleDates = dates.PossibleDates(statement.Effective);
        var mayHaveContinued = state != RecordState.Ended && status != "intended" && statement.Effective is not Period;
        return Of(statement, statement.Medication, statement.Dosage, new RecordEntry
        {
            Reference = recorded.Reference,
            Kind = RecordKind.Medication,
            Concept = Concepts.Empty,
            State = state,
            Ended = statement.Effective is Period
                ? mayStateEnd || state == RecordState.Active ? end : null
                : state == RecordState.Ended ? start : null,
        }, (mayHaveContinued ? possibleDates.Append(null).Distinct() : possibleDates).Select(on => (start, on)));
    }

    public IEnumerable<RecordEntry> Of(MedicationAdministration administration, RecordResource recorded)
    {
        var state = Concepts.Literal(administration.StatusElement) switch
        {
            "completed" or "stopped" => RecordState.Ended,
            "in-progress" or "on-hold" => RecordState.Active,
            _ => RecordState.Unstated,
        };
        var possibleDates = dates.PossibleDates(administration.Effective);
        var route = administration.Dosage?.Route is { } stated ? Concepts.Of(stated) : Concepts.Empty;
        return Of(administration, administration.Medication, [], new RecordEntry
        {
            Reference = recorded.Reference,
            Kind = RecordKind.Medication,
            Concept = Concepts.Empty,
            State = state,
            Ended = state == RecordState.Ended ? possibleDates[^1] : null,
            IsDaily = Dosages.AreDaily(administration.Dosage?.TextElement),
            Routes = [route],
        }, possibleDates.Select(on => (dates.Span(administration.Effective).Start, on)));
    }

    public IEnumerable<RecordEntry> Of(MedicationDispense dispense, RecordResource recorded)
    {
        // A dispensed medicine is used up after its days of supply; without them the end is unknown.
        var handedOver = dates.Of(dispense.WhenHandedOverElement);
        var end = IsInDays(dispense.DaysSupply) && Concepts.Number(dispense.DaysSupply?.ValueElement) is { } days and >= 0 and < 36500
            && handedOver is { IsFull: true } on ? RecordedDates.EndOfSupply(on, (int)Math.Ceiling(days)) : null;
        return Of(dispense, dispense.Medication, dispense.DosageInstruction, new RecordEntry
        {
            Reference = recorded.Reference,
            Kind = RecordKind.Medication,
            Concept = Concepts.Empty,
            State = end is null ? RecordState.Unstated : RecordState.Ended,
            Ended = end,
        }, Given(dispense.DosageInstruction, handedOver ?? dates.Of(dispense.WhenPreparedElement)));
    }

    /// <summary>
    /// When a dispensed medicine is given, at the earliest from a day on: on the days in its dosages, if every dosage has some; otherwise
    /// also on an unknown day since then, past or future.
    /// </summary>
    private List<(PartialDate? Since, PartialDate? On)> Given(List<Dosage> dosages, PartialDate? since)
    {
        var stated = dosages.SelectMany(dosage => dosage.Timing?.EventElement ?? [])
            .Select(element => ((PartialDate?)null, dates.Of(element))).ToList();
        return dosages.Count > 0 && dosages.TrueForAll(dosage => dosage.Timing?.EventElement.Count > 0)
            ? stated
            : [.. stated, (since, null)];
    }

    /// <summary>
    /// When an ordered medicine is given: on the days in its dosages, or within the bounds of the course; otherwise unknown.
    /// </summary>
    private IEnumerable<(PartialDate? Since, PartialDate? On)> Planned(List<Dosage> dosages) => dosages.Count == 0
        ? [(null, null)]
        : dosages.SelectMany(dosage => dosage.Timing?.EventElement is { Count: > 0 } stated
            ? stated.Select(element => ((PartialDate?)null, dates.Of(element)))
            : dosage.Timing?.Repeat?.Bounds is Period bounds
                ? dates.PossibleDates(bounds).Select(on => (dates.Of(bounds.StartElement), on))
                : [(null, null)]).Distinct();

    private IEnumerable<RecordEntry> Of(
        Resource resource,
        DataType? medicine,
        List<Dosage> dosages,
        RecordEntry entry,
        IEnumerable<(PartialDate? Since, PartialDate? On)> possibleDates)
    {
        var complete = entry with
        {
            IsDaily = entry.IsDaily || Dosages.AreDaily(dosages, medicine),
            IsLessThanDaily = Dosages.AreLessThanDaily(dosages),
            Routes = dosages.Count > 0 ? [.. dosages.Select(dosage => Concepts.Of(dosage.Route))] : entry.Routes,
        };
        return Named(resource, medicine).SelectMany(concept =>
            possibleDates.Select(when => complete with { Concept = concept, Since = when.Since, On = when.On }));
    }

    /// <summary>The codes and texts of a medicine and its ingredients, from the resource and from the reference to it.</summary>
    public IEnumerable<RecordConcept> Named(Resource from, DataType? medicine) => medicine switch
    {
        CodeableConcept concept => [Concepts.Of(concept)],
        ResourceReference reference => Concepts.WithDisplay(Target(from, reference), reference),
        _ => [Concepts.Empty],
    };

    /// <summary>The codes and texts of a medicine or substance, and of those ingredients that are not references.</summary>
    public RecordConcept ConceptOf(Resource whole) => ContentsOf(whole, whole).Concept;

    /// <summary>
    /// The combined concept of the referenced resources, ingredients included; of all of them where several have the same name. Each
    /// resource is visited once, since ingredients may form cycles.
    /// </summary>
    private RecordConcept Target(Resource from, ResourceReference reference)
    {
        var medicines = record.FindAll(reference, from);
        if (named.TryGetValue(medicines, out var known))
        {
            return known;
        }

        var all = new List<RecordConcept>();
        var seen = new HashSet<Resource>(ReferenceEqualityComparer.Instance);
        var open = new Queue<(Resource Part, Resource Container)>(Parts(from, reference));
        while (open.TryDequeue(out var next))
        {
            if (seen.Add(next.Part))
            {
                var (concept, parts) = ContentsOf(next.Part, next.Container);
                all.Add(concept);
                parts.ForEach(open.Enqueue);
            }
        }

        return named[medicines] = new RecordConcept([.. all.SelectMany(concept => concept.Codes).Distinct()])
        {
            Texts = [.. all.SelectMany(concept => concept.Texts).Distinct(StringComparer.Ordinal)],
        };
    }

    /// <summary>The own concept of a medicine or substance, and the resources of its ingredients.</summary>
    private (RecordConcept Concept, List<(Resource Part, Resource Container)> Parts) ContentsOf(Resource whole, Resource container)
    {
        if (!contentsByResource.TryGetValue(whole, out var known))
        {
            var (code, ingredients) = whole switch
            {
                Medication medicine => (medicine.Code, medicine.Ingredient.Where(ingredient => ingredient.IsActiveElement?.JsonValue is not false || Modifiers.Change(ingredient)).Select(ingredient => ingredient.Item)),
                Substance substance => (substance.Code, substance.Ingredient.Select(ingredient => ingredient.Substance)),
                _ => (null, Enumerable.Empty<DataType?>()),
            };
            var all = ingredients.ToList();
            known = (
                Concepts.Of(
                    all.OfType<CodeableConcept>().Prepend(code),
                    all.OfType<ResourceReference>().Select(part => part.DisplayElement)),
                [.. Parts(container, all.OfType<ResourceReference>())]);
            contentsByResource.Add(whole, known);
        }

        return known;
    }

    /// <summary>The targets of references, each with the resource in which its own references are resolved.</summary>
    private IEnumerable<(Resource Part, Resource Container)> Parts(Resource from, params IEnumerable<ResourceReference> references) => references
        .Select(reference => (Found: record.FindAll(reference, from), IsWithin: Concepts.Literal(reference.ReferenceElement).StartsWith('#'))).Distinct()
        .SelectMany(recorded => recorded.Found.Select(part => (part, recorded.IsWithin && part is not DomainResource { Contained.Count: > 0 } ? from : part)));

    /// <summary>The end of a course, if every dosage has one: the last of them.</summary>
    private PartialDate? End(List<Dosage> dosages)
    {
        var ends = dosages.Select(dosage => dosage.Timing?.Repeat?.Bounds is Period bounds ? dates.Of(bounds.EndElement) : null).ToList();
        return ends.Count == 0 || ends.Contains(null) ? null : ends.MaxBy(end => end!.Value.Last.Number);
    }

    /// <summary>False for a supply in weeks or months, or without an upper bound.</summary>
    private static bool IsInDays(Quantity? supply) =>
        Concepts.Literal(supply?.ComparatorElement) is "" or "<" or "<="
        && (Concepts.Literal(supply?.CodeElement) is { Length: > 0 } code ? code : Concepts.Literal(supply?.UnitElement)) is "" or "d" or "day" or "days" or "Day" or "Days";
}
