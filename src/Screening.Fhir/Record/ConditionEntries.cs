using System.Collections.Immutable;
using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>
/// Diagnoses and allergies (http://hl7.org/fhir/R4/condition.html, http://hl7.org/fhir/R4/allergyintolerance.html). Refuted ones and those
/// entered in error are left out. An illness in remission still is there; one that is inactive or resolved has ended.
/// </summary>
internal static class ConditionEntries
{
    private const string ConditionClinical = "http://terminology.hl7.org/CodeSystem/condition-clinical";
    private const string ConditionVerification = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
    private const string AllergyClinical = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
    private const string AllergyVerification = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";

    private static readonly string[] Untrue = ["refuted", "entered-in-error"];
    private static readonly string[] Unconfirmed = ["unconfirmed", "presumed", "provisional", "differential"];
    private static readonly string[] Holds = ["active", "recurrence", "relapse", "remission"];
    private static readonly string[] Over = ["inactive", "resolved"];

    public static IEnumerable<RecordEntry> Of(Hl7.Fhir.Model.Condition condition, string reference, RecordDates dates)
    {
        var (abated, end) = dates.Span(condition.Abatement);
        return Of(
            new RecordEntry
            {
                Reference = reference,
                Kind = RecordKind.Condition,
                Concept = Concepts.Of(condition.Code),
                State = State(Concepts.Codes(condition.ClinicalStatus, ConditionClinical), hasEnded: TellsAnEnd(condition.Abatement)),
                On = dates.Span(condition.Onset).Start,
                Ended = condition.Abatement is Period ? end : abated,
            },
            Concepts.Codes(condition.VerificationStatus, ConditionVerification));
    }

    public static IEnumerable<RecordEntry> Of(AllergyIntolerance allergy, string reference, RecordDates dates) => Of(
        new RecordEntry
        {
            Reference = reference,
            Kind = RecordKind.Allergy,
            Concept = Concepts.Of(allergy.Reaction.Select(reaction => reaction.Substance).Prepend(allergy.Code)),
            State = State(Concepts.Codes(allergy.ClinicalStatus, AllergyClinical), hasEnded: false),
            On = dates.Span(allergy.Onset).Start,
        },
        Concepts.Codes(allergy.VerificationStatus, AllergyVerification));

    private static IEnumerable<RecordEntry> Of(RecordEntry entry, ImmutableArray<string> verification) =>
        verification.Any(Untrue.Contains) ? [] : [entry with { IsUnconfirmed = verification.Any(Unconfirmed.Contains) }];

    /// <summary>False for a period that has only begun, and for a date that is not told.</summary>
    private static bool TellsAnEnd(DataType? abatement) => abatement switch
    {
        null => false,
        Period period => period.EndElement?.JsonValue is not null,
        PrimitiveType told => told.JsonValue is not null,
        _ => true,
    };

    private static RecordState State(ImmutableArray<string> clinical, bool hasEnded) =>
        clinical.Any(Holds.Contains) ? RecordState.Active
        : clinical.Any(Over.Contains) || hasEnded ? RecordState.Ended
        : RecordState.Unstated;
}
