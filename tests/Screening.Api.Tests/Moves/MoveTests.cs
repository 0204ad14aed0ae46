using System.Text.Json.Nodes;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Receipts;
using Screening.Api.Tests.Records;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Moves;

/// <summary>What a moved appointment keeps, and what it gets.</summary>
public sealed class MoveTests(ServiceFixture service)
{
    [Fact]
    public async Task A_wait_that_is_over_by_the_new_date_makes_it_bookable_and_what_changed_is_named()
    {
        var request = Requests.NothingToReport().With("injections", JsonNode.Parse("""[{ "product": "filler", "date": "2026-06-05" }]"""));
        var (_, before) = await service.ScreenAsync(request);
        var answer = await service.MovedAsync(await service.ReceiptAsync(request));
        Assert.Equal(("deferred", "eligible"), ((string)before["eligibility"]!, (string)answer["eligibility"]!));
        Assert.Equal(
            [
                "/eligibility", "/bookable", "/earliestDate", "/notBefore", "/waitingPeriods/0/status", "/reasons/0",
                "/appointment/date", "/appointment/start",
            ],
            answer["changed"]!.AsArray().Select(pointer => (string)pointer!));
        Assert.Equal(("2026-06-01T18:00:00Z", "2026-06-01T18:00:00Z"), ((string)answer["asOf"]!, (string)answer["answeredOn"]!));
    }

    [Fact]
    public async Task Its_members_are_those_of_a_decision_and_three_more()
    {
        var receipt = await service.ReceiptAsync(Requests.NothingToReport());
        var (_, decision) = await service.ScreenAsync(Requests.NothingToReport());
        var answer = await service.MovedAsync(receipt);
        Assert.Equal(
            [.. decision.Select(member => member.Key), "answeredOn", "changed", "receipt"], answer.Select(member => member.Key));
    }

    [Fact]
    public async Task A_move_to_where_it_was_changes_nothing()
    {
        var answer = await service.MovedAsync(await service.ReceiptAsync(Requests.NothingToReport()), "2026-06-10T10:00:00");
        Assert.Empty(answer["changed"]!.AsArray());
    }

    [Theory]
    [InlineData("""{ "start": "2026-06-10T10:00:00" }""", "/appointment/end")]
    [InlineData("""{ "start": "2026-06-10T10:00:00", "end": "2026-06-10T18:00:00Z" }""")]
    [InlineData("""{ "start": "2026-06-10T10:00:00", "end": "2026-06-10T11:30:00" }""", "/appointment/end")]
    [InlineData("""{ "start": "2026-06-10T10:00:00", "end": "2026-06-10T11:00:00", "areas": ["face"] }""")]
    [InlineData("""{ "start": "2026-06-10T10:00:00", "areas": ["face", "neck"] }""", "/appointment/end", "/appointment/areas")]
    public async Task An_end_and_areas_that_are_others_are_named_as_changed(string appointment, params string[] changed)
    {
        var receipt = await service.ReceiptAsync(Requests.Everything());
        var (_, answer) = await service.MoveAsync(receipt, (JsonObject)JsonNode.Parse(appointment)!);
        Assert.Equal(changed, answer["changed"]!.AsArray().Select(pointer => (string)pointer!));
    }

    [Fact]
    public async Task Its_receipt_is_good_names_its_door_and_can_be_moved_again()
    {
        var first = await service.MovedAsync(await service.ReceiptAsync(Requests.Everything()));
        var receipt = (string)first["receipt"]!;
        Assert.Equal("identical", (string)(await service.VerifyAsync(receipt))["replay"]!["result"]!);
        Assert.Equal("move", (string)SignedDecisions.Payload(receipt)["door"]!);
        var second = await service.MovedAsync(receipt, "2026-06-10T10:00:00");
        var (_, whole) = await service.ScreenAsync(
            MoveCalls.Full(Requests.Everything(), new JsonObject { ["start"] = "2026-06-10T10:00:00" }));
        Assert.Equal(MoveCalls.Bare(whole), MoveCalls.Bare(second));
    }

    [Fact]
    public async Task Clearances_are_kept_and_named_and_slots_and_the_end_are_not()
    {
        var answer = await service.MovedAsync(await service.ReceiptAsync(Requests.Everything()));
        var cleared = answer["reasons"]!.AsArray().Single(reason => (string)reason!["ruleId"]! == "isotretinoin")!;
        Assert.Equal(("cleared", "Dr A. Example"), ((string)cleared["outcome"]!, (string)cleared["clearance"]!["by"]!));
        Assert.Empty(answer["slots"]!.AsArray());
        Assert.False(answer["appointment"]!.AsObject().ContainsKey("end"));
        Assert.DoesNotContain(answer["changed"]!.AsArray(), pointer => ((string)pointer!).StartsWith("/slots", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Zone_and_areas_stay_unless_they_are_stated()
    {
        var receipt = await service.ReceiptAsync(Requests.NothingToReport().With("metalPlates", new JsonArray("hands")));
        var kept = await service.MovedAsync(receipt);
        Assert.Equal(
            """{"timeZone":"America/Los_Angeles","start":"2026-06-20T10:00:00-07:00","date":"2026-06-20","areas":["face"]}""",
            kept["appointment"]!.ToJsonString());
        var (_, other) = await service.MoveAsync(receipt, (JsonObject)JsonNode.Parse("""
            { "timeZone": "Asia/Tokyo", "start": "2026-06-20T16:00:00Z", "end": "2026-06-21T02:00", "areas": ["hands"] }
            """)!);
        Assert.Equal(
            """{"timeZone":"Asia/Tokyo","start":"2026-06-21T01:00:00+09:00","end":"2026-06-21T02:00:00+09:00","date":"2026-06-21","areas":["hands"]}""",
            other["appointment"]!.ToJsonString().Replace("\\u002B", "+", StringComparison.Ordinal));
        Assert.Equal(("eligible", "ineligible"), ((string)kept["eligibility"]!, (string)other["eligibility"]!));
    }

    [Fact]
    public async Task Areas_that_are_stated_take_the_place_of_those_that_were_filled_in_beforehand()
    {
        var request = Requests.NothingToReport().With("metalPlates", new JsonArray("hands"));
        var parameters = RecordDoors.Parameters(request, []);
        parameters["parameter"]![0]!["resource"]!.AsObject().Mark("treatmentAreas", "auto");

        // The second names no zone, so it is read in each.
        var call = RecordDoors.Booking(request, []);
        call["prefetch"]!["questionnaireResponses"]!["entry"]![0]!["resource"]!.AsObject().Mark("treatmentAreas", "auto");
        call["context"]!["appointments"]!["entry"]![0]!["resource"]!.AsObject().Remove("extension");
        foreach (var receipt in (string[])[
            (await service.ScreenReceiptAsync(parameters))!, Assert.Single(await service.CardReceiptsAsync(call))!])
        {
            var record = Assert.Single(SignedDecisions.Disclosed(receipt)["request"]["record"]!.AsArray())!;
            Assert.Equal(("treatmentAreas", true), ((string)record["question"]!, (bool)record["unconfirmed"]!));

            // Left out, they are still nobody's answer.
            var kept = await service.MovedAsync(receipt);
            Assert.Equal("incomplete", (string)kept["eligibility"]!);
            await StatedAsync(receipt);
            await StatedAsync((string)kept["receipt"]!);
        }

        async Task StatedAsync(string moved)
        {
            foreach (var (area, eligibility) in (IEnumerable<(string, string)>)[("hands", "ineligible"), ("face", "eligible")])
            {
                var (_, answer) = await service.MoveAsync(
                    moved, new JsonObject { ["start"] = "2026-06-20T10:00:00", ["areas"] = new JsonArray(area) });
                Assert.Equal(eligibility, (string)answer["eligibility"]!);
                Assert.False(SignedDecisions.Disclosed((string)answer["receipt"]!)["request"].AsObject().ContainsKey("record"));
            }
        }
    }

    [Fact]
    public async Task It_speaks_the_language_that_is_asked_for()
    {
        var receipt = await service.ReceiptAsync(Requests.Everything());
        var (_, spanish) = await service.MoveAsync(receipt, new JsonObject { ["start"] = "2026-06-20T10:00:00" }, "es");
        var english = await service.MovedAsync(receipt);
        Assert.NotEqual((string)english["reasons"]![0]!["message"]!, (string)spanish["reasons"]![0]!["message"]!);
        Assert.Equal(english["changed"]!.ToJsonString(), spanish["changed"]!.ToJsonString());
    }

    [Fact]
    public async Task The_version_in_force_counts_unless_one_was_pinned()
    {
        using var keys = new KeysFolder();
        var key = KeysFolder.NewKey();
        keys.Write(("current", key));
        using var folder = new KeysFolder();
        var next = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path("src/Screening.Rules/Protocols/sublative-rf/1.0.0.json")))!;
        (next["version"], next["effectiveFrom"]) = ("1.1.0", "2026-01-01");
        var path = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(folder.File)!, "sublative-rf")).FullName;
        await File.WriteAllTextAsync(Path.Combine(path, "1.1.0.json"), next.ToJsonString());
        await using var old = new SettingsService(("Receipts:Keys", keys.File));
        await using var renewed = new SettingsService(("Receipts:Keys", keys.File), ("Protocols:Folder", Path.GetDirectoryName(path)!));
        var pinned = Requests.NothingToReport();
        pinned["protocol"] = "sublative-rf@1.0.0";
        var (free, named) = (await old.ReceiptAsync(Requests.NothingToReport()), await old.ReceiptAsync(pinned));

        var byForce = await renewed.MovedAsync(free);
        Assert.Equal("1.1.0", (string)byForce["protocol"]!["version"]!);
        Assert.Contains("/protocol/version", byForce["changed"]!.AsArray().Select(pointer => (string)pointer!));
        var byName = await renewed.MovedAsync(named);
        Assert.Equal("1.0.0", (string)byName["protocol"]!["version"]!);

        // A move of a move is pinned, or not, as the first request was.
        Assert.Equal("1.0.0", (string)(await renewed.MovedAsync((string)byName["receipt"]!))["protocol"]!["version"]!);
        Assert.Equal("1.0.0", (string)(await old.MovedAsync((string)byForce["receipt"]!))["protocol"]!["version"]!);

        // A version that is nowhere any more.
        pinned["protocol"] = "sublative-rf@1.1.0";
        var (status, answer) = await old.MoveAsync(
            await renewed.ReceiptAsync(pinned), new JsonObject { ["start"] = "2026-06-20T10:00:00" });
        Assert.Equal((422, "/receipt receipt-not-applicable"), (status, Assert.Single(MoveCalls.Errors(answer))));
    }

    [Fact]
    public async Task A_receipt_says_that_the_version_was_pinned_and_is_bound_to_the_request_either_way()
    {
        var pinned = Requests.NothingToReport();
        pinned["protocol"] = "sublative-rf@1.0.0";
        var (free, named) = (await service.ReceiptAsync(Requests.NothingToReport()), await service.ReceiptAsync(pinned));
        Assert.False(SignedDecisions.Disclosed(free)["request"].AsObject().ContainsKey("pinned"));
        Assert.True((bool)SignedDecisions.Disclosed(named)["request"]["pinned"]!);
        foreach (var receipt in (string[])[free, named])
        {
            foreach (var request in (JsonObject[])[Requests.NothingToReport(), pinned])
            {
                var answer = await service.VerifyAsync(receipt, request);
                Assert.Equal(("yes", "identical"), ((string)answer["bound"]!, (string)answer["replay"]!["result"]!));
            }
        }
    }
}
