using Screening.Fhir.Record;
using Screening.Rules;

namespace Screening.Fhir.Results;

/// <summary>
/// The gaps of a record that fit into a response: each at its entry while there is space, then the rest of each kind as one, at the record.
/// </summary>
public static class ReportedGaps
{
    /// <summary>The largest response without its gaps.</summary>
    private const int RestOfResponse = 52 * 1024;

    // The size of the XML around an expression.
    private const int Frame = 64;

    /// <summary>The gaps to report.</summary>
    /// <param name="gaps">All gaps.</param>
    /// <param name="recordAt">FHIRPath to the record.</param>
    /// <param name="body">The size of the request's body in bytes.</param>
    public static IReadOnlyList<RecordGap> Of(IReadOnlyList<RecordGap> gaps, string recordAt, long body)
    {
        var budget = ResponseSize.Most(body) - RestOfResponse;
        var listed = gaps.TakeWhile(gap => (budget -= gap.Expression.Length + Frame) >= 0).ToList();
        return [.. listed, .. gaps.Skip(listed.Count).Select(gap => gap with { Expression = recordAt, Reference = null }).Distinct()];
    }
}
