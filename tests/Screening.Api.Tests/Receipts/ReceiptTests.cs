using System.Text.Json.Nodes;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Receipts;

/// <summary>A receipt comes with the decision that it proves, where one is wanted, and says no more of it than it must.</summary>
public sealed class ReceiptTests(ServiceFixture service)
{
    private static readonly string[] Payload =
    [
        "v", "development", "iss", "jti", "iat", "decidedAt", "door", "build", "tzdb", "protocol", "asOf", "eligibility", "bookable",
        "earliestDate", "notBefore", "appointment", "_sd_alg", "_sd",
    ];

    [Theory]
    [InlineData("/v1/screenings", "screenings")]
    [InlineData("/v1/care-plans?preview=true", "care-plans")]
    public async Task The_receipt_is_the_last_member_of_the_decision_that_it_tells(string path, string door)
    {
        using var response = await service.PreferAsync(Requests.Everything(), path: path);
        var answer = (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("receipt", answer.Last().Key);
        Assert.Equal("receipt", Assert.Single(response.Headers.GetValues("Preference-Applied")));
        Assert.Contains("Prefer", response.Headers.Vary);
        var payload = SignedDecisions.Payload((string)answer["receipt"]!);
        Assert.Equal(
            (door, (string)answer["decisionId"]!, (string)answer["eligibility"]!, (bool)answer["bookable"]!),
            ((string)payload["door"]!, (string)payload["jti"]!, (string)payload["eligibility"]!, (bool)payload["bookable"]!));
        Assert.Equal(answer["protocol"]!.ToJsonString(), payload["protocol"]!.ToJsonString());
        Assert.Equal((string)answer["appointment"]!["start"]!, (string)payload["appointment"]!["start"]!);
        Assert.Equal(("2026-06-01T18:00:00Z", 1780336800), ((string)payload["decidedAt"]!, (long)payload["iat"]!));
    }

    [Theory]
    [InlineData("receipt", true)]
    [InlineData("Receipt", true)]
    [InlineData("respond-async, receipt", true)]
    [InlineData("receipt; a=b", true)]
    [InlineData("return=\"a, receipt\"", false)]
    [InlineData("receipts", false)]
    [InlineData("receipt=no", false)]
    [InlineData("receipt;q=0", true)]
    [InlineData("receipt;q=zq9; receipt=no", true)]
    [InlineData("receipt=\"\"", true)]
    [InlineData("receipt = \"\" ;a", true)]
    [InlineData("receipt, receipt=no", true)]
    [InlineData("receipt=no, receipt", false)]
    [InlineData("receipt=\"receipt\"", false)]
    [InlineData("receipt=\" \"", false)]
    [InlineData("a;receipt", false)]
    [InlineData("a=\"x, receipt, y\"", false)]
    [InlineData("a=\"x\\\", receipt, y\"", false)]
    [InlineData(", ,receipt", true)]
    [InlineData("", false)]
    public async Task It_comes_where_it_is_preferred(string prefer, bool isPreferred)
    {
        using var response = await service.PreferAsync(Requests.NothingToReport(), prefer);
        var answer = (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal((isPreferred, isPreferred), (answer.ContainsKey("receipt"), response.Headers.Contains("Preference-Applied")));
    }

    [Fact]
    public async Task Without_it_the_decision_is_the_same_to_the_byte()
    {
        using var with = await service.PreferAsync(Requests.Everything());
        using var without = await service.PostAsync("/v1/screenings", Requests.Everything().ToJsonString());
        var text = await with.Content.ReadAsStringAsync();
        var bare = text[..text.IndexOf(",\"receipt\":", StringComparison.Ordinal)] + "}";
        const int Id = 53;
        Assert.Equal((await without.Content.ReadAsStringAsync())[Id..], bare[Id..]);
    }

    [Fact]
    public async Task The_signature_alone_tells_the_status_and_nothing_of_reasons_waits_requirements_or_answers()
    {
        var receipt = await service.ReceiptAsync(Requests.Everything());
        var payload = SignedDecisions.Payload(receipt);
        Assert.Equal(Payload, payload.Select(member => member.Key));
        Assert.Equal(["id", "version", "digest"], payload["protocol"]!.AsObject().Select(member => member.Key));
        Assert.Equal(["date", "start", "timeZone"], payload["appointment"]!.AsObject().Select(member => member.Key));
        Assert.All(payload["_sd"]!.AsArray(), digest => Assert.Equal(43, ((string)digest!).Length));

        // Nothing that the disclosures say but what the status needs.
        var text = payload.ToJsonString();
        var disclosed = SignedDecisions.Disclosed(receipt);
        var answers = disclosed["request"]["answers"]!.AsObject().Select(answer => answer.Key);
        var rules = disclosed["findings"]["reasons"]!.AsArray().Select(reason => (string)reason!["ruleId"]!);
        Assert.NotEmpty(rules);
        Assert.All(
            [.. answers, .. rules, "face", "filler", "psoriasis", "Example", "bk-20931", "2026-06-11", "2026-06-02"],
            word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pregnancy", "yes", "metalAllergy", "yes", "ineligible")]
    [InlineData("immuneImpairment", "unknown", "isotretinoinUse", "current", "review")]
    [InlineData("pregnancy", null, "injections", null, "incomplete")]
    public async Task Decisions_for_other_reasons_have_the_same_payload(
        string question, string? answer, string otherQuestion, string? otherAnswer, string eligibility)
    {
        var one = await PayloadAsync(Requests.NothingToReport().With(question, answer));
        var other = await PayloadAsync(Requests.NothingToReport().With(otherQuestion, otherAnswer));
        Assert.Equal(eligibility, (string)one["eligibility"]!);
        Assert.NotEqual(one["_sd"]!.ToJsonString(), other["_sd"]!.ToJsonString());
        foreach (var ofEach in (string[])["jti", "_sd"])
        {
            Assert.True(one.Remove(ofEach) && other.Remove(ofEach));
        }

        Assert.Equal(one.ToJsonString(), other.ToJsonString());

        async Task<JsonObject> PayloadAsync(JsonObject request) => SignedDecisions.Payload(await service.ReceiptAsync(request));
    }

    [Fact]
    public async Task No_receipt_has_the_reference_and_none_has_words()
    {
        var receipt = await service.ReceiptAsync(Requests.Everything());
        var disclosed = SignedDecisions.Disclosed(receipt);
        Assert.Equal(["findings", "request"], disclosed.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["windows", "waitingPeriods", "requirements", "reasons", "slots"], disclosed["findings"].AsObject().Select(one => one.Key));
        Assert.All(disclosed["findings"]["reasons"]!.AsArray(), reason =>
            Assert.Equal(["ruleId", "outcome", "effect", "binding"], reason!.AsObject().Select(one => one.Key)));
        Assert.False(disclosed["request"].AsObject().ContainsKey("reference"));
        Assert.Equal("sublative-rf@1.0.0", (string)disclosed["request"]["protocol"]!);
        Assert.Equal("2026-06-01T18:00:00Z", (string)disclosed["request"]["asOf"]!);
    }

    [Fact]
    public async Task The_request_is_all_that_was_asked_as_it_was_understood()
    {
        var expected = Requests.Everything();
        expected.Remove("reference");
        expected["protocol"] = "sublative-rf@1.0.0";
        expected["appointment"]!["start"] = "2026-06-10T10:00:00-07:00";
        expected["appointment"]!["end"] = "2026-06-10T11:00:00-07:00";
        expected["slots"] = new JsonArray("2026-06-11T09:00:00-07:00", "2026-06-12T09:00:00-07:00");
        var asked = SignedDecisions.Disclosed(await service.ReceiptAsync(Requests.Everything()))["request"];
        Assert.True(JsonNode.DeepEquals(expected, asked), asked.ToJsonString());
    }

    [Fact]
    public async Task Each_receipt_has_salts_of_its_own_and_its_digests_are_in_order()
    {
        var digests = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            var receipt = await service.ReceiptAsync(Requests.NothingToReport());
            string[] own = [.. SignedDecisions.Payload(receipt)["_sd"]!.AsArray().Select(digest => (string)digest!)];
            Assert.Equal(own.Order(StringComparer.Ordinal), own);
            Assert.All(receipt.Split('~')[1..^1], one => Assert.Equal(22, ((string)SignedDecisions.Decoded(one)[0]!).Length));
            digests.AddRange(own);
        }

        Assert.Distinct(digests);
    }

    [Fact]
    public async Task A_calendar_has_none()
    {
        using var calendar = await service.PreferAsync(Requests.NothingToReport(), path: "/v1/care-plans", accept: "text/calendar");
        Assert.Equal(200, (int)calendar.StatusCode);
        Assert.False(calendar.Headers.Contains("Preference-Applied"));
    }
}
