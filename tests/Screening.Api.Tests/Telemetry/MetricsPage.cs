using System.Globalization;
using System.Text.RegularExpressions;

namespace Screening.Api.Tests.Telemetry;

/// <summary>A page of metrics in the format of OpenMetrics.</summary>
internal sealed partial class MetricsPage
{
    public MetricsPage(string text)
    {
        Text = text;
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Told().Match(line) is { Success: true } told)
            {
                Of(told.Groups["name"].Value)[told.Groups["what"].Value] = told.Groups["value"].Value;
            }
            else if (Sample().Match(line) is { Success: true } sample)
            {
                var labels = Label().Matches(sample.Groups["labels"].Value)
                    .ToDictionary(label => label.Groups["name"].Value, label => label.Groups["value"].Value, StringComparer.Ordinal);
                var value = double.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture);
                Samples.Add((sample.Groups["name"].Value, labels, value));
            }
        }
    }

    /// <summary>All of it.</summary>
    public string Text { get; }

    /// <summary>The values.</summary>
    public List<(string Name, IReadOnlyDictionary<string, string> Labels, double Value)> Samples { get; } = [];

    private Dictionary<string, Dictionary<string, string>> Families { get; } = new(StringComparer.Ordinal);

    /// <summary>Each metric, by name.</summary>
    public IEnumerable<MetricRow> Rows =>
        from family in Families.OrderBy(family => family.Key, StringComparer.Ordinal)
        let samples = Samples.Where(sample => MetricRow.FamilyOf(sample.Name) == family.Key).ToList()
        let name = family.Value["TYPE"] == "counter" ? family.Key + "_total" : family.Key
        select new MetricRow(
            name,
            family.Value["TYPE"],
            family.Value.GetValueOrDefault("UNIT", string.Empty),
            [.. samples.SelectMany(sample => sample.Labels.Keys).Where(label => label != "le").Distinct().Order(StringComparer.Ordinal)],
            family.Value["HELP"]);

    private Dictionary<string, string> Of(string name) =>
        Families.TryGetValue(name, out var family) ? family : Families[name] = new(StringComparer.Ordinal);

    [GeneratedRegex("^# (?<what>HELP|TYPE|UNIT) (?<name>\\w+) (?<value>.*)$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Told();

    [GeneratedRegex("^(?<name>\\w+)(\\{(?<labels>.*)\\})? (?<value>\\S+)( \\S+)?$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Sample();

    [GeneratedRegex("(?<name>\\w+)=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Label();
}

/// <summary>A metric, as the table has it.</summary>
internal sealed record MetricRow(string Name, string Type, string Unit, IReadOnlyList<string> Labels, string Meaning)
{
    private static readonly string[] Endings = ["_bucket", "_sum", "_count", "_total", "_created"];

    /// <summary>The row.</summary>
    public string Text => $"| `{Name}` | {Type} | {Unit} | {string.Join(", ", Labels.Select(label => $"`{label}`"))} | {Meaning} |\n";

    /// <summary>The metric of one of its values.</summary>
    public static string FamilyOf(string sample) =>
        Array.Find(Endings, ending => sample.EndsWith(ending, StringComparison.Ordinal)) is { } ending ? sample[..^ending.Length] : sample;
}
