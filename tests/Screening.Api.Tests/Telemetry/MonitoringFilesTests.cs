using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Screening.Api.Tests.Telemetry;

/// <summary>The dashboard and the alerts ask for metrics and labels that the service has, and for no other.</summary>
public sealed partial class MonitoringFilesTests
{
    private const string Folder = "src/Deploy/monitoring/";

    // Of PromQL, and of Grafana's queries of variables.
    private static readonly string[] Words =
        ["sum", "count", "max", "min", "by", "bool", "rate", "increase", "histogram_quantile", "absent", "label_values"];

    // Of what scrapes, and of a histogram's buckets.
    private static readonly string[] OtherLabels = ["instance", "le"];

    private static readonly IReadOnlyDictionary<string, string[]> Metrics = TelemetryTable.Metrics;

    public static TheoryData<string> Expressions => [.. OfDashboard().Concat(OfAlerts()).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Expressions))]
    public static void An_expression_names_metrics_and_their_labels(string expression) => Assert.Empty(Unknown(expression));

    [Theory]
    [InlineData("sum(screening_nothing_total)", "screening_nothing_total")]
    [InlineData("sum by (client) (screening_decisions_total)", "client")]
    [InlineData("screening_problems_total{path=\"a\"}", "path")]
    [InlineData("rate(screening_problems_bucket[5m])", "screening_problems_bucket")]
    public static void One_that_does_not_is_found(string expression, string unknown) => Assert.Equal([unknown], Unknown(expression));

    [Fact]
    public static void What_a_panel_or_an_alert_says_uses_labels_of_its_expression()
    {
        var legends = Dashboard()["panels"]!.AsArray().SelectMany(panel => panel!["targets"]!.AsArray())
            .Select(target => (Expression: (string)target!["expr"]!, Text: (string)target["legendFormat"]!));
        var alerts = Alerts().Select(alert => (Expression: alert.Groups["expr"].Value, Text: alert.Groups["rest"].Value));
        Assert.All(
            legends.Concat(alerts),
            one => Assert.All(
                Placeholder().Matches(one.Text).Select(match => match.Groups["label"].Value),
                label => Assert.Matches($"by \\([^)]*\\b{label}\\b", one.Expression)));
    }

    [Fact]
    public static void There_are_five_alerts_and_each_says_what_to_do()
    {
        Assert.Equal(5, Alerts().Count);
        Assert.All(Alerts(), alert => Assert.Matches("summary: \\S.+\\s+runbook: >-\\s+\\S", alert.Groups["rest"].Value));
    }

    [Fact]
    public static void Each_metric_that_a_runbook_names_is_there() =>
        Assert.All(
            Named().Matches(File.ReadAllText(Repository.Path(Folder + "alerts.yaml"))).Select(name => name.Groups["name"].Value),
            name => Assert.True(Metrics.ContainsKey(name), name));

    [Fact]
    public static void Each_alert_is_tested_on_its_fault()
    {
        var tests = File.ReadAllText(Repository.Path(Folder + "alerts.test.yaml"));
        Assert.All(
            Alerts(),
            alert => Assert.Contains(
                $"alertname=\"{alert.Groups["name"].Value}\", alertstate=\"firing\"", tests, StringComparison.Ordinal));
    }

    /// <summary>The values of labels that an expression asks for, but for those of the dashboard's own variables.</summary>
    internal static IEnumerable<(string Metric, string Label, string Value)> Asked(string expression) =>
        from metric in Selected().Matches(expression)
        from label in Selector().Matches(metric.Groups["selectors"].Value)
        from value in label.Groups["values"].Value.Split('|')
        select (metric.Groups["name"].Value, label.Groups["name"].Value, value);

    /// <summary>The names in an expression that are no metric, no label of one of its metrics and no word of the language.</summary>
    private static IEnumerable<string> Unknown(string expression)
    {
        string[] names = [.. Name().Matches(Literal().Replace(expression, " ")).Select(match => match.Value).Except(Words)];
        var metrics = names.Select(Metric).OfType<string>().ToList();
        string[] labels = [.. metrics.SelectMany(metric => Metrics[metric]), .. OtherLabels];
        return names.Where(name => Metric(name) is null && !labels.Contains(name));
    }

    /// <summary>The metric of a name: a histogram has three for each.</summary>
    private static string? Metric(string name) =>
        Metrics.ContainsKey(name) ? name
        : name.EndsWith("_seconds_bucket", StringComparison.Ordinal) || name.EndsWith("_seconds_count", StringComparison.Ordinal)
            ? Metrics.Keys.FirstOrDefault(metric => metric == MetricRow.FamilyOf(name))
        : null;

    private static JsonNode Dashboard() => JsonNode.Parse(File.ReadAllText(Repository.Path(Folder + "dashboard.json")))!;

    private static IEnumerable<string> OfDashboard() =>
    [
        .. Dashboard()["panels"]!.AsArray().SelectMany(panel => panel!["targets"]!.AsArray()).Select(target => (string)target!["expr"]!),
        .. Dashboard()["templating"]!["list"]!.AsArray().Where(variable => (string)variable!["type"]! == "query")
            .Select(variable => (string)variable!["query"]!),
    ];

    private static IEnumerable<string> OfAlerts() => Alerts().Select(alert => alert.Groups["expr"].Value);

    private static MatchCollection Alerts() => Alert().Matches(File.ReadAllText(Repository.Path(Folder + "alerts.yaml")));

    [GeneratedRegex(
        "- alert: (?<name>\\w+)\\s+expr: (>-)?(?<expr>.+?)\\s+for: \\w+\\s(?<rest>.+?)(?=\\s- alert:|$)",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Alert();

    [GeneratedRegex("(?<name>\\w+)\\{(?<selectors>[^}]*)\\}", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Selected();

    [GeneratedRegex("(?<name>\\w+)=~?\"(?<values>[^\"$]+)\"", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Selector();

    [GeneratedRegex("\"[^\"]*\"|\\[\\w+\\]", RegexOptions.None, 10_000)]
    private static partial Regex Literal();

    [GeneratedRegex("[A-Za-z_]\\w*", RegexOptions.None, 10_000)]
    private static partial Regex Name();

    [GeneratedRegex("\\{\\{ ?(\\$labels\\.)?(?<label>\\w+) ?\\}\\}", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Placeholder();

    [GeneratedRegex("`(?<name>(screening|dotnet|http)_\\w+)`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Named();
}
