using System.Collections.Frozen;
using System.Diagnostics.Metrics;

namespace Screening.Api.Telemetry;

/// <summary>
/// A counter with one label, whose values are known before anything is counted. Any other value counts as <c>other</c>, so the number of
/// series is bounded whatever a caller passes; and each value stands at zero from the start, so the first one counted is an increase.
/// </summary>
/// <param name="counter">The counter.</param>
/// <param name="label">The label.</param>
public sealed class ClosedCounter(Counter<long> counter, string label)
{
    private const string Other = "other";

    private readonly KeyValuePair<string, object?> other = new(label, Other);

    private FrozenDictionary<string, KeyValuePair<string, object?>> known =
        FrozenDictionary<string, KeyValuePair<string, object?>>.Empty;

    /// <summary>Says which values there are, and counts none of each.</summary>
    public void Begin(params IEnumerable<string> values)
    {
        KeyValuePair<string, object?>[] tags = [.. values.Select(value => KeyValuePair.Create(label, (object?)value))];
        known = tags.ToFrozenDictionary(tag => (string)tag.Value!, StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            counter.Add(0, tag);
        }
    }

    /// <summary>Counts one.</summary>
    public void Add(string value)
    {
        if (counter.Enabled)
        {
            counter.Add(1, known.GetValueOrDefault(value, other));
        }
    }
}
