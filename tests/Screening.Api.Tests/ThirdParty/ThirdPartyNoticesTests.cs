using System.Text.Json.Nodes;
using System.Xml.Linq;
using Screening.Rules.Tests.Support;

namespace Screening.Api.Tests.ThirdParty;

/// <summary>What is published says whose work is in it.</summary>
public static class ThirdPartyNoticesTests
{
    private const string Notices = "src/Screening.Api/THIRD-PARTY-NOTICES.txt";

    [Fact]
    public static void They_are_those_of_the_lock_file() => GeneratedFile.IsCurrent(Notices, ThirdPartyNotices.Text());

    [Fact]
    public static void They_go_where_the_service_is_published_to()
    {
        var project = XDocument.Load(Repository.Path("src/Screening.Api/Screening.Api.csproj"));

        var item = Assert.Single(project.Descendants("None"), none => (string?)none.Attribute("Update") == Path.GetFileName(Notices));

        Assert.Equal("PreserveNewest", (string?)item.Attribute("CopyToPublishDirectory"));
    }

    /// <summary>What the build of the tests put beside the service says as well which packages it runs on.</summary>
    [Fact]
    public static void Every_package_that_the_service_runs_on_has_its_notice()
    {
        var built = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Screening.Api.deps.json")))!;
        var running = built["targets"]!.AsObject().Single().Value!.AsObject().Where(library => library.Value!["runtime"] is not null)
            .Select(library => library.Key).Where(library => !library.StartsWith("Screening.", StringComparison.Ordinal));

        Assert.Superset(
            running.ToHashSet(StringComparer.Ordinal),
            ThirdPartyNotices.Packages().Select(package => $"{package.Id}/{package.Version}").ToHashSet(StringComparer.Ordinal));
    }
}
