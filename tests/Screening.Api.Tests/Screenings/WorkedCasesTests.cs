using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Screenings;

/// <summary>The worked cases of the contract, through HTTP.</summary>
public sealed class WorkedCasesTests(ServiceFixture service)
{
    private static readonly string[] Lists = ["waitingPeriods", "requirements", "reasons"];

    public static TheoryData<string> Names => [.. Cases().Select(c => (string)c["name"]!)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_worked_case_comes_out_as_written(string name)
    {
        var worked = Cases().Single(c => (string)c["name"]! == name);
        var expected = (JsonObject)worked["expected"]!;

        var (status, answer) = await service.ScreenAsync((JsonObject)worked["request"]!);

        Assert.Equal((int)expected["status"]!, status);
        if (status != 200)
        {
            Assert.Equal(Texts(expected["pointers"]!), ((JsonArray)answer["errors"]!).Select(e => (string)e!["pointer"]!).Order(StringComparer.Ordinal));
            return;
        }

        foreach (var member in (string[])["eligibility", "bookable", "earliestDate", "notBefore", "windows"])
        {
            Assert.True(JsonNode.DeepEquals(expected[member], answer[member]), $"{member}: {answer[member]?.ToJsonString()}");
        }

        foreach (var list in Lists)
        {
            // The case names some members of each entry; those are compared.
            var wanted = (JsonArray)expected[list]!;
            var shown = ((JsonArray)answer[list]!).Select(entry => Only((JsonObject)entry!, wanted)).Order(StringComparer.Ordinal);
            Assert.Equal(wanted.Select(entry => Only((JsonObject)entry!, wanted)).Order(StringComparer.Ordinal), shown);
        }

        Assert.Equal(Texts(expected["missing"]!), ((JsonArray)answer["missing"]!).Select(m => (string)m!["pointer"]!).Order(StringComparer.Ordinal));
        Assert.Equal(((JsonArray)expected["slots"]!).Select(s => (string)s!), ((JsonArray)answer["slots"]!).Select(s => (string)s!["eligibility"]!));
        Assert.Equal(26, ((JsonArray)answer["trace"]!).Count);
    }

    [Fact]
    public void The_copy_of_the_worked_cases_is_true()
    {
        var original = Repository.Path("../shared/cases/sublative-rf.json");

        // Only where the originals are at hand: a clone elsewhere has the copy alone.
        if (File.Exists(original))
        {
            Assert.Equal(File.ReadAllText(original), File.ReadAllText(CasesFile));
        }

        Assert.True(Cases().Count >= 32);
    }

    private static string CasesFile => Repository.Path("tests/Screening.Api.Tests/Cases/sublative-rf.json");

    private static List<JsonNode> Cases() => [.. ((JsonArray)JsonNode.Parse(File.ReadAllText(CasesFile))!["cases"]!).Select(c => c!)];

    private static IEnumerable<string> Texts(JsonNode list) => ((JsonArray)list).Select(text => (string)text!).Order(StringComparer.Ordinal);

    private static string Only(JsonObject entry, JsonArray wanted) => string.Join(
        ' ',
        wanted.SelectMany(w => ((JsonObject)w!).Select(m => m.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(member => $"{member}={entry[member]?.ToJsonString()}"));
}
