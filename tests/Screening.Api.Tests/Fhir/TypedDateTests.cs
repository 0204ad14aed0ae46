using System.Text.Json.Nodes;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Fhir;

/// <summary>A partial date is typed as a text, or sent as a date by forms that were filled in before: the same strict answer.</summary>
public sealed class TypedDateTests(ServiceFixture service)
{
    private const string LastUsed = "topicalRetinoidLastUsed";

    [Theory]
    [InlineData("2025", "eligible")]
    [InlineData("2026-05", "deferred")]
    [InlineData("2026-05-31", "deferred")]
    [InlineData("2026-05-20", "eligible")]
    public async Task A_text_and_a_date_are_the_same_answer(string date, string eligibility)
    {
        JsonObject[] answers =
        [
            Of("valueDate", date), Of("valueString", date), Of("valueString", $" {date}\t\n"), Of("valueString", "\u00a0" + date),
        ];
        foreach (var answer in answers)
        {
            Assert.Equal((eligibility, eligibility), await service.AnswersAsync(Stopped(), form => Say(form, LastUsed, answer)));
        }
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("2025-02-29")]
    [InlineData("2026-13")]
    [InlineData("2026-00")]
    [InlineData("2026-04-31")]
    [InlineData("1899")]
    [InlineData("2200-01")]
    [InlineData("202")]
    [InlineData("20250")]
    [InlineData("2025-1")]
    [InlineData("2025-")]
    [InlineData("2025 -01")]
    [InlineData("05/2025")]
    [InlineData("05/20/2025")]
    [InlineData("May 2025")]
    [InlineData("2025-05-20T00:00:00Z")]
    [InlineData("2025-05-20 to 2025-06-01")]
    [InlineData("２０２５")]
    [InlineData("unknown")]
    [InlineData("never")]
    public async Task A_text_that_is_no_partial_date_is_told_at_its_place_and_helps_nobody(string text)
    {
        foreach (var (linkId, place) in new[] { (LastUsed, ".answer[0].value"), ("injections.date", ".item[1].answer[0].value") })
        {
            var parameters = Doors.Parameters(Stopped(), form => Say(form, linkId, Of("valueString", text)), null);
            var last = parameters["parameter"]![0]!["resource"]!["item"]!.AsArray().Count - 1;
            var (status, outcome) = await service.FhirScreenAsync(parameters);
            var issue = Assert.Single(outcome["issue"]!.AsArray())!;
            Assert.Equal(
                (422, "invalid-date", $"Parameters.parameter[0].resource.item[{last}]{place}"),
                (status, (string)issue["details"]!["coding"]![0]!["code"]!, (string)issue["expression"]![0]!));
            Assert.Equal((null, null), await service.AnswersAsync(Stopped(), form => Say(form, linkId, Of("valueString", text))));
        }
    }

    [Fact]
    public async Task A_date_typed_beside_not_known_when_is_a_contradiction()
    {
        void Both(JsonObject form)
        {
            Say(form, LastUsed, Of("valueString", "2025"));
            Say(form, LastUsed + ".unknown", new JsonObject { ["valueBoolean"] = true });
        }

        Assert.Equal((null, null), await service.AnswersAsync(Stopped(), Both));
    }

    private static JsonObject Stopped() => Requests.NothingToReport().With("topicalRetinoidUse", "stopped");

    private static JsonObject Of(string type, string value) => new() { [type] = value };

    private static void Say(JsonObject form, string linkId, JsonObject answer)
    {
        var items = form["item"]!.AsArray();
        var item = new JsonObject { ["linkId"] = linkId, ["answer"] = new JsonArray(answer.DeepClone()) };
        if (linkId == "injections.date")
        {
            items.Remove(items.Single(one => (string)one!["linkId"]! == "injections.any"));
            var product = JsonNode.Parse("""{ "linkId": "injections.product", "answer": [{ "valueCoding": { "code": "filler" } }] }""");
            item = new JsonObject { ["linkId"] = "injections", ["item"] = new JsonArray(product, item) };
        }

        items.Add(item);
    }
}
