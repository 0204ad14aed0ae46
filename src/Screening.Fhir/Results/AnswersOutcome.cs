using Hl7.Fhir.Model;
using Screening.Rules;
using Issue = Hl7.Fhir.Model.OperationOutcome.IssueComponent;

namespace Screening.Fhir.Results;

/// <summary>
/// What whoever books has to know of the answers as a whole: that they are old and may no longer be true, or that nobody knows how old they
/// are.
/// </summary>
internal static class AnswersOutcome
{
    private static readonly LocalizedText Remedy = Words.Text("answersAge.remedy");

    private static readonly LocalizedText Old = Words.Text("answersAge.old");

    private static readonly LocalizedText Undated = Words.Text("answersAge.undated");

    /// <summary>The outcome; null for answers of the last days.</summary>
    public static OperationOutcome? Of(ScreenResult result) =>
        result.ResponseAt is not { } at ? null
        : result.Authored is not { } authored ? Told(result, "undated", Undated, at, string.Empty)
        : FilledInTime.IsOld(authored, result.Decision.Today) ? Told(result, "old", Old, at + ".authored", authored.ToString())
        : null;

    private static OperationOutcome Told(ScreenResult result, string code, LocalizedText words, string at, string date) => new()
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
