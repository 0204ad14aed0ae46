using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Screening.Api.Tests;

/// <summary>What the README says is so: its request gives its answer, its files are there, its commands are the ones that work.</summary>
public sealed partial class ReadmeTests(ServiceFixture service)
{
    private static readonly string Text = File.ReadAllText(Repository.Path("README.md"));

    [Fact]
    public async Task Its_curl_gives_its_answer()
    {
        // The very command, against the service of this test instead of the one that the reader started.
        var command = Blocks("sh").Single(block => block.StartsWith("curl -s http", StringComparison.Ordinal)).Replace("http://localhost:5080/", service.Address.ToString(), StringComparison.Ordinal);
        Assert.Contains(service.Address.ToString(), command, StringComparison.Ordinal);
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var answer = JsonNode.Parse(await shell.StandardOutput.ReadToEndAsync())!;
        await shell.WaitForExitAsync();

        AssertPartOf(JsonNode.Parse(Assert.Single(Blocks("json")))!, answer, "");
    }

    [Fact]
    public async Task Its_batch_is_answered_line_by_line()
    {
        var command = Blocks("sh").Single(block => block.Contains("/v1/screenings/batch", StringComparison.Ordinal)).Replace("http://localhost:5080/", service.Address.ToString(), StringComparison.Ordinal);
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            // More than any buffer between the two: it comes through because the command reads while it writes.
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "requests.ndjson"), string.Concat(Enumerable.Repeat("{}\n", 50_000)));
            using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { UseShellExecute = false, WorkingDirectory = folder.FullName })!;
            await shell.WaitForExitAsync();
            var answers = await File.ReadAllLinesAsync(Path.Combine(folder.FullName, "answers.ndjson"));
            Assert.Equal((50_000, 50_000), (answers.Length, (int)JsonNode.Parse(answers[^1])!["line"]!));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_file_that_it_links_to_is_there()
    {
        var links = Link().Matches(Text).Select(m => m.Groups["to"].Value).Where(to => !to.StartsWith("http", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(File.Exists(Repository.Path(link)) || Directory.Exists(Repository.Path(link)), link));
    }

    [Fact]
    public async Task Its_start_command_prints_its_address()
    {
        Assert.Contains("dotnet run --project src/Screening.Api\n", Blocks("sh"));
        Assert.Contains("dotnet test\n", Blocks("sh"));

        // Built already, and on another port than one that may be in use; what it prints and serves is the same.
        var port = FreePort();
        using var run = Process.Start(new ProcessStartInfo("dotnet", ["run", "--no-build", "--project", "src/Screening.Api", "--", "--urls", $"http://localhost:{port}", "--Protocols:Folder", Repository.Path("tests/Screening.Api.Tests/Protocols")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Path("."),
        })!;
        try
        {
            for (string? line; (line = await run.StandardOutput.ReadLineAsync()) is not null;)
            {
                if (line.Contains($"http://localhost:{port}", StringComparison.Ordinal))
                {
                    using var client = new HttpClient();
                    Assert.Contains("made-up-peel@1.0.0", await client.GetStringAsync(new Uri($"http://localhost:{port}/health/ready")), StringComparison.Ordinal);
                    return;
                }
            }

            Assert.Fail("The address was not printed.");
        }
        finally
        {
            run.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public void Its_default_address_is_the_one_of_the_launch_settings() =>
        Assert.Contains("\"applicationUrl\": \"http://localhost:5080\"", File.ReadAllText(Repository.Path("src/Screening.Api/Properties/launchSettings.json")), StringComparison.Ordinal);

    /// <summary>The README shortens its answer: what it shows must be there, in lists at the same place.</summary>
    private static void AssertPartOf(JsonNode shown, JsonNode? actual, string at)
    {
        switch (shown)
        {
            case JsonObject members:
                Assert.All(members, member => AssertPartOf(member.Value!, actual?[member.Key], $"{at}/{member.Key}"));
                break;
            case JsonArray list:
                Assert.Equal(list.Count, ((JsonArray)actual!).Count);
                Assert.All(Enumerable.Range(0, list.Count), i => AssertPartOf(list[i]!, actual[i], $"{at}/{i}"));
                break;
            default:
                Assert.True(JsonNode.DeepEquals(shown, actual), $"{at} is {actual?.ToJsonString()}");
                break;
        }
    }

    private static IEnumerable<string> Blocks(string language) =>
        Block().Matches(Text).Where(m => m.Groups["language"].Value == language).Select(m => m.Groups["code"].Value);

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?<to>[^)]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
