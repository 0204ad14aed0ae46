using Hl7.Fhir.Model;

namespace Screening.Fhir.Results;

/// <summary>
/// The answer of <c>$screen</c>: a collection of one GuidanceResponse, which holds the decision; a DetectedIssue for each reason, in the decision's order;
/// and, when the appointment can be booked, a CarePlan.
/// </summary>
public static class ScreenBundle
{
    /// <summary>Makes the bundle of a decision.</summary>
    public static Bundle Of(ScreenResult result)
    {
        var names = new EntryNames(result.Seed);
        var decision = result.Decision;
        var carePlan = decision.Bookable ? CarePlanResource.Of(result) : null;
        var bundle = new Bundle { Type = Bundle.BundleType.Collection, Language = result.Language.Tag };
        var guidance = GuidanceResource.Of(result);
        bundle.AddResourceEntry(guidance, names.Of(guidance.TypeName, string.Empty));
        foreach (var rule in decision.Reasons)
        {
            bundle.AddResourceEntry(DetectedIssueResource.Of(result, result.Protocol.Rules[rule]), names.Of(nameof(DetectedIssue), result.Protocol.Rules[rule].Id));
        }

        if (carePlan is not null)
        {
            var name = names.Of(carePlan.TypeName, string.Empty);
            guidance.Result = new ResourceReference(name);
            bundle.AddResourceEntry(carePlan, name);
        }

        return bundle;
    }
}
