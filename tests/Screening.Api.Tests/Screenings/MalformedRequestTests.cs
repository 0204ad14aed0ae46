using System.Text;
using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Screenings;

/// <summary>Whatever is sent, the answer is a problem document that says where and why, never a decision and never a 500.</summary>
public sealed class MalformedRequestTests(ServiceFixture service)
{
    private const string Path = "/v1/screenings";

    public static TheoryData<string> NotJson =>
    [
        "", " ", "{", "}", "nul", "{]", "{\"a\":1,}", "{\"a\" 1}", "{'a':1}", "// hi\n{}", "/* hi */ {}", "{} {}", "{}x", "\u0000", "[1,2", "\"abc", "01", "NaN", "{\"a\":\"\u0001\"}",
        "{\"protocol\":\"\\ud800\"}", "{\"\\udc00\":1}", "{\"reference\":\"\\ud800\\ud800\"}", "{\"protocol\":\"\\x41\"}", "\uFEFF{}",
    ];

    [Theory]
    [MemberData(nameof(NotJson))]
    public async Task A_body_that_is_not_JSON_is_one_error(string body)
    {
        var errors = await RefuseAsync(Encoding.UTF8.GetBytes(body), 400);
        Assert.Equal(("", "invalid-json"), Assert.Single(errors));
    }

    [Fact]
    public async Task A_body_that_is_nested_too_deeply_is_one_error() => Assert.Equal(
        ("", "too-complex"),
        Assert.Single(await RefuseAsync(Encoding.UTF8.GetBytes("{\"answers\":" + new string('[', 40) + new string(']', 40) + "}"), 400)));

    [Theory]
    [InlineData(new byte[] { 0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00 })]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 0x7B, 0x7D })]
    [InlineData(new byte[] { 0x22, 0xC0, 0x80, 0x22 })]
    public async Task Bytes_that_are_not_UTF8_JSON_are_refused(byte[] body) =>
        Assert.Equal(("", "invalid-json"), Assert.Single(await RefuseAsync(body, 400)));

    [Theory]
    [InlineData("null", "null-value")]
    [InlineData("[]", "wrong-type")]
    [InlineData("true", "wrong-type")]
    [InlineData("0", "wrong-type")]
    [InlineData("\"{}\"", "wrong-type")]
    public async Task A_body_that_is_not_an_object_is_refused(string body, string code) =>
        Assert.Equal(("", code), Assert.Single(await RefuseAsync(Encoding.UTF8.GetBytes(body), 400)));

    // One change to a request that is fine, as pointer = value; "-" takes the member away. Then status, pointer and code of the one error.
    [Theory]
    [InlineData("protocol", "-", 400, "/protocol", "missing-member")]
    [InlineData("protocol", "null", 400, "/protocol", "null-value")]
    [InlineData("protocol", "7", 400, "/protocol", "wrong-type")]
    [InlineData("protocol", "\"\"", 422, "/protocol", "unknown-protocol")]
    [InlineData("protocol", "\"Sublative-rf\"", 422, "/protocol", "unknown-protocol")]
    [InlineData("protocol", "\"sublative-rf@\"", 422, "/protocol", "unknown-protocol")]
    [InlineData("protocol", "\"sublative-rf@1\"", 422, "/protocol", "unknown-protocol")]
    [InlineData("protocol", "\"sublative-rf@1.0.0 \"", 422, "/protocol", "unknown-protocol")]
    [InlineData("appointment", "-", 400, "/appointment", "missing-member")]
    [InlineData("appointment", "[]", 400, "/appointment", "wrong-type")]
    [InlineData("appointment/timeZone", "-", 400, "/appointment/timeZone", "missing-member")]
    [InlineData("appointment/timeZone", "\"America/new_york\"", 422, "/appointment/timeZone", "unknown-time-zone")]
    [InlineData("appointment/timeZone", "\"UTC+2\"", 422, "/appointment/timeZone", "unknown-time-zone")]
    [InlineData("appointment/timeZone", "\"../etc/passwd\"", 422, "/appointment/timeZone", "unknown-time-zone")]
    [InlineData("appointment/start", "\"2026-06-10\"", 422, "/appointment/start", "invalid-date-time")]
    [InlineData("appointment/start", "\"2026-06-31T10:00:00\"", 422, "/appointment/start", "invalid-date-time")]
    [InlineData("appointment/start", "\"2026-06-10T24:00:00\"", 422, "/appointment/start", "invalid-date-time")]
    [InlineData("appointment/start", "\"9999-12-31T23:59:59\"", 422, "/appointment/start", "invalid-date-time")]
    [InlineData("appointment/start", "\"0001-01-01T00:00:00Z\"", 422, "/appointment/start", "invalid-date-time")]
    [InlineData("appointment/start", "\"2027-03-14T02:30:00\"", 422, "/appointment/start", "skipped-local-time")]
    [InlineData("appointment/start", "\"2026-05-31T23:59:59\"", 422, "/appointment/start", "date-before-as-of")]
    [InlineData("appointment/start", "1780000000", 400, "/appointment/start", "wrong-type")]
    [InlineData("appointment/end", "\"2026-06-10T09:59:59\"", 422, "/appointment/end", "end-before-start")]
    [InlineData("appointment/end", "\"soon\"", 422, "/appointment/end", "invalid-date-time")]
    [InlineData("appointment/areas", "[]", 422, "/appointment/areas", "empty-list")]
    [InlineData("appointment/areas", "null", 400, "/appointment/areas", "null-value")]
    [InlineData("appointment/areas", "\"face\"", 400, "/appointment/areas", "wrong-type")]
    [InlineData("appointment/areas", "[\"face\",\"Neck\"]", 422, "/appointment/areas/1", "unknown-code")]
    [InlineData("appointment/areas", "[\"face\",\"face\"]", 422, "/appointment/areas/1", "repeated-code")]
    [InlineData("appointment/areas", "[null]", 400, "/appointment/areas/0", "null-value")]
    [InlineData("appointment/zone", "1", 400, "/appointment/zone", "unknown-member")]
    [InlineData("asOf", "\"2026-06-01T18:00:00\"", 422, "/asOf", "invalid-date-time")]
    [InlineData("asOf", "\"today\"", 422, "/asOf", "invalid-date-time")]
    [InlineData("asOf", "null", 400, "/asOf", "null-value")]
    [InlineData("asOf", "\"2024-12-31T18:00:00Z\"", 422, "/protocol", "no-version-in-force")]
    [InlineData("asof", "\"2026-06-01T18:00:00Z\"", 400, "/asof", "unknown-member")]
    [InlineData("reference", "[]", 400, "/reference", "wrong-type")]
    [InlineData("reference", "\"0123456789012345678901234567890123456789012345678901234567890123x\"", 422, "/reference", "too-long")]
    [InlineData("slots", "{}", 400, "/slots", "wrong-type")]
    [InlineData("slots", "[\"2026-06-11T09:00:00\",7]", 400, "/slots/1", "wrong-type")]
    [InlineData("slots", "[\"2026-05-11T09:00:00\"]", 422, "/slots/0", "date-before-as-of")]
    [InlineData("slots", "[\"tomorrow\"]", 422, "/slots/0", "invalid-date-time")]
    [InlineData("clearances", "[{\"ruleId\":\"pregnancy\",\"by\":\"A\",\"on\":\"2026-06-01\"}]", 422, "/clearances/0/ruleId", "not-a-review-finding")]
    [InlineData("clearances", "[{\"ruleId\":\"nothing\",\"by\":\"A\",\"on\":\"2026-06-01\"}]", 422, "/clearances/0/ruleId", "unknown-code")]
    [InlineData("clearances", "[null]", 400, "/clearances/0", "null-value")]
    [InlineData("clearances", "true", 400, "/clearances", "wrong-type")]
    [InlineData("answers", "-", 400, "/answers", "missing-member")]
    [InlineData("answers", "null", 400, "/answers", "null-value")]
    [InlineData("answers", "[]", 400, "/answers", "wrong-type")]
    [InlineData("answers/pregnant", "\"no\"", 422, "/answers/pregnant", "unknown-question")]
    [InlineData("answers/a~1b~0c", "\"no\"", 422, "/answers/a~1b~0c", "unknown-question")]
    [InlineData("answers/pregnancy", "null", 400, "/answers/pregnancy", "null-value")]
    [InlineData("answers/pregnancy", "false", 400, "/answers/pregnancy", "wrong-type")]
    [InlineData("answers/pregnancy", "[\"no\"]", 400, "/answers/pregnancy", "wrong-type")]
    [InlineData("answers/pregnancy", "{\"value\":\"no\"}", 400, "/answers/pregnancy", "wrong-type")]
    [InlineData("answers/pregnancy", "\"No\"", 422, "/answers/pregnancy", "unknown-code")]
    [InlineData("answers/pregnancy", "\"no \"", 422, "/answers/pregnancy", "unknown-code")]
    [InlineData("answers/pregnancy", "\"no,yes\"", 422, "/answers/pregnancy", "unknown-code")]
    [InlineData("answers/pregnancy", "\"\"", 422, "/answers/pregnancy", "unknown-code")]
    [InlineData("answers/electronicImplants", "\"none\"", 400, "/answers/electronicImplants", "wrong-type")]
    [InlineData("answers/electronicImplants", "[\"none\"]", 422, "/answers/electronicImplants/0", "unknown-code")]
    [InlineData("answers/skinConditions", "[\"rash\",\"rash\"]", 422, "/answers/skinConditions/1", "repeated-code")]
    [InlineData("answers/skinConditions", "[[]]", 400, "/answers/skinConditions/0", "wrong-type")]
    [InlineData("answers/injections", "\"none\"", 422, "/answers/injections", "unknown-code")]
    [InlineData("answers/injections", "{}", 400, "/answers/injections", "wrong-type")]
    [InlineData("answers/injections", "[null]", 400, "/answers/injections/0", "null-value")]
    [InlineData("answers/injections", "[\"filler\"]", 400, "/answers/injections/0", "wrong-type")]
    [InlineData("answers/injections", "[{\"product\":\"filler\"}]", 400, "/answers/injections/0/date", "missing-member")]
    [InlineData("answers/injections", "[{\"date\":\"2026-05-01\"}]", 400, "/answers/injections/0/product", "missing-member")]
    [InlineData("answers/injections", "[{\"product\":\"botox\",\"date\":\"2026-05-01\"}]", 422, "/answers/injections/0/product", "unknown-code")]
    [InlineData("answers/injections", "[{\"product\":\"filler\",\"date\":null}]", 400, "/answers/injections/0/date", "null-value")]
    [InlineData("answers/injections", "[{\"product\":\"filler\",\"date\":\"2026-02-29\"}]", 422, "/answers/injections/0/date", "invalid-date")]
    [InlineData("answers/injections", "[{\"product\":\"filler\",\"date\":\"2026-05-01\",\"site\":\"lip\"}]", 400, "/answers/injections/0/site", "unknown-member")]
    [InlineData("answers/injections", "[{\"product\":\"filler\",\"date\":\"2026-05-01\",\"date\":\"2020\"}]", 400, "/answers/injections/0/date", "repeated-member")]
    [InlineData("answers/isotretinoinLastTaken", "\"2025\"", 422, "/answers/isotretinoinLastTaken", "contradictory-answers")]
    [InlineData("answers/topicalRetinoidLastUsed", "\"unknown\"", 422, "/answers/topicalRetinoidLastUsed", "contradictory-answers")]
    [InlineData("answers/antiviralStart", "\"2026-06\"", 422, "/answers/antiviralStart", "invalid-date")]
    public async Task One_thing_wrong_is_one_error_at_its_place(string at, string value, int status, string pointer, string code)
    {
        var request = Requests.NothingToReport();
        var steps = at.Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
        var parent = steps.Length == 1 ? request : (JsonObject)request[steps[0]]!;
        string body;
        if (value == "-")
        {
            parent.Remove(steps[^1]);
            body = request.ToJsonString();
        }
        else
        {
            // The value is put in as text: it need not be one that a JSON library would write.
            parent[steps[^1]] = "§";
            body = request.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).Replace("\"§\"", value, StringComparison.Ordinal);
        }

        Assert.Equal((pointer, code), Assert.Single(await RefuseAsync(Encoding.UTF8.GetBytes(body), status)));
    }

    [Theory]
    [InlineData("\"protocol\":\"sublative-rf\"", "/protocol")]
    [InlineData("\"asOf\":\"2026-06-01T18:00:00Z\"", "/asOf")]
    [InlineData("\"answers\":{}", "/answers")]
    [InlineData("\"\\u0061nswers\":{}", "/answers")]
    public async Task A_repeated_member_is_refused_whichever_comes_first(string member, string pointer)
    {
        var request = Requests.NothingToReport().ToJsonString();
        Assert.Contains((pointer, "repeated-member"), await RefuseAsync(Encoding.UTF8.GetBytes(request[..^1] + "," + member + "}"), 400));
        Assert.Contains((pointer, "repeated-member"), await RefuseAsync(Encoding.UTF8.GetBytes("{" + member + "," + request[1..]), 400));
    }

    [Fact]
    public async Task A_repeated_answer_is_refused_even_when_both_agree()
    {
        var request = Requests.NothingToReport().ToJsonString();
        foreach (var twice in (string[])["\"pregnancy\":\"no\",\"pregnancy\":\"no\"", "\"pregnancy\":\"no\",\"pregnancy\":\"yes\"", "\"pregnancy\":\"no\",\"pr\\u0065gnancy\":\"no\""])
        {
            var body = request.Replace("\"pregnancy\":\"no\"", twice, StringComparison.Ordinal);
            Assert.Equal(("/answers/pregnancy", "repeated-member"), Assert.Single(await RefuseAsync(Encoding.UTF8.GetBytes(body), 400)));
        }
    }

    [Fact]
    public async Task Every_error_of_a_request_is_reported_at_once()
    {
        var request = Requests.NothingToReport();
        request["protokoll"] = 1;
        request["asOf"] = "yesterday";
        request["appointment"]!["areas"] = new JsonArray("face", "knee");
        request.With("pregnancy", null!).With("pregnant", "no").With("skinCancer", "maybe").With("metalPlates", new JsonArray(1, "arm")).With("antiviralEnd", "2026-06-31");
        (string, string)[] expected =
        [
            ("/protokoll", "unknown-member"), ("/asOf", "invalid-date-time"), ("/appointment/areas/1", "unknown-code"), ("/answers/pregnant", "unknown-question"), ("/answers/skinCancer", "unknown-code"),
            ("/answers/metalPlates/0", "wrong-type"), ("/answers/metalPlates/1", "unknown-code"), ("/answers/antiviralEnd", "invalid-date"),
        ];
        Assert.Equal(expected.Order(), (await RefuseAsync(Encoding.UTF8.GetBytes(request.ToJsonString()), 400)).Order());
    }

    [Fact]
    public async Task Without_a_known_protocol_the_shape_of_answers_is_still_judged()
    {
        foreach (var protocol in (string[])["nothing", "sublative-rf@9.9.9"])
        {
            var body = Requests.NothingToReport().ToJsonString().Replace("\"sublative-rf\"", $"\"{protocol}\"", StringComparison.Ordinal)
                .Replace("\"pregnancy\":\"no\"", "\"pregnancy\":null,\"a\":1,\"b\":[],\"b\":[]", StringComparison.Ordinal);
            (string, string)[] expected = [("/protocol", "unknown-protocol"), ("/answers/pregnancy", "null-value"), ("/answers/a", "wrong-type"), ("/answers/b", "repeated-member")];
            Assert.Equal(expected.Order(), (await RefuseAsync(Encoding.UTF8.GetBytes(body), 400)).Order());
        }
    }

    [Theory]
    [InlineData("clearances", "{}", "/clearances")]
    [InlineData("slots", "\"2026-06-11T09:00:00\"", "/slots")]
    [InlineData("answers/injections", "{\"product\":\"filler\",\"date\":\"2026\"}", "/answers/injections")]
    [InlineData("answers/skinConditions", "1", "/answers/skinConditions/999")]
    public async Task An_endless_list_is_refused_without_an_endless_answer(string at, string element, string pointer)
    {
        var request = Requests.NothingToReport();
        var parent = at.Contains('/', StringComparison.Ordinal) ? (JsonObject)request["answers"]! : request;
        parent[at.Split('/')[^1]] = "§";
        var list = "[" + string.Join(',', Enumerable.Repeat(element, 60_000 / (element.Length + 1))) + "]";
        using var response = await service.PostAsync(Path, request.ToJsonString().Replace("\"\\u00A7\"", list, StringComparison.Ordinal));
        Assert.InRange((int)response.StatusCode, 400, 422);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.Contains($"\"{pointer}\"", answer, StringComparison.Ordinal);
        Assert.True(answer.Length < 512 * 1024, $"{answer.Length}");
    }

    [Fact]
    public async Task The_query_string_answers_nothing()
    {
        var request = Requests.NothingToReport().With("pregnancy", null!);
        using var response = await service.PostAsync(Path + "?pregnancy=no&answers.pregnancy=no&answers[pregnancy]=no", request.ToJsonString());
        Assert.Equal("/problems/invalid-parameter", (string)(await AssertProblemAsync(response, 400))["type"]!);
    }

    private async Task<List<(string Pointer, string Code)>> RefuseAsync(byte[] body, int status)
    {
        using var response = await service.PostAsync(Path, body);
        Assert.Equal(status, (int)response.StatusCode);
        var problem = await AssertProblemAsync(response, status);
        return [.. ((JsonArray)problem["errors"]!).Select(e => ((string)e!["pointer"]!, (string)e["code"]!))];
    }

    internal static async Task<JsonObject> AssertProblemAsync(HttpResponseMessage response, int status)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
        var problem = (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(status, (int)problem["status"]!);
        Assert.StartsWith("/problems/", (string)problem["type"]!, StringComparison.Ordinal);
        Assert.All((JsonArray)problem["errors"]!, e => Assert.False(string.IsNullOrWhiteSpace((string)e!["detail"]!)));
        return problem;
    }
}
