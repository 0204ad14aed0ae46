using System.Text.Json.Nodes;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Receipts;
using Screening.Api.Tests.Records;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Moves;

/// <summary>A decision on a record that was not seen in full says so; moved, it says so again, and again.</summary>
public sealed class ReservationTests(ServiceFixture service)
{
    private const string Failed = """{ "resourceType": "OperationOutcome", "issue": [{ "severity": "error", "code": "timeout" }] }""";
    private const string Dangling = """{ "resourceType": "MedicationRequest", "id": "m9", "status": "active", "intent": "order", "medicationReference": { "reference": "Medication/9" }, "subject": { "reference": "Patient/42" } }""";
    private const string Unnamed = """{ "resourceType": "Condition", "id": "c9", "subject": { "reference": "Patient/42" } }""";
    private const string Modified = """{ "resourceType": "Condition", "id": "c8", "modifierExtension": [{ "url": "urn:x", "valueCode": "y" }], "code": { "text": "freckles" }, "subject": { "reference": "Patient/42" } }""";
    private const string OfAnother = """{ "resourceType": "Condition", "id": "c7", "code": { "text": "freckles" }, "subject": { "reference": "Patient/43" } }""";
    private const string More = """{ "resourceType": "Bundle", "type": "searchset", "link": [{ "relation": "next", "url": "https://ehr.example.org/fhir?page=2" }] }""";
    private const string Remark = """{ "resourceType": "OperationOutcome", "issue": [{ "severity": "warning", "code": "processing" }] }""";

    [Theory]
    [InlineData(Dangling, "dangling")]
    [InlineData(Unnamed, "unnamed")]
    [InlineData(Modified, "not-in-full")]
    [InlineData(More, "in-part")]
    [InlineData(Failed, "in-part")]
    [InlineData(Remark, null)]
    public async Task What_screen_said_of_the_record_is_said_again(string entry, string? code)
    {
        var parameters = RecordDoors.Parameters(Requests.NothingToReport(), [Parsed(entry)]);
        var receipt = (await service.ScreenReceiptAsync(parameters))!;
        await AssertSaidAsync(receipt, code is null ? [] : [code]);
    }

    [Fact]
    public async Task All_that_screen_said_of_the_record_is_said_again_each_once()
    {
        List<JsonObject> record = [.. ((string[])[Dangling, Dangling, Unnamed, Failed]).Select(Parsed)];
        var parameters = RecordDoors.Parameters(Requests.NothingToReport(), record);
        await AssertSaidAsync((await service.ScreenReceiptAsync(parameters))!, ["in-part", "dangling", "unnamed"]);
    }

    [Theory]
    [InlineData(null, "not-sent")]
    [InlineData(Failed, "in-part")]
    [InlineData(More, "in-part")]
    [InlineData(Unnamed, "unnamed")]
    [InlineData(Modified, "not-in-full")]
    [InlineData(Dangling, "dangling")]
    [InlineData(OfAnother, "about-others")]
    [InlineData("7", "not-in-full")]
    public async Task What_a_card_said_of_the_record_is_said_again(string? value, string code)
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        var (key, prefetch) = (value == Dangling ? "medicationRequests" : "conditions", call["prefetch"]!.AsObject());
        prefetch.Remove(key);
        if (value is not null)
        {
            prefetch[key] = value is Failed or More or "7" ? JsonNode.Parse(value) : CdsCalls.Bundle(JsonNode.Parse(value)!);
        }

        var receipt = Assert.Single(await service.CardReceiptsAsync(call))!;
        Assert.Equal("eligible", (string)SignedDecisions.Payload(receipt)["eligibility"]!);
        await AssertSaidAsync(receipt, [code]);
    }

    [Fact]
    public async Task Forms_that_were_not_used_and_an_unknown_zone_are_said_again()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        var forms = call["prefetch"]!["questionnaireResponses"]!["entry"]!.AsArray();
        var other = forms[0]!.DeepClone();
        other["resource"]!["status"] = "in-progress";
        other["resource"]!["authored"] = "2026-05-01T09:00:00Z";
        forms.Add(other);
        call["context"]!["appointments"]!["entry"]![0]!["resource"]!.AsObject().Remove("extension");
        await AssertSaidAsync(Assert.Single(await service.CardReceiptsAsync(call))!, ["forms-unused", "zone-unknown"]);
    }

    [Fact]
    public async Task A_record_that_was_seen_in_full_leaves_no_reservation()
    {
        await AssertSaidAsync((await service.ScreenReceiptAsync(RecordDoors.Parameters(Requests.NothingToReport(), [])))!, []);
        await AssertSaidAsync(Assert.Single(await service.CardReceiptsAsync(CdsCalls.Booking(Requests.NothingToReport())))!, []);
        await AssertSaidAsync(await service.ReceiptAsync(Requests.NothingToReport()), []);
    }

    [Fact]
    public async Task It_is_said_in_the_language_that_is_asked_for_and_nothing_of_it_is_in_the_payload()
    {
        var parameters = RecordDoors.Parameters(Requests.NothingToReport(), [Parsed(Dangling)]);
        var receipt = (await service.ScreenReceiptAsync(parameters))!;
        AllowedPayload.Check(SignedDecisions.Payload(receipt));
        Assert.DoesNotContain("dangling", SignedDecisions.Payload(receipt).ToJsonString(), StringComparison.Ordinal);
        var (_, answer) = await service.MoveAsync(receipt, new JsonObject { ["start"] = "2026-06-20T10:00:00" }, "es");
        Assert.Equal(
            """[{"code":"dangling","text":"Entradas de la historia que solo remiten a una medicina o un dispositivo que no llegó."}]""",
            answer["reservations"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Theory]
    [InlineData("""{ "form": null }""")]
    [InlineData("""{ "form": [] }""")]
    [InlineData("""{ "form": { "authored": "zq9" } }""")]
    [InlineData("""{ "form": { "notSeen": ["zq9"] } }""")]
    [InlineData("""{ "form": { "notSeen": [null] } }""")]
    [InlineData("""{ "form": { "zq9": 1 } }""")]
    public async Task Nothing_of_a_disclosed_form_is_passed_over(string members)
    {
        var receipt = Disclosing.Members(service, await service.ReceiptAsync(Requests.NothingToReport()), JsonNode.Parse(members)!.AsObject());
        Assert.Equal("not-screenable", (string)(await service.VerifyAsync(receipt))["replay"]!["why"]!);
        Assert.Equal(422, (await service.MoveAsync(receipt, new JsonObject { ["start"] = "2026-06-20T10:00:00" })).Status);
    }

    private static JsonObject Parsed(string json) => JsonNode.Parse(json)!.AsObject();

    /// <summary>Asserts that a move says just these, and the move of its receipt says them again.</summary>
    private async Task AssertSaidAsync(string receipt, string[] codes)
    {
        await service.AssertReplaysAsync(receipt);
        foreach (var start in (string[])["2026-06-20T10:00:00", "2026-06-22T10:00:00"])
        {
            var answer = await service.MovedAsync(receipt, start);
            var said = answer["reservations"]?.AsArray();
            Assert.Equal(codes, said?.Select(one => (string)one!["code"]!) ?? []);
            Assert.All(said ?? [], one => Assert.NotEmpty((string)one!["text"]!));
            Assert.Equal(codes.Length == 0, said is null);
            receipt = (string)answer["receipt"]!;
        }
    }
}
