using System.Text;
using System.Text.Json.Nodes;
using Screening.Rules;

namespace Screening.Api.Tests.CarePlans;

/// <summary>A flaw in the care steps or the risks stops the load, with the place and the reason.</summary>
public sealed class CareStepLoadTests
{
    private const string Timing = "/careSteps/0/timing";

    [Theory]
    [InlineData("/careSteps/0/id", "\"Sunburn Cooled\"", "/careSteps/0/id", "kebab-case")]
    [InlineData("/careSteps/0/line", "0", "/careSteps/0/line", "counted from 1")]
    [InlineData("/careSteps/0/text", """{ "en": "Cool the skin." }""", "/careSteps/0/text", "'es'")]
    [InlineData("/careSteps/0/text/es", "\" \"", "/careSteps/0/text/es", "blank")]
    [InlineData("/careSteps/0/phase", "\"during\"", "/careSteps/0/phase", "before, after")]
    [InlineData("/careSteps/0/kind", "\"Do\"", "/careSteps/0/kind", "do, avoid, may, expect, tell")]
    [InlineData("/careSteps/0/shownWhen/question", "\"freckles\"", "/careSteps/0/shownWhen/question", "no question")]
    [InlineData("/careSteps/0/shownWhen/anyOf", """["burnt"]""", "/careSteps/0/shownWhen/anyOf/0", "no such code")]
    [InlineData("/careSteps/0/shownWhen/anyOf", """["unknown"]""", "/careSteps/0/shownWhen/anyOf/0", "unknown")]
    [InlineData("/careSteps/0/shownUnless", """{ "question": "sunburn", "anyOf": ["none"] }""", "/careSteps/0/shownUnless", "not both")]
    [InlineData("/careSteps/0/examples", "[]", "/careSteps/0/examples", "No example shows")]
    [InlineData("/careSteps/0/examples/0/expect/startsOn", "\"2026-06-07\"", "/careSteps/0/examples/0", "comes out as 2026-06-08")]
    [InlineData("/careSteps/0/examples/0/expect/startsAt", "\"2026-06-08T00:00:00+00:00\"", "/careSteps/0/examples/0", "comes out as nothing")]
    [InlineData("/careSteps/0/examples/0/start", "\"2026-02-30T10:00:00\"", "/careSteps/0/examples/0", "does not exist")]
    [InlineData("/careSteps/0/examples/0/timeZone", "\"Mars/Olympus\"", "/careSteps/0/examples/0", "does not exist")]
    [InlineData("/careSteps/0/examples/0/answers", """{ "sunburn": "hot" }""", "/careSteps/0/examples/0", "/answers/sunburn")]
    [InlineData(Timing, """{ "kind": "weeks", "from": 1, "through": 2 }""", Timing, "")]
    [InlineData(Timing, """{ "kind": "days", "from": 1, "through": null }""", Timing + "/through", "null is not a value")]
    [InlineData(Timing, """{ "kind": "days" }""", Timing, "begins or ends")]
    [InlineData(Timing, """{ "kind": "days", "from": 2, "through": 1 }""", Timing + "/through", "before the first")]
    [InlineData(Timing, """{ "kind": "days", "from": 3651 }""", Timing + "/from", "3650")]
    [InlineData(Timing, """{ "kind": "days", "from": 0.5 }""", Timing + "/from", "")]
    [InlineData(Timing, """{ "kind": "clock" }""", Timing, "begins or ends")]
    [InlineData(Timing, """{ "kind": "clock", "from": { "anchor": "end" } }""", Timing + "/from", "Exactly one")]
    [InlineData(Timing, """{ "kind": "clock", "through": { "anchor": "end", "hours": 1, "days": 1 } }""", Timing + "/through", "Exactly one")]
    [InlineData(Timing, """{ "kind": "clock", "from": { "anchor": "end", "days": 2 }, "through": { "anchor": "end", "hours": 47 } }""", Timing + "/through", "before the beginning")]
    [InlineData(Timing, """{ "kind": "clock", "from": { "anchor": "end", "minutes": 2147483647 } }""", Timing + "/from", "3650")]
    [InlineData(Timing, """{ "kind": "clock", "from": { "anchor": "middle", "hours": 1 } }""", Timing + "/from/anchor", "start, end")]
    [InlineData("/risks/0/id", "\"\"", "/risks/0/id", "kebab-case")]
    [InlineData("/risks/0/line", "-1", "/risks/0/line", "counted from 1")]
    [InlineData("/risks/0/text/en", "\"\"", "/risks/0/text/en", "blank")]
    [InlineData("/risks/1", """{ "id": "peeling", "line": 8, "text": { "en": "x", "es": "x" } }""", "/risks", "more than once")]
    [InlineData("/careSteps", null, "", "'careSteps'")]
    [InlineData("/risks", null, "", "'risks'")]
    public void It_names_the_place_and_the_reason(string at, string? value, string pointer, string reason)
    {
        var protocol = JsonNode.Parse(File.ReadAllBytes(Repository.Path("tests/Screening.Api.Tests/Protocols/made-up-peel/1.0.0.json")))!;
        Change(protocol, at.Split('/')[1..], value);
        Assert.False(ProtocolLoader.TryLoad("file", Encoding.UTF8.GetBytes(protocol.ToJsonString()), out _, out var flaws));
        Assert.Contains(flaws, flaw => flaw.Pointer == pointer && flaw.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void The_file_without_a_change_loads() =>
        Assert.True(ProtocolLoader.TryLoad("file", File.ReadAllBytes(Repository.Path("tests/Screening.Api.Tests/Protocols/made-up-peel/1.0.0.json")), out _, out _));

    private static void Change(JsonNode node, string[] path, string? value)
    {
        foreach (var step in path[..^1])
        {
            node = node is JsonArray list ? list[int.Parse(step)]! : node[step]!;
        }

        switch (node, value)
        {
            case (JsonArray list, not null):
                list.Insert(int.Parse(path[^1]), JsonNode.Parse(value));
                break;
            case (JsonObject members, null):
                members.Remove(path[^1]);
                break;
            default:
                node[path[^1]] = JsonNode.Parse(value!);
                break;
        }
    }
}
