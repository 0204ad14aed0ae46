using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Screening.Api.Tests;

/// <summary>What the pages for contributors say is so.</summary>
public sealed partial class DocumentsTests(ServiceFixture service)
{
    private const string Contributing = ".github/CONTRIBUTING.md";

    private const string IntendedUse = "src/IntendedUse.md";

    public static TheoryData<string> Pages =>
    [
        "README.md",
        IntendedUse,
        "src/Operations.md",
        "src/Scale.md",
        "src/Deploy/README.md",
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
    public void Every_fact_of_law_has_its_address_and_the_day_on_which_it_was_read()
    {
        var page = File.ReadAllText(Repository.Path(IntendedUse)).ReplaceLineEndings("\n");
        var law = page[page.IndexOf("\n## United States", StringComparison.Ordinal)..page.IndexOf("\n## Hazard log", StringComparison.Ordinal)];
        var addresses = Address().Matches(page).Select(address => address.Groups["name"].Value).Order(StringComparer.Ordinal);
        var cited = Cited().Matches(law);

        Assert.All(Fact().Matches(law), fact => Assert.Matches(Cited(), fact.Value));
        Assert.All(cited, address => Assert.True(address.Groups["read"].Success, address.Value));
        Assert.Equal(addresses, cited.Select(address => address.Groups["name"].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_hazard_names_tests_that_there_are()
    {
        var rows = File.ReadLines(Repository.Path(IntendedUse)).Where(line => Hazard().IsMatch(line)).ToList();
        var tests = Directory.EnumerateFiles(Repository.Path("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(10, rows.Count);
        Assert.All(rows, row => Assert.NotEmpty(TestName().Matches(row)));
        Assert.All(rows.SelectMany(row => TestName().Matches(row)), test => Assert.Contains(test.Groups["name"].Value, tests));
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

    /// <summary>A point of a list, to the next or to the end of the list.</summary>
    [GeneratedRegex(@"^- (.+\n)(  .+\n)*", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fact();

    [GeneratedRegex(@"^\[(?<name>[^\]]+)\]: https?://\S+$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"\]\[(?<name>[^\]]+)\](?<read>,\s+[0-9]{4}-[0-9]{2}-[0-9]{2}[;)])?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Cited();

    [GeneratedRegex(@"^\| [0-9]+ \| ", RegexOptions.None, 1000)]
    private static partial Regex Hazard();

    [GeneratedRegex("`(?<name>[A-Za-z]+Tests)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TestName();

    [GeneratedRegex("\"(?<name>(SCREENING|CsCheck)_[A-Za-z_]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
