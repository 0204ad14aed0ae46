using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Results;

/// <summary>The decision in words, as the narratives of its resources tell it.</summary>
internal static class ScreenReport
{
    /// <summary>The most that is told of one kind about one thing; the resources tell the rest.</summary>
    private const int Most = 10;

    /// <summary>The report.</summary>
    /// <param name="result">The decision.</param>
    /// <param name="answers">What has to be known of the answers; null when nothing has.</param>
    /// <param name="record">What of the record tells less than it seems to; null when nothing does.</param>
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
