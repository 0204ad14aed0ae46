using Hl7.Fhir.Model;
using Screening.Fhir.Reading;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>
/// Medicines that are ordered, taken, given or dispensed (http://hl7.org/fhir/R4/medicationrequest.html, …/medicationstatement.html,
/// …/medicationadministration.html, …/medicationdispense.html). What was not, or shall not be, taken is left out: cancelled and declined
/// orders, drafts and proposals, a request not to give.
/// </summary>
internal sealed class MedicationEntries(RecordResources record, RecordDates dates)
{
    private readonly Dictionary<object, RecordConcept> named = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Medication, (List<RecordCode> Codes, List<Medication> Parts)> opened = new(ReferenceEqualityComparer.Instance);

    public IEnumerable<RecordEntry> Of(MedicationRequest request, Held held)
    {
        var state = Concepts.Literal(request.StatusElement) switch
        {
            "cancelled" or "entered-in-error" or "draft" => null,
            "completed" or "stopped" => RecordState.Ended,
            "active" or "on-hold" => RecordState.Active,
            _ => (RecordState?)RecordState.Unstated,
        };
        if (!held.IsModified && (state is null || request.DoNotPerformElement?.JsonValue is true || Concepts.Literal(request.IntentElement) is "proposal" or "option"))
        {
            return [];
        }

        var isOver = state == RecordState.Ended;
        return Of(request, request.Medication, request.DosageInstruction, new RecordEntry
        {
            Reference = held.Reference,
            Kind = RecordKind.Medication,
            Concept = Nothing,
            State = state ?? RecordState.Unstated,
            Ended = isOver ? End(request.DosageInstruction) : null,
        }, Given(request.DosageInstruction, isOver ? dates.Of(request.AuthoredOnElement) : Start(request.DosageInstruction)));
    }

    public IEnumerable<RecordEntry> Of(MedicationStatement statement, Held held)
    {
        var (start, end) = dates.Span(statement.Effective);
        var status = Concepts.Literal(statement.StatusElement);
        var state = status switch
        {
            "not-taken" or "entered-in-error" => null,
            "completed" or "stopped" => RecordState.Ended,
            "active" or "intended" or "on-hold" => RecordState.Active,
            _ => (RecordState?)RecordState.Unstated,
        };
        if (state is null && !held.IsModified)
        {
            return [];
        }

        // What is still taken, or may be, was taken on the day that is told, and may have been since.
        var happened = dates.Happened(statement.Effective);
        var mayBeAgain = state != RecordState.Ended && status != "intended" && statement.Effective is not Period;
        return Of(statement, statement.Medication, statement.Dosage, new RecordEntry
        {
            Reference = held.Reference,
            Kind = RecordKind.Medication,
            Concept = Nothing,
            State = state ?? RecordState.Unstated,
            Ended = statement.Effective is Period ? end : state == RecordState.Ended ? start : null,
        }, (mayBeAgain ? happened.Append(null).Distinct() : happened).Select(on => (start, on)));
    }

    public IEnumerable<RecordEntry> Of(MedicationAdministration administration, Held held)
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
        return state is null && !held.IsModified ? [] : Of(administration, administration.Medication, [], new RecordEntry
        {
            Reference = held.Reference,
            Kind = RecordKind.Medication,
            Concept = Nothing,
            State = state ?? RecordState.Unstated,
            Ended = state == RecordState.Ended ? happened[^1] : null,
            Routes = [route],
        }, happened.Select(on => (dates.Span(administration.Effective).Start, on)));
    }

    public IEnumerable<RecordEntry> Of(MedicationDispense dispense, Held held)
    {
        if (Concepts.Literal(dispense.StatusElement) is "cancelled" or "declined" or "entered-in-error" && !held.IsModified)
        {
            return [];
        }

        // What was handed over is used up when its days of supply are over; without either nobody knows.
        var handedOver = dates.Of(dispense.WhenHandedOverElement);
        var end = IsInDays(dispense.DaysSupply) && Concepts.Number(dispense.DaysSupply?.ValueElement) is { } days and >= 0 and < 36500 && handedOver is { IsFull: true } on ? LastDay(on, (int)Math.Ceiling(days)) : null;
        return Of(dispense, dispense.Medication, dispense.DosageInstruction, new RecordEntry
        {
            Reference = held.Reference,
            Kind = RecordKind.Medication,
            Concept = Nothing,
            State = end is null ? RecordState.Unstated : RecordState.Ended,
            Ended = end,
        }, Given(dispense.DosageInstruction, handedOver ?? dates.Of(dispense.WhenPreparedElement)));
    }

    /// <summary>
    /// When what was ordered or handed over is given, at the earliest from a day on: on the days that its dosages tell, if each tells some; else nobody knows,
    /// for it was given on some day since, or still will be.
    /// </summary>
    private List<(PartialDate? Since, PartialDate? On)> Given(List<Dosage> dosages, PartialDate? since)
    {
        var told = dosages.SelectMany(dosage => dosage.Timing?.EventElement ?? []).Select(element => ((PartialDate?)null, dates.Of(element))).ToList();
        return dosages.Count > 0 && dosages.TrueForAll(dosage => dosage.Timing?.EventElement.Count > 0) ? told : [.. told, (since, null)];
    }

    private static RecordConcept Nothing { get; } = new([]);

    private IEnumerable<RecordEntry> Of(Resource resource, DataType? medicine, List<Dosage> dosages, RecordEntry entry, IEnumerable<(PartialDate? Since, PartialDate? On)> happened)
    {
        var complete = entry with
        {
            Concept = Named(resource, medicine),
            IsDaily = dosages.Any(Dosages.IsDaily),
            Routes = dosages.Count > 0 ? [.. dosages.Select(dosage => Concepts.Of(dosage.Route))] : entry.Routes,
        };
        return happened.Select(when => complete with { Since = when.Since, On = when.On });
    }

    /// <summary>The codes of a medicine and of what is in it.</summary>
    private RecordConcept Named(Resource from, DataType? medicine) => medicine switch
    {
        CodeableConcept concept => Concepts.Of(concept),
        ResourceReference reference => Named(from, record.FindAll(reference, from)),
        _ => Nothing,
    };

    /// <summary>
    /// The same of one that is held as a resource; where several have its name, of all of them. Each is opened once, however many others it is in: some are in
    /// themselves.
    /// </summary>
    private RecordConcept Named(Resource from, IEnumerable<Resource> medicines)
    {
        if (named.TryGetValue(medicines, out var known))
        {
            return known;
        }

        var codes = new List<RecordCode>();
        var seen = new HashSet<Medication>(medicines.OfType<Medication>(), ReferenceEqualityComparer.Instance);
        var open = new Queue<Medication>(seen);
        while (open.TryDequeue(out var next))
        {
            var (said, parts) = Opened(next.Contained.Count > 0 ? next : from, next);
            codes.AddRange(said);
            foreach (var part in parts.Where(seen.Add))
            {
                open.Enqueue(part);
            }
        }

        return named[medicines] = new RecordConcept([.. codes.Distinct()]);
    }

    /// <summary>What a medicine itself says that it is and has in it, and the other medicines that it has in it.</summary>
    private (List<RecordCode> Codes, List<Medication> Parts) Opened(Resource from, Medication medicine)
    {
        if (!opened.TryGetValue(medicine, out var known))
        {
            List<DataType> within = [.. medicine.Ingredient.Where(ingredient => ingredient.IsActiveElement?.JsonValue is not false || Modifiers.Change(ingredient)).Select(ingredient => ingredient.Item).OfType<DataType>()];
            known = (
                [.. Concepts.Of(within.OfType<CodeableConcept>().Prepend(medicine.Code)).Codes.Distinct()],
                [.. within.OfType<ResourceReference>().Select(reference => record.FindAll(reference, from)).Distinct().SelectMany(held => held.OfType<Medication>()).Distinct()]);
            opened.Add(medicine, known);
        }

        return known;
    }

    /// <summary>The end of a course, when every dosage tells one: the last of them.</summary>
    private PartialDate? End(List<Dosage> dosages)
    {
        var ends = dosages.Select(dosage => dosage.Timing?.Repeat?.Bounds is Period bounds ? dates.Of(bounds.EndElement) : null).ToList();
        return ends.Count == 0 || ends.Contains(null) ? null : ends.MaxBy(end => end!.Value.Last.Number);
    }

    /// <summary>The earliest beginning of a course that a dosage tells.</summary>
    private PartialDate? Start(List<Dosage> dosages) =>
        dosages.Select(dosage => dosage.Timing?.Repeat?.Bounds is Period bounds ? dates.Of(bounds.StartElement) : null).Where(start => start is not null).MinBy(start => start!.Value.First.Number);

    /// <summary>False when a supply is counted in weeks or months, or has no bound.</summary>
    private static bool IsInDays(Quantity? supply) =>
        Concepts.Literal(supply?.ComparatorElement) is "" or "<" or "<="
        && (Concepts.Literal(supply?.CodeElement) is { Length: > 0 } code ? code : Concepts.Literal(supply?.UnitElement)) is "" or "d" or "day" or "days" or "Day" or "Days";

    private static PartialDate? LastDay(PartialDate handedOver, int days)
    {
        var last = handedOver.Last.PlusDays(days);
        return last.ToLocalDate().Year <= PartialDate.MaxYear ? PartialDate.Of(last) : null;
    }
}
