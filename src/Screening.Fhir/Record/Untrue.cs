using Hl7.Fhir.Model;

namespace Screening.Fhir.Record;

/// <summary>
/// What a record itself says not to be so: entered in error, refuted, never done, not taken, not to be given, or no more than an idea. It raises nothing, and
/// that something of it is missing means nothing either.
/// </summary>
internal static class Untrue
{
    private const string ConditionVerification = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
    private const string AllergyVerification = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";

    private static readonly string[] Refuted = ["refuted", "entered-in-error"];
    private static readonly string[] Unconfirmed = ["unconfirmed", "presumed", "provisional", "differential"];

    /// <summary>True when the resource says so of itself, and not the contrary as well.</summary>
    public static bool Is(Resource resource) => resource switch
    {
        MedicationRequest request => Concepts.Literal(request.StatusElement) is "cancelled" or "entered-in-error" or "draft"
            || request.DoNotPerformElement?.JsonValue is true || Concepts.Literal(request.IntentElement) is "proposal" or "option",
        MedicationStatement statement => Concepts.Literal(statement.StatusElement) is "not-taken" or "entered-in-error",
        MedicationAdministration administration => Concepts.Literal(administration.StatusElement) is "not-done" or "entered-in-error",
        MedicationDispense dispense => Concepts.Literal(dispense.StatusElement) is "cancelled" or "declined" or "entered-in-error",
        Device device => Concepts.Literal(device.StatusElement) is "entered-in-error",
        DeviceUseStatement use => Concepts.Literal(use.StatusElement) is "entered-in-error",
        Procedure procedure => Concepts.Literal(procedure.StatusElement) is "entered-in-error" or "not-done",
        Observation observation => Concepts.Literal(observation.StatusElement) is "cancelled" or "entered-in-error",
        _ => Verification(resource) is { } verification && Array.Exists(verification, Refuted.Contains) && !Array.Exists(verification, code => code == "confirmed" || Unconfirmed.Contains(code)),
    };

    /// <summary>True for a diagnosis or an allergy that nobody has confirmed, or that is said to be untrue as well as true.</summary>
    public static bool IsDoubtful(Resource resource) => Array.Exists(Verification(resource) ?? [], code => Refuted.Contains(code) || Unconfirmed.Contains(code));

    private static string[]? Verification(Resource resource) => resource switch
    {
        Hl7.Fhir.Model.Condition condition => [.. Concepts.Codes(condition.VerificationStatus, ConditionVerification)],
        AllergyIntolerance allergy => [.. Concepts.Codes(allergy.VerificationStatus, AllergyVerification)],
        _ => null,
    };
}
