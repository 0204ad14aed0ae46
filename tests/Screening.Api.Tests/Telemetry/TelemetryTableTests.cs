using Screening.Rules.Tests.Support;

namespace Screening.Api.Tests.Telemetry;

/// <summary>What the service tells of itself in a run over all doors is what the page says, no more and no less.</summary>
public sealed class TelemetryTableTests(TelemetryRun run) : IClassFixture<TelemetryRun>
{
    // Of a span: its trace and its own id, its parent, name, kind, beginning, end, attributes, status and flags. Not the state of its
    // trace (3), no events (11) and no links (13).
    private static readonly int[] Fields = [1, 2, 4, 5, 6, 7, 8, 9, 15, 16];

    [Fact]
    public async Task The_table_names_every_metric_with_its_type_unit_labels_and_meaning() =>
        GeneratedFile.IsCurrent(TelemetryTable.Page, TelemetryTable.With((await run.ResultAsync()).Page.Rows));

    [Fact]
    public async Task Spans_have_the_attributes_that_the_page_names() =>
        Assert.Equal(
            TelemetryTable.Attributes.Order(StringComparer.Ordinal),
            (await run.ResultAsync()).Collector.Spans.SelectMany(span => span.Attributes)
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Each_route_has_a_span_of_its_name()
    {
        var routes = RouteCall.First.Select(call => $"{call.Method} {call.Template.TrimStart('/')}");
        var spans = (await run.ResultAsync()).Collector.Spans.Select(span => span.Name.Replace(" /", " ", StringComparison.Ordinal));
        Assert.Equal(routes.Distinct().Order(StringComparer.Ordinal), spans.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_request_has_one_and_the_services_own_calls_have_none() =>
        Assert.Equal(RouteCall.First.Count(), (await run.ResultAsync()).Collector.Spans.Count);

    [Fact]
    public async Task The_environment_names_the_service() =>
        Assert.Contains("screening-of-a-test", (await run.ResultAsync()).Collector.Text, StringComparison.Ordinal);

    [Fact]
    public async Task Spans_have_nothing_else()
    {
        var spans = (await run.ResultAsync()).Collector.Spans;
        Assert.NotEmpty(spans);
        Assert.All(spans, span => Assert.Subset(Fields.ToHashSet(), span.Fields.ToHashSet()));
    }

    /// <summary>An exemplar has a trace beside an eligibility; the log has the client of that trace.</summary>
    [Fact]
    public async Task No_value_leads_to_the_request_that_it_counts() =>
        Assert.DoesNotContain("trace_id", (await run.ResultAsync()).Page.Text, StringComparison.Ordinal);

    [Fact]
    public async Task Each_value_that_the_dashboard_or_an_alert_asks_for_is_told()
    {
        var told = (await run.ResultAsync()).Page.Samples
            .SelectMany(sample => sample.Labels.Select(label => (sample.Name, label.Key, label.Value))).ToHashSet();
        var asked = MonitoringFilesTests.Expressions.SelectMany(row => MonitoringFilesTests.Asked(row.Data)).ToList();
        Assert.True(asked.Count >= 4, $"{asked.Count}");
        Assert.All(asked, one => Assert.Contains(one, told));
    }

    [Fact]
    public async Task Every_label_value_of_a_request_is_one_that_the_service_has()
    {
        var routes = RouteCall.First.Select(call => call.Template.TrimStart('/')).ToHashSet(StringComparer.Ordinal);
        var told = (await run.ResultAsync()).Page.Samples.Where(sample => sample.Labels.ContainsKey("http_route"))
            .Select(sample => sample.Labels["http_route"].TrimStart('/'));
        Assert.Subset(routes, told.ToHashSet(StringComparer.Ordinal));
    }
}
