using Microsoft.Extensions.Configuration;
using Screening.Api.Settings;

namespace Screening.Api.Tests.Settings;

/// <summary>A wrong value of the server's or of OpenTelemetry's own settings stops the start: they would pass over it.</summary>
public sealed class ServerValuesTests
{
    [Theory]
    [InlineData("Kestrel:EndpointDefaults:Protocols", "zq9", "one of Http1, Http2, Http1AndHttp2, ")]
    [InlineData("Kestrel:Endpoints:One:Protocols", "Http7", "one of Http1, ")]
    [InlineData("Kestrel:Endpoints:One:SslProtocols:0", "Tls99", "one of None, ")]
    [InlineData("Kestrel:Endpoints:One:Sni:a.example:ClientCertificateMode", "zq9", "one of NoCertificate, ")]
    [InlineData("Kestrel:EndpointDefaults:ClientCertificateMode", "yes", "one of NoCertificate, AllowCertificate, RequireCertificate, ")]
    [InlineData("Kestrel:Certificates:Default:AllowInvalid", "zq9", "one of true, false.")]
    [InlineData("Kestrel:Certificates:Default:Location", "zq9", "one of CurrentUser, LocalMachine.")]
    public static void A_value_of_the_server_is_one_that_it_takes(string name, string value, string must)
    {
        var message = FailedStartTests.Refusal(name, value);
        Assert.StartsWith($"The setting {name} must be {must}", message, StringComparison.Ordinal);
        Assert.DoesNotContain(value, message, StringComparison.Ordinal);
    }

    [Fact]
    public static void HTTP_3_alone_and_no_protocol_are_not_listened_with()
    {
        const string Name = "Kestrel:EndpointDefaults:Protocols";
        foreach (var value in (string[])["Http3", "None"])
        {
            var message = FailedStartTests.Refusal(Name, value);
            Assert.Equal($"The setting {Name} must be one of Http1, Http2, Http1AndHttp2, Http1AndHttp2AndHttp3.", message);
        }
    }

    [Theory]
    [InlineData("Kestrel:EndpointDefaults:Protocols", "http1andhttp2")]
    [InlineData("Kestrel:Endpoints:Protocols:Url", "http://127.0.0.1:0")]
    [InlineData("Kestrel:Endpoints:One:SslProtocols:12", "tls13")]
    [InlineData("Kestrel:EndpointDefaults:ClientCertificateMode", "")]
    [InlineData("Kestrel:EndpointDefaults:ClientCertificateMode", "requireCertificate ")]
    public static void In_any_case_and_an_empty_one_is_none(string name, string value) =>
        KestrelNames.CheckValues(Set(name, value));

    [Theory]
    [InlineData("OTEL_TRACES_SAMPLER", "zq9", "one of always_on, ")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "1.5", "a number from 0 to 1.")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "grpc or http/protobuf.")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "zq9", "one of none, gzip.")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "0", "a whole number from 1 to 2147483647.")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "zq9", "a list such as name=value")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "a=1,A=2", "a list such as name=value")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "a=1,,b=2", "a list such as name=value")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE", "/dev/zero", "the path of a file in PEM.")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL", "0", "a whole number from 1 to 2147483647.")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL", "-5", "a whole number from 1 to")]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY", "zq9", "a whole number from 1 to")]
    [InlineData("OTEL_SPAN_LINK_COUNT_LIMIT", "1e3", "a whole number from 0 to")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "lowmemory", "one of cumulative, delta.")]
    public static void A_value_of_OpenTelemetry_is_one_that_it_takes(string name, string value, string must)
    {
        var refused = Assert.Throws<SettingException>(() => OtelValues.Check(Set(name, value)));
        Assert.StartsWith($"The setting {name} must be {must}", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("zq9", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OTEL_TRACES_SAMPLER", "ParentBased_TraceIdRatio")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "0.25")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Basic%20YTpi==, x-scope=a=b,")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "")]
    [InlineData("OTEL_BLRP_SCHEDULE_DELAY", "zq9")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_PROTOCOL", "zq9")]
    [InlineData("OTEL_DOTNET_AUTO_HOME", "zq9")]
    public static void Other_values_are_taken(string name, string value) => OtelValues.Check(Set(name, value));

    [Fact]
    public static async Task OpenTelemetry_is_checked_at_the_start()
    {
        var (exitCode, output) = await FailedStartTests.FailAsync(
            [], "--OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1", "--OTEL_METRIC_EXPORT_INTERVAL", "0");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("The setting OTEL_METRIC_EXPORT_INTERVAL must be ", FailedStartTests.Reason(output), StringComparison.Ordinal);
    }

    private static IConfiguration Set(string name, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();
}
