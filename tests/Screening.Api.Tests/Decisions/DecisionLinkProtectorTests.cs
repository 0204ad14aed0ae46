using System.Buffers.Text;
using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Reference;
using Screening.Api.Tests.Screenings;
using Screening.Api.Tests.Settings;

namespace Screening.Api.Tests.DecisionLinks;

/// <summary>The address of a decision's page tells nothing, to nobody, and not for long.</summary>
public sealed class DecisionLinkProtectorTests(TimedService service) : IClassFixture<TimedService>
{
    [Fact]
    public async Task It_ends()
    {
        var card = Assert.Single(await service.CardsAsync(CdsCalls.Booking(Requests.NothingToReport())));
        service.Clock.Reset(ServiceFixture.Now + Duration.FromMinutes(60) - Duration.FromSeconds(1));
        var (opened, page) = await service.OpenAsync(card);
        Assert.Equal(HttpStatusCode.OK, opened);
        Assert.Contains("2026-06-01T18:00:00Z", page, StringComparison.Ordinal);

        service.Clock.Reset(ServiceFixture.Now + Duration.FromMinutes(60));
        var (ended, problem) = await service.OpenAsync(card);
        Assert.Equal((HttpStatusCode.Gone, "/problems/link-ended"), (ended, (string)JsonNode.Parse(problem)!["type"]!));

        // A person who opens it is told so in words.
        using var request = new HttpRequestMessage(HttpMethod.Get, CardLinks.Address(card));
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        using var response = await service.Client.SendAsync(request);
        Assert.Equal((HttpStatusCode.Gone, "text/html"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Contains("<h1>This link has expired.</h1>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_changed_cut_or_made_elsewhere_opens_nothing()
    {
        var address = CardLinks.Address(Assert.Single(await service.CardsAsync(CdsCalls.Booking(Requests.NothingToReport()))));
        var link = address.Segments[^1];
        var random = GeneratedRun.Random(6);
        var wrong = Enumerable.Range(0, 200).Select(_ =>
        {
            var bytes = Base64Url.DecodeFromChars(link);
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            return Base64Url.EncodeToString(bytes);
        }).Concat([link[..^4], link[..40], link + "AAAA", "AAAA", "%20", "a.b", new string('A', 7000), link.ToUpperInvariant()]).ToList();
        foreach (var one in wrong)
        {
            using var response = await service.Client.GetAsync(new Uri($"/v1/decisions/{one}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal("/problems/link-unreadable", (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["type"]!);
        }

        using var other = new ServiceFixture();
        using var elsewhere = await other.Client.GetAsync(new Uri(address.AbsolutePath, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }

    [Fact]
    public async Task Instances_that_share_a_key_open_the_same_links()
    {
        (string, string)[] settings =
        [
            ("DecisionLinks:Key", Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(value => (byte)value)])),
            ("DecisionLinks:Minutes", "5"),
        ];
        using var one = new SettingsService(settings);
        using var two = new SettingsService(settings);
        var address = CardLinks.Address(Assert.Single(await one.CardsAsync(CdsCalls.Booking(Requests.NothingToReport()))));
        using var response = await two.Client.GetAsync(new Uri(address.AbsolutePath, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_clinic_can_do_without()
    {
        using var without = new SettingsService(("DecisionLinks:Minutes", "0"));
        var card = Assert.Single(await without.CardsAsync(CdsCalls.Booking(Requests.NothingToReport())));
        Assert.Equal(2, card["links"]!.AsArray().Count);
    }

    [Fact]
    public async Task Without_links_none_opens_that_was_made_before()
    {
        var key = ("DecisionLinks:Key", Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(value => (byte)value)]));
        using var before = new SettingsService(key);
        using var now = new SettingsService(key, ("DecisionLinks:Minutes", "0"));
        var address = CardLinks.Address(Assert.Single(await before.CardsAsync(CdsCalls.Booking(Requests.NothingToReport()))));
        using var response = await now.Client.GetAsync(new Uri(address.AbsolutePath, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Its_length_tells_no_status_from_another_nor_what_the_record_says()
    {
        var random = GeneratedRun.Random(7);
        var lengths = new Dictionary<int, HashSet<string>>();
        for (var i = 0; i < 200 || (i < 2000 && lengths.Values.Sum(statuses => statuses.Count) < 6); i++)
        {
            service.Clock.Reset(ServiceFixture.Now);
            var request = RestToFhir.ForHook(RequestGenerator.Next(random));
            request.Remove("asOf");
            if ((await service.ScreenAsync(request)).Status != 200 || request["appointment"]!["start"] is null || RestToFhir.Parameters(request) is null)
            {
                continue;
            }

            var call = CdsCalls.Booking(request);
            call["prefetch"]!["conditions"] = random.Next(2) == 0 ? CdsCalls.Bundle(CdsCalls.Psoriasis(), CdsCalls.Psoriasis("another")) : CdsCalls.Bundle();
            call["prefetch"]!["devices"] = random.Next(2) == 0 ? null : CdsCalls.Bundle();
            var card = Assert.Single(await service.CardsAsync(call));
            if (!lengths.TryGetValue(CardLinks.Address(card).AbsoluteUri.Length, out var statuses))
            {
                lengths[CardLinks.Address(card).AbsoluteUri.Length] = statuses = new HashSet<string>(StringComparer.Ordinal);
            }

            statuses.Add(card.Eligibility());
        }

        Assert.Equal(6, Assert.Single(lengths).Value.Count);
    }

    [Theory]
    [InlineData("DecisionLinks:Key", "c2hvcnQ=")]
    [InlineData("DecisionLinks:Key", "not a key")]
    [InlineData("DecisionLinks:Minutes", "-1")]
    [InlineData("DecisionLinks:Minutes", "1441")]
    [InlineData("DecisionLinks:Minutes", "soon")]
    public void A_setting_that_makes_no_sense_stops_the_start(string name, string value)
    {
        var refusal = FailedStartTests.Refusal(name, value);
        Assert.Contains(name, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(value, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_tells_nothing_and_stands_in_no_log()
    {
        using var logged = new SettingsService();
        var harmless = CardLinks.Address(Assert.Single(await logged.CardsAsync(CdsCalls.Booking(Requests.NothingToReport()))));
        var rest = Requests.NothingToReport();
        rest["answers"]!["pregnancy"] = "yes";
        var pregnant = CardLinks.Address(Assert.Single(await logged.CardsAsync(CdsCalls.Booking(rest))));

        // Not by its length either, and not the same twice.
        Assert.Equal(harmless.AbsoluteUri.Length, pregnant.AbsoluteUri.Length);
        Assert.NotEqual(CardLinks.Address(Assert.Single(await logged.CardsAsync(CdsCalls.Booking(rest)))), pregnant);
        using var opened = await logged.Client.GetAsync(pregnant);
        Assert.Equal(("no-store", "no-referrer"), (opened.Headers.CacheControl!.ToString(), Assert.Single(opened.Headers.GetValues("Referrer-Policy"))));
        var line = (await logged.LinesAsync(4)).Single(line => (string)line["Route"]! == "v1/decisions/{link}" || (string)line["Route"]! == "/v1/decisions/{link}");
        Assert.Equal(200, (int)line["Status"]!);
        Assert.DoesNotContain(logged.All(), line => line.ToJsonString().Contains(pregnant.Segments[^1][..20], StringComparison.Ordinal));
    }
}
