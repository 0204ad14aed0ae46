using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using Screening.Api.Hosting;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.DecisionLinks;
using Screening.Api.Tests.Hosting;
using ScreeningRequests = Screening.Api.Tests.Screenings.Requests;

namespace Screening.Api.Tests.Http;

/// <summary>Whatever is answered, errors too, carries the headers that keep browsers and caches from making more of it.</summary>
public sealed class ResponseHeaderTests
{
    private const string Origin = "https://ehr.example.org";
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Theory]
    [InlineData("https://screening.example.org", true)]
    [InlineData("http://screening.example.org", false)]
    [InlineData(null, false)]
    public async Task Every_response_of_every_route_has_them(string? publicUrl, bool behindTls)
    {
        await using var service = Configured(publicUrl);
        using var client = RouteCall.Client(service);
        var statuses = new HashSet<int>();
        foreach (var call in RouteCall.All)
        {
            foreach (var request in Requests(call))
            {
                using var response = await client.SendAsync(request);
                Check($"{request.Method} {call}", response, behindTls);
                statuses.Add((int)response.StatusCode);
            }
        }

        Assert.Equal([200, 304, 400, 404, 405, 406, 413, 415, 422], statuses.Order());
    }

    [Theory]
    [InlineData("GET", "/", 302)]
    [InlineData("GET", "/swagger", 301)]
    [InlineData("GET", "/swagger/index.html", 200)]
    [InlineData("GET", "/swagger/index.js", 200)]
    [InlineData("GET", "/swagger/swagger-ui-bundle.js", 200)]
    [InlineData("GET", "/swagger/none.js", 404)]
    [InlineData("HEAD", "/openapi/v1.json", 200)]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("HEAD", "/nowhere", 404)]
    [InlineData("GET", "/_test_url_cache_", 404)]
    [InlineData("BREW", "/v1/screenings", 405)]
    [InlineData("OPTIONS", "/v1/screenings", 204)]
    public async Task So_has_what_no_endpoint_answers(string method, string path, int status)
    {
        await using var service = Configured("https://screening.example.org");
        using var client = RouteCall.Client(service);
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Headers = { { "Origin", Origin }, { "Access-Control-Request-Method", "POST" } },
        };
        using var response = await client.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        Check($"{method} {path}", response, behindTls: true);
    }

    [Fact]
    public async Task So_has_the_page_of_a_decision()
    {
        await using var service = Configured(null);
        var card = Assert.Single(await service.CardsAsync(CdsCalls.Booking(ScreeningRequests.NothingToReport())));
        using var page = await service.Client.GetAsync(CardLinks.Address(card));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Check("a card's link", page, behindTls: false);
        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task So_has_a_failure_and_a_refusal_for_want_of_room()
    {
        await using var failing = new FailingService();
        using var failed = await failing.PostAsync("/v1/screenings", ScreeningRequests.NothingToReport().ToJsonString());
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        Check("a failure", failed, behindTls: true);

        await using var full = new LimitedService(("Service:PublicUrl", "https://screening.example.org")) { Memory = 1 };
        using var refused = await full.PostAsync(CdsCalls.Book, new string(' ', 100_000));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Check("no room", refused, behindTls: true);

        full.Services.GetRequiredService<ServiceState>().Drain();
        using var stopping = await full.Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, stopping.StatusCode);
        Check("stopping", stopping, behindTls: true);
    }

    /// <summary>An example as it is, as a page, known already, as HEAD, and in ways that are refused.</summary>
    private static IEnumerable<HttpRequestMessage> Requests(RouteCall call)
    {
        yield return call.Message();
        var page = call.Message();
        page.Headers.TryAddWithoutValidation("Accept", Browser);
        yield return page;
        var known = call.Message();
        known.Headers.IfNoneMatch.ParseAdd("*");
        yield return known;
        yield return (call with { Method = "HEAD" }).Message();
        yield return (call with { Method = "DELETE" }).Message();
        yield return (call with { Path = call.Path + "/nothing" }).Message();
        yield return (call with { Path = call.Path + "?_format=csv" }).Message();
        yield return (call with { Path = call.Path + "?audience=none&preview=none" }).Message();
        if (call.Body is not null)
        {
            yield return (call with { ContentType = "text/plain" }).Message();
            yield return (call with { Body = "{" }).Message();
            yield return (call with { Body = "{}" }).Message();
            var large = (call with { Body = new string(' ', 2_000_000) }).Message();
            large.Headers.ExpectContinue = true;
            yield return large;
            yield return (call with { ContentType = null }).Message();
        }
    }

    private static void Check(string call, HttpResponseMessage response, bool behindTls)
    {
        var status = (int)response.StatusCode;
        var headers = response.Headers.NonValidated;
        var isNotSniffed = headers.TryGetValues("X-Content-Type-Options", out var sniff) && sniff.ToString() == "nosniff";
        Assert.True(isNotSniffed, $"{call} {status}: nosniff");
        var cache = response.Headers.CacheControl;
        var isDocument = status is 200 or 304 && response.Headers.ETag is not null
            && (cache is { NoCache: true } || call.Contains("/swagger/", StringComparison.Ordinal));
        Assert.True(cache is { NoStore: true } || isDocument, $"{call} {status}: {cache}");
        Assert.True(behindTls == headers.Contains("Strict-Transport-Security"), $"{call} {status}: HSTS");
        if (response.Content.Headers.ContentType?.MediaType == "text/html")
        {
            Assert.True(headers.TryGetValues("Content-Security-Policy", out var policy), $"{call} {status}: no policy");
            var hasForm = policy.ToString().Contains("form-action 'self'", StringComparison.Ordinal);
            Assert.True(!hasForm || call.Contains("/intake/", StringComparison.Ordinal), $"{call} {status}: a form");
            var action = hasForm ? "form-action 'self'" : "form-action 'none'";
            string[] closed = ["default-src 'none'", "base-uri 'none'", action, "frame-ancestors 'none'"];
            Assert.All(closed, part => Assert.Contains(part, policy.ToString(), StringComparison.Ordinal));
            Assert.DoesNotContain("script-src 'unsafe", policy.ToString(), StringComparison.Ordinal);
            Assert.Equal(hasForm ? "same-origin" : "no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        }
    }

    private static SettingsService Configured(string? publicUrl) =>
        new(("Cors:Origins", Origin), ("AllowedHosts", "*"), ("Service:PublicUrl", publicUrl ?? string.Empty));

    private sealed class FailingService : ServiceFixture
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("Service:PublicUrl", "https://screening.example.org");
            base.ConfigureWebHost(builder);
            builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<IClock>(new BrokenClock())));
        }
    }
}
