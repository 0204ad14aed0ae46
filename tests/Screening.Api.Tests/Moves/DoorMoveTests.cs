using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Receipts;
using Screening.Api.Tests.Records;
using Screening.Api.Tests.Reference;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Moves;

/// <summary>
/// What a health record raised stays with the answers: a move by the receipt of <c>$screen</c> or of a card comes out as the same call with
/// the same record at the new date, in a known zone and in none, and never better than the answers alone.
/// </summary>
public sealed class DoorMoveTests(ServiceFixture service)
{
    private static readonly int Calls = GeneratedRun.Count(300, 3000);
    private static readonly string[] Worst = ["ineligible", "incomplete", "review", "deferred", "conditional", "eligible"];

    [Fact]
    public async Task A_move_by_a_receipt_of_a_door_that_reads_records_comes_out_as_the_same_call()
    {
        var random = GeneratedRun.Random(32);
        var seen = new List<string>();
        while (seen.Count(of => of == "all") < Calls)
        {
            var request = Request(random);
            List<JsonObject> record = random.Next(5) == 0 ? [] : RecordGenerator.Next(random);
            var door = random.Next(3);
            var start = Start(random);
            if (await ReceiptAsync(door, request, record) is { } receipt
                && await ReceiptAsync(door, MoveCalls.Full(request, new JsonObject { ["start"] = start }), record) is { } expected)
            {
                seen.AddRange(await CompareAsync(receipt, start, expected, request));
            }
        }

        // Else it would have shown little.
        GeneratedRun.Show(seen.CountBy(of => of).Select(one => (one.Key, one.Value)));
        Assert.All(
            (string[])["record", "zone", "worse than the answers alone", "$screen", "cds-services"],
            of => Assert.True(seen.Count(one => one.EndsWith(of, StringComparison.Ordinal)) > Calls / 50, of));
    }

    private async Task<IEnumerable<string>> CompareAsync(string receipt, string start, string expected, JsonObject request)
    {
        var (status, answer) = await service.MoveAsync(receipt, new JsonObject { ["start"] = start });
        Assert.True(status == 200, answer.ToJsonString() + receipt);
        var moved = (string)answer["receipt"]!;
        Assert.True(
            Facts(expected) == Facts(moved),
            $"{Facts(expected)}\n{Facts(moved)}\n{SignedDecisions.Disclosed(receipt)["request"].ToJsonString()}\n{start}");
        Assert.Equal("identical", (string)(await service.VerifyAsync(moved))["replay"]!["result"]!);
        AllowedPayload.Check(SignedDecisions.Payload(moved));

        var (_, alone) = await service.ScreenAsync(MoveCalls.Full(request, new JsonObject { ["start"] = start }));
        var ofAnswers = Array.IndexOf(Worst, (string)alone["eligibility"]!);
        var ofMove = Array.IndexOf(Worst, (string)answer["eligibility"]!);
        Assert.True(ofMove <= ofAnswers, answer.ToJsonString());
        return
        [
            "all",
            (string)SignedDecisions.Payload(receipt)["door"]!,
            .. SignedDecisions.Disclosed(moved)["request"].AsObject().Select(member => member.Key),
            .. ofMove < ofAnswers ? ["worse than the answers alone"] : (string[])[],
        ];
    }

    /// <summary>The status and the findings that a receipt proves; in no known zone the assumed one may be another of the same date.</summary>
    private static string Facts(string receipt)
    {
        var payload = SignedDecisions.Payload(receipt);
        var facts = new JsonObject { ["findings"] = SignedDecisions.Disclosed(receipt)["findings"].DeepClone() };
        foreach (var member in (string[])["asOf", "eligibility", "bookable", "earliestDate", "notBefore"])
        {
            facts[member] = payload[member]?.DeepClone();
        }

        facts["date"] = payload["appointment"]!["date"]!.DeepClone();
        facts["findings"]!.AsObject().Remove("slots");
        return facts.ToJsonString();
    }

    /// <summary>
    /// The receipt of a door: <c>$screen</c>, the hook, or the hook with an appointment that names no zone; null when it is refused.
    /// </summary>
    private async Task<string?> ReceiptAsync(int door, JsonObject request, List<JsonObject> record)
    {
        if (door == 0)
        {
            return await service.ScreenReceiptAsync(RecordDoors.Parameters(request, record));
        }

        var call = RecordDoors.Booking(RestToFhir.ForHook(request), record);
        var booked = call["context"]!["appointments"]!["entry"]![0]!["resource"]!.AsObject();
        booked.Remove("end");
        if (door == 2)
        {
            booked.Remove("extension");
        }

        return (await service.CardReceiptsAsync(call)) is [{ } receipt] ? receipt : null;
    }

    private static JsonObject Request(Random random)
    {
        while (true)
        {
            var said = random.Next(2) == 0 ? Requests.NothingToReport() : RequestGenerator.Next(random);
            said["asOf"] = InstantPattern.ExtendedIso.Format(ServiceFixture.Now);
            if (said["answers"] is JsonObject && said["appointment"] is JsonObject appointment && appointment["timeZone"] is JsonValue)
            {
                appointment["start"] = Start(random);
                appointment.Remove("end");
                said.Remove("slots");
                said.Remove("clearances");
                if (NaiveScreening.Screen(said).Status == 200 && RestToFhir.Parameters(said) is not null
                    && RestToFhir.Parameters(RestToFhir.ForHook(said)) is not null)
                {
                    return said;
                }
            }
        }
    }

    /// <summary>An instant some days after all zones have their today behind them.</summary>
    private static string Start(Random random) =>
        InstantPattern.ExtendedIso.Format(ServiceFixture.Now + Duration.FromHours(random.Next(26, 24 * 45)));
}
