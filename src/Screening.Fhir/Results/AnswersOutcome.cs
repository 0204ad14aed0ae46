using Hl7.Fhir.Model;
using Screening.Rules;
using Issue = Hl7.Fhir.Model.OperationOutcome.IssueComponent;

namespace Screening.Fhir.Results;

/// <summary>A warning on the answers as a whole: they are old and may be out of date, or their age is unknown.</summary>
internal static class AnswersOutcome
{
    private static readonly LocalizedText Remedy = new()
    {
        En = "The decision is that of the answers as they are. Ask the person whether they are still true.",
        Es = "La decisión es la de las respuestas tal como están. Pregunte a la persona si siguen siendo ciertas.",
    };

    private static readonly LocalizedText Old = new()
    {
        En = "The answers were given on {date}; they may no longer be true.",
        Es = "Las respuestas se dieron el {date}; puede que ya no sean ciertas.",
    };

    private static readonly LocalizedText Undated = new()
    {
        En = "The response does not say when the answers were given; they may no longer be true.",
        Es = "El cuestionario no dice cuándo se dieron las respuestas; puede que ya no sean ciertas.",
    };

    /// <summary>The outcome; null for recent answers.</summary>
    public static OperationOutcome? Of(ScreenResult result) =>
        result.ResponseAt is not { } at ? null
        : result.Authored is not { } authored ? Outcome(result, "undated", Undated, at, string.Empty)
        : FilledInTime.IsOld(authored, result.Decision.Today) ? Outcome(result, "old", Old, at + ".authored", authored.ToString())
        : null;

    private static OperationOutcome Outcome(ScreenResult result, string code, LocalizedText words, string at, string date) => new()
    {
        Id = "answers",
        Language = result.Language.Tag(),
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
