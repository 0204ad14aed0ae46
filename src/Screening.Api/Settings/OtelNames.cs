using Screening.Rules;

namespace Screening.Api.Settings;

/// <summary>
/// The variables of OpenTelemetry's specification, most of which its library reads. Any other name with the same beginning is somebody
/// else's, such as an operator's of the cluster; one that is nearly one of these would silently send nothing.
/// </summary>
internal static class OtelNames
{
    /// <summary>What they begin with.</summary>
    public const string Prefix = "OTEL_";

    private static readonly string[] All =
    [
        .. ((string[])
        [
            "SDK_DISABLED", "RESOURCE_ATTRIBUTES", "SERVICE_NAME", "LOG_LEVEL", "PROPAGATORS", "ENTITIES", "CONFIG_FILE",
            "TRACES_SAMPLER", "TRACES_SAMPLER_ARG", "TRACES_EXPORTER", "METRICS_EXPORTER", "LOGS_EXPORTER", "METRICS_EXEMPLAR_FILTER",
            "METRIC_EXPORT_INTERVAL", "METRIC_EXPORT_TIMEOUT", "EXPORTER_PROMETHEUS_HOST", "EXPORTER_PROMETHEUS_PORT",
            "EXPORTER_ZIPKIN_ENDPOINT", "EXPORTER_ZIPKIN_TIMEOUT",
            "EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION",
            "ATTRIBUTE_COUNT_LIMIT", "ATTRIBUTE_VALUE_LENGTH_LIMIT", "SPAN_ATTRIBUTE_COUNT_LIMIT", "SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT",
            "SPAN_EVENT_COUNT_LIMIT", "SPAN_LINK_COUNT_LIMIT", "EVENT_ATTRIBUTE_COUNT_LIMIT", "LINK_ATTRIBUTE_COUNT_LIMIT",
            "LOGRECORD_ATTRIBUTE_COUNT_LIMIT", "LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT",
        ]),
        .. from processor in (string[])["BSP", "BLRP"]
           from name in (string[])["SCHEDULE_DELAY", "EXPORT_TIMEOUT", "MAX_QUEUE_SIZE", "MAX_EXPORT_BATCH_SIZE"]
           select $"{processor}_{name}",
        .. from signal in (string[])["", "TRACES_", "METRICS_", "LOGS_"]
           from name in (string[])
           [
               "ENDPOINT", "PROTOCOL", "HEADERS", "TIMEOUT", "COMPRESSION", "INSECURE", "CERTIFICATE", "CLIENT_CERTIFICATE", "CLIENT_KEY",
           ]
           select $"EXPORTER_OTLP_{signal}{name}",
    ];

    private static readonly string[] Names = [.. All.Select(name => Prefix + name)];

    /// <summary>True for one of them, whatever its case.</summary>
    public static bool Has(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The one that another name was meant to be; null for a name of somebody else's.</summary>
    public static string? Nearest(string name) => Spelling.Nearest(Names, name);
}
