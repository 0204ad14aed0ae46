using System.Buffers.Text;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NodaTime;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Hosting;
using Screening.Api.Tests.Reference;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.DecisionLinks;

/// <summary>A card links to its decision, to be printed, from a service that keeps none and in an address that tells nothing.</summary>
public sealed partial class DecisionLinkTests(TimedService service) : IClassFixture<TimedService>
{
    private const string Label = "This decision, to read or print";

    [Fact]
    public async Task The_page_of_a_card_is_that_of_the_same_request()
    {
        var random = new Random(20261122);
        var statuses = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 400; i++)
        {
            service.Clock.Reset(ServiceFixture.Now);
            var request = RestToFhir.Bare(RequestGenerator.Next(random));
            request.Remove("asOf");
            request["appointment"]!.AsObject().Remove("end");
            var (status, rest) = await service.ScreenAsync(request);
            if (status != 200 || request["appointment"]!["start"] is null || RestToFhir.Parameters(request) is null)
            {
                continue;
            }

            var call = CdsCalls.Booking(request);
            call["context"]!["appointments"]!["entry"]![0]!["resource"]!.AsObject().Remove("end");
            var card = Assert.Single(await service.CardsAsync(call));
            statuses.Add((string)rest["eligibility"]!);
            Assert.Equal(Bare(await PageAsync(request)), Bare((await OpenAsync(card)).Text));
        }

        Assert.Equal(["conditional", "deferred", "eligible", "incomplete", "ineligible", "review"], statuses.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_tells_what_the_record_says_and_what_of_it_was_not_seen()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"]!["conditions"] = CdsCalls.Bundle(CdsCalls.Psoriasis());
        call["prefetch"]!["devices"] = null;
        call["context"]!["appointments"]!["entry"]![0]!["resource"]!["participant"]![0]!["actor"]!["reference"] = "Patient/another";
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.Equal("ineligible", card.Eligibility());
        var (_, page) = await OpenAsync(card);
        Assert.All(
            ["May not be booked: an exclusion applies", card.Text("uuid"), "In the record: Psoriasis, on any part of my body, from Condition/c1", "The record and the answers disagree.", "What was not seen", "Devices: nothing to send",
                "From QuestionnaireResponse/filled-in, filled in: 30 May 2026", "names another patient as participant"],
            words => Assert.Contains(words, page, StringComparison.Ordinal));

        // The patient's own paper has nothing that is meant for staff.
        var (_, patient) = await OpenAsync(card, "?audience=patient");
        Assert.Contains("Your treatment cannot be booked", patient, StringComparison.Ordinal);
        Assert.All(["Condition/c1", "What was not seen", "May not be booked"], words => Assert.DoesNotContain(words, patient, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", "What your health record says counts here as well.")]
    [InlineData("es", "Aquí también cuenta lo que dice su historia clínica.")]
    public async Task A_patient_is_told_that_an_answer_is_not_theirs_alone(string language, string words)
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        var label = language == "en" ? Label : "Esta decisión, para leer o imprimir";
        async Task<string> PatientAsync() => WebUtility.HtmlDecode(await service.Client.GetStringAsync(new Uri(Address(Assert.Single(await service.CardsAsync(call, language: language)), label).AbsoluteUri + "?audience=patient")));
        Assert.DoesNotContain(words, await PatientAsync(), StringComparison.Ordinal);

        call["prefetch"]!["conditions"] = CdsCalls.Bundle(CdsCalls.Psoriasis());
        var patient = await PatientAsync();
        Assert.Contains($"<dd class=\"\">{words}</dd>", patient, StringComparison.Ordinal);

        // Staff who turn their page to the patient's words find the same.
        var (_, staff) = await OpenAsync(Assert.Single(await service.CardsAsync(call, language: language)), label: label);
        Assert.Contains($"<dd class=\"for-patient\">{words}</dd>", staff, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_keeps_the_language_of_the_card()
    {
        var card = Assert.Single(await service.CardsAsync(CdsCalls.Booking(Requests.NothingToReport()), language: "es"));
        using var response = await service.Client.GetAsync(Address(card, "Esta decisión, para leer o imprimir"));
        Assert.Equal("es", Assert.Single(response.Content.Headers.ContentLanguage));
        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains("<html lang=\"es\">", page, StringComparison.Ordinal);
        Assert.Contains("De QuestionnaireResponse/filled-in, rellenado: 30 de mayo de 2026", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_zone_it_tells_the_time_as_it_was_stated_and_that_the_worst_date_counts()
    {
        using var anywhere = new ServiceFixture();
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["context"]!["appointments"]!["entry"]![0]!["resource"]!.AsObject().Remove("extension");
        var (_, page) = await OpenAsync(Assert.Single(await anywhere.CardsAsync(call)), on: anywhere);
        Assert.Contains("Wednesday 10 June 2026, 10:00 (UTC-07:00)", page, StringComparison.Ordinal);
        Assert.Contains("the worst outcome is shown", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Time zone<", page, StringComparison.Ordinal);

        call = CdsCalls.View(Requests.NothingToReport());
        (_, page) = await OpenAsync(Assert.Single(await anywhere.CardsAsync(call, CdsCalls.Opened)), on: anywhere);
        Assert.Contains("the worst outcome is shown", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Time zone<", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_not_be_screened_has_no_page()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["context"]!["appointments"]!["entry"]![0]!["resource"]!["status"] = "cancelled";
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.DoesNotContain(card["links"]!.AsArray(), link => (string)link!["label"]! == Label);
    }

    [Fact]
    public async Task It_ends()
    {
        var card = Assert.Single(await service.CardsAsync(CdsCalls.Booking(Requests.NothingToReport())));
        service.Clock.Reset(ServiceFixture.Now + Duration.FromMinutes(60) - Duration.FromSeconds(1));
        var (opened, page) = await OpenAsync(card);
        Assert.Equal(HttpStatusCode.OK, opened);
        Assert.Contains("2026-06-01T18:00:00Z", page, StringComparison.Ordinal);

        service.Clock.Reset(ServiceFixture.Now + Duration.FromMinutes(60));
        var (ended, problem) = await OpenAsync(card);
        Assert.Equal((HttpStatusCode.Gone, "/problems/link-ended"), (ended, (string)JsonNode.Parse(problem)!["type"]!));

        // A person who opens it is told so in words.
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(card));
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        using var response = await service.Client.SendAsync(request);
        Assert.Equal((HttpStatusCode.Gone, "text/html"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Contains("<h1>This link has ended.</h1>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_changed_cut_or_made_elsewhere_opens_nothing()
    {
        var address = Address(Assert.Single(await service.CardsAsync(CdsCalls.Booking(Requests.NothingToReport()))));
        var link = address.Segments[^1];
        var random = new Random(3);
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
        (string, string)[] settings = [("DecisionLinks:Key", Convert.ToBase64String(new byte[32])), ("DecisionLinks:Minutes", "5")];
        using var one = new SettingsService(settings);
        using var two = new SettingsService(settings);
        var address = Address(Assert.Single(await one.CardsAsync(CdsCalls.Booking(Requests.NothingToReport()))));
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
        var key = ("DecisionLinks:Key", Convert.ToBase64String(new byte[32]));
        using var before = new SettingsService(key);
        using var now = new SettingsService(key, ("DecisionLinks:Minutes", "0"));
        var address = Address(Assert.Single(await before.CardsAsync(CdsCalls.Booking(Requests.NothingToReport()))));
        using var response = await now.Client.GetAsync(new Uri(address.AbsolutePath, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Its_length_tells_no_status_from_another_nor_what_the_record_says()
    {
        var random = new Random(7);
        var lengths = new Dictionary<int, HashSet<string>>();
        for (var i = 0; i < 200; i++)
        {
            service.Clock.Reset(ServiceFixture.Now);
            var request = RestToFhir.Bare(RequestGenerator.Next(random));
            request.Remove("asOf");
            if ((await service.ScreenAsync(request)).Status != 200 || request["appointment"]!["start"] is null || RestToFhir.Parameters(request) is null)
            {
                continue;
            }

            var call = CdsCalls.Booking(request);
            call["prefetch"]!["conditions"] = random.Next(2) == 0 ? CdsCalls.Bundle(CdsCalls.Psoriasis(), CdsCalls.Psoriasis("another")) : CdsCalls.Bundle();
            call["prefetch"]!["devices"] = random.Next(2) == 0 ? null : CdsCalls.Bundle();
            var card = Assert.Single(await service.CardsAsync(call));
            if (!lengths.TryGetValue(Address(card).AbsoluteUri.Length, out var statuses))
            {
                lengths[Address(card).AbsoluteUri.Length] = statuses = new HashSet<string>(StringComparer.Ordinal);
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
        var harmless = Address(Assert.Single(await logged.CardsAsync(CdsCalls.Booking(Requests.NothingToReport()))));
        var rest = Requests.NothingToReport();
        rest["answers"]!["pregnancy"] = "yes";
        var pregnant = Address(Assert.Single(await logged.CardsAsync(CdsCalls.Booking(rest))));

        // Not by its length either, and not the same twice.
        Assert.Equal(harmless.AbsoluteUri.Length, pregnant.AbsoluteUri.Length);
        Assert.NotEqual(Address(Assert.Single(await logged.CardsAsync(CdsCalls.Booking(rest)))), pregnant);
        using var opened = await logged.Client.GetAsync(pregnant);
        Assert.Equal(("no-store", "no-referrer"), (opened.Headers.CacheControl!.ToString(), Assert.Single(opened.Headers.GetValues("Referrer-Policy"))));
        var line = (await logged.LinesAsync(4)).Single(line => (string)line["Route"]! == "v1/decisions/{link}" || (string)line["Route"]! == "/v1/decisions/{link}");
        Assert.Equal(200, (int)line["Status"]!);
        Assert.DoesNotContain(logged.All(), line => line.ToJsonString().Contains(pregnant.Segments[^1][..20], StringComparison.Ordinal));
    }

    [Fact]
    public async Task However_much_a_record_says_the_address_stays_short()
    {
        var random = new Random(5);
        string Id() => string.Concat(Enumerable.Range(0, 64).Select(_ => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-."[random.Next(64)]));
        var rest = Requests.NothingToReport();
        rest["answers"]!["injections"] = new JsonArray([.. Enumerable.Range(0, 50).Select(i => new JsonObject { ["product"] = "filler", ["date"] = $"{1950 + i}-0{1 + (i % 9)}-{10 + random.Next(18)}" })]);
        var call = CdsCalls.Booking(rest);
        call["prefetch"]!["conditions"] = CdsCalls.Bundle([.. ((string[])["L40.0", "C43.9", "Z33.1", "D68.9", "B00.9", "L20.9", "D84.9"]).SelectMany(code => Enumerable.Range(0, 40).Select(_ =>
        {
            var condition = CdsCalls.Psoriasis(Id());
            condition["code"]!["coding"]![0]!["code"] = code;
            return condition;
        }))]);
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.InRange(Address(card).AbsolutePath.Length, 1000, 6100);
        var (status, page) = await OpenAsync(card);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Matches("In the record: [0-9]+ more entries", page);
        Assert.Contains("filler", page, StringComparison.OrdinalIgnoreCase);
    }

    private static Uri Address(JsonObject card, string label = Label) =>
        new((string)Assert.Single(card["links"]!.AsArray(), link => (string)link!["label"]! == label)!["url"]!);

    private async Task<(HttpStatusCode Status, string Text)> OpenAsync(JsonObject card, string query = "", ServiceFixture? on = null, string label = Label)
    {
        using var response = await (on ?? service).Client.GetAsync(new Uri(Address(card, label).AbsoluteUri + query));
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }

    private async Task<string> PageAsync(JsonObject request)
    {
        using var content = new StringContent(request.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/screenings") { Content = content };
        message.Headers.Accept.ParseAdd("text/html");
        using var response = await service.Client.SendAsync(message);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }

    /// <summary>A page without what is its own: the decision's id, and whose answers they are.</summary>
    private static string Bare(string page) => Own().Replace(page, string.Empty);

    [GeneratedRegex("<tr class=\"\"><th scope=\"row\">(Decision id|Answers)</th><td>[^\n]*\n", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Own();
}
