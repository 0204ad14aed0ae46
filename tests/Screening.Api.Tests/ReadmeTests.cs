using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Screening.Api.Access;

namespace Screening.Api.Tests;

/// <summary>What the README says is so: its request gives its answer, its files are there, its commands are the ones that work.</summary>
public sealed partial class ReadmeTests(ServiceFixture service)
{
    private static readonly string Text = File.ReadAllText(Repository.Path("README.md"));

    [Fact]
    public async Task Its_request_gives_its_answer_and_its_follow_ups_what_they_say()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            // The very commands, one after the other, against the service of this test instead of the one that the reader started.
            var answer = JsonNode.Parse(await HereAsync("cat >request.json", folder.FullName))!;
            AssertPartOf(JsonNode.Parse(Blocks("json").Single())!, answer, "");
            Assert.Empty(await HereAsync("later.json", folder.FullName));
            string Written(string name) => File.ReadAllText(Path.Combine(folder.FullName, name));

            Assert.StartsWith("<!doctype html>", Written("decision.html"), StringComparison.Ordinal);
            Assert.Contains("<header class=\"yes\">", Written("decision.html"), StringComparison.Ordinal);
            Assert.True((bool)JsonNode.Parse(Written("care-plan.json"))!["bookable"]!);
            Assert.StartsWith("<!doctype html>", Written("care-plan.html"), StringComparison.Ordinal);
            var (plan, cancelled) = (Written("plan.ics"), Written("cancel.ics"));
            Assert.Contains("METHOD:CANCEL", cancelled, StringComparison.Ordinal);
            Assert.DoesNotContain("METHOD:CANCEL", plan, StringComparison.Ordinal);
            Assert.Equal(Uids(plan), Uids(cancelled));

            var moved = JsonNode.Parse(await HereAsync("booking.json", folder.FullName))!;
            Assert.False((bool)JsonNode.Parse(Written("booked.json"))!["bookable"]!);
            Assert.True((bool)moved["bookable"]!);
            Assert.Contains("/bookable", moved["changed"]!.AsArray().Select(pointer => (string)pointer!));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        static IEnumerable<string> Uids(string calendar) =>
            calendar.Split("\r\n").Where(line => line.StartsWith("UID:", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("ineligible")]
    [InlineData("incomplete")]
    [InlineData("review")]
    [InlineData("deferred")]
    [InlineData("conditional")]
    [InlineData("eligible")]
    public void Each_status_stands_in_it_with_what_it_allows(string status)
    {
        var row = Text.Split('\n').Single(line => line.StartsWith($"| `{status}` |", StringComparison.Ordinal));
        Assert.Contains(status is "conditional" or "eligible" ? "| `true` |" : "| `false` |", row, StringComparison.Ordinal);
    }

    [Fact]
    public void The_clients_file_of_the_page_for_operators_is_one()
    {
        var page = File.ReadAllText(Repository.Path("src/Operations.md"));
        var file = ClientsFile.Read(Encoding.UTF8.GetBytes(Block().Match(page).Groups["code"].Value));
        Assert.Null(file.Flaw);
        Assert.Equal("salon-1", Assert.Single(file.Keys).Client.Id);
    }

    [Fact]
    public async Task A_client_gets_a_key_and_may_call_with_it_in_production()
    {
        var folder = Directory.CreateTempSubdirectory();
        var port = FreePort();
        try
        {
            var made = await ShellAsync(Command("new-key").Replace("dotnet run", "dotnet run --no-build", StringComparison.Ordinal)
                .Replace("$PWD", folder.FullName, StringComparison.Ordinal));
            var key = made.Split('\n').Single(line => line.StartsWith(ApiKey.Prefix, StringComparison.Ordinal));
            using var run = Process.Start(new ProcessStartInfo(
                "dotnet",
                [
                    "run", "--no-build", "--project", "src/Screening.Api", "--", "--urls", $"http://localhost:{port}",
                    "--environment", "Production", "--Access:Clients", Path.Combine(folder.FullName, "clients.json"),
                ])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                WorkingDirectory = Repository.Path("."),
            })!;
            try
            {
                while (await run.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Now listening", StringComparison.Ordinal))
                {
                }

                var call = Command("X-Api-Key: $KEY").Replace("localhost:8080", $"localhost:{port}", StringComparison.Ordinal);
                Assert.Contains("sublative-rf", await ShellAsync($"KEY={key}\n{call}"), StringComparison.Ordinal);
                Assert.Contains("credentials-missing", await ShellAsync($"KEY=\n{call}"), StringComparison.Ordinal);
            }
            finally
            {
                run.Kill(entireProcessTree: true);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Its_batch_is_answered_line_by_line_with_a_service_and_without()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            // More than any buffer between the two: it comes through because the command reads while it writes.
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "requests.ndjson"), string.Concat(Enumerable.Repeat("{}\n", 50_000)));
            await HereAsync("/v1/screenings/batch", folder.FullName);
            var answers = await File.ReadAllLinesAsync(Path.Combine(folder.FullName, "answers.ndjson"));
            Assert.Equal((50_000, 50_000), (answers.Length, (int)JsonNode.Parse(answers[^1])!["line"]!));
            File.Delete(Path.Combine(folder.FullName, "answers.ndjson"));
            var without = Command("-- screen")
                .Replace("run --project ", $"run --no-build --project {Repository.Path(".")}/", StringComparison.Ordinal);
            await ShellAsync(without, folder.FullName);
            Assert.Equal(50_000, (await File.ReadAllLinesAsync(Path.Combine(folder.FullName, "answers.ndjson"))).Length);
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
        Assert.Contains("`dotnet run --project src/Screening.Api -- --urls http://localhost:", Text, StringComparison.Ordinal);

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

    private static string Command(string part) => Blocks("sh").Single(block => block.Contains(part, StringComparison.Ordinal));

    /// <summary>Runs one of its commands in a folder, against the service of this test.</summary>
    private Task<string> HereAsync(string part, string folder)
    {
        var command = Command(part).Replace("http://localhost:5080/", service.Address.ToString(), StringComparison.Ordinal);
        Assert.Contains(service.Address.ToString(), command, StringComparison.Ordinal);
        return ShellAsync("set -e\n" + command, folder);
    }

    private static async Task<string> ShellAsync(string command, string? folder = null)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = folder ?? Repository.Path("."),
        })!;
        var said = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return said;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(
        @"^ *```(?<language>\w+)\n(?<code>.*?)^ *```$",
        RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?<to>[^)]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
