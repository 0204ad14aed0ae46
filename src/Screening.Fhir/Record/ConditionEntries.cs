using System.Collections.Immutable;
using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>
/// Reads diagnoses and allergies (http://hl7.org/fhir/R4/condition.html, http://hl7.org/fhir/R4/allergyintolerance.html). A condition in
/// remission is still present; one that is inactive or resolved has ended. An abatement ends a condition only if it is a date and there is
/// no status: with an active status it contradicts itself (con-4) and the worse counts, as it does with a misspelt status; an age, a range
/// or a text cannot be dated.
/// </summary>
internal static class ConditionEntries
{
    private const string ConditionClinical = "http://terminology.hl7.org/CodeSystem/condition-clinical";
    private const string AllergyClinical = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";

    private static readonly string[] ActiveCodes = ["active", "recurrence", "relapse", "remission"];
    private static readonly string[] EndedCodes = ["inactive", "resolved"];

    public static IEnumerable<RecordEntry> Of(Hl7.Fhir.Model.Condition condition, RecordResource recorded, RecordDates dates) =>
    [
        new RecordEntry
        {
            Reference = recorded.Reference,
            Kind = RecordKind.Condition,
            Concept = Concepts.Of(condition.Code),
            State = State(Concepts.Codes(condition.ClinicalStatus, ConditionClinical)),
            IsUnconfirmed = VerificationStatuses.IsDoubtful(condition),
            Ended = condition.ClinicalStatus is not null
                && !Concepts.Codes(condition.ClinicalStatus, ConditionClinical).Any(EndedCodes.Contains) ? null
                : condition.Abatement is Period period ? dates.Of(period.EndElement) : dates.Of(condition.Abatement as FhirDateTime),
        },
    ];

    public static IEnumerable<RecordEntry> Of(AllergyIntolerance allergy, RecordResource recorded, RecordDates dates) =>
    [
        new RecordEntry
        {
            Reference = recorded.Reference,
            Kind = RecordKind.Allergy,
            Concept = Named(allergy),
            State = State(Concepts.Codes(allergy.ClinicalStatus, AllergyClinical)),
            IsUnconfirmed = VerificationStatuses.IsDoubtful(allergy),
            On = dates.Span(allergy.Onset).Start,
        },
    ];

    /// <summary>The allergen, without the reaction's manifestations.</summary>
    public static RecordConcept Named(AllergyIntolerance allergy) =>
        Concepts.Of(allergy.Reaction.Select(reaction => reaction.Substance).Prepend(allergy.Code));

    private static RecordState State(ImmutableArray<string> clinical) =>
        clinical.Any(ActiveCodes.Contains) ? RecordState.Active
        : clinical.Any(EndedCodes.Contains) ? RecordState.Ended
        : RecordState.Unstated;
}
