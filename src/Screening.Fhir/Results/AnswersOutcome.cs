using Hl7.Fhir.Model;
using Screening.Rules;
using Issue = Hl7.Fhir.Model.OperationOutcome.IssueComponent;

namespace Screening.Fhir.Results;

/// <summary>A warning on the answers as a whole: they are old and may be out of date, or their age is unknown.</summary>
internal static class AnswersOutcome
{
    private static readonly LocalizedText Remedy = Words.Text("answersAge.remedy");

    private static readonly LocalizedText Old = Words.Text("answersAge.old");

    private static readonly LocalizedText Undated = Words.Text("answersAge.undated");

    /// <summary>The outcome; null for recent answers.</summary>
    public static OperationOutcome? Of(ScreenResult result) =>
        result.ResponseAt is not { } at ? null
        : result.Authored is not { } authored ? Outcome(result, "undated", Undated, at, string.Empty)
        : FilledInTime.IsOld(authored, result.Decision.Today) ? Outcome(result, "old", Old, at + ".authored", authored.ToString())
        : null;

    private static OperationOutcome Outcome(ScreenResult result, string code, LocalizedText words, string at, string date) => new()
    {
        Id = "answers",
        Language = result.Language.Tag,
        Issue =
        [
            new Issue
            {
                Severity = OperationOutcome.IssueSeverity.Warning,
                Code = OperationOutcome.IssueType.Informational,
                Details = new CodeableConcept(Canonicals.AnswersAge, code)
                {
                    Text = words.In(result.Language).Replace("{date}", date, StringComparison.Ordinal),
                },
                Diagnostics = Remedy.In(result.Language),
                Expression = [at],
            },
        ],
    };
}
