using System.Globalization;
using System.Text.RegularExpressions;

namespace Screening.Api.Settings;

/// <summary>
/// What OpenTelemetry's library takes of its variables, beside those that are settings here. It passes over any other value, or ends the
/// start by an exception without the name. Those of logs are not among them: none are sent.
/// </summary>
internal static partial class OtelValues
{
    private const int MaxFileBytes = 1024 * 1024;

    private static readonly Kind Whole = new("a whole number from 0 to 2147483647", text => IsWhole(text, 0));
    private static readonly Kind Positive = new("a whole number from 1 to 2147483647", text => IsWhole(text, 1));
    private static readonly Kind Headers = new("a list such as name=value,other=value, each name once", AreHeaders);
    private static readonly Kind File = new("the path of a file in PEM", text => BoundedFile.Read(text, MaxFileBytes, out _) is not null);

    private static readonly Dictionary<string, Kind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["TRACES_SAMPLER"] = OneOf(
            "always_on",
            "always_off",
            "traceidratio",
            "parentbased_always_on",
            "parentbased_always_off",
            "parentbased_traceidratio"),
        ["TRACES_SAMPLER_ARG"] = new("a number from 0 to 1", IsRatio),
        ["METRIC_EXPORT_INTERVAL"] = Positive,
        ["METRIC_EXPORT_TIMEOUT"] = Whole,
        ["BSP_SCHEDULE_DELAY"] = Positive,
        ["BSP_EXPORT_TIMEOUT"] = Whole,
        ["BSP_MAX_QUEUE_SIZE"] = Positive,
        ["BSP_MAX_EXPORT_BATCH_SIZE"] = Positive,
        ["ATTRIBUTE_COUNT_LIMIT"] = Whole,
        ["ATTRIBUTE_VALUE_LENGTH_LIMIT"] = Whole,
        ["SPAN_ATTRIBUTE_COUNT_LIMIT"] = Whole,
        ["SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT"] = Whole,
        ["SPAN_EVENT_COUNT_LIMIT"] = Whole,
        ["SPAN_LINK_COUNT_LIMIT"] = Whole,
        ["EVENT_ATTRIBUTE_COUNT_LIMIT"] = Whole,
        ["LINK_ATTRIBUTE_COUNT_LIMIT"] = Whole,
        ["EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"] = OneOf("cumulative", "delta"),
        ["EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION"] = OneOf(
            "explicit_bucket_histogram", "base2_exponential_bucket_histogram"),
        ["EXPORTER_OTLP_CERTIFICATE"] = File,
        ["EXPORTER_OTLP_CLIENT_CERTIFICATE"] = File,
        ["EXPORTER_OTLP_CLIENT_KEY"] = File,
    };

    static OtelValues()
    {
        foreach (var signal in (string[])["", "METRICS_", "TRACES_"])
        {
            var prefix = "EXPORTER_OTLP_" + signal;
            Kinds.Add(prefix + "PROTOCOL", new("grpc or http/protobuf", text => text is "grpc" or "http/protobuf"));
            Kinds.Add(prefix + "COMPRESSION", OneOf("none", "gzip"));
            Kinds.Add(prefix + "TIMEOUT", Positive);
            Kinds.Add(prefix + "HEADERS", Headers);
        }
    }

    /// <summary>Checks those that are set. An empty one is as none.</summary>
    /// <exception cref="SettingException">One has a value that the library does not take.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var (name, value) in SettingNames.Values(configuration))
        {
            if (name.StartsWith(OtelNames.Prefix, StringComparison.OrdinalIgnoreCase) && !string.IsNullOrWhiteSpace(value)
                && Kinds.TryGetValue(name[OtelNames.Prefix.Length..], out var kind) && !kind.Has(value))
            {
                throw new SettingException(name, kind.Accepted + ".");
            }
        }
    }

    private static Kind OneOf(params string[] all) =>
        new("one of " + string.Join(", ", all), text => all.Contains(text, StringComparer.OrdinalIgnoreCase));

    private static bool IsWhole(string text, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least;

    private static bool IsRatio(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1;

    private static bool AreHeaders(string text)
    {
        // A comma may follow the last.
        var pairs = Uri.UnescapeDataString(text).TrimEnd().TrimEnd(',').Split(',');
        string[] names = [.. pairs.Select(pair => Header().Match(pair).Groups["name"].Value)];
        return !names.Contains(string.Empty) && names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length;
    }

    [GeneratedRegex(@"^\s*(?<name>[A-Za-z0-9_!#$%&'*+.^`|~-]+)\s*=", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Header();

    private sealed record Kind(string Accepted, Func<string, bool> Has);
}
