using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Screening.Api.Settings;
using Screening.Api.Tests.Commands;

namespace Screening.Api.Tests.Settings;

/// <summary>What cannot start says why in one line, and nothing of what a setting says.</summary>
public sealed class FailedStartTests
{
    [Theory]
    [InlineData("DecisionLinks:Key", "zq9", "32 random bytes in Base64")]
    [InlineData("CarePlans:Key", "zq9", "32 random bytes in Base64")]
    [InlineData("DecisionLinks:Key", "AQIDBAUGBwECAwQFBgcBAgMEBQYHAQIDBAUGBwECAwQ=", "32 random bytes in Base64")]
    [InlineData("Batch:MaxConcurrent", "zq9", "a whole number from 1 to")]
    [InlineData("Clinic:TimeZone", "zq9", "the name of an IANA time zone")]
    [InlineData("Service:PublicUrl", "zq9", "an address such as")]
    [InlineData("Cors:Origins", "zq9", "a list of origins")]
    [InlineData("AllowedHosts", "zq9;", "host names")]
    [InlineData("Access:Open", "zq9", "true or false.")]
    [InlineData("OpenApi:Served", "zq9", "true or false.")]
    [InlineData("Receipts:Always", "zq9", "true or false.")]
    [InlineData("Receipts:Keys", "zq9", "a file of signing keys. The file cannot be read.")]
    [InlineData("Connections:Max", "zq9", "a whole number from 1 to")]
    [InlineData("Shutdown:DrainSeconds", "zq9", "a whole number from 0 to")]
    [InlineData("Metrics:Port", "zq9", "a whole number from 1 to 65535.")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "zq9", "an address such as http://collector:4317.")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "zq9", "an address such as")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "zq9", "an address such as")]
    [InlineData("OTEL_TRACES_EXPORTER", "zq9", "otlp or none.")]
    [InlineData("OTEL_METRICS_EXPORTER", "zq9", "otlp or none.")]
    [InlineData("Cds:Prefetch", "zq9", "a list of any of these: medicationStatements (MedicationStatement), deviceUses (DeviceUseStatement).")]
    [InlineData("Forms:Canonicals", "zq9", "a list of canonical URLs")]
    [InlineData("Serilog:MinimumLevel", "zq9", "one of Verbose, Debug, Information, Warning, Error, Fatal")]
    public static async Task A_setting_is_named(string setting, string value, string must)
    {
        var (exitCode, output) = await FailAsync("--" + setting, value);
        Assert.Equal(1, exitCode);
        var line = JsonNode.Parse(Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)))!;
        Assert.Equal("The service did not start: {Reason}", (string)line["@mt"]!);
        Assert.Equal(("Fatal", "screening-api"), ((string)line["@l"]!, (string)line["service.name"]!));
        Assert.Contains($"The setting {setting} must be {must}", (string)line["Reason"]!, StringComparison.Ordinal);
        Assert.DoesNotContain(value, line.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public static async Task Each_flaw_of_a_protocol_is_a_line_and_their_number_another()
    {
        var (exitCode, output) = await FailAsync("--Protocols:Folder", "/there-is-no-such-folder");
        Assert.Equal(1, exitCode);
        JsonNode[] lines = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(2, lines.Length);
        Assert.Equal(("/there-is-no-such-folder", ""), ((string)lines[0]["File"]!, (string)lines[0]["Pointer"]!));
        Assert.Equal("The service did not start. Flaws in its protocols: {Count}", (string)lines[1]["@mt"]!);
        Assert.Equal(1, (int)lines[1]["Count"]!);
    }

    [Theory]
    [InlineData("urls", "http://127.0.0.1:70000")]
    [InlineData("urls", "http://127.0.0.1:x")]
    [InlineData("urls", "zq9://zq9")]
    [InlineData("urls", "http://192.0.2.1:80")]
    [InlineData("urls", "http://local host:0")]
    [InlineData("urls", "http://localhost,:0")]
    [InlineData("http_ports", "70000")]
    [InlineData("http_ports", "x")]
    [InlineData("Kestrel:Endpoints:One:Url", "http://127.0.0.1:x")]
    [InlineData("Kestrel:Endpoints:One:Url", "http://127.0.0.1:70000")]
    [InlineData("Kestrel:Endpoints:One:Url", "zq9://zq9")]
    public static async Task An_address_that_cannot_be_listened_on_is_one_line(string setting, string value)
    {
        var (exitCode, output) = await FailAsync("--" + setting, value);
        Assert.Equal(1, exitCode);
        // The host's own line about it comes by another way, before or after.
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(one => JsonNode.Parse(one)!);
        var line = Assert.Single(lines, one => (string?)one["@l"] == "Fatal");
        Assert.StartsWith("An address or port to listen on (urls, ", (string)line["Reason"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("zq9", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public static async Task A_port_that_is_taken_is_one_line_that_names_it(string environment)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = taken.LocalEndpoint.ToString();
        var (exitCode, output) = await RunAsync(environment, "--urls", "http://" + address, "--Access:Open", "true");
        Assert.Equal(1, exitCode);
        Assert.Contains(
            $" is in use: {address}.", Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public static async Task A_port_without_the_right_to_it_is_one_line()
    {
        // Who runs the tests as root gives it up; elsewhere low ports may be anybody's.
        const string LowestFree = "/proc/sys/net/ipv4/ip_unprivileged_port_start";
        var lowest = File.Exists(LowestFree) ? int.Parse(await File.ReadAllTextAsync(LowestFree), CultureInfo.InvariantCulture) : 0;
        Assert.SkipUnless(lowest > 80, "Any user may listen on port 80 here.");
        string[] without = Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] : [];
        var (exitCode, output) = await FailAsync(without, "--urls", "http://127.0.0.1:80");
        Assert.Equal(1, exitCode);
        Assert.EndsWith("may not be listened on.", Reason(output), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(200)]
    [InlineData(199)]
    [InlineData(160)]
    [InlineData(100)]
    [InlineData(40)]
    public static async Task Too_few_descriptors_are_one_line(int count)
    {
        var (exitCode, output) = await FailAsync(["sh", "-c", $"ulimit -n {count}; exec \"$@\"", "sh"]);
        Assert.Equal(1, exitCode);
        // With fewer than 200 there are none for the log.
        var said = count < 200 ? Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)) : Reason(output);
        Assert.EndsWith("(ulimit -n).", said, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task A_configuration_that_cannot_be_read_is_one_line()
    {
        var (exitCode, output) = await FailAsync("--contentRoot", "/zq9");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Its configuration cannot be read: ", Reason(output), StringComparison.Ordinal);
        Assert.DoesNotContain("zq9", output, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task A_file_of_settings_that_is_no_JSON_is_one_line()
    {
        var folder = Directory.CreateTempSubdirectory("settings");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.json"), """{"Batch": { zq9""");
        var (exitCode, output) = await FailAsync("--contentRoot", folder.FullName);
        folder.Delete(recursive: true);
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Its configuration cannot be read: appsettings.json", Reason(output), StringComparison.Ordinal);
        Assert.DoesNotContain("zq9", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("appsettings.json")]
    [InlineData("appsettings.Production.json")]
    public static async Task A_pipe_in_place_of_a_file_of_settings_is_one_line(string name)
    {
        var folder = Directory.CreateTempSubdirectory("settings");
        await MakePipeAsync(Path.Combine(folder.FullName, name));
        var (exitCode, output) = await FailAsync(["timeout", "--signal=KILL", "30"], "--contentRoot", folder.FullName);
        folder.Delete(recursive: true);
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Its configuration cannot be read: appsettings.json", Reason(output), StringComparison.Ordinal);
    }

    [Fact]
    public static async Task A_pipe_among_the_protocols_is_a_flaw()
    {
        var folder = Directory.CreateTempSubdirectory("protocols");
        await MakePipeAsync(Path.Combine(folder.FullName, "a.json"));
        var (exitCode, output) = await FailAsync("--Protocols:Folder", folder.FullName);
        folder.Delete(recursive: true);
        Assert.Equal(1, exitCode);
        Assert.Contains("This is not a file of 1 byte to 16 MiB.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    public static async Task A_device_among_the_protocols_is_a_flaw(string device)
    {
        var folder = Directory.CreateTempSubdirectory("protocols");
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "a.json"), device);
        var (exitCode, output) = await FailAsync("--Protocols:Folder", folder.FullName);
        folder.Delete(recursive: true);
        Assert.Equal(1, exitCode);
        Assert.Contains("This is not a file of 1 byte to 16 MiB.", output, StringComparison.Ordinal);
    }

    internal static async Task MakePipeAsync(string path)
    {
        using var made = Process.Start("mkfifo", [path]);
        await made.WaitForExitAsync();
    }

    /// <summary>What the host says to a setting that it cannot start with.</summary>
    internal static string Refusal(string name, string value) => Refusal([new(name, value)]);

    /// <summary>What the host says to settings that it cannot start with.</summary>
    internal static string Refusal(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        // Nobody disposes of a builder, and a machine has only so many watchers of files.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Configuration.AddInMemoryCollection(settings);
        return Assert.Throws<SettingException>(builder.AddScreening).Message;
    }

    /// <summary>Starts the service with a setting that it cannot start with; its exit code and all that it said.</summary>
    internal static Task<(int ExitCode, string Output)> FailAsync(string name, string value) => FailAsync([], name, value);

    /// <summary>Starts the service until it ends; its exit code and all that it said.</summary>
    internal static async Task<(int ExitCode, string Output)> RunAsync(string environment, params string[] arguments)
    {
        var run = await ProgramRun.OfAsync(arguments, [("DOTNET_ENVIRONMENT", environment)]);
        return (run.ExitCode, run.Output + run.Error);
    }

    /// <summary>The same, open to all, below a command that takes something from it.</summary>
    internal static async Task<(int ExitCode, string Output)> FailAsync(string[] below, params string[] arguments)
    {
        var run = await ProgramRun.OfAsync(arguments, [("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("Access__Open", "true")], below);
        return (run.ExitCode, run.Output + run.Error);
    }

    /// <summary>What the only line says.</summary>
    internal static string Reason(string output)
    {
        var line = JsonNode.Parse(Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)))!;
        Assert.Null(line["@x"]);
        return (string)line["Reason"]!;
    }
}
