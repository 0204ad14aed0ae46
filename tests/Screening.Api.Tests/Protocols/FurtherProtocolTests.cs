using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Screening.Api.Loading;
using Screening.Api.Tests.Settings;

namespace Screening.Api.Tests.Protocols;

/// <summary>A second protocol is one JSON file in the configured folder: no line of C#.</summary>
public sealed class FurtherProtocolTests
{
    private static readonly string Folder = Repository.Path("tests/Screening.Api.Tests/Protocols");

    [Theory]
    [InlineData("""{"sunburn":"none","scarsAt":[],"hairRemovals":[],"acidToner":"no"}""", "eligible", "2026-06-10")]
    [InlineData("""{"sunburn":"severe","scarsAt":[],"hairRemovals":[],"acidToner":"no"}""", "ineligible", "2026-06-10")]
    [InlineData("""{"sunburn":"mild","scarsAt":["legs"],"hairRemovals":[],"acidToner":"no"}""", "review", "2026-06-10")]
    [InlineData("""{"sunburn":"none","scarsAt":["back"],"hairRemovals":[],"acidToner":"no"}""", "review", "2026-06-10")]
    [InlineData("""{"sunburn":"none","scarsAt":[],"hairRemovals":[{"method":"laser","day":"2026-06-08"}],"acidToner":"no"}""", "deferred", "2026-06-11")]
    [InlineData("""{"sunburn":"none","scarsAt":[],"hairRemovals":[],"acidToner":"yes"}""", "conditional", "2026-06-10")]
    [InlineData("""{"sunburn":"none","scarsAt":[],"hairRemovals":[],"acidToner":"given-up"}""", "incomplete", "2026-06-10")]
    public async Task It_screens_through_the_same_route(string answers, string eligibility, string notBefore)
    {
        await using var service = new ServiceWithFolder();
        var (status, answer) = await service.ScreenAsync(Request(answers));
        Assert.Equal(200, status);
        Assert.Equal(eligibility, (string)answer["eligibility"]!);
        Assert.Equal(notBefore, (string)answer["notBefore"]!);
        Assert.Equal("made-up-peel", (string)answer["protocol"]!["id"]!);
        Assert.Equal(5, ((JsonArray)answer["trace"]!).Count);
    }

    [Fact]
    public async Task It_is_listed_and_served_and_strict_like_the_first()
    {
        await using var service = new ServiceWithFolder();
        var list = JsonNode.Parse(await service.Client.GetStringAsync(new Uri("/v1/protocols", UriKind.Relative)))!;
        Assert.Equal(["made-up-peel", "sublative-rf"], ((JsonArray)list["protocols"]!).Select(p => (string)p!["id"]!));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Folder, "made-up-peel/1.0.0.json")), await service.Client.GetStringAsync(new Uri("/v1/protocols/made-up-peel", UriKind.Relative)));

        var (status, answer) = await service.ScreenAsync(Request("""{"pregnancy":"no"}"""));
        Assert.Equal((422, "/answers/pregnancy"), (status, (string)answer["errors"]![0]!["pointer"]!));
        Assert.Equal(200, (await service.ScreenAsync(Screenings.Requests.NothingToReport())).Status);
    }

    [Fact]
    public async Task A_protocol_named_after_its_answers_is_read_just_the_same()
    {
        await using var service = new ServiceWithFolder();
        var request = Request("""{"sunburn":"mild","scarsAt":["legs"],"hairRemovals":[],"acidToner":"no"}""");
        var protocol = request["protocol"]!.DeepClone();
        request.Remove("protocol");
        request["protocol"] = protocol;
        Assert.Equal("review", (string)(await service.ScreenAsync(request)).Answer["eligibility"]!);
    }

    [Theory]
    [InlineData("\"line\": 1", "\"line\": 0", "/rules/0/line")]
    [InlineData("\"severe\"", "\"sever\"", "/rules/0/condition/anyOf/0")]
    [InlineData("\"eligibility\": \"ineligible\"", "\"eligibility\": \"eligible\"", "/rules/0/examples/0")]
    [InlineData("\"effects\"", "\"efects\"", "/rules/0")]
    public async Task A_file_with_a_flaw_stops_the_start_with_file_pointer_and_reason(string good, string bad, string pointer)
    {
        var folder = Directory.CreateTempSubdirectory("protocols");
        try
        {
            var text = await File.ReadAllTextAsync(Path.Combine(Folder, "made-up-peel/1.0.0.json"));
            var at = text.IndexOf(good, good == "\"severe\"" ? text.IndexOf("\"rules\"", StringComparison.Ordinal) : 0, StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "flawed.json"), text[..at] + bad + text[(at + good.Length)..]);

            var flawed = Assert.Throws<ProtocolLoadException>(() => ProtocolFiles.Load(folder.FullName));
            Assert.Contains(flawed.Flaws, flaw => flaw.File.EndsWith("flawed.json", StringComparison.Ordinal) && flaw.Pointer.StartsWith(pointer, StringComparison.Ordinal));

            var (exitCode, output) = await FailedStartTests.FailAsync("--Protocols:Folder", folder.FullName);
            Assert.Equal(1, exitCode);
            var flaw = JsonNode.Parse(output.Split('\n')[0])!;
            Assert.EndsWith("flawed.json", (string)flaw["File"]!, StringComparison.Ordinal);
            Assert.StartsWith(pointer, (string)flaw["Pointer"]!, StringComparison.Ordinal);
            Assert.DoesNotContain("Now listening", output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_version_that_comes_into_force_after_its_examples_has_its_document()
    {
        var folder = Directory.CreateTempSubdirectory("protocols");
        try
        {
            var next = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "made-up-peel/1.0.0.json")))!;
            Directory.CreateDirectory(Path.Combine(folder.FullName, "made-up-peel"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "made-up-peel/1.0.0.json"), next.ToJsonString());
            next["version"] = "1.1.0";
            next["effectiveFrom"] = "2150-01-01";
            var question = next["questions"]![0]!.DeepClone();
            question["id"] = "askedLater";
            question.AsObject().Remove("neededWhen");
            question["optional"] = true;
            var options = question["options"]!.AsArray();
            options.Remove(options.Single(option => (string)option!["code"]! == "unknown"));
            foreach (var option in options)
            {
                option!["harmless"] = true;
            }

            next["questions"]!.AsArray().Add(question);
            next["baseline"]!["answers"]!["askedLater"] = next["baseline"]!["answers"]![(string)next["questions"]![0]!["id"]!]!.DeepClone();
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "made-up-peel/1.1.0.json"), next.ToJsonString());
            Assert.Equal(2, ProtocolFiles.Load(folder.FullName).Find("made-up-peel")!.Versions.Length);
            await using var two = new SettingsService(("Protocols:Folder", folder.FullName));
            using var response = await two.Client.GetAsync("/openapi/v1.json");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_same_version_twice_and_a_folder_that_is_not_there_stop_the_start()
    {
        var folder = Directory.CreateTempSubdirectory("protocols");
        try
        {
            File.Copy(Path.Combine(Folder, "made-up-peel/1.0.0.json"), Path.Combine(folder.FullName, "a.json"));
            File.Copy(Path.Combine(Folder, "made-up-peel/1.0.0.json"), Path.Combine(folder.FullName, "b.json"));
            Assert.Equal("/version", Assert.Single(Assert.Throws<ProtocolLoadException>(() => ProtocolFiles.Load(folder.FullName)).Flaws).Pointer);
            Assert.Single(Assert.Throws<ProtocolLoadException>(() => ProtocolFiles.Load(Path.Combine(folder.FullName, "nowhere"))).Flaws);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Each_real_folder_is_read_once_whatever_links_lead_to_it()
    {
        var folder = Directory.CreateTempSubdirectory("protocols").FullName;
        try
        {
            // As an orchestrator mounts files: links to links into a hidden folder.
            Directory.CreateDirectory(Path.Combine(folder, "..2026"));
            File.Copy(Path.Combine(Folder, "made-up-peel/1.0.0.json"), Path.Combine(folder, "..2026/peel.json"));
            Directory.CreateSymbolicLink(Path.Combine(folder, "..data"), "..2026");
            File.CreateSymbolicLink(Path.Combine(folder, "peel.json"), "..data/peel.json");

            // Thirty links to the folder that holds them: two to the power of thirty ways, and more.
            foreach (var number in Enumerable.Range(10, 30))
            {
                Directory.CreateSymbolicLink(Path.Combine(folder, "again" + number), number % 2 == 0 ? "." : folder);
            }

            Directory.CreateDirectory(Path.Combine(folder, "below/deeper"));
            Directory.CreateSymbolicLink(Path.Combine(folder, "below/deeper/up"), "../..");
            Assert.Single(ProtocolFiles.Load(folder).Find("made-up-peel")!.Versions);

            // A folder that is one link away, twice.
            var linked = Directory.CreateDirectory(Path.Combine(folder, "linked")).FullName;
            Directory.CreateSymbolicLink(Path.Combine(linked, "one"), "../..data");
            Directory.CreateSymbolicLink(Path.Combine(linked, "two"), Path.Combine(folder, "..2026"));
            Assert.Single(ProtocolFiles.Load(linked).Find("made-up-peel")!.Versions);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static JsonObject Request(string answers) => (JsonObject)JsonNode.Parse(
        $$"""{"protocol":"made-up-peel","appointment":{"timeZone":"Europe/Madrid","start":"2026-06-10T09:00:00","areas":["back"]},"asOf":"2026-06-01T18:00:00Z","answers":{{answers}}}""")!;

    internal sealed class ServiceWithFolder : ServiceFixture
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("Protocols:Folder", Folder);
            base.ConfigureWebHost(builder);
        }
    }
}
