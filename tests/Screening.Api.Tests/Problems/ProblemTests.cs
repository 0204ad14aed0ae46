using System.Net;
using System.Text.Json.Nodes;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Tests.Problems;

public sealed class ProblemTests(ServiceFixture service)
{
    public static TheoryData<string> Codes => [.. ProblemKind.All.Select(k => k.Code).Concat(ErrorCode.All.Select(c => c.Code))];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Every_code_has_a_page_that_says_what_to_do(string code)
    {
        using var response = await service.Client.GetAsync(new Uri("/problems/" + code, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("What to do", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_code_stands_twice() =>
        Assert.Equal(ProblemKind.All.Count + ErrorCode.All.Count, ProblemKind.All.Select(k => k.Code).Concat(ErrorCode.All.Select(c => c.Code)).Distinct(StringComparer.Ordinal).Count());

    [Theory]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("GET", "/problems/nothing", 404)]
    [InlineData("GET", "/problems/%3Cscript%3E", 404)]
    [InlineData("GET", "/_test_url_cache_", 404)]
    [InlineData("POST", "/v1/nowhere", 404)]
    [InlineData("GET", "/v1/screenings", 405)]
    [InlineData("DELETE", "/v1/screenings", 405)]
    [InlineData("POST", "/v1/protocols", 405)]
    [InlineData("BREW", "/v1/screenings", 405)]
    public async Task What_no_endpoint_answers_is_a_problem_document_too(string method, string path, int status)
    {
        if (path == "/")
        {
            // The start page leads to Swagger UI; only what is not there is a problem.
            path = "/index.php";
        }

        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await service.Client.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.ToString());
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(status, (int)problem["status"]!);
        Assert.Equal(status == 405, response.Content.Headers.Allow.Count > 0);

        // The type resolves, and the page is the one of this problem.
        Assert.Contains((string)problem["title"]!, WebUtility.HtmlDecode(await service.Client.GetStringAsync(new Uri((string)problem["type"]!, UriKind.Relative))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_problem_echoes_a_value()
    {
        const string Secret = "zq9secretvalue";
        foreach (var body in (string[])
        [
            $$$"""{"protocol":"{{{Secret}}}","appointment":{"timeZone":"{{{Secret}}}","start":"{{{Secret}}}","areas":["{{{Secret}}}"]},"asOf":"{{{Secret}}}","reference":"{{{string.Concat(Enumerable.Repeat(Secret, 9))}}}","slots":["{{{Secret}}}"],"clearances":[{"ruleId":"{{{Secret}}}","by":" ","on":"{{{Secret}}}","note":"{{{Secret}}}"}],"answers":{}}""",
            $$$"""{"protocol":"sublative-rf","appointment":{"timeZone":"Asia/Tokyo","areas":["{{{Secret}}}"]},"clearances":[{"ruleId":"{{{Secret}}}","by":"{{{Secret}}}","on":"2026-06-01"}],"answers":{"pregnancy":"{{{Secret}}}","metalPlates":["{{{Secret}}}"],"injections":[{"product":"{{{Secret}}}","date":"{{{Secret}}}"}],"antiviralStart":"{{{Secret}}}","topicalRetinoidLastUsed":"{{{Secret}}}"}}""",
            $$$"""{"protocol": {{{Secret}}} }""",
        ])
        {
            using var response = await service.PostAsync("/v1/screenings", body);
            Assert.InRange((int)response.StatusCode, 400, 422);
            Assert.DoesNotContain(Secret, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }
}
