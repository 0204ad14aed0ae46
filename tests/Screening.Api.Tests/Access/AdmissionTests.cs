using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Screening.Api.Access;
using Screening.Api.Http;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Access;

/// <summary>Who shows a good key comes in; what is open is open to all, and everything else is closed.</summary>
public sealed class AdmissionTests(KeyedService service) : IClassFixture<KeyedService>
{
    private static readonly string Key = KeyedService.Good.Text;

    public static TheoryData<string[], string> Good => new()
    {
        { [$"X-Api-Key: {Key}"], "salon-0" },
        { [$"x-api-key:{Key}"], "salon-0" },
        { [$"Authorization: Bearer {Key}"], "salon-0" },
        { [$"authorization: bearer  {Key}"], "salon-0" },
        { [$"Authorization: Bearer {Key}", $"X-Api-Key: {Key}"], "salon-0" },
        { [$"X-Api-Key: {KeyedService.Second.Text}"], "salon-0" },
        { [$"X-Api-Key: {KeyedService.Other.Text}"], "salon-1" },
    };

    public static TheoryData<string> Doors => [.. Door.Closed.Keys];

    [Theory]
    [MemberData(nameof(Good))]
    public async Task A_good_key_is_let_in_and_the_log_names_its_client(string[] headers, string client)
    {
        var before = service.Lines().Count;
        var answer = await service.SendAsync(
            "POST", "/v1/screenings", [.. headers, "Content-Type: application/json"], Requests.NothingToReport().ToJsonString());
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"bookable\":true", answer, StringComparison.Ordinal);
        Assert.Equal(client, (string)(await service.LinesAsync(before + 1))[before]["Client"]!);
    }

    [Theory]
    [InlineData("nothing", 404)]
    [InlineData("another method", 405)]
    [InlineData("protocols", 200)]
    [InlineData("hook", 400)]
    [InlineData("FHIR in XML", 400)]
    public async Task Behind_the_gate_everything_is_as_it_was(string name, int status)
    {
        var door = Door.Closed[name];
        var answer = await service.SendAsync(
            door.Method, door.Path, [.. door.Headers, $"X-Api-Key: {Key}"], door.ContentType is null ? null : "{}");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/health/live", 200)]
    [InlineData("/health/ready", 200)]
    [InlineData("/problems", 200)]
    [InlineData("/problems/credentials-invalid", 200)]
    [InlineData("/fhir/metadata", 200)]
    [InlineData("/cds-services", 200)]
    [InlineData("/.well-known/jwks.json", 200)]
    [InlineData("/v1/decisions/x", 404)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/swagger/index.html", 200)]
    [InlineData("/", 302)]
    public async Task What_is_open_asks_nobody_and_takes_no_offence(string path, int status)
    {
        foreach (var headers in (string[][])[[], ["X-Api-Key: wrong"], ["X-Api-Key: a", "X-Api-Key: b"]])
        {
            Assert.StartsWith($"HTTP/1.1 {status} ", await service.SendAsync("GET", path, headers), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_other_route_is_closed()
    {
        _ = service.Client;
        var open = service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<OpenToAll>() is not null)
            .Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/'))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "/", "/.well-known/jwks.json", "/cds-services", "/fhir/metadata", "/health/live", "/health/ready",
                "/openapi/v1.json", "/problems", "/problems/{code}", "/v1/decisions/{link}",
            ],
            open);
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Whoever_may_not_do_what_it_asks_gets_403_in_the_form_of_the_door(string name)
    {
        _ = service.Client;
        var door = Door.Closed[name];
        await using var scope = service.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        using var body = new MemoryStream();
        context.Response.Body = body;
        (context.Request.Method, context.Request.Path, context.Request.Headers.Accept) = (door.Method, door.Path, door.Accept);
        await AccessGate.RefuseAsync(context, Refusal.ScopeMissing);

        var answer = System.Text.Encoding.UTF8.GetString(body.ToArray());
        Assert.Equal((403, 0), (context.Response.StatusCode, context.Response.Headers.WWWAuthenticate.Count));
        Assert.StartsWith(door.MediaType, context.Response.ContentType, StringComparison.Ordinal);
        Assert.All(door.Marks, mark =>
            Assert.Contains(mark.Replace("login", "forbidden", StringComparison.Ordinal), answer, StringComparison.Ordinal));
        Assert.Contains("not-allowed", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("scope-missing", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_refusal_has_a_code_of_its_own_and_a_problem()
    {
        var all = Enum.GetValues<Refusal>();
        Assert.Equal(all.Length, all.Select(refusal => refusal.Code()).Distinct(StringComparer.Ordinal).Count());
        Assert.All(all, refusal => Assert.Contains(refusal.Problem(), ProblemKind.All));
        Assert.Throws<ArgumentOutOfRangeException>(() => ((Refusal)99).Code());
    }

    [Fact]
    public async Task A_key_is_good_from_its_first_instant_to_the_one_before_its_end()
    {
        await using var timed = new KeyedService();
        var (from, until) = (ServiceFixture.Now + Duration.FromHours(1), ServiceFixture.Now + Duration.FromHours(2));
        var key = ApiKey.New(new byte[ApiKey.RandomBytes], from, until);
        timed.Write(Keys.File([key]));
        foreach (var (at, status) in ((Instant, int)[])
            [
                (from - Duration.FromDays(1), 401), (from - Duration.Epsilon, 401), (from, 200),
                (until - Duration.Epsilon, 200), (until, 401), (until + Duration.FromDays(1), 401),
            ])
        {
            timed.Clock.Reset(at);
            Assert.Equal(status, await timed.StatusAsync(key));
        }
    }

    [Fact]
    public async Task A_preflight_carries_no_credentials_and_is_answered()
    {
        await using var configured = new KeyedService { Settings = [("Cors:Origins", "https://ehr.example.org")] };
        string[] asked =
            ["Origin: https://ehr.example.org", "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: x-api-key"];
        var answer = await configured.SendAsync("OPTIONS", "/v1/screenings", asked);
        Assert.StartsWith("HTTP/1.1 204 ", answer, StringComparison.Ordinal);
        Assert.Contains("Access-Control-Allow-Headers: x-api-key", answer, StringComparison.Ordinal);

        // The call itself needs them, and its page can read that.
        var refused = await configured.SendAsync("POST", "/v1/screenings", [asked[0], "Content-Type: application/json"], "{}");
        Assert.StartsWith("HTTP/1.1 401 ", refused, StringComparison.Ordinal);
        Assert.Contains("Access-Control-Allow-Origin: https://ehr.example.org", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_calls_while_the_service_warms_up_are_let_in()
    {
        _ = service.Client;
        var statuses = await WarmUpCalls.MakeAsync(service.Services, rounds: 4, TestContext.Current.CancellationToken);
        Assert.Equal(4, statuses.Count);
        Assert.All(statuses, status => Assert.Equal("HTTP/1.1 200 OK", status));
    }

    [Fact]
    public async Task Readiness_says_which_file_the_keys_are_of()
    {
        var ready = JsonNode.Parse(await service.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative)))!;
        Assert.Equal(("ready", "current"), ((string)ready["status"]!, (string?)ready["clients"]));
    }
}
