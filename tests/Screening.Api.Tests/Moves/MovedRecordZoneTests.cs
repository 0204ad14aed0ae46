using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Receipts;
using Screening.Api.Tests.Records;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Moves;

/// <summary>
/// A record is read for the dates of one zone: an entry that does not count there any more may count in another, and a receipt does not say
/// so. No move takes such a decision to another zone.
/// </summary>
public sealed class MovedRecordZoneTests(ServiceFixture service)
{
    private const string Start = "2026-06-20T10:00:00";

    [Theory]
    [InlineData(true, "Pacific/Kiritimati", "America/Los_Angeles")]
    [InlineData(false, "Pacific/Kiritimati", "America/Los_Angeles")]
    [InlineData(false, null, "America/Los_Angeles")]
    public async Task The_zone_of_a_decision_on_a_record_stays(bool isScreen, string? former, string other)
    {
        // Where it is a day later, the observation is of more than 300 days ago; elsewhere it still counts.
        var observed = Observed(former is null ? 400 : 301);
        var receipt = await ReceiptAsync(isScreen, former, observed);
        Assert.Equal("eligible", (string)SignedDecisions.Payload(receipt)["eligibility"]!);
        var asked = (string)SignedDecisions.Payload(await ReceiptAsync(isScreen, other, observed))["eligibility"]!;
        Assert.Equal(former is null, asked == "eligible");
        Assert.Equal(["/receipt receipt-not-applicable"], await RefusedAsync(receipt, other));

        var (status, moved) = await service.MoveAsync(receipt, new JsonObject { ["start"] = Start });
        Assert.Equal(200, status);
        Assert.Equal(["/receipt receipt-not-applicable"], await RefusedAsync((string)moved["receipt"]!, other));
        if (former is not null)
        {
            Assert.Equal(200, (await service.MoveAsync(receipt, new JsonObject { ["start"] = Start, ["timeZone"] = former })).Status);
        }
    }

    [Fact]
    public async Task What_is_wrong_with_the_appointment_is_told_all_the_same()
    {
        var receipt = await ReceiptAsync(isScreen: false, "Pacific/Kiritimati", Observed(301));
        var (status, answer) = await service.MoveAsync(receipt, new JsonObject { ["start"] = Start, ["timeZone"] = "zq9" });
        Assert.Equal((422, "/appointment/timeZone unknown-time-zone"), (status, Assert.Single(MoveCalls.Errors(answer))));
    }

    private async Task<IEnumerable<string>> RefusedAsync(string receipt, string zone)
    {
        var (status, answer) = await service.MoveAsync(receipt, new JsonObject { ["start"] = Start, ["timeZone"] = zone });
        Assert.Equal(422, status);
        return MoveCalls.Errors(answer);
    }

    private async Task<string> ReceiptAsync(bool isScreen, string? zone, JsonObject observed)
    {
        var request = Requests.NothingToReport();
        request["asOf"] = InstantPattern.ExtendedIso.Format(ServiceFixture.Now);
        request["appointment"]!["start"] = "2026-06-10T10:00:00";
        request["appointment"]!["timeZone"] = zone ?? "Pacific/Kiritimati";
        if (isScreen)
        {
            return (await service.ScreenReceiptAsync(RecordDoors.Parameters(request, [observed])))!;
        }

        var call = RecordDoors.Booking(RestToFhir.ForHook(request), [observed]);
        if (zone is null)
        {
            call["context"]!["appointments"]!["entry"]![0]!["resource"]!.AsObject().Remove("extension");
        }

        return Assert.Single(await service.CardReceiptsAsync(call))!;
    }

    /// <summary>A pregnancy that was observed so many days before today in Kiribati.</summary>
    private static JsonObject Observed(int daysAgo)
    {
        var on = ServiceFixture.Now.InZone(DateTimeZoneProviders.Tzdb["Pacific/Kiritimati"]).Date.PlusDays(-daysAgo);
        return (JsonObject)JsonNode.Parse($$"""
            {
              "resourceType": "Observation", "id": "o1", "status": "final", "subject": { "reference": "Patient/42" },
              "code": { "coding": [{ "system": "http://loinc.org", "code": "82810-3" }] },
              "effectiveDateTime": "{{LocalDatePattern.Iso.Format(on)}}",
              "valueCodeableConcept": { "coding": [{ "system": "http://loinc.org", "code": "LA15173-0" }] }
            }
            """)!;
    }
}
