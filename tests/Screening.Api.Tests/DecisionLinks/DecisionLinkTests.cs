using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Reference;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.DecisionLinks;

/// <summary>A card links to its decision, to be printed, from a service that keeps none and in an address that tells nothing.</summary>
public sealed partial class DecisionLinkTests(TimedService service) : IClassFixture<TimedService>
{
    [Fact]
    public async Task The_page_of_a_card_is_that_of_the_same_request()
    {
        var random = GeneratedRun.Random(3);
        var statuses = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < GeneratedRun.Count(100, 400) || (i < 2000 && statuses.Count < 6); i++)
        {
            service.Clock.Reset(ServiceFixture.Now);
            var request = RestToFhir.ForHook(RequestGenerator.Next(random));
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
            Assert.Equal(Bare(await PageAsync(request)), Bare((await service.OpenAsync(card)).Text));
        }

        Assert.Equal(["conditional", "deferred", "eligible", "incomplete", "ineligible", "review"], statuses.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_tells_what_the_record_says_and_what_of_it_was_not_seen()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"]!["conditions"] = CdsCalls.Bundle(CdsCalls.Psoriasis());
        call["prefetch"]!.AsObject().Remove("devices");
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.Equal("ineligible", card.Eligibility());
        var (_, page) = await service.OpenAsync(card);
        Assert.All(
            ["May not be booked: an exclusion applies", card.Text("uuid"), "In the record: Psoriasis, on any part of my body, from Condition/c1", "The record and the answers disagree.", "What was not seen", "Devices: not sent",
                "From QuestionnaireResponse/filled-in, filled in: 30 May 2026", "The end of the appointment makes no sense"],
            words => Assert.Contains(words, page, StringComparison.Ordinal));

        // The entry is told with its finding and among all answers; its words are in a language that nobody states.
        var own = WebUtility.HtmlDecode(await service.Client.GetStringAsync(CardLinks.Address(card, CardLinks.Label)));
        Assert.Equal(2, own.Split("from Condition/c1 (<span lang=\"\">").Length - 1);

        // The patient's own paper has nothing that is meant for staff.
        var (_, patient) = await service.OpenAsync(card, "?audience=patient");
        Assert.Contains("Your treatment cannot be booked", patient, StringComparison.Ordinal);
        Assert.All(["Condition/c1", "What was not seen", "May not be booked"], words => Assert.DoesNotContain(words, patient, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", "What your health record says counts here as well.")]
    [InlineData("es", "Aquí también cuenta lo que dice su historia clínica.")]
    public async Task A_patient_is_told_that_an_answer_is_not_theirs_alone(string language, string words)
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        var label = language == "en" ? CardLinks.Label : "Esta decisión, para leer o imprimir";
        async Task<string> PatientAsync() => WebUtility.HtmlDecode(await service.Client.GetStringAsync(new Uri(CardLinks.Address(Assert.Single(await service.CardsAsync(call, language: language)), label).AbsoluteUri + "?audience=patient")));
        Assert.DoesNotContain(words, await PatientAsync(), StringComparison.Ordinal);

        call["prefetch"]!["conditions"] = CdsCalls.Bundle(CdsCalls.Psoriasis());
        var patient = await PatientAsync();
        Assert.Contains($"<dd class=\"\">{words}</dd>", patient, StringComparison.Ordinal);

        // Staff who turn their page to the patient's words find the same.
        var (_, staff) = await service.OpenAsync(Assert.Single(await service.CardsAsync(call, language: language)), label: label);
        Assert.Contains($"<dd class=\"for-patient\">{words}</dd>", staff, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_keeps_the_language_of_the_card()
    {
        var card = Assert.Single(await service.CardsAsync(CdsCalls.Booking(Requests.NothingToReport()), language: "es"));
        using var response = await service.Client.GetAsync(CardLinks.Address(card, "Esta decisión, para leer o imprimir"));
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
        var (_, page) = await anywhere.OpenAsync(Assert.Single(await anywhere.CardsAsync(call)));
        Assert.Contains("Wednesday 10 June 2026, 10:00 (UTC-07:00)", page, StringComparison.Ordinal);
        Assert.Contains("the worst outcome is shown", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Time zone<", page, StringComparison.Ordinal);

        call = CdsCalls.View(Requests.NothingToReport());
        (_, page) = await anywhere.OpenAsync(Assert.Single(await anywhere.CardsAsync(call, CdsCalls.Opened)));
        Assert.Contains("the worst outcome is shown", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Time zone<", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_not_be_screened_has_no_page()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["context"]!["appointments"]!["entry"]![0]!["resource"]!["status"] = "fulfilled";
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.DoesNotContain(card["links"]!.AsArray(), link => (string)link!["label"]! == CardLinks.Label);
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
        Assert.InRange(CardLinks.Address(card).AbsolutePath.Length, 1000, 6100);
        var (status, page) = await service.OpenAsync(card);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Matches("In the record: [0-9]+ more entries", page);
        Assert.Contains("filler", page, StringComparison.OrdinalIgnoreCase);
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
