using Hl7.Fhir.Model;

namespace Screening.Fhir.Record.Dosing;

/// <summary>
/// Whether dosages state that a medicine is taken every day (http://hl7.org/fhir/R4/dosage.html): as a timing, a code or a text, in any
/// element. Contradictory dosages count as daily. A medicine taken only as needed does not.
/// </summary>
internal static class Dosages
{
    /// <summary>
    /// The codes of SNOMED CT for daily dosages, as used by published value sets and measures (https://ecqi.healthit.gov, library
    /// CumulativeMedicationDuration); their displays say the same in words.
    /// </summary>
    private static readonly HashSet<string> SnomedDaily = new(StringComparer.Ordinal)
    {
        "229797004", "229799001", "229798009", "307439001", "396107007", "396108002", "396109005", "396111001",
        "396125000", "307470009", "396140003", "307469008", "396139000", "307468000", "396127008", "225754004", "225756002", "225752000",
    };

    /// <summary>
    /// True when one dosage is daily, or all of them together, such as those that divide the days of the week among them.
    /// </summary>
    /// <param name="dosages">The dosages.</param>
    /// <param name="medicine">The medicine, whose name some systems extend with a dosage.</param>
    public static bool AreDaily(IReadOnlyCollection<Dosage> dosages, DataType? medicine)
    {
        List<DosageSense> senses = [.. dosages.Where(dosage => !IsAsNeeded(dosage)).Select(Sense)];
        if (senses.Count > 0 || dosages.Count == 0)
        {
            senses.Add(DosageText.OfName(Concepts.Literal(Name(medicine))));
        }

        return senses.Exists(sense => sense.IsDaily)
            || DosageSense.IsWholeWeek(senses.Aggregate(0, (days, sense) => days | sense.Weekdays));
    }

    /// <summary>True when each dosage states less than daily, or as needed; false where one of them, or all, say nothing of it.</summary>
    /// <param name="dosages">The dosages.</param>
    public static bool AreLessThanDaily(IReadOnlyCollection<Dosage> dosages) =>
        dosages.Count > 0 && dosages.All(dosage => IsAsNeeded(dosage) || Sense(dosage).IsLessThanDaily);

    /// <summary>True when a text states a daily dosage.</summary>
    public static bool AreDaily(PrimitiveType? text) => DosageText.Of(Concepts.Literal(text)).IsDaily;

    private static bool IsAsNeeded(Dosage dosage) =>
        dosage.AsNeeded is CodeableConcept || (dosage.AsNeeded as FhirBoolean)?.JsonValue is true;

    private static DosageSense Sense(Dosage dosage)
    {
        var concepts = dosage.AdditionalInstruction.Append(dosage.Timing?.Code).OfType<CodeableConcept>().ToList();
        IEnumerable<PrimitiveType?> texts =
        [
            dosage.TextElement,
            dosage.PatientInstructionElement,
            .. concepts.Select(concept => concept.TextElement),
            .. concepts.SelectMany(concept => concept.Coding).Select(coding => coding.DisplayElement),
        ];
        var codes = (dosage.Timing?.Code?.Coding ?? []).Select(coding => Concepts.Literal(coding.CodeElement).Trim());
        return texts.Select(text => DosageText.Of(Concepts.Literal(text)))
            .Concat(codes.Select(code => SnomedDaily.Contains(code) ? DosageSense.EveryDay : DosageText.OfCode(code)))
            .Aggregate(TimingRepeats.Sense(dosage.Timing?.Repeat), (sense, other) => sense | other);
    }

    private static FhirString? Name(DataType? medicine) => medicine switch
    {
        CodeableConcept concept => concept.TextElement,
        ResourceReference reference => reference.DisplayElement,
        _ => null,
    };
}
