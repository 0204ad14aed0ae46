using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.CdsHooks;

/// <summary>A card is as short as what it has to say, says nothing twice and never contradicts itself.</summary>
public sealed class CdsShortCardTests(ServiceFixture service, ITestOutputHelper output)
{
    private static readonly Dictionary<string, string> Questions = JsonNode.Parse(
            File.ReadAllText(Repository.Path("src/Screening.Rules/Protocols/sublative-rf/1.0.0.json")))!["questions"]!.AsArray()
        .ToDictionary(question => (string)question!["id"]!, question => (string)question!["text"]!["en"]!, StringComparer.Ordinal);

    private static readonly JsonSerializerOptions AsSent = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Questions that are asked whatever was answered to others.
    private static readonly string[] Always =
        ["pregnancy", "breastfeeding", "skinCancer", "skinConditions", "metalPlates", "injections", "isotretinoinUse"];

    // Conditions in words, most of which raise.
    private static readonly string[] Raising =
    [
        "pregnancy", "psoriasis", "eczema", "keloid scar", "melanoma",
        "hemophilia", "open wound", "herpes simplex", "rash", "breastfeeding",
        "skin infection", "nickel allergy", "HIV", "immunodeficiency",
        "basal cell carcinoma", "severe acne", "cold sore", "deep vein thrombosis",
        "contact dermatitis", "leukemia",
    ];

    [Theory]
    [InlineData("en", 0, false)]
    [InlineData("en", 1, false)]
    [InlineData("en", 4, false)]
    [InlineData("en", 20, false)]
    [InlineData("en", 0, true)]
    [InlineData("en", 20, true)]
    [InlineData("es", 0, false)]
    [InlineData("es", 1, false)]
    [InlineData("es", 4, false)]
    [InlineData("es", 20, false)]
    [InlineData("es", 0, true)]
    [InlineData("es", 20, true)]
    public async Task Twenty_appointments_without_a_form_are_under_60_KB(string language, int entries, bool isLittleSent)
    {
        var call = WithoutForm();
        call["context"]!["appointments"] = CdsCalls.Bundle(
            [.. Enumerable.Range(0, 20).Select(_ => CdsCalls.Appointment(Requests.NothingToReport()))]);
        call["prefetch"]!["conditions"] = CdsCalls.Bundle(
            [.. Raising.Take(entries).Select((text, i) => i == 0 && entries > 1 ? CdsCalls.Psoriasis("c-0") : Condition(text, i))]);
        if (isLittleSent)
        {
            foreach (var key in (string[])[
                "questionnaireResponses", "allergies", "medicationRequests", "devices", "procedures", "observations"])
            {
                call["prefetch"]!.AsObject().Remove(key);
            }
        }

        var cards = await service.CardsAsync(call, language: language);
        var size = cards.Sum(card => Encoding.UTF8.GetByteCount(card.ToJsonString(AsSent)));
        output.WriteLine($"{size} bytes");
        Assert.Equal(20, cards.Count);
        Assert.InRange(size, 1, 60_000);
        Assert.All(cards, card =>
        {
            Assert.Contains("`pregnancy`", card.Text("detail"), StringComparison.Ordinal);
            Assert.Equal(entries > 0, card.Text("detail").Contains("`Condition/c-0`", StringComparison.Ordinal));
            Assert.Single(card["links"]!.AsArray());
            Assert.Equal(entries > 1 ? "ineligible" : "incomplete", CardLaw.Hold(card, language));
        });
    }

    [Fact]
    public async Task A_card_without_a_form_is_short_when_the_record_excludes_as_well()
    {
        var call = WithoutForm();
        call["prefetch"]!["conditions"] = CdsCalls.Bundle(CdsCalls.Psoriasis());
        var card = Assert.Single(await service.CardsAsync(call));
        output.WriteLine($"{Encoding.UTF8.GetByteCount(card.ToJsonString(AsSent))} bytes");
        Assert.EndsWith("not possible, an exclusion applies", card.Text("summary"), StringComparison.Ordinal);
        Assert.EndsWith(
            "/fhir/Questionnaire/sublative-rf", (string)Assert.Single(card["links"]!.AsArray())!["url"]!, StringComparison.Ordinal);
        Assert.Equal(2, card.Text("detail").Split("(`psoriasis`)").Length);
        Assert.Equal(2, card.Text("detail").Split("`Condition/c1`").Length);
        Assert.All(Questions.Where(question => Always.Contains(question.Key)), question =>
            Assert.Equal(2, card.Text("detail").Split(question.Value).Length));
        Assert.InRange(Encoding.UTF8.GetByteCount(card.ToJsonString(AsSent)), 1, 6_000);
    }

    [Fact]
    public async Task A_card_without_a_form_says_what_is_missing_and_links_the_form_alone()
    {
        var card = Assert.Single(await service.CardsAsync(WithoutForm()));
        var link = Assert.Single(card["links"]!.AsArray());
        Assert.EndsWith("/fhir/Questionnaire/sublative-rf", (string)link!["url"]!, StringComparison.Ordinal);
        Assert.Equal("critical", card.Text("indicator"));
        Assert.DoesNotContain("line ", card.Text("detail"), StringComparison.Ordinal);
        AssertEachQuestionOnce(card);
    }

    [Fact]
    public async Task What_the_record_raises_is_told_without_a_form()
    {
        var call = WithoutForm();
        call["prefetch"]!["medicationStatements"] = CdsCalls.Bundle(CdsCalls.Resource("""
            {
              "resourceType": "MedicationStatement", "id": "m1", "status": "active",
              "medicationCodeableConcept": { "text": "isotretinoin" }
            }
            """));
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.Contains("`MedicationStatement/m1`", card.Text("detail"), StringComparison.Ordinal);
        Assert.Contains("(`isotretinoin`)", card.Text("detail"), StringComparison.Ordinal);
        AssertEachQuestionOnce(card);
    }

    [Fact]
    public async Task No_question_stands_twice_in_a_card()
    {
        var rest = Requests.NothingToReport();
        rest["answers"]!["skinConditions"] = new JsonArray("psoriasis", "eczema", "rash", "unknown");
        rest["answers"]!["skinCancer"] = "past";
        rest["answers"]!.AsObject().Remove("isotretinoinUse");
        var call = CdsCalls.Booking(rest);
        call["prefetch"]!["conditions"] = CdsCalls.Bundle(CdsCalls.Psoriasis());
        AssertEachQuestionOnce(Assert.Single(await service.CardsAsync(call)));
    }

    [Theory]
    [InlineData("pregnancy", """{ "valueCoding": { "system": "urn:screening-api:codes:sublative-rf:pregnancy", "code": "zq9" } }""", true)]
    [InlineData("skinCancer", """{ "valueCoding": { "code": "pastt zq9" } }""", true)]
    [InlineData("skinConditions", """{ "valueCoding": { "system": "urn:screening-api:codes:sublative-rf:skinConditions", "code": "psoriasiszq9" } }""", true)]
    [InlineData("pregnancy", """{ "valueString": "zq9" }""", true)]
    [InlineData("pregnancy", """{ "valueInteger": 99 }""", false)]
    [InlineData("injections.any", """{ "valueCoding": { "system": "urn:screening-api:codes", "code": "zq9" } }""", true)]
    [InlineData("topicalRetinoidLastUsed", """{ "valueDate": "zq9" }""", false)]
    [InlineData("topicalRetinoidLastUsed", """{ "valueDate": "2026-02-99" }""", false)]
    public async Task A_misspelt_answer_is_said_as_such_when_the_record_is_opened(string linkId, string answer, bool isOption)
    {
        var call = CdsCalls.View(Requests.NothingToReport());
        var items = call["prefetch"]!["questionnaireResponses"]!["entry"]![0]!["resource"]!["item"]!.AsArray();
        var item = items.SingleOrDefault(item => (string)item!["linkId"]! == linkId)?.AsObject();
        if (item is null)
        {
            items.Add(item = new JsonObject { ["linkId"] = linkId });
        }

        item["answer"] = new JsonArray(JsonNode.Parse(answer));
        var card = Assert.Single(await service.CardsAsync(call, CdsCalls.Opened));
        Assert.EndsWith("today: could not be screened, its answers have errors", card.Text("summary"), StringComparison.Ordinal);
        Assert.DoesNotContain("This appointment", card.Text("detail"), StringComparison.Ordinal);
        var told = Questions[linkId.Split('.')[0]] + (isOption ? " None of the options of the question, perhaps misspelt" : " The answer could not be read");
        Assert.Contains(told, card.Text("detail"), StringComparison.Ordinal);
        var detail = card.Text("detail").Replace("1900 to 2199", string.Empty, StringComparison.Ordinal);
        Assert.All(["zq9", "99"], value => Assert.DoesNotContain(value, detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_misspelt_question_is_an_error_of_the_answers()
    {
        var call = CdsCalls.View(Requests.NothingToReport());
        call["prefetch"]!["questionnaireResponses"]!["entry"]![0]!["resource"]!["item"]![0]!["linkId"] = "pregnancyzq9zq9zq9";
        var card = Assert.Single(await service.CardsAsync(call, CdsCalls.Opened));
        Assert.EndsWith("today: could not be screened, its answers have errors", card.Text("summary"), StringComparison.Ordinal);
        Assert.Contains("`unknown-question`, at `QuestionnaireResponse.item[0]`", card.Text("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("zq9zq9zq9", card.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_misspelt_question_the_nearest_is_named_alone()
    {
        var call = CdsCalls.View(Requests.NothingToReport());
        call["prefetch"]!["questionnaireResponses"]!["entry"]![0]!["resource"]!["item"]![0]!["linkId"] = "Pregnanzy";
        var detail = Assert.Single(await service.CardsAsync(call, CdsCalls.Opened)).Text("detail");
        Assert.Contains("Did you mean `pregnancy`?", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("`breastfeeding`", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Pregnanzy", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-06-24T00:30:00+14:00")]
    [InlineData("2026-06-24T23:30:00-11:00")]
    [InlineData("2026-06-24T12:00:00Z")]
    [InlineData("2026-06-23T23:00:00Z")]
    [InlineData("2026-06-25T01:00:00Z")]
    public async Task Without_a_zone_the_first_possible_date_is_never_the_date_that_is_refused(string start)
    {
        var rest = Requests.NothingToReport();
        rest["answers"]!["injections"] = JsonNode.Parse("""[{ "product": "filler", "date": "2026-06-10" }]""");
        var call = CdsCalls.Booking(rest);
        var appointment = call["context"]!["appointments"]!["entry"]![0]!["resource"]!.AsObject();
        appointment.Remove("extension");
        appointment["start"] = start;
        var summary = Assert.Single(await service.CardsAsync(call)).Text("summary");
        const string First = "first possible ";
        if (summary.IndexOf(First, StringComparison.Ordinal) is var at and >= 0)
        {
            Assert.DoesNotContain(summary[(at + First.Length)..] + ":", summary, StringComparison.Ordinal);
            Assert.True(Day(summary[(at + First.Length)..].Split(' ')[0]) > Day(start[8..10]), summary);
        }
    }

    [Fact]
    public async Task The_exclusion_list_is_a_page_where_a_page_is_wanted()
    {
        var card = Assert.Single(await service.CardsAsync(CdsCalls.Booking(Requests.NothingToReport())));
        var address = new Uri((string)card["links"]![2]!["url"]!);
        foreach (var (language, word) in ((string, string)[])[("en", "psoriasis"), ("es", "psoriasis")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address.PathAndQuery);
            request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
            request.Headers.AcceptLanguage.ParseAdd(language);
            using var response = await service.Client.SendAsync(request);
            Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
            Assert.Equal(language, Assert.Single(response.Content.Headers.ContentLanguage));
            Assert.Contains("Accept", response.Headers.Vary);
            Assert.Contains(word, await response.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        }

        using var json = await service.Client.GetAsync(new Uri(address.PathAndQuery, UriKind.Relative));
        Assert.Equal("application/json", json.Content.Headers.ContentType!.ToString());
    }

    private static int Day(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static void AssertEachQuestionOnce(JsonObject card) => Assert.All(
        Questions.Values, question => Assert.InRange(card.Text("detail").Split(question).Length, 1, 2));

    private static JsonObject Condition(string text, int i) => CdsCalls.Resource($$"""
        {
          "resourceType": "Condition", "id": "c-{{i}}",
          "clinicalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active" }] },
          "code": { "text": "{{text}}" }
        }
        """);

    private static JsonObject WithoutForm()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"]!["questionnaireResponses"] = null;
        return call;
    }
}
