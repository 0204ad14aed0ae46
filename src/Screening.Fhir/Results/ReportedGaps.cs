using Screening.Fhir.Record;
using Screening.Rules;

namespace Screening.Fhir.Results;

/// <summary>The gaps of a record that an answer has room for: each at its entry, as long as that goes; then the rest of a kind as one, at the record.</summary>
public static class ReportedGaps
{
    /// <summary>The largest answer without its gaps.</summary>
    private const int RestOfAnswer = 52 * 1024;

    // What stands around an expression, laid out in XML.
    private const int Frame = 64;

    /// <summary>Those that are told.</summary>
    /// <param name="gaps">All of them.</param>
    /// <param name="recordAt">FHIRPath to the record.</param>
    /// <param name="body">How many bytes the request's body has.</param>
    public static IReadOnlyList<RecordGap> Of(IReadOnlyList<RecordGap> gaps, string recordAt, long body)
    {
        var room = ResponseSize.Most(body) - RestOfAnswer;
        var told = gaps.TakeWhile(gap => (room -= gap.Expression.Length + Frame) >= 0).ToList();
        return [.. told, .. gaps.Skip(told.Count).Select(gap => gap with { Expression = recordAt, Reference = null }).Distinct()];
    }
}
