using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Screening.Api.Tests.Screenings.Batch;

/// <summary>Line n of the answer belongs to line n of the request, whatever the other lines are.</summary>
public sealed class BatchAnswerTests(ServiceFixture service)
{
    [Fact]
    public async Task Answers_come_in_the_order_of_the_lines_and_bad_lines_disturb_no_other()
    {
        var tooLong = Batches.OfLength(65537, "too-long");
        var unknownQuestion = Requests.NothingToReport().With("pregnant", "no");
        unknownQuestion["reference"] = "unknown";
        string[] body =
        [
            Batches.Good("one"), "", " \t", "{", Batches.Good("five"), "null", "{}", """{"reference":"eight"}""", Batches.Good("nine") + "x", tooLong, Batches.Good("eleven"),
            """{"reference":7}""", """{"reference":"a","reference":"b"}""", """{"reference":"0123456789012345678901234567890123456789012345678901234567890123x"}""",
            unknownQuestion.ToJsonString(), "\uFEFF" + Batches.Good("bom"), Batches.OfLength(65536, "longest"), Requests.NothingToReport().ToJsonString(),
        ];
        string[] expected =
        [
            "one", "2: 400 - invalid-json", "3: 400 - invalid-json", "4: 400 - invalid-json", "five", "6: 400 - null-value", "7: 400 - missing-member missing-member missing-member",
            "8: 400 eight missing-member missing-member missing-member", "9: 400 - invalid-json", "10: 413 -", "eleven",
            "12: 400 - wrong-type missing-member missing-member missing-member", "13: 400 - repeated-member missing-member missing-member missing-member",
            "14: 400 - missing-member missing-member missing-member too-long", "15: 422 unknown unknown-question", "16: 400 - invalid-json", "longest", "decided",
        ];
        foreach (var end in (string[])["\n", "\r\n"])
        {
            Assert.Equal(expected, (await service.BatchAsync(string.Join(end, body))).Select(Batches.Summary));
            Assert.Equal(expected, (await service.BatchAsync(string.Join(end, body) + end)).Select(Batches.Summary));
        }
    }

    [Fact]
    public async Task A_line_is_answered_as_the_same_request_by_itself()
    {
        var cases = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path("tests/Screening.Api.Tests/Cases/sublative-rf.json")))!["cases"]!.AsArray().Select(c => c!["request"]!.ToJsonString())
            .Append(Requests.Everything().ToJsonString()).Append("{}").ToList();
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join('\n', cases)));
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(Batches.MediaType);
        using var response = await service.Client.PostAsync(Batches.Path, body);
        var answers = (await response.Content.ReadAsStringAsync()).Split('\n');
        Assert.Equal(cases.Count + 1, answers.Length);
        for (var i = 0; i < cases.Count; i++)
        {
            using var single = await service.PostAsync("/v1/screenings", cases[i]);
            Assert.Equal(WithoutOwn(await single.Content.ReadAsStringAsync()), WithoutOwn(answers[i]));
        }
    }

    [Fact]
    public async Task A_reference_that_is_too_long_is_not_told_however_much_else_is_wrong()
    {
        var unknown = string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"u{i}\":0"));
        var line = $$"""{{{unknown}},"reference":"{{new string('x', 65)}}"}""";
        Assert.False(Assert.Single(await service.BatchAsync(line)).ContainsKey("reference"));
        Assert.Equal("ok", (string?)Assert.Single(await service.BatchAsync(line.Replace(new string('x', 65), "ok", StringComparison.Ordinal)))["reference"]);
    }

    [Fact]
    public async Task An_empty_body_has_an_empty_answer() => Assert.Empty(await service.BatchAsync(""));

    [Fact]
    public async Task Many_lines_in_pieces_of_any_size_are_answered_one_by_one()
    {
        // Enough to fill the line reader's buffer and the answers' many times over.
        var lines = Enumerable.Range(0, 1500).Select(i => i % 7 == 3 ? $$"""{"reference":"{{i}}"}""" : Batches.Good(i.ToString(CultureInfo.InvariantCulture)).Replace("America/Los_Angeles", i % 2 == 0 ? "Asia/Tokyo" : "Europe/Paris", StringComparison.Ordinal)).ToList();
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines));
        var answers = await service.BatchAsync(new StreamedContent(async stream =>
        {
            for (int at = 0, piece = 1; at < bytes.Length; at += piece, piece = (piece * 7919 % 50021) + 1)
            {
                await stream.WriteAsync(bytes.AsMemory(at, Math.Min(piece, bytes.Length - at)));
                await stream.FlushAsync();
            }
        }));
        Assert.Equal(lines.Count, answers.Count);
        Assert.All(answers.Index(), answer => Assert.Equal(answer.Index.ToString(CultureInfo.InvariantCulture), (string?)answer.Item["reference"]));
        Assert.All(answers.Index().Where(answer => answer.Index % 7 == 3), answer => Assert.Equal(answer.Index + 1, (int)answer.Item["line"]!));
        Assert.Equal(answers.Count(answer => answer.ContainsKey("decisionId")), answers.Select(answer => (string?)answer["decisionId"]).OfType<string>().Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/ndjson")]
    [InlineData("text/plain")]
    [InlineData("application/x-ndjson; charset=utf-16")]
    [InlineData(null)]
    public async Task Another_content_type_is_415(string? contentType)
    {
        using var response = await service.PostAsync(Batches.Path, Encoding.UTF8.GetBytes(Batches.Good("a")), contentType);
        Assert.Equal((415, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Theory]
    [InlineData("application/x-ndjson; charset=utf-8")]
    [InlineData("Application/X-NDJSON")]
    public async Task The_content_type_may_say_UTF8_and_its_letters_may_be_large(string contentType)
    {
        using var response = await service.PostAsync(Batches.Path, Encoding.UTF8.GetBytes(Batches.Good("a")), contentType);
        Assert.Equal(200, (int)response.StatusCode);
    }

    /// <summary>An answer without what the request cannot know: the decision's id, the trace id, and the line.</summary>
    private static string WithoutOwn(string answer) =>
        Regex.Replace(answer, "\"(?:decisionId|traceId)\":\"[^\"]+\"|,\"line\":[0-9]+(?:,\"reference\":\"[^\"]*\")?", string.Empty, RegexOptions.NonBacktracking);
}
