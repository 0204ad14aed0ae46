using Hl7.Fhir.Model;
using Screening.Fhir.Narratives;
using Screening.Rules;

namespace Screening.Fhir.Results;

/// <summary>
/// The response of <c>$screen</c>: a collection with a GuidanceResponse, which holds the decision, a DetectedIssue for each reason, in the
/// decision's order, a CarePlan if the appointment can be booked, and a Provenance with the receipt if one is wanted. The narratives of what
/// was decided are all parts of one report.
/// </summary>
public static class ScreenBundle
{
    /// <summary>Builds the bundle of a decision.</summary>
    public static Bundle Of(ScreenResult result)
    {
        var names = new EntryNames(result.Seed);
        var decision = result.Decision;
        var (answers, record) = (AnswersOutcome.Of(result), RecordOutcome.Of(result));
        var report = ScreenReport.Of(result, answers, record);
        var findings = report.Groups.ToDictionary(group => group.Findings[0].RuleId, StringComparer.Ordinal);
        var bundle = new Bundle { Type = Bundle.BundleType.Collection, Language = result.Language.Tag };
        var guidance = GuidanceResource.Of(result, [.. new[] { record, answers }.OfType<OperationOutcome>()]);
        guidance.Text = ReportNarrative.OfDecision(report);
        var guidanceName = names.Of(guidance.TypeName, string.Empty);
        bundle.AddResourceEntry(guidance, guidanceName);
        foreach (var rule in decision.Reasons.Select(reason => result.Protocol.Rules[reason]))
        {
            var issue = DetectedIssueResource.Of(result, rule);
            issue.Mitigation = [.. Mitigation(decision.ClearanceOf(rule.Index), findings[rule.Id].Findings[0])];
            issue.Text = ReportNarrative.OfFinding(report, findings[rule.Id]);
            bundle.AddResourceEntry(issue, names.Of(issue.TypeName, rule.Id));
        }

        if (decision.Bookable)
        {
            var carePlan = CarePlanResource.Of(result);
            var name = names.Of(carePlan.TypeName, string.Empty);
            guidance.Result = new ResourceReference(name);
            bundle.AddResourceEntry(carePlan, name);
        }

        if (result.Signed is { } signed)
        {
            var provenance = ProvenanceResource.Of(signed, guidanceName, result.Language);
            bundle.AddResourceEntry(provenance, names.Of(provenance.TypeName, string.Empty));
        }

        return bundle;
    }

    /// <summary>The clearance of a finding: who has cleared it, and when.</summary>
    private static DetectedIssue.MitigationComponent[] Mitigation(Clearance? clearance, ReportFinding finding) => clearance is null ? [] :
    [
        new()
        {
            Action = new CodeableConcept { Text = finding.Clearance },
            DateElement = FhirTimes.Day(clearance.On),
            Author = new ResourceReference { Display = clearance.By },
        },
    ];
}
