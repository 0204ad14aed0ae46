using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>
/// When something was or may be, as a record has it: on one date, the same at both ends, or over a time. An end that is null is not told;
/// where both are, the date is not.
/// </summary>
/// <param name="From">The first date that it may mean.</param>
/// <param name="Through">The last.</param>
public sealed record RecordedTime(PartialDate? From, PartialDate? Through)
{
    /// <summary>The one date that is told; null where there is none, or more.</summary>
    [JsonIgnore]
    public PartialDate? Date => From == Through ? From : null;

    /// <summary>
    /// The time over which these dates go; one that is null is not told. Null where no date goes with the answer: an event alone
    /// always has one.
    /// </summary>
    internal static RecordedTime? Of(CompiledQuestion question, IEnumerable<PartialDate?> dates)
    {
        List<PartialDate?> all = [.. dates];
        List<PartialDate> told = [.. all.OfType<PartialDate>()];
        if (told.Count == 0)
        {
            return question.Events is null ? null : new RecordedTime(null, null);
        }

        return new RecordedTime(told.MinBy(date => date.First), all.Contains(null) ? null : told.MaxBy(date => date.Last));
    }
}
