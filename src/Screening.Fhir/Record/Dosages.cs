using System.Text.RegularExpressions;
using Hl7.Fhir.Model;

namespace Screening.Fhir.Record;

/// <summary>Whether a dosage says that a medicine is taken every day (http://hl7.org/fhir/R4/dosage.html, http://hl7.org/fhir/R4/datatypes.html#Timing).</summary>
internal static partial class Dosages
{
    /// <summary>The codes of timings that come round every day.</summary>
    private static readonly string[] DailyCodes = ["QD", "BID", "TID", "QID", "AM", "PM", "BED", "Q1H", "Q2H", "Q3H", "Q4H", "Q6H", "Q8H"];

    /// <summary>True when it says so, as a timing, a code or in words; not for what is taken only as needed.</summary>
    public static bool IsDaily(Dosage dosage) => !IsAsNeeded(dosage)
        && (IsDaily(dosage.Timing?.Repeat)
            || Concepts.Codes(dosage.Timing?.Code, "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation").Any(DailyCodes.Contains)
            || new[] { dosage.TextElement, dosage.PatientInstructionElement, dosage.Timing?.Code?.TextElement }.Any(text => EveryDay().IsMatch(Concepts.Literal(text))));

    private static bool IsAsNeeded(Dosage dosage) => dosage.AsNeeded is CodeableConcept || (dosage.AsNeeded as FhirBoolean)?.JsonValue is true;

    /// <summary>At least once in 24 hours on average, and not on certain days of the week alone.</summary>
    private static bool IsDaily(Timing.RepeatComponent? repeat)
    {
        if (repeat is null || repeat.DayOfWeekElement.Count is > 0 and < 7)
        {
            return false;
        }

        var days = Concepts.Literal(repeat.PeriodUnitElement) switch
        {
            "s" => 1m / 86400,
            "min" => 1m / 1440,
            "h" => 1m / 24,
            "d" => 1m,
            "wk" => 7m,
            "mo" => 30m,
            "a" => 365m,
            _ => (decimal?)null,
        };

        // Certain times or parts of the day, without a period, are those of every day.
        return days is { } unit
            ? Math.Max(Concepts.Number(repeat.FrequencyElement) ?? 1, Concepts.Number(repeat.FrequencyMaxElement) ?? 1) >= (Concepts.Number(repeat.PeriodElement) ?? 1) * unit
            : repeat.DayOfWeekElement.Count == 7 || repeat.WhenElement.Count > 0 || repeat.TimeOfDayElement.Count > 0;
    }

    /// <summary>The usual words for it, in the languages of the service.</summary>
    [GeneratedRegex(@"\b(daily|every day|each day|per day|a day|every (morning|evening|night)|at bedtime|cada d[ií]a|al d[ií]a|por d[ií]a|diari[oa]s?|diariamente|cada (mañana|noche))\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex EveryDay();
}
