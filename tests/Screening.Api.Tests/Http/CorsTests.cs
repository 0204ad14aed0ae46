using System.Net;
using Screening.Api.Tests.Settings;

namespace Screening.Api.Tests.Http;

/// <summary>A browser lets the pages of configured origins call this service, and no other page.</summary>
public sealed class CorsTests(ServiceFixture plain)
{
    private const string Known = "https://ehr.example.org";
    private const string Stranger = "https://ehr.example.org.evil.example";

    public static TheoryData<string, string> Routes => new()
    {
        { "/v1/screenings", "POST" },
        { "/v1/screenings/batch", "POST" },
        { "/v1/care-plans", "POST" },
        { "/v1/protocols", "GET" },
        { "/cds-services", "GET" },
        { "/cds-services/sublative-rf-appointment-book", "POST" },
        { "/cds-services/sublative-rf-appointment-book/feedback", "POST" },
        { "/health/ready", "GET" },
        { "/openapi/v1.json", "GET" },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_preflight_from_a_configured_origin_is_allowed_on_every_route(string path, string method)
    {
        await using var service = Configured();
        using var response = await PreflightAsync(service, path, method, Known);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(Known, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains(method, string.Join(',', response.Headers.GetValues("Access-Control-Allow-Methods")), StringComparison.Ordinal);
        Assert.Equal("authorization,content-type", string.Join(',', response.Headers.GetValues("Access-Control-Allow-Headers")), ignoreCase: true);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData(Stranger)]
    [InlineData("http://ehr.example.org")]
    [InlineData("https://ehr.example.org:8443")]
    [InlineData("null")]
    public async Task A_preflight_from_any_other_origin_is_not(string origin)
    {
        await using var service = Configured();
        using var response = await PreflightAsync(service, "/cds-services", "GET", origin);
        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_method_that_no_route_has_is_not_allowed()
    {
        await using var service = Configured();
        using var response = await PreflightAsync(service, "/cds-services", "DELETE", Known);
        Assert.DoesNotContain("DELETE", string.Join(',', response.Headers.GetValues("Access-Control-Allow-Methods")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Known, true)]
    [InlineData("https://second.example.org:8443", true)]
    [InlineData(Stranger, false)]
    public async Task An_answer_may_be_read_by_a_page_of_a_configured_origin_errors_too(string origin, bool allowed)
    {
        await using var service = Configured();
        foreach (var (method, path, status) in new[] { ("GET", "/cds-services", 200), ("GET", "/cds-services/nothing", 405), ("GET", "/nowhere", 404), ("POST", "/v1/screenings", 415) })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "Origin", origin } } };
            using var response = await service.Client.SendAsync(request);
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal(allowed ? [origin] : [], response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values : []);
            // Two origins get two answers: a cache in between must not mix them up.
            Assert.Contains("Origin", response.Headers.Vary);
        }
    }

    [Fact]
    public async Task Without_a_configured_origin_nothing_is_allowed()
    {
        using var preflight = await PreflightAsync(plain, "/cds-services", "GET", Known);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, preflight.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/cds-services") { Headers = { { "Origin", Known } } };
        using var response = await plain.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain(preflight.Headers.Concat(response.Headers), header => header.Key.StartsWith("Access-Control-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("https://*.example.org")]
    [InlineData("null")]
    [InlineData("ehr.example.org")]
    [InlineData("https://ehr.example.org/")]
    [InlineData("https://ehr.example.org/app")]
    [InlineData("https://user@ehr.example.org")]
    [InlineData("file:///home")]
    [InlineData("")]
    public void What_is_no_origin_stops_the_start(string origin)
    {
        Assert.Contains("The setting Cors:Origins must be", FailedStartTests.Refusal("Cors:Origins:0", origin), StringComparison.Ordinal);
    }

    private static SettingsService Configured() => new(("Cors:Origins:0", Known), ("Cors:Origins:1", "https://second.example.org:8443"));

    private static async Task<HttpResponseMessage> PreflightAsync(ServiceFixture service, string path, string method, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, path)
        {
            Headers = { { "Origin", origin }, { "Access-Control-Request-Method", method }, { "Access-Control-Request-Headers", "authorization,content-type" } },
        };
        return await service.Client.SendAsync(request);
    }
}
