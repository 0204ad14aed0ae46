using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Screening.Api.Tests.Screenings;
using Screening.Api.Tests.Screenings.Batch;

namespace Screening.Api.Tests.Commands;

/// <summary>The command that screens lines answers as the batch route does, in pieces as in one, and never with half of a file.</summary>
public sealed partial class ScreenCommandTests(ServiceFixture service) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    private static IReadOnlyList<string> Cases { get; } =
    [
        .. JsonNode.Parse(File.ReadAllText(Repository.Path("tests/Screening.Api.Tests/Cases/sublative-rf.json")))!["cases"]!.AsArray()
            .Select(one => one!["request"]!.ToJsonString()),
    ];

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("en", "")]
    [InlineData("es", "?slots=each")]
    public async Task Lines_are_answered_as_by_the_batch_route(string language, string query)
    {
        var late = Requests.NothingToReport();
        late["slots"] = new JsonArray("2026-06-11T09:00:00", "2020-01-01T09:00:00");
        string[] lines =
        [
            .. Cases, Requests.Everything().ToJsonString(), late.ToJsonString(), "{}", "{\"a", "", Batches.OfLength(65537, "too-long"),
            Batches.Good("before the last") + "\r", Batches.Good("the last"),
        ];
        var body = string.Join('\n', lines);
        using var request = new HttpRequestMessage(HttpMethod.Post, Batches.Path + query)
        {
            Content = new StringContent(body, new MediaTypeHeaderValue(Batches.MediaType)),
            Headers = { { "Accept-Language", language } },
        };
        using var response = await service.Client.SendAsync(request);
        string[] slots = query.Length == 0 ? [] : ["--slots", "each"];
        var run = await ProgramRun.OfAsync(["screen", "--language", language, .. slots], body, []);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(WithoutIds(await response.Content.ReadAsStringAsync()), WithoutIds(run.Output));
        Assert.Matches($"^{lines.Length} lines, [1-9][0-9]* failed{Environment.NewLine}$", run.Error);
    }

    [Fact]
    public async Task Shards_in_two_processes_are_together_what_one_run_is_and_again_the_same()
    {
        var lines = Enumerable.Range(0, 40).SelectMany(_ => Cases).Append("{\"a").ToList();
        var whole = Write("whole", lines);
        await ScreenAsync(whole);
        var shards = lines.Chunk((lines.Count / 4) + 1).Select((shard, i) => Write($"shard-{i}", shard)).ToList();
        Assert.Equal(4, shards.Count);

        // The second of each pair is as a process left it that was killed.
        await File.WriteAllTextAsync(shards[1] + ".out.part", "{\"decisionId\":\"0");
        await Task.WhenAll(shards.Chunk(2).Select(async pair =>
        {
            foreach (var shard in pair)
            {
                await ScreenAsync(shard);
            }
        }));
        var joined = string.Concat(shards.Select(shard => File.ReadAllText(shard + ".out")));
        Assert.Equal(WithoutLines(await File.ReadAllTextAsync(whole + ".out")), WithoutLines(joined));
        Assert.Empty(folder.GetFiles("*.part"));

        var first = await File.ReadAllTextAsync(shards[0] + ".out");
        await ScreenAsync(shards[0]);
        Assert.Equal(WithoutIds(first), WithoutIds(await File.ReadAllTextAsync(shards[0] + ".out")));
    }

    [Fact]
    public async Task Lines_without_an_instant_have_the_one_that_is_stated()
    {
        var request = Requests.NothingToReport();
        request.Remove("asOf");
        var run = await ProgramRun.OfAsync(["screen", "--as-of", "2026-06-01T18:00:00Z"], request.ToJsonString(), []);
        Assert.Equal("2026-06-01T18:00:00Z", (string?)JsonNode.Parse(run.Output)!["asOf"]);
    }

    [Fact]
    public async Task Further_protocols_come_from_the_folder_that_is_named_or_configured()
    {
        File.Copy(
            Repository.Path("tests/Screening.Api.Tests/Protocols/made-up-peel/1.0.0.json"), Path.Combine(folder.FullName, "peel.json"));
        var request = Requests.NothingToReport();
        request["protocol"] = "made-up-peel";
        string[] found =
        [
            (await ProgramRun.OfAsync(["screen"], request.ToJsonString(), [])).Output,
            (await ProgramRun.OfAsync(["screen", "--protocols", folder.FullName], request.ToJsonString(), [])).Output,
            (await ProgramRun.OfAsync(["screen"], request.ToJsonString(), [("Protocols__Folder", folder.FullName)])).Output,
        ];
        Assert.Equal([true, false, false], found.Select(output => output.Contains("unknown-protocol", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_flawed_protocol_or_a_misspelt_setting_screens_nothing()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "flawed.json"), "{");
        ProgramRun[] runs =
        [
            await ProgramRun.OfAsync(["screen", "--protocols", folder.FullName], Cases[0], []),
            await ProgramRun.OfAsync(["screen", "--protocols", folder.FullName + "/none"], Cases[0], []),
            await ProgramRun.OfAsync(["screen"], Cases[0], [("Protocols__Foldr", folder.FullName)]),
        ];
        Assert.All(runs, run => Assert.Equal((1, string.Empty), (run.ExitCode, run.Output)));
        Assert.Contains("flawed.json#", runs[0].Error, StringComparison.Ordinal);
        Assert.Contains("Protocols:Folder", runs[2].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_or_written_is_told_and_leaves_nothing_that_looks_whole()
    {
        var input = Write("in", Cases);
        var output = Path.Combine(folder.FullName, "out");
        ProgramRun[] runs =
        [
            await ProgramRun.OfAsync("screen", "--input", input + "none", "--output", output),
            await ProgramRun.OfAsync("screen", "--input", input, "--output", "/dev/null/out"),
            await ProgramRun.OfAsync("screen", "--input", input, "--output", string.Empty),
            await ProgramRun.OfAsync(["screen", "--input", input], [], "bash", "-c", "\"$@\" >/dev/full", "bash"),
            await ProgramRun.OfAsync(["screen", "--input", input], [], "bash", "-c", "set -o pipefail; \"$@\" | true", "bash"),
            await ProgramRun.OfAsync(["screen", "--input", input], [], "bash", "-c", "\"$@\" >&-", "bash"),
        ];
        Assert.All(runs, run => Assert.Equal((1, string.Empty), (run.ExitCode, run.Output)));
        Assert.All(runs, run => Assert.StartsWith("The input or the output", run.Error, StringComparison.Ordinal));
        Assert.False(File.Exists(output));
        Assert.Contains("innone", runs[0].Error, StringComparison.Ordinal);
        Assert.Contains("Broken pipe", runs[4].Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("taken")]
    public async Task An_output_that_can_never_have_its_name_is_told_before_the_work(string output)
    {
        var path = output.Length == 0 ? output : folder.CreateSubdirectory(output).FullName;
        var input = Write("in", Cases);
        var run = await ProgramRun.OfAsync(
            ["screen", "--input", input, "--output", path], [], "sh", "-c", $"cd '{folder.FullName}' && exec \"$@\"", "sh");
        Assert.Equal((1, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains("0 lines, 0 failed", run.Error, StringComparison.Ordinal);
        Assert.Empty(folder.GetFiles("*.part"));
    }

    [Theory]
    [InlineData("--as-of is an instant such as 2026-11-22T15:00:00Z.", "--as-of", "2026-11-22")]
    [InlineData("There is no --ouput. Is --output meant?", "--ouput", "zq9")]
    public async Task Arguments_that_are_none_end_it(string line, params string[] args)
    {
        var run = await ProgramRun.OfAsync(["screen", .. args]);
        Assert.Equal((2, string.Empty, line + Environment.NewLine), (run.ExitCode, run.Output, run.Error));
    }

    private static async Task ScreenAsync(string input)
    {
        var run = await ProgramRun.OfAsync("screen", "--input", input, "--output", input + ".out");
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Output));
    }

    private string Write(string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllLines(path, lines);
        return path;
    }

    private static string WithoutIds(string answers) => Ids().Replace(answers, string.Empty);

    /// <summary>A problem has the number of its line, which is another in each file.</summary>
    private static string WithoutLines(string answers) => Line().Replace(WithoutIds(answers), string.Empty);

    [GeneratedRegex("\"(decisionId|traceId)\":\"[0-9a-f-]+\",?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ids();

    [GeneratedRegex("\"line\":[0-9]+,?", RegexOptions.None, 1000)]
    private static partial Regex Line();
}
