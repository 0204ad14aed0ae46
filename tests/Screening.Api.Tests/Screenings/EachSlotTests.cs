using System.Text;
using System.Text.Json.Nodes;
using Screening.Api.Tests.Pages;

namespace Screening.Api.Tests.Screenings;

/// <summary>With <c>slots=each</c> a slot that cannot be screened is answered in its place, and the others are decided.</summary>
public sealed class EachSlotTests(ServiceFixture service)
{
    private const string Path = "/v1/screenings?slots=each";
    private const string Secret = "zq9secretvalue";

    private static readonly string[] Members = ["pointer", "code", "detail"];

    [Fact]
    public async Task A_past_a_skipped_and_an_unreadable_slot_are_answered_in_their_places()
    {
        var slots = await SlotsAsync(
            "2026-06-11T09:00:00", "2026-05-11T09:00:00", "2027-03-14T02:30", Secret,
            "2026-02-30T09:00:00", "2026-05-11T09:00:00.25+02:00", "2026-06-12T16:00:00Z");
        Assert.Equal(
            [
                "2026-06-11T09:00:00-07:00 eligible True",
                "2026-05-11T09:00:00 date-before-as-of", "2027-03-14T02:30:00 skipped-local-time",
                "null invalid-date-time", "null invalid-date-time",
                "2026-05-11T09:00:00.25+02:00 date-before-as-of", "2026-06-12T09:00:00-07:00 eligible True",
            ],
            slots.Select(Told));
        Assert.All(slots.Where(slot => slot["error"] is not null), slot =>
        {
            Assert.Equal(["start", "error"], slot.Select(member => member.Key));
            Assert.Equal(Members, slot["error"]!.AsObject().Select(member => member.Key));
            Assert.Equal("/slots/" + slots.IndexOf(slot), (string)slot["error"]!["pointer"]!);
            Assert.NotEmpty((string)slot["error"]!["detail"]!);
        });
        Assert.DoesNotContain(Secret, string.Concat(slots.Select(slot => slot.ToJsonString())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-05-11T09:00:00")]
    [InlineData("2027-03-14T02:30:00")]
    [InlineData("tomorrow")]
    public async Task Without_it_the_request_has_the_same_error(string bad)
    {
        using var refused = await service.PostAsync("/v1/screenings", With(bad).ToJsonString());
        Assert.Equal(422, (int)refused.StatusCode);
        var error = Assert.Single(JsonNode.Parse(await refused.Content.ReadAsByteArrayAsync())!["errors"]!.AsArray())!;
        var told = Assert.Single(await SlotsAsync(bad))["error"]!;
        Assert.Equal(error.ToJsonString(), told.ToJsonString());
    }

    [Fact]
    public async Task A_hundred_bad_slots_are_a_hundred_answers_and_one_more_is_too_many()
    {
        Assert.Equal(100, (await SlotsAsync([.. Enumerable.Repeat("2026-05-11T09:00:00", 100)])).Count(slot => slot["error"] is not null));
        await RefusedAsync(With([.. Enumerable.Repeat("2026-05-11T09:00:00", 101)]), 422, "/slots too-many");
    }

    [Fact]
    public async Task What_is_wrong_elsewhere_or_no_text_is_an_error_of_the_request()
    {
        var request = With("2026-05-11T09:00:00");
        request["appointment"]!["start"] = "2026-05-11T09:00:00";
        await RefusedAsync(request, 422, "/appointment/start date-before-as-of");
        request = With("2026-05-11T09:00:00");
        request["slots"]!.AsArray().Add(5);
        await RefusedAsync(request, 400, "/slots/1 wrong-type");
    }

    [Fact]
    public async Task Good_slots_are_answered_as_without_it()
    {
        var request = With("2026-06-11T09:00:00", "2026-06-12T16:00:00Z")
            .With("injections", JsonNode.Parse("""[{ "product": "filler", "date": "2026-05-29" }]"""));
        var (_, plain) = await service.ScreenAsync(request);
        Assert.Equal(plain["slots"]!.ToJsonString(), (await AnswerAsync(request))["slots"]!.ToJsonString());
    }

    [Fact]
    public async Task Every_line_of_a_batch_is_answered_so()
    {
        var lines = string.Concat(Enumerable.Repeat(With("2026-05-11T09:00:00", "2026-06-11T09:00:00").ToJsonString() + "\n", 2));
        using var response = await service.PostAsync("/v1/screenings/batch?slots=each", lines, "application/x-ndjson");
        var answers = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, answers.Length);
        Assert.All(answers, answer => Assert.Equal(
            ["2026-05-11T09:00:00 date-before-as-of", "2026-06-11T09:00:00-07:00 eligible True"],
            Slots(JsonNode.Parse(answer)!).Select(Told)));
    }

    [Theory]
    [InlineData("en", "The requested date is before the as-of date.")]
    [InlineData("es", "La fecha solicitada es anterior a la fecha de referencia.")]
    public async Task The_error_and_the_page_speak_the_language_of_the_request(string language, string said)
    {
        var request = With("2026-05-11T09:00:00", Secret, "2026-06-11T09:00:00");
        using var json = await service.PageAsync(request, "?slots=each", language, "application/json");
        Assert.StartsWith(
            said, (string)JsonNode.Parse(await json.Content.ReadAsByteArrayAsync())!["slots"]![0]!["error"]!["detail"]!,
            StringComparison.Ordinal);
        var page = PageClient.Text(await service.HtmlAsync(request, "?slots=each", language));
        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_shows_it_as_the_service_answers_it()
    {
        var operation = (await OpenApi.OpenApi.GetAsync(service)).Root["paths"]!["/v1/screenings"]!["post"]!;
        var shown = Slots(OpenApi.OpenApi.Examples(operation["responses"]!["200"]!["content"]!["application/json"]!).Single().Value);
        var request = OpenApi.OpenApi.Examples(operation["requestBody"]!["content"]!["application/json"]!)
            .Single(example => example.Key == "deferred-with-slots").Value.AsObject();
        request["slots"] = new JsonArray([.. shown.Select(slot => JsonValue.Create((string)slot["start"]!))]);
        Assert.Contains(shown, slot => slot["error"] is not null);
        Assert.Equal(shown.Select(slot => slot.ToJsonString()), Slots(await AnswerAsync(request)).Select(slot => slot.ToJsonString()));
    }

    private static JsonObject With(params string[] slots)
    {
        var request = Requests.NothingToReport();
        request["slots"] = new JsonArray([.. slots.Select(slot => JsonValue.Create(slot))]);
        return request;
    }

    private static string Told(JsonObject slot) => slot["error"] is { } error
        ? $"{slot["start"]?.ToString() ?? "null"} {error["code"]}"
        : $"{slot["start"]} {slot["eligibility"]} {(bool)slot["bookable"]!}";

    private static List<JsonObject> Slots(JsonNode answer) => [.. answer["slots"]!.AsArray().Select(slot => slot!.AsObject())];

    private async Task<List<JsonObject>> SlotsAsync(params string[] slots) => Slots(await AnswerAsync(With(slots)));

    private async Task<JsonNode> AnswerAsync(JsonObject request)
    {
        using var response = await service.PostAsync(Path, request.ToJsonString());
        Assert.Equal(200, (int)response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsByteArrayAsync())!;
    }

    private async Task RefusedAsync(JsonObject request, int status, string error)
    {
        using var response = await service.PostAsync(Path, request.ToJsonString());
        Assert.Equal(status, (int)response.StatusCode);
        var found = Assert.Single(JsonNode.Parse(await response.Content.ReadAsByteArrayAsync())!["errors"]!.AsArray())!;
        Assert.Equal(error, $"{found["pointer"]} {found["code"]}");
    }
}
