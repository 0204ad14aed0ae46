using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Results;

/// <summary>The decision in words, for the narratives of its resources.</summary>
internal static class ScreenReport
{
    /// <summary>The most lines of one kind in a list; the resources hold the rest.</summary>
    private const int Most = 10;

    /// <param name="result">The decision.</param>
    /// <param name="answers">The warning on the answers; null for none.</param>
    /// <param name="record">The gaps of the record; null for none.</param>
    public static DecisionReport Of(ScreenResult result, OperationOutcome? answers, OperationOutcome? record) =>
        DecisionReport.Of(Source(result, answers, record));

    private static ReportSource Source(ScreenResult result, OperationOutcome? answers, OperationOutcome? record) => new()
    {
        Decision = result.Decision,
        Id = result.Id,
        AsOf = result.AsOf,
        Language = result.Language,
        Most = Most,
        Apart = true,
        Notes = new ReportNotes
        {
            First = [.. Texts(answers)],
            LookedAt = ReportNotes.LookedAtOf(result.Decision.Intake.RecordSummary, result.Language),
            Record = RecordNotes.Of(result.Decision, Most, apart: true),
            NotSeen = [.. Texts(record).Select(Phrase.FromString)],
        },
    };

    private static IEnumerable<string> Texts(OperationOutcome? outcome) => outcome?.Issue.Select(issue => issue.Details!.Text!) ?? [];
}
