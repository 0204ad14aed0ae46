using System.Collections.Immutable;
using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>
/// Diagnoses and allergies (http://hl7.org/fhir/R4/condition.html, http://hl7.org/fhir/R4/allergyintolerance.html). Refuted ones and those
/// entered in error are left out. An illness in remission still is there; one that is inactive or resolved has ended.
/// An abatement says so only beside no status, and as a date: with an active status it contradicts itself (con-4), and the worse counts; an age, a range or
/// words cannot be placed.
/// </summary>
internal static class ConditionEntries
{
    private const string ConditionClinical = "http://terminology.hl7.org/CodeSystem/condition-clinical";
    private const string ConditionVerification = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
    private const string AllergyClinical = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
    private const string AllergyVerification = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";

    private static readonly string[] Untrue = ["refuted", "entered-in-error"];
    private static readonly string[] Confirmed = ["confirmed"];
    private static readonly string[] Unconfirmed = ["unconfirmed", "presumed", "provisional", "differential"];
    private static readonly string[] Holds = ["active", "recurrence", "relapse", "remission"];
    private static readonly string[] Over = ["inactive", "resolved"];

    public static IEnumerable<RecordEntry> Of(Hl7.Fhir.Model.Condition condition, Held held, RecordDates dates) => Of(
        new RecordEntry
        {
            Reference = held.Reference,
            Kind = RecordKind.Condition,
            Concept = Concepts.Of(condition.Code),
            State = State(Concepts.Codes(condition.ClinicalStatus, ConditionClinical)),
            On = dates.Span(condition.Onset).Start,
            Ended = condition.Abatement is Period period ? dates.Of(period.EndElement) : dates.Of(condition.Abatement as FhirDateTime),
        },
        Concepts.Codes(condition.VerificationStatus, ConditionVerification),
        held);

    public static IEnumerable<RecordEntry> Of(AllergyIntolerance allergy, Held held, RecordDates dates) => Of(
        new RecordEntry
        {
            Reference = held.Reference,
            Kind = RecordKind.Allergy,
            Concept = Concepts.Of(allergy.Reaction.Select(reaction => reaction.Substance).Prepend(allergy.Code)),
            State = State(Concepts.Codes(allergy.ClinicalStatus, AllergyClinical)),
            On = dates.Span(allergy.Onset).Start,
        },
        Concepts.Codes(allergy.VerificationStatus, AllergyVerification),
        held);

    /// <summary>What is said to be untrue is left out, unless the same entry says the contrary as well.</summary>
    private static IEnumerable<RecordEntry> Of(RecordEntry entry, ImmutableArray<string> verification, Held held)
    {
        var unconfirmed = verification.Any(Unconfirmed.Contains);
        var untrue = verification.Any(Untrue.Contains);
        return untrue && !unconfirmed && !verification.Any(Confirmed.Contains) && !held.IsModified ? [] : [entry with { IsUnconfirmed = unconfirmed || untrue }];
    }

    private static RecordState State(ImmutableArray<string> clinical) =>
        clinical.Any(Holds.Contains) ? RecordState.Active
        : clinical.Any(Over.Contains) ? RecordState.Ended
        : RecordState.Unstated;
}
