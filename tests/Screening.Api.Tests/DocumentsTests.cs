using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Screening.Api.Tests;

/// <summary>What the pages for contributors say is so.</summary>
public sealed partial class DocumentsTests(ServiceFixture service)
{
    private const string Contributing = ".github/CONTRIBUTING.md";

    public static TheoryData<string> Pages =>
    [
        "README.md",
        .. Directory.EnumerateFiles(Repository.Path(".github"), "*.md").Select(file => ".github/" + Path.GetFileName(file)),
        .. Directory.EnumerateFiles(Repository.Path("src/Decisions"), "*.md").Select(file => "src/Decisions/" + Path.GetFileName(file)),
        .. Directory.EnumerateDirectories(Repository.Path("src"), "Screening.*").Select(folder => $"src/{Path.GetFileName(folder)}/README.md"),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_to_a_file(string page)
    {
        var folder = Path.GetDirectoryName(Repository.Path(page))!;
        var links = Link().Matches(File.ReadAllText(Repository.Path(page))).Select(link => link.Groups["to"].Value)
            .Where(to => !to.StartsWith("http", StringComparison.Ordinal) && !to.StartsWith('#'));

        Assert.All(links, to => Assert.True(Path.Exists(Path.Combine(folder, to)), to));
    }

    [Fact]
    public void Every_decision_is_on_the_list_and_fits_a_screen()
    {
        var list = File.ReadAllText(Repository.Path("src/Decisions/README.md"));

        Assert.All(Directory.GetFiles(Repository.Path("src/Decisions")).Where(file => !file.EndsWith("README.md", StringComparison.Ordinal)), file =>
        {
            Assert.Contains($"({Path.GetFileName(file)})", list, StringComparison.Ordinal);
            Assert.InRange(File.ReadAllLines(file).Length, 5, 20);
        });
    }

    [Fact]
    public void Every_variable_that_a_test_reads_is_told_to_contributors()
    {
        var page = File.ReadAllText(Repository.Path(Contributing));
        var read = Directory.EnumerateFiles(Repository.Path("tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Variable().Matches(File.ReadAllText(file)))
            .Select(variable => variable.Groups["name"].Value).Distinct();

        Assert.All(read, variable => Assert.Contains(variable, page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_command_that_contributors_are_told_is_there()
    {
        string[] commands = ["tests/run-all", "tests/run-full", ".ci/run"];
        var page = File.ReadAllText(Repository.Path(Contributing));

        Assert.All(commands, command =>
        {
            Assert.Contains($"{command}", page, StringComparison.Ordinal);
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Repository.Path(command)).HasFlag(UnixFileMode.UserExecute), command);
        });
        Assert.Contains(".ci/run", File.ReadAllText(Repository.Path(".github/workflows/ci.yml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_stands_in_one_place_and_is_told_wherever_one_is()
    {
        var version = XDocument.Load(Repository.Path("Directory.Build.props")).Descendants("Version").Single().Value;

        var document = JsonNode.Parse(await service.Client.GetStringAsync("/openapi/v1.json"))!;
        var capabilities = JsonNode.Parse(await service.Client.GetStringAsync("/fhir/metadata?_format=json"))!;

        Assert.Equal((version, version), ((string)document["info"]!["version"]!, (string)capabilities["software"]!["version"]!));
    }

    [GeneratedRegex(@"\]\((?<to>[^)#]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("\"(?<name>(SCREENING|CsCheck)_[A-Za-z_]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
