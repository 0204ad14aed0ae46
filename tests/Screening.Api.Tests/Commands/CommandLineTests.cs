using System.Xml.Linq;
using Screening.Api.Settings;

namespace Screening.Api.Tests.Commands;

/// <summary>Arguments that are none end the program before it does anything, with exit code 2 and one plain line.</summary>
public static class CommandLineTests
{
    [Theory]
    [InlineData("There is no helth. Is health meant?", "helth")]
    [InlineData("There is no --verson. Is --version meant?", "--verson")]
    [InlineData("There is no --Protocls:Folder. Is --Protocols:Folder meant?", "--Protocls:Folder", "zq9")]
    [InlineData("There is no --Protocls:Folder. Is --Protocols:Folder meant?", "--Protocls:Folder=zq9")]
    [InlineData("There is no --Shutdown:DrainSecond. Is --Shutdown:DrainSeconds meant?", "--Shutdown:DrainSecond", "zq9")]
    [InlineData("Argument 1 is no setting. Is --Cors:Origins meant?", "--Cors:Origins:first", "zq9")]
    [InlineData("Argument 1 is no setting. Is --urls meant?", "--ASPNETCORE_URLS", "http://127.0.0.1:1")]
    [InlineData("Argument 1 is no option. --help lists all there are.", "--Nothing:Like", "zq9")]
    [InlineData("Argument 1 is no setting. Is --DecisionLinks:Key meant?", "--DecisionLinks:Key:zq9")]
    [InlineData("Argument 1 is no command and no setting. --help lists all there are.", "zq9")]
    [InlineData("Argument 3 is no command and no setting. --help lists all there are.", "--Clinic:TimeZone", "Europe/Madrid", "zq9")]
    [InlineData("Argument 1 is no command and no setting. --help lists all there are.", "-zq9=1")]
    [InlineData("There is no --lve. Is --live meant?", "health", "--lve")]
    [InlineData("Argument 2 is no option. --help lists all there are.", "health", "--Batch:MaxConcurrent", "1")]
    [InlineData("Argument 2 is no option. --help lists all there are.", "screen", "zq9.ndjson")]
    [InlineData("--language is en or es.", "screen", "--language", "zq9")]
    [InlineData("--slots is each.", "screen", "--slots", "zq9")]
    [InlineData("Required argument missing for option: '--Clinic:TimeZone'.", "--Clinic:TimeZone")]
    [InlineData(
        "Option '--CarePlans:Key' expects a single argument but 2 were provided.", "--CarePlans:Key", "zq9", "--CarePlans:Key", "zq8")]
    public static async Task What_is_no_argument_is_one_line_with_the_nearest_name(string line, params string[] args)
    {
        var run = await ProgramRun.OfAsync(args);
        Assert.Equal((2, string.Empty, line + Environment.NewLine), (run.ExitCode, run.Output, run.Error));
    }

    [Theory]
    [InlineData("Clinic:TimeZone must be", "--Clinic:TimeZone", "zq9")]
    [InlineData("Clinic:TimeZone must be", "--Clinic:TimeZone=zq9")]
    [InlineData("Clinic:TimeZone must be", "--clinic:timezone=zq9")]
    [InlineData("Cors:Origins must be", "--Cors:Origins:0", "zq9")]
    [InlineData("Cors:Origins must be", "--Cors:Origins=zq9=zq9")]
    [InlineData("Serilog:MinimumLevel must be", "--Serilog:MinimumLevel:Override:Microsoft", "zq9")]
    [InlineData("health#: The configured folder of protocols does not exist.", "--Protocols:Folder", "health")]
    [InlineData("@zq9#: The configured folder of protocols does not exist.", "--environment=Development", "--Protocols:Folder", "@zq9")]
    public static async Task A_setting_is_an_argument_in_every_form_that_the_configuration_knows(string refusal, params string[] args)
    {
        // Each stops the start, which shows that the value came to where it is read.
        var run = await ProgramRun.OfAsync([.. args, "--urls", "http://127.0.0.1:0"], [("DOTNET_ENVIRONMENT", "Development")]);
        Assert.Equal((1, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains(refusal, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("screen", "{", "")]
    [InlineData("screen", "{}", "/there-is-none")]
    [InlineData("health", "{", "")]
    [InlineData("health", "{}", "/there-is-none")]
    public static async Task Settings_that_cannot_be_read_are_one_line(string command, string settings, string contentRoot)
    {
        var folder = Directory.CreateTempSubdirectory();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.json"), settings);
        (string, string)[] root = contentRoot.Length == 0 ? [] : [("DOTNET_CONTENTROOT", contentRoot)];
        var run = await ProgramRun.OfAsync([command], root, "sh", "-c", $"cd '{folder.FullName}' && exec \"$@\"", "sh");
        folder.Delete(recursive: true);
        Assert.Equal((1, string.Empty), (run.ExitCode, run.Output));
        Assert.StartsWith(
            "The settings cannot be read: ",
            Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    [Fact]
    public static async Task The_version_is_the_one_that_the_service_tells()
    {
        var version = XDocument.Load(Repository.Path("Directory.Build.props")).Descendants("Version").Single().Value;
        Assert.Equal(new ProgramRun(0, version + Environment.NewLine, string.Empty), await ProgramRun.OfAsync("--version"));
    }

    [Fact]
    public static async Task Help_has_every_command_and_every_setting()
    {
        var run = await ProgramRun.OfAsync("--help");
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        string[] names = ["health", "new-key <CLIENT>", "screen", .. ServiceSettings.All.Select(setting => "--" + setting.Written)];
        Assert.All(names, name => Assert.Contains($"  {name} ", run.Output, StringComparison.Ordinal));
    }
}
