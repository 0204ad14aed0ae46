using Hl7.Fhir.Model;
using Screening.Fhir.Record;
using Screening.Rules;
using Issue = Hl7.Fhir.Model.OperationOutcome.IssueComponent;

namespace Screening.Fhir.Results;

/// <summary>
/// The gaps of the record: a warning for each kind, and information for a server's remarks, with the FHIRPath of every entry. The content
/// of entries is not repeated.
/// </summary>
internal static class RecordOutcome
{
    private static readonly LocalizedText Remedy = Words.Text("gap.remedy");

    /// <summary>The outcome; null when the record has no gap.</summary>
    public static OperationOutcome? Of(ScreenResult result) => result.Gaps.Count == 0 ? null : new OperationOutcome
    {
        Id = "record",
        Language = result.Language.Tag,
        Issue = [.. Issues(result.Gaps, Remedy, result.Language)],
    };

    /// <summary>An issue for each kind of gap.</summary>
    /// <param name="gaps">The gaps.</param>
    /// <param name="remedy">What a gap means for the result.</param>
    /// <param name="language">The language of the texts.</param>
    public static IEnumerable<Issue> Issues(IEnumerable<RecordGap> gaps, LocalizedText remedy, Language language) =>
        gaps.GroupBy(gap => gap.Kind).OrderBy(group => group.Key).Select(group => new Issue
        {
            Severity = group.Key == RecordGapKind.Remark ? OperationOutcome.IssueSeverity.Information : OperationOutcome.IssueSeverity.Warning,
            Code = group.Key == RecordGapKind.Remark ? OperationOutcome.IssueType.Informational : OperationOutcome.IssueType.Incomplete,
            Details = new CodeableConcept(Canonicals.RecordGaps, Code(group.Key)) { Text = Text(group.Key).In(language) },
            Diagnostics = group.Key == RecordGapKind.Remark ? null : remedy.In(language),
            Expression = group.Select(gap => gap.Expression).ToList(),
        });

    private static string Code(RecordGapKind kind) => kind switch
    {
        RecordGapKind.Dangling => "dangling",
        RecordGapKind.NotInFull => "not-in-full",
        RecordGapKind.InPart => "in-part",
        RecordGapKind.Unnamed => "unnamed",
        RecordGapKind.NotSent => "not-sent",
        RecordGapKind.Remark => "remark",
    };

    private static LocalizedText Text(RecordGapKind kind) => kind switch
    {
        RecordGapKind.Dangling => Words.Text("gap.dangling"),
        RecordGapKind.NotInFull => Words.Text("gap.notInFull"),
        RecordGapKind.InPart => Words.Text("gap.inPart"),
        RecordGapKind.Unnamed => Words.Text("gap.unnamed"),
        RecordGapKind.NotSent => Words.Text("gap.notSent"),
        RecordGapKind.Remark => Words.Text("gap.remark"),
    };
}
