using System.Text.Json.Nodes;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Receipts;

/// <summary>
/// Under another version of the time zones than the receipt's only those differences are excused that another offset explains: with the
/// dates of then the decision of then must come out.
/// </summary>
public sealed class OtherZonesTests(ServiceFixture service)
{
    // The last evening of a wait, and midnight as it is now in Los Angeles; of the same instant when the offset was an hour less.
    private const string Evening = "2026-06-18T23:30:00-07:00";
    private const string Signed = "2026-06-18T23:30:00-08:00";

    [Fact]
    public async Task A_start_that_is_on_another_date_now_explains_what_comes_of_it()
    {
        var receipt = await ReceiptAsync(Evening);
        Assert.Equal("deferred", (string)SignedDecisions.Payload(receipt)["eligibility"]!);
        var answer = await VerifyAsync(receipt, (payload, request, _) => Move(payload, request, Signed));
        Assert.Equal(("unavailable", "time-zones-changed"), Told(answer));
        Assert.Contains("/eligibility", Differences(answer));
        Assert.Contains("/appointment/date", Differences(answer));
    }

    [Theory]
    [InlineData("eligibility", "\"review\"")]
    [InlineData("bookable", "true")]
    [InlineData("notBefore", "\"2026-06-20\"")]
    [InlineData("earliestDate", "\"2026-06-18\"")]
    public async Task It_explains_nothing_else(string member, string value)
    {
        var receipt = await ReceiptAsync(Evening);
        var answer = await VerifyAsync(receipt, (payload, request, _) =>
        {
            Move(payload, request, Signed);
            payload[member] = JsonNode.Parse(value);
        });
        Assert.Equal(("differs", null), Told(answer));
        answer = await VerifyAsync(receipt, (payload, request, findings) =>
        {
            Move(payload, request, Signed);
            findings["reasons"]![0]!["ruleId"] = "pregnancy";
        });
        Assert.Equal(("differs", null), Told(answer));
    }

    [Theory]
    [InlineData("/eligibility")]
    [InlineData("/findings/reasons/0/ruleId")]
    [InlineData("/findings/reasons/0/outcome")]
    [InlineData("/appointment/date")]
    public async Task On_the_same_dates_nothing_is_excused(string pointer)
    {
        var receipt = await ReceiptAsync(Evening);
        var answer = await VerifyAsync(receipt, (payload, _, findings) =>
        {
            JsonNode node = pointer.StartsWith("/findings", StringComparison.Ordinal) ? findings : payload;
            var steps = pointer.Split('/')[(node == findings ? 2 : 1)..];
            foreach (var step in steps[..^1])
            {
                node = node is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!;
            }

            node[steps[^1]] = pointer == "/appointment/date" ? "2026-06-17" : "other";
        });
        Assert.Equal(("differs", null), Told(answer));
        Assert.Equal([pointer], Differences(answer));
    }

    [Fact]
    public async Task A_slot_that_is_on_another_date_now_explains_its_own_status()
    {
        var request = Waiting(Evening);
        request["slots"] = new JsonArray("2026-06-18T23:30:00", "2026-06-25T10:00:00");
        var receipt = await service.ReceiptAsync(request);
        var answer = await VerifyAsync(receipt, (_, asked, findings) => MoveSlot(asked, findings));
        Assert.Equal(("unavailable", "time-zones-changed"), Told(answer));
        Assert.Contains("/findings/slots/0/eligibility", Differences(answer));
        answer = await VerifyAsync(receipt, (_, asked, findings) =>
        {
            MoveSlot(asked, findings);
            findings["slots"]![1]!["eligibility"] = "deferred";
        });
        Assert.Equal(("differs", null), Told(answer));

        static void MoveSlot(JsonObject asked, JsonObject findings) =>
            (asked["slots"]![0], findings["slots"]![0]!["start"]) = (Signed, Signed);
    }

    [Theory]
    [InlineData("2026-06-02T06:30:00Z", "unavailable", "time-zones-changed")]
    [InlineData("2026-06-02T07:30:00Z", "identical", null)]
    [InlineData("2026-06-01T20:00:00Z", "differs", null)]
    public async Task An_as_of_near_midnight_may_have_been_on_another_date(string asOf, string result, string? why)
    {
        // The decision of the next morning, as of the evening before in the zone of today.
        var request = Requests.NothingToReport();
        request["asOf"] = "2026-06-02T18:00:00Z";
        var receipt = await service.ReceiptAsync(request);
        Assert.Equal("2026-06-02", (string)SignedDecisions.Disclosed(receipt)["findings"]["windows"]![0]!["from"]!);
        var answer = await VerifyAsync(receipt, (payload, asked, _) => (payload["asOf"], asked["asOf"]) = (asOf, asOf));
        Assert.Equal((result, why), Told(answer));
    }

    [Fact]
    public async Task Under_the_same_version_of_the_zones_nothing_is_excused()
    {
        var receipt = Disclosing.Changed(
            service, await ReceiptAsync(Evening), (payload, request, _) => Move(payload, request, Signed));
        Assert.Equal(("differs", null), Told(await service.VerifyAsync(receipt)));
    }

    private static void Move(JsonObject payload, JsonObject request, string start)
    {
        payload["appointment"]!["start"] = start;
        request["appointment"]!["start"] = start;
    }

    private static JsonObject Waiting(string start)
    {
        var request = Requests.NothingToReport().With("injections", JsonNode.Parse("""[{ "product": "filler", "date": "2026-06-05" }]"""));
        request["appointment"]!["start"] = start;
        return request;
    }

    private Task<string> ReceiptAsync(string start) => service.ReceiptAsync(Waiting(start));

    private Task<JsonObject> VerifyAsync(string receipt, Action<JsonObject, JsonObject, JsonObject> change) =>
        service.VerifyAsync(Disclosing.Changed(service, receipt, (payload, request, findings) =>
        {
            payload["tzdb"] = "2019a";
            change(payload, request, findings);
        }));

    private static (string Result, string? Why) Told(JsonObject answer) =>
        ((string)answer["replay"]!["result"]!, (string?)answer["replay"]!["why"]);

    private static IEnumerable<string> Differences(JsonObject answer) =>
        answer["replay"]!["differences"]!.AsArray().Select(one => (string)one!);
}
