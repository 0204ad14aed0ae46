using System.Net;
using System.Text.Json.Nodes;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Tests.Problems;

public sealed class ProblemTests(ServiceFixture service)
{
    private const string Java = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2";
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    public static TheoryData<string> Codes => [.. ProblemKind.All.Select(k => k.Code).Concat(ErrorCode.All.Select(c => c.Code))];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Every_code_has_a_page_that_says_what_to_do(string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/problems/" + code);
        request.Headers.TryAddWithoutValidation("Accept", Browser);
        using var response = await service.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("What to do", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Every_code_has_its_text_as_JSON(string code)
    {
        var text = await JsonAsync("/problems/" + code);
        Assert.Equal(("/problems/" + code, code), ((string)text["type"]!, (string)text["code"]!));
        Assert.InRange((int)text["status"]!, 400, 503);
        Assert.All((string[])["title", "detail"], member => Assert.All((string[])["en", "es"], language => Assert.NotEmpty((string)text[member]![language]!)));
        Assert.NotEqual((string)text["title"]!["en"]!, (string)text["title"]!["es"]!);
    }

    [Fact]
    public async Task The_index_has_every_code_as_a_page_and_as_JSON()
    {
        var listed = (await JsonAsync("/problems"))["problems"]!.AsArray();
        Assert.Equal(Codes.Select(code => (string)code), listed.Select(problem => (string)problem!["code"]!));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/problems");
        request.Headers.TryAddWithoutValidation("Accept", Browser);
        request.Headers.AcceptLanguage.ParseAdd("es");
        using var response = await service.Client.SendAsync(request);
        Assert.Equal(("text/html; charset=utf-8", "es"), (response.Content.Headers.ContentType!.ToString(), Assert.Single(response.Content.Headers.ContentLanguage)));
        Assert.Equal(["Accept", "Accept-Language"], response.Headers.Vary);
        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        Assert.All(listed, problem => Assert.Contains($"<a href=\"problems/{problem!["code"]}\">{problem["code"]}</a> ({problem["status"]})</dt><dd>{problem["title"]!["es"]}</dd>", page, StringComparison.Ordinal));
    }

    /// <summary>Java's <c>HttpURLConnection</c> sends this unasked.</summary>
    [Theory]
    [InlineData("GET", "/problems", Java, "application/json")]
    [InlineData("GET", "/problems/unknown-code", Java, "application/json")]
    [InlineData("GET", "/problems/nothing", Java, "application/problem+json")]
    [InlineData("POST", "/v1/screenings", Java, "application/json")]
    [InlineData("POST", "/v1/care-plans", Java, "application/json")]
    [InlineData("GET", "/v1/protocols", Java, "application/json")]
    [InlineData("GET", "/v1/protocols/sublative-rf/versions/1.0.0", Java, "application/json")]
    [InlineData("GET", "/v1/decisions/x", Java, "application/problem+json")]
    [InlineData("GET", "/fhir/metadata", Java, "application/fhir+json")]
    [InlineData("GET", "/fhir/Questionnaire/sublative-rf", Java, "application/fhir+json")]
    [InlineData("GET", "/cds-services", Java, "application/json")]
    [InlineData("POST", "/v1/screenings", "*", "application/json")]
    [InlineData("GET", "/fhir/metadata", "*", "application/fhir+json")]
    [InlineData("GET", "/problems", "*", "application/json")]
    [InlineData("GET", "/problems", "*/*", "application/json")]
    [InlineData("GET", "/problems/unknown-code", "", "application/json")]
    [InlineData("GET", "/problems/unknown-code", "text/html, */*", "application/json")]
    [InlineData("GET", "/problems", "text/html, image/*;q=0.5", "text/html; charset=utf-8")]
    [InlineData("GET", "/problems/nothing", "text/html, image/*;q=0.5", "text/html; charset=utf-8")]
    [InlineData("POST", "/v1/screenings", "text/html, image/*;q=0.5", "text/html; charset=utf-8")]
    [InlineData("GET", "/v1/protocols/sublative-rf/versions/1.0.0", "text/html, image/*;q=0.5", "text/html; charset=utf-8")]
    [InlineData("GET", "/fhir/Questionnaire/sublative-rf", "text/html, image/*;q=0.5", "text/html; charset=utf-8")]
    [InlineData("GET", "/fhir/metadata", "text/html, image/*;q=0.5", "application/fhir+json")]
    [InlineData("GET", "/v1/protocols", "text/html, image/*;q=0.5", "application/json")]
    [InlineData("POST", "/v1/screenings", Browser, "text/html; charset=utf-8")]
    [InlineData("POST", "/v1/screenings", "text/html", "text/html; charset=utf-8")]
    [InlineData("GET", "/v1/protocols/sublative-rf/versions/1.0.0", Browser, "text/html; charset=utf-8")]
    [InlineData("GET", "/v1/decisions/x", Browser, "text/html; charset=utf-8")]
    [InlineData("GET", "/fhir/Questionnaire/sublative-rf", Browser, "text/html; charset=utf-8")]
    public async Task A_page_is_for_who_asks_as_browsers_do(string method, string path, string accept, string mediaType)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Content = method == "GET" ? null : new StringContent(Screenings.Requests.NothingToReport().ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        using var response = await service.Client.SendAsync(request);
        Assert.Equal(mediaType, response.Content.Headers.ContentType!.ToString());
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
        Assert.Equal((string)problem["title"]!, (string)(await JsonAsync((string)problem["type"]!))["title"]!["en"]!);
    }

    private async Task<JsonNode> JsonAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await service.Client.SendAsync(request);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
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
