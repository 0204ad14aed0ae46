using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Screening.Api.Settings;

namespace Screening.Api.Tests.Settings;

/// <summary>What cannot start says why in one line, and nothing of what a setting says.</summary>
public sealed class FailedStartTests
{
    [Theory]
    [InlineData("DecisionLinks:Key", "zq9", "32 random bytes in Base64")]
    [InlineData("CarePlans:Key", "zq9", "32 random bytes in Base64")]
    [InlineData("Batch:MaxConcurrent", "zq9", "a whole number from 1 to")]
    [InlineData("Clinic:TimeZone", "zq9", "the name of an IANA time zone")]
    [InlineData("Service:PublicUrl", "zq9", "an address such as")]
    [InlineData("Cors:Origins", "zq9", "a list of origins")]
    [InlineData("AllowedHosts", "zq9;", "host names")]
    [InlineData("Connections:Max", "zq9", "a whole number from 1 to")]
    [InlineData("Shutdown:DrainSeconds", "zq9", "a whole number from 0 to")]
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
    [InlineData("http_ports", "70000")]
    [InlineData("Kestrel:Endpoints:One:Url", "zq9://zq9")]
    [InlineData("Kestrel:Endpoints:One:Url", "https://127.0.0.1:0")]
    public static async Task An_address_that_cannot_be_listened_on_is_one_line(string setting, string value)
    {
        var (exitCode, output) = await FailAsync("--" + setting, value);
        Assert.Equal(1, exitCode);
        var line = JsonNode.Parse(output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Last())!;
        Assert.StartsWith("An address or port to listen on (urls, ", (string)line["Reason"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("zq9", output, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task A_port_that_is_taken_is_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (exitCode, output) = await FailAsync("--urls", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
        Assert.Equal(1, exitCode);
        Assert.EndsWith(" is in use.", (string)JsonNode.Parse(Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)))!["Reason"]!, StringComparison.Ordinal);
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

    /// <summary>What the host says to a setting that it cannot start with.</summary>
    internal static string Refusal(string name, string value)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration[name] = value;
        return Assert.Throws<SettingException>(builder.AddScreening).Message;
    }

    /// <summary>Starts the service with a setting that it cannot start with; its exit code and all that it said.</summary>
    internal static async Task<(int ExitCode, string Output)> FailAsync(string name, string value)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "--urls", "http://127.0.0.1:0", name, value])
        {
            UseShellExecute = false,
            Environment = { ["DOTNET_ENVIRONMENT"] = "Production" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
