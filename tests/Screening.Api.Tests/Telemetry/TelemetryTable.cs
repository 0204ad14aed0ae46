using System.Text.RegularExpressions;

namespace Screening.Api.Tests.Telemetry;

/// <summary>The table of metrics and that of spans in the page of the room.</summary>
internal static partial class TelemetryTable
{
    /// <summary>The page.</summary>
    public const string Page = "src/Screening.Api/Telemetry/README.md";

    private const string Begin = "<!-- The metrics, made by a test from what the service tells -->\n";
    private const string End = "<!-- end of the metrics -->\n";

    /// <summary>The page's text.</summary>
    public static string Text => File.ReadAllText(Repository.Path(Page));

    /// <summary>The metrics by name, with their labels.</summary>
    public static IReadOnlyDictionary<string, string[]> Metrics => Row().Matches(Between(Text)).ToDictionary(
        row => row.Groups["name"].Value, row => Names(row.Groups["labels"].Value), StringComparer.Ordinal);

    /// <summary>The attributes of a span.</summary>
    public static string[] Attributes => Names(Span().Match(Text).Groups["attributes"].Value);

    /// <summary>The page with these metrics in its table.</summary>
    public static string With(IEnumerable<MetricRow> rows)
    {
        var (text, old) = (Text, Between(Text));
        var table = "| metric | type | unit | labels | meaning |\n|---|---|---|---|---|\n" + string.Concat(rows.Select(row => row.Text));
        return text.Replace(Begin + old + End, Begin + table + End, StringComparison.Ordinal);
    }

    private static string Between(string text)
    {
        var begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return text[begin..text.IndexOf(End, StringComparison.Ordinal)];
    }

    private static string[] Names(string cell) => [.. Name().Matches(cell).Select(name => name.Groups["name"].Value)];

    [GeneratedRegex(
        "^\\| `(?<name>\\w+)` \\| \\w+ \\| \\w* \\| (?<labels>[^|]*) \\|", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 10_000)]
    private static partial Regex Row();

    [GeneratedRegex("^\\| `METHOD route` \\| (?<attributes>[^|]*) \\|", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 10_000)]
    private static partial Regex Span();

    [GeneratedRegex("`(?<name>[\\w.]+)`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Name();
}
