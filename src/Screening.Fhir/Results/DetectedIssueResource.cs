using Hl7.Fhir.Model;
using Screening.Rules;
using Severity = Hl7.Fhir.Model.DetectedIssue.DetectedIssueSeverity;

namespace Screening.Fhir.Results;

/// <summary>
/// A reason of a decision as a DetectedIssue: the rule is its code, the level its severity, the message for clinicians its detail, and the
/// line of the source its reference. Its evidence lists the items and, separately, the record entries that the finding rests on.
/// </summary>
internal static class DetectedIssueResource
{
    /// <summary>
    /// The most record entries listed, those that changed the answer first; the rest are counted. Without the limit a response could be
    /// many times larger than its request.
    /// </summary>
    private const int MostEntries = 100;

    public static DetectedIssue Of(ScreenResult result, CompiledRule rule)
    {
        var decision = result.Decision;
        var finding = decision.Findings[rule.Index];
        var message = finding.Outcome == Outcome.Cleared ? result.Protocol.Document.Cleared : rule.Message(finding);
        var max = Math.Min(MostEntries, result.MaxIssueEntries);
        List<RecordEvidence> record = [.. decision.Intake.RecordOf(rule).OrderByDescending(evidence => evidence.ChangesAnswer)];
        return new DetectedIssue
        {
            Language = result.Language.Tag,
            Status = ObservationStatus.Final,
            Code = new CodeableConcept(Canonicals.Rules(result.Protocol.Id), rule.Id),
            Severity = SeverityOf(finding.Level),
            Patient = result.Subject?.Reference is { } subject ? new ResourceReference(subject) : null,
            Identified = FhirTimes.Of(result.AsOf.InZone(decision.Appointment.Zone)),
            Detail = message.Clinician.In(result.Language) + (record.Exists(evidence => evidence.Disagrees) ? " " + FormTexts.RecordDisagrees.In(result.Language) : string.Empty),
            Reference = Canonicals.Source(result.Protocol.Id, result.Protocol.Document.Version, rule.Document.Line),
            Evidence =
            [
                .. rule.Evidence.Where(question => decision.Intake.PatientAnswers[question.Index].Given)
                    .Select(question => IssueEvidence.Of(result, question)),
                .. record.Take(max).Select(evidence => IssueEvidence.Of(result, evidence)),
                .. record.Count > max
                    ? [IssueEvidence.More(result, record.Count - max)]
                    : Array.Empty<DetectedIssue.EvidenceComponent>(),
            ],
            Extension = [Extension(result, rule, finding, message)],
        };
    }

    /// <summary>By the level of the finding: highest for an exclusion, lowest for a requirement.</summary>
    private static Severity SeverityOf(Eligibility level) => level switch
    {
        Eligibility.Ineligible => Severity.High,
        Eligibility.Conditional or Eligibility.Eligible => Severity.Low,
        _ => Severity.Moderate,
    };

    private static Extension Extension(ScreenResult result, CompiledRule rule, Finding finding, Message message) => new()
    {
        Url = Canonicals.Finding,
        Extension =
        [
            new("outcome", new Code(WireName.Of(finding.Outcome))),
            new("effect", new Code(WireName.Of(finding.Effect))),
            new("binding", new FhirBoolean(result.Decision.IsBinding(rule.Index))),
            new("persistence", new Code(WireName.Of(rule.Document.Persistence))),
            new("patientMessage", new FhirString(message.Patient.In(result.Language))),
            new("document", new FhirString(result.Protocol.Document.Source.Document)),
            new("line", new Integer(rule.Document.Line)),
        ],
    };
}
