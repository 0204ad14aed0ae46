using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>
/// When something happened or may have happened, according to a record: one date (both ends equal) or a period. A null end is not stated;
/// if both are null, the date is not stated.
/// </summary>
/// <param name="From">The first date that it may mean.</param>
/// <param name="Through">The last date that it may mean.</param>
public sealed record RecordedTime(PartialDate? From, PartialDate? Through)
{
    /// <summary>The date, if there is exactly one; otherwise null.</summary>
    [JsonIgnore]
    public PartialDate? Date => From == Through ? From : null;

    /// <summary>
    /// The period that these dates span; a null date is not stated. Null when the answer has no date; an event always has one.
    /// </summary>
    internal static RecordedTime? Of(CompiledQuestion question, IEnumerable<PartialDate?> dates)
    {
        List<PartialDate?> all = [.. dates];
        List<PartialDate> stated = [.. all.OfType<PartialDate>()];
        if (stated.Count == 0)
        {
            return question.Events is null ? null : new RecordedTime(null, null);
        }

        return new RecordedTime(stated.MinBy(date => date.First), all.Contains(null) ? null : stated.MaxBy(date => date.Last));
    }
}
