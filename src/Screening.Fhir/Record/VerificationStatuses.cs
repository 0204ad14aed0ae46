using System.Collections.Immutable;
using Hl7.Fhir.Model;
using Condition = Hl7.Fhir.Model.Condition;

namespace Screening.Fhir.Record;

/// <summary>The verification status of a diagnosis or an allergy.</summary>
internal static class VerificationStatuses
{
    private const string ConditionVerification = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
    private const string AllergyVerification = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";

    private static readonly string[] Refuted = ["refuted", "entered-in-error"];
    private static readonly string[] Unconfirmed = ["unconfirmed", "presumed", "provisional", "differential"];

    /// <summary>True when it is stated to be untrue, and not also to be true.</summary>
    public static bool Is(Condition condition) => Is(Verification(condition));

    /// <inheritdoc cref="Is(Condition)"/>
    public static bool Is(AllergyIntolerance allergy) => Is(Verification(allergy));

    /// <summary>True when it is unconfirmed, or stated to be both untrue and true.</summary>
    public static bool IsDoubtful(Condition condition) => IsDoubtful(Verification(condition));

    /// <inheritdoc cref="IsDoubtful(Condition)"/>
    public static bool IsDoubtful(AllergyIntolerance allergy) => IsDoubtful(Verification(allergy));

    private static ImmutableArray<string> Verification(Condition condition) =>
        Concepts.Codes(condition.VerificationStatus, ConditionVerification);

    private static ImmutableArray<string> Verification(AllergyIntolerance allergy) =>
        Concepts.Codes(allergy.VerificationStatus, AllergyVerification);

    private static bool Is(ImmutableArray<string> codes) =>
        codes.Any(Refuted.Contains) && !codes.Any(code => code == "confirmed" || Unconfirmed.Contains(code));

    private static bool IsDoubtful(ImmutableArray<string> codes) => codes.Any(code => Refuted.Contains(code) || Unconfirmed.Contains(code));
}
