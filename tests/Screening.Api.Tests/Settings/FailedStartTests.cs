using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Screening.Api.Settings;

namespace Screening.Api.Tests.Settings;

/// <summary>What cannot start says why in one line, and nothing of what a setting says.</summary>
public sealed class FailedStartTests
{
    [Theory]
    [InlineData("DecisionLinks:Key", "zq9", "32 random bytes in Base64")]
    [InlineData("Batch:MaxConcurrent", "zq9", "a whole number from 1 to")]
    [InlineData("Clinic:TimeZone", "zq9", "the name of an IANA time zone")]
    [InlineData("Service:PublicUrl", "zq9", "an address such as")]
    [InlineData("Cors:Origins:0", "zq9", "one origin")]
    [InlineData("Cds:Prefetch", "zq9", "a list of any of these: medicationStatements (MedicationStatement), deviceUses (DeviceUseStatement).")]
    [InlineData("Forms:Canonicals", "zq9", "a list of canonical URLs")]
    public static async Task A_setting_is_named(string setting, string value, string must)
    {
        var (exitCode, output) = await FailAsync("--" + setting, value);
        Assert.Equal(1, exitCode);
        var line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"The service did not start: The setting {setting} must be {must}", line, StringComparison.Ordinal);
        Assert.DoesNotContain(value, line, StringComparison.Ordinal);
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
