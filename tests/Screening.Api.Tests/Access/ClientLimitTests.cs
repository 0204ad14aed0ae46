using System.Text.Json.Nodes;
using Screening.Api.Access;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Screenings;
using Screening.Api.Tests.Screenings.Batch;
using Screening.Api.Tests.Settings;

namespace Screening.Api.Tests.Access;

/// <summary>A client has so many permits; each answer says how many are left, and nobody is refused for what another does.</summary>
public sealed class ClientLimitTests
{
    private const string Policy = "\"client\";q=100;w=60";
    private static readonly TimeSpan OnePermit = TimeSpan.FromMilliseconds(600);

    public static TheoryData<string> Doors => [.. Door.Closed.Keys];

    [Fact]
    public async Task Each_answer_says_what_is_left_and_time_brings_it_back()
    {
        await using var service = Limited();
        Assert.Equal((200, Policy, "\"client\";r=99;t=1", null), await GetAsync(service));
        Assert.Equal((404, Policy, "\"client\";r=98;t=1", null), await GetAsync(service, "/nowhere"));
        Assert.Equal(
            (400, Policy, "\"client\";r=97;t=1", null), Read(await PostAsync(service, "/v1/screenings", "application/json", "{}")));

        // Also where the server itself finds the body broken, and all headers are set anew.
        var broken = await service.SendAsync(
            "POST", "/v1/screenings", [Key, "Content-Type: application/json", "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF"]);
        Assert.Equal(400, Read(broken).Status);
        Assert.Equal(1, broken.Split("\r\nRateLimit: \"client\";r=96;t=1\r\n").Length - 1);
        service.Pass(2 * OnePermit);
        Assert.Equal((200, Policy, "\"client\";r=97;t=1", null), await GetAsync(service));
        service.Pass(TimeSpan.FromHours(1));
        Assert.Equal((200, Policy, "\"client\";r=99;t=1", null), await GetAsync(service));
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task A_client_without_permits_is_refused_in_the_form_of_the_door(string name)
    {
        await using var service = Limited();
        await DrainAsync(service);
        var before = (await service.LinesAsync(100)).Count;
        var door = Door.Closed[name];
        var answer = await service.SendAsync(door.Method, door.Path, [.. door.Headers, Key], door.ContentType is null ? null : "{}");
        Assert.Equal((429, Policy, "\"client\";r=0;t=1", "1"), Read(answer));
        Assert.Contains($"\r\nContent-Type: {door.MediaType}", answer, StringComparison.Ordinal);
        Assert.All(door.Marks, mark =>
            Assert.Contains(mark.Replace("login", "throttled", StringComparison.Ordinal), answer, StringComparison.Ordinal));
        Assert.Contains("too-many-requests", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"cards\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("WWW-Authenticate", answer, StringComparison.Ordinal);
        var line = (await service.LinesAsync(before + 1))[before];
        Assert.Equal(("limit-reached", "salon-0", 429), ((string?)line["Refusal"], (string?)line["Client"], (int)line["Status"]!));

        service.Pass(OnePermit - TimeSpan.FromTicks(1));
        Assert.Equal(429, (await GetAsync(service)).Status);
        service.Pass(TimeSpan.FromTicks(1));
        Assert.Equal((200, Policy, "\"client\";r=0;t=1", null), await GetAsync(service));
    }

    [Fact]
    public async Task An_appointment_costs_a_permit_and_a_call_that_lacks_one_is_not_answered_in_part()
    {
        await using var service = Limited();
        var all = await HookAsync(service, 60);
        Assert.Equal((200, Policy, "\"client\";r=40;t=1", null), Read(all));
        Assert.Contains("\"cards\"", all, StringComparison.Ordinal);

        // The request itself was taken, and is taken again when it is repeated: 21 permits come within 13 seconds.
        var refused = await HookAsync(service, 60);
        Assert.Equal((429, Policy, "\"client\";r=39;t=1", "13"), Read(refused));
        Assert.DoesNotContain("\"cards\"", refused, StringComparison.Ordinal);
        service.Pass(TimeSpan.FromSeconds(13));
        Assert.Contains("\"cards\"", await HookAsync(service, 60), StringComparison.Ordinal);
        service.Pass(TimeSpan.FromSeconds(60));
        Assert.Equal("\"client\";r=99;t=1", (await GetAsync(service)).State);
        Assert.Equal("\"client\";r=98;t=1", Read(await HookAsync(service, 1)).State);
        Assert.Equal("\"client\";r=97;t=1", Read(await HookAsync(service, 0)).State);
        var view = await PostAsync(service, CdsCalls.Opened, "application/json", CdsCalls.View(Requests.NothingToReport()).ToJsonString());
        Assert.Equal((200, Policy, "\"client\";r=96;t=1", null), Read(view));
    }

    [Fact]
    public async Task The_largest_call_is_answered_at_the_lowest_limit()
    {
        await using var service = Limited();
        Assert.Equal((200, Policy, "\"client\";r=0;t=1", null), Read(await HookAsync(service, 100)));
    }

    // The limit is for a batch that never waits.
    [Fact(Timeout = 60_000)]
    public async Task A_line_costs_a_permit_and_a_batch_waits_for_it()
    {
        await using var service = Limited();
        var lines = Enumerable.Range(1, 103).Select(line => Batches.Good($"r{line}")).ToList();
        service.Client.DefaultRequestHeaders.Add("X-Api-Key", KeyedService.Good.Text);
        await Task.WhenAll(BatchAsync(), PassAsync());
        Assert.Equal("\"client\";r=0;t=1", (await GetAsync(service)).State);
        Assert.Equal(0, (int)(await service.LinesAsync(1))[0]["FailedLines"]!);

        async Task BatchAsync() => Assert.Equal(
            Enumerable.Range(1, 103).Select(line => $"r{line}"),
            (await service.BatchAsync(string.Join('\n', lines))).Select(Batches.Summary));

        async Task PassAsync()
        {
            for (var line = 101; line <= 103; line++)
            {
                await service.WaitForTimerAsync(OnePermit).WaitAsync(TestContext.Current.CancellationToken);
                Assert.Empty(service.Lines());
                service.Pass(OnePermit);
            }
        }
    }

    [Fact]
    public async Task A_flood_of_one_client_refuses_no_other()
    {
        await using var service = Limited();
        await DrainAsync(service);
        await Task.WhenAll(FloodAsync(), CallAsync());

        async Task FloodAsync()
        {
            for (var i = 0; i < 200; i++)
            {
                Assert.Equal(429, await service.StatusAsync(KeyedService.Second));
            }
        }

        async Task CallAsync()
        {
            for (var i = 0; i < 100; i++)
            {
                Assert.Equal(200, await service.StatusAsync(KeyedService.Other));
            }
        }
    }

    [Fact]
    public async Task A_client_of_the_file_may_have_a_limit_of_its_own()
    {
        await using var service = Limited();
        service.Write(Keys.File([KeyedService.Good], [KeyedService.Other])
            .Replace("\"salon-0\",", "\"salon-0\", \"permitsPerMinute\": 6000,", StringComparison.Ordinal));
        Assert.Equal((200, "\"client\";q=6000;w=60", "\"client\";r=5999;t=1", null), await GetAsync(service));
        service.Pass(TimeSpan.FromMilliseconds(10));
        Assert.Equal("\"client\";r=5999;t=1", (await GetAsync(service)).State);
        Assert.Equal(Policy, Read(await service.SendAsync("GET", "/v1/protocols", [$"X-Api-Key: {KeyedService.Other.Text}"])).Policy);
    }

    [Fact]
    public async Task An_id_of_both_files_is_two_clients_with_permits_of_their_own()
    {
        await using var tokens = new TokenService();
        tokens.Service.Write(Keys.File([KeyedService.Good])
            .Replace("\"salon-0\",", "\"ehr\", \"permitsPerMinute\": 100,", StringComparison.Ordinal));
        for (var left = 99; left >= 0; left--)
        {
            Assert.Equal((200, Policy, $"\"client\";r={left};t=1", null), await GetAsync(tokens.Service));
        }

        var hook = await tokens.Service.SendAsync(
            "POST", CdsCalls.Book,
            [$"Authorization: Bearer {TokenService.HookToken(CdsCalls.Book)}", "Content-Type: application/json"], "{}");
        Assert.Equal((400, "\"client\";q=60000;w=60", "\"client\";r=9999;t=1", null), Read(hook));
        Assert.Equal((429, Policy, "\"client\";r=0;t=1", "1"), await GetAsync(tokens.Service));
    }

    [Fact]
    public async Task Another_key_or_another_file_fills_no_bucket()
    {
        await using var service = Limited();
        await DrainAsync(service);
        var next = Keys.Numbered(40);
        service.Write(Keys.File([KeyedService.Second, next], [KeyedService.Other]));
        service.Tick();

        // Three permits came back in two seconds.
        var statuses = new List<int>();
        foreach (var key in (ApiKey[])[next, KeyedService.Second, next, next])
        {
            statuses.Add(await service.StatusAsync(key));
        }

        Assert.Equal([200, 200, 200, 429], statuses);
    }

    [Fact]
    public async Task A_flood_of_bad_credentials_delays_no_good_one_from_its_address()
    {
        await using var service = new KeyedService { Settings = [("Limits:RefusalsPerMinute", "5")] };
        string[][] bad =
        [
            [], ["X-Api-Key: end"], [$"X-Api-Key: {Keys.Numbered(99).Text}"],
            [$"X-Api-Key: {KeyedService.Expired.Text}"], ["Authorization: Basic x"],
        ];
        foreach (var headers in bad)
        {
            Assert.Equal(401, Read(await service.SendAsync("GET", "/v1/protocols", headers)).Status);
        }

        for (var round = 0; round < 20; round++)
        {
            foreach (var headers in bad)
            {
                var answer = await service.SendAsync("GET", "/v1/protocols", headers);
                Assert.Equal((429, null, null, "12"), Read(answer));
                Assert.DoesNotContain("WWW-Authenticate", answer, StringComparison.Ordinal);
            }

            Assert.Equal(200, await service.StatusAsync(KeyedService.Good));
        }

        // The log still has the reason, and time brings the plain answer back.
        var reasons = service.Lines()
            .Where(line => (int)line["Status"]! == 429).Select(line => (string?)line["Refusal"]).Distinct(StringComparer.Ordinal);
        Assert.Equal(
            ["credentials-missing", "form-unknown", "key-expired", "key-unknown", "scheme-unknown"], reasons.Order(StringComparer.Ordinal));
        service.Pass(TimeSpan.FromSeconds(12));
        Assert.Equal(401, Read(await service.SendAsync("GET", "/v1/protocols", [])).Status);
    }

    [Fact]
    public async Task An_open_service_has_no_limit_and_says_nothing_of_one()
    {
        await using var service = new SettingsService(("Access:Open", "true"), ("Limits:PerMinute", "100"));
        for (var i = 0; i < 101; i++)
        {
            using var response = await service.Client.GetAsync(new Uri("/v1/protocols", UriKind.Relative));
            Assert.Equal(
                (200, false),
                ((int)response.StatusCode, response.Headers.Contains("RateLimit") || response.Headers.Contains("RateLimit-Policy")));
        }
    }

    [Theory]
    [InlineData("Limits:PerMinute", "99")]
    [InlineData("Limits:PerMinute", "10000001")]
    [InlineData("Limits:Burst", "99")]
    [InlineData("Limits:Burst", "many")]
    [InlineData("Limits:RefusalsPerMinute", "0")]
    public void A_limit_that_cannot_be_stops_the_start(string name, string value) =>
        Assert.Contains(name, FailedStartTests.Refusal(name, value), StringComparison.Ordinal);

    [Fact]
    public async Task A_page_of_another_origin_may_read_what_is_left()
    {
        await using var service = new KeyedService { Settings = [("Cors:Origins", "https://ehr.example.org")] };
        var answer = await service.SendAsync("GET", "/v1/protocols", [Key, "Origin: https://ehr.example.org"]);
        Assert.Contains(
            "\r\nAccess-Control-Expose-Headers: Content-Location,ETag,Preference-Applied,RateLimit,RateLimit-Policy,Retry-After\r\n",
            answer, StringComparison.Ordinal);
    }

    private static string Key => $"X-Api-Key: {KeyedService.Good.Text}";

    /// <summary>A service of the lowest limit: a permit comes back in 600 ms.</summary>
    private static KeyedService Limited() => new() { Settings = [("Limits:PerMinute", "100"), ("Limits:Burst", "10000")] };

    private static async Task DrainAsync(KeyedService service)
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(200, await service.StatusAsync(KeyedService.Good));
        }
    }

    private static async Task<(int Status, string? Policy, string? State, string? RetryAfter)> GetAsync(
        KeyedService service, string path = "/v1/protocols") =>
        Read(await service.SendAsync("GET", path, [Key]));

    private static Task<string> PostAsync(KeyedService service, string path, string type, string body) =>
        service.SendAsync("POST", path, [Key, $"Content-Type: {type}"], body);

    private static Task<string> HookAsync(KeyedService service, int appointments)
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        var one = CdsCalls.Appointment(Requests.NothingToReport());
        call["context"]!["appointments"] = CdsCalls.Bundle([.. Enumerable.Range(0, appointments).Select(_ => (JsonNode)one.DeepClone())]);
        return PostAsync(service, CdsCalls.Book, "application/json", call.ToJsonString());
    }

    private static (int Status, string? Policy, string? State, string? RetryAfter) Read(string answer)
    {
        var head = answer[..answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n");
        return (int.Parse(head[0]
            .Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), Of("RateLimit-Policy"), Of("RateLimit"), Of("Retry-After"));

        string? Of(string name) =>
            head.SingleOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];
    }
}
