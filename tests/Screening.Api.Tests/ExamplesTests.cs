using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Screening.Rules;

namespace Screening.Api.Tests;

/// <summary>The made-up people to try the service with: each gets what the title says, and both collections hold the same ones.</summary>
public sealed partial class ExamplesTests(ServiceFixture service)
{
    private const string Folder = "src/Screening.Api/Examples";

    private static readonly List<Example> Http = ReadHttp(File.ReadAllText(Repository.Path($"{Folder}/screening.http")));

    private static readonly List<string> BrunoFiles =
        [.. Directory.GetFiles(Repository.Path(Folder), "*.bru").Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    private static readonly List<Example> Bruno = [.. BrunoFiles.Select(ReadBruno)];

    public static TheoryData<string, string> Requests =>
        [.. Http.Select(example => ("screening.http", example.Title)), .. Bruno.Select(example => ("Bruno", example.Title))];

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Each_person_gets_what_the_title_says(string collection, string title)
    {
        var (_, path, body, _) = (collection == "Bruno" ? Bruno : Http).Find(example => example.Title == title)!;

        using var response = await service.PostAsync(path, body);
        var answer = JsonNode.Parse(await response.Content.ReadAsByteArrayAsync())!;

        Assert.Equal(200, (int)response.StatusCode);
        var said = Title().Match(title).Groups;
        Assert.Equal(
            (said["status"].Value, said["date"].Success ? said["date"].Value : null),
            ((string?)answer["eligibility"], (string?)answer["earliestDate"]));
    }

    [Fact]
    public void Both_collections_hold_the_same_twelve()
    {
        Assert.Equal(Enumerable.Range(1, 12), Http.Select(example => int.Parse(example.Title[..2], null)));
        Assert.Equal(Http.Select(example => (example.Title, example.Path)), Bruno.Select(example => (example.Title, example.Path)));
        Assert.Equal(Http.Select(example => example.Note), Bruno.Select(example => example.Note));
        Assert.All(Http.Zip(Bruno), pair => Assert.Equal(Lines(pair.First), Lines(pair.Second)));
    }

    [Fact]
    public void Every_status_has_a_person() =>
        Assert.Equal(
            Enum.GetValues<Eligibility>().Select(status => WireName.Of(status)).Order(StringComparer.Ordinal),
            Http.Select(example => Title().Match(example.Title).Groups["status"].Value).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Nobody_goes_stale_and_no_name_is_sent() =>
        Assert.All(Http, example =>
        {
            var request = JsonNode.Parse(example.Body)!;
            Assert.NotNull(request["asOf"]);
            Assert.Equal($"example-{example.Title[..2]}", (string?)request["reference"]);
            Assert.All(
                Title().Match(example.Title).Groups["person"].Value.Split(' '),
                name => Assert.DoesNotContain(name, example.Body, StringComparison.OrdinalIgnoreCase));
        });

    [Fact]
    public void What_bruno_asserts_is_what_the_titles_say() =>
        Assert.All(BrunoFiles, text =>
        {
            var said = Title().Match(ReadBruno(text).Title).Groups;
            Assert.Contains($"\n  res.body.eligibility: eq {said["status"].Value}\n", text, StringComparison.Ordinal);
            if (said["date"].Success)
            {
                Assert.Contains($"\n  res.body.earliestDate: eq {said["date"].Value}\n", text, StringComparison.Ordinal);
            }
        });

    private static IEnumerable<string> Lines(Example example) => example.Body.Split('\n').Select(line => line.Trim());

    private static List<Example> ReadHttp(string text)
    {
        var examples = HttpRequest().Matches(text).Select(ToExample).ToList();
        Assert.Equal(text.Split("\n### ").Length - 1, examples.Count); // what the expression does not match is not left out in silence
        return examples;
    }

    private static Example ReadBruno(string text)
    {
        var request = BrunoRequest().Match(text);
        Assert.True(request.Success, text);
        return ToExample(request);
    }

    private static Example ToExample(Match request) =>
        new(request.Groups["title"].Value, request.Groups["path"].Value, request.Groups["body"].Value, request.Groups["note"].Value);

    private sealed record Example(string Title, string Path, string Body, string Note);

    [GeneratedRegex(
        @"^[0-9]{2} (?<person>[A-Z][a-z]+ [A-Z][a-z]+), [^:]+: (?<status>[a-z]+)( from (?<date>[0-9-]{10}))?$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Title();

    [GeneratedRegex(
        @"^### (?<title>.+)\n# (?<note>.+)\nPOST \{\{host\}\}(?<path>\S+)\nContent-Type: application/json\n\n(?<body>\{\n(.+\n)+\}\n)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HttpRequest();

    [GeneratedRegex(
        @"^meta \{\n  name: (?<title>.+)\n(.*\n)+post \{\n  url: \{\{host\}\}(?<path>\S+)\n  body: json\n(.*\n)+"
            + @"body:json \{\n(?<body>(  .+\n)+)\}\n(.*\n)+docs \{\n  (?<note>.+)\n\}\n",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BrunoRequest();
}
