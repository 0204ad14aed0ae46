using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Moves;
using Screening.Api.Tests.Records;
using Screening.Api.Tests.Screenings;
using Screening.Api.Tests.Telemetry;

namespace Screening.Api.Tests.Receipts;

/// <summary>
/// A receipt that this service would not take back is never handed out: where it would be too long, the decision is refused at every door,
/// and one event less is decided, signed, verified and moved.
/// </summary>
public sealed class LongReceiptTests(ServiceFixture service)
{
    private const int Most = 252 * 1024;
    private const string TooLong = "receipt-too-long";

    public static TheoryData<string> Doors => ["/v1/screenings", "/v1/care-plans?preview=true", FhirCalls.Screen, CdsCalls.Book];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Every_receipt_that_is_issued_is_taken_back(string door)
    {
        // The number of events at which it becomes too long.
        var (fits, not) = (0, 800);
        string? longest = null;
        while (not - fits > 1)
        {
            var events = (fits + not) / 2;
            var (status, problem, receipt) = await AskAsync(door, events);
            Assert.True(status == 200 || problem == TooLong, $"{events}: {status} {problem}");
            (fits, not, longest) = status == 200 ? (events, not, receipt) : (fits, events, longest);
        }

        // The limit is the receipt's: without one the same is decided.
        Assert.Equal((422, TooLong), Refusal(await AskAsync(door, not)));
        Assert.Equal(200, (await AskAsync(door, not, prefer: string.Empty)).Status);
        Assert.InRange(longest!.Length, Most - 1024, Most);
        await service.AssertReplaysAsync(longest);
        var moved = await service.MovedAsync(longest, "2026-07-20T10:00:00");
        await service.AssertReplaysAsync((string)moved["receipt"]!);
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Where_every_decision_has_a_receipt_none_is_told_that_could_have_none(string door)
    {
        await using var always = new SettingsService(("Receipts:Always", "true"));
        using var counted = new Counted(always);
        Assert.Equal((422, TooLong), Refusal(await AskAsync(door, 750, always, string.Empty)));
        Assert.Equal(1, counted.Of("screening.receipts.signed outcome=too-long"));
    }

    [Fact]
    public async Task A_move_to_more_areas_whose_receipt_would_be_too_long_is_refused()
    {
        // To the letter: a note fills up what is left of the limit.
        var request = WithEvents(500);
        request["answers"]!["isotretinoinUse"] = "past";
        request["answers"]!["isotretinoinLastTaken"] = "2025-01";
        request["clearances"] = JsonNode.Parse("""[{ "ruleId": "isotretinoin", "by": "Dr A. Example", "on": "2026-06-01", "note": "" }]""");
        var (length, receipt) = (0, string.Empty);
        for (var events = 500; length < Most - 700; events++)
        {
            request["answers"]!["injections"] = WithEvents(events)["answers"]!["injections"]!.DeepClone();
            request["clearances"]![0]!["note"] = "x";
            receipt = await service.ReceiptAsync(request);
            length = receipt.Length;
        }

        // Three characters of a text are four of base64url.
        request["clearances"]![0]!["note"] = new string('x', 1 + ((Most - length) * 3 / 4));
        receipt = await service.ReceiptAsync(request);
        Assert.InRange(receipt.Length, Most - 3, Most);
        await service.AssertReplaysAsync(receipt);
        var (status, answer) = await service.MoveAsync(
            receipt, (JsonObject)JsonNode.Parse("""{ "start": "2026-07-20T10:00:00", "areas": ["face", "neck", "hands"] }""")!);
        Assert.Equal((422, "/problems/" + TooLong), (status, (string)answer["type"]!));
    }

    private static (int Status, string? Problem) Refusal((int Status, string? Problem, string? Receipt) answer) =>
        (answer.Status, answer.Problem);

    /// <summary>Asks a door with so many injections: the status, the code of the problem, and the receipt.</summary>
    private async Task<(int Status, string? Problem, string? Receipt)> AskAsync(
        string door, int events, ServiceFixture? by = null, string prefer = "receipt")
    {
        var request = WithEvents(events);
        var body = door == FhirCalls.Screen ? RestToFhir.Parameters(request)!
            : door == CdsCalls.Book ? RecordDoors.Booking(RestToFhir.ForHook(request), [])
            : request;
        using var response = await (by ?? service).PreferAsync(body, prefer, door);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        var problem = ((string?)answer["type"])?.Split('/')[^1]
            ?? (string?)answer["issue"]?[0]!["details"]?["coding"]?[0]!["code"];
        var receipt = answer["cards"] is JsonArray cards ? DoorReceipts.OfCard(cards[0]!.AsObject())
            : answer["entry"] is not null ? DoorReceipts.OfBundle(answer)
            : (string?)answer["receipt"];
        return ((int)response.StatusCode, problem, receipt);
    }

    private static JsonObject WithEvents(int count)
    {
        var request = Requests.NothingToReport();
        request["appointment"]!["start"] = "2026-07-10T10:00:00";
        var day = new LocalDate(2026, 5, 1);
        request["answers"]!["injections"] = new JsonArray(
        [
            .. Enumerable.Range(0, count).Select(i => new JsonObject
            {
                ["product"] = "filler",
                ["date"] = LocalDatePattern.Iso.Format(day.PlusDays(-i)),
            }),
        ]);
        return request;
    }
}
