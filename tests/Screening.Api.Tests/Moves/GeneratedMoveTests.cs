using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Screening.Api.Tests.Receipts;
using Screening.Api.Tests.Reference;

namespace Screening.Api.Tests.Moves;

/// <summary>
/// A moved appointment is decided on as if everything had been asked again: the receipts of generated bookings, moved some days later,
/// against the whole request at the new date with the same as-of instant.
/// </summary>
public sealed class GeneratedMoveTests(TimedService service) : IClassFixture<TimedService>
{
    private const int MaxDays = 30;
    private const string Refused = "refused";

    private static readonly int Bookings = GeneratedRun.Count(2000, 6000);
    private static readonly string[] Doors = ["/v1/screenings", "/v1/care-plans?preview=true"];
    private static readonly string[] Zones = ["America/Los_Angeles", "Pacific/Kiritimati", "Europe/Madrid"];

    [Fact]
    public async Task A_moved_appointment_is_decided_on_as_the_whole_request_would_be()
    {
        var random = GeneratedRun.Random(31);
        var came = new List<(string Door, string Status, bool Differs)>();
        while (came.Count < Bookings)
        {
            var request = RequestGenerator.Next(random);
            var door = Doors[came.Count % Doors.Length];
            if (await ReceiptAsync(request, door) is { } receipt)
            {
                came.Add(await CompareAsync(random, request, receipt, door));
            }
        }

        GeneratedRun.Show(came.CountBy(one => one.Status).Select(one => (one.Key, one.Value)));
        GeneratedRun.Show([("with another status", came.Count(one => one.Differs))]);

        // A generator that has stopped to reach something would make this test blind.
        Assert.All(
            (string[])["eligible", "conditional", "deferred", "review", "incomplete", "ineligible"],
            status => Assert.True(came.Count(one => one.Status == status) > Bookings / 40, status));
        Assert.True(came.Count(one => one.Differs) > Bookings / 20);
        Assert.InRange(came.Count(one => one.Status == Refused), 1, Bookings / 10);
    }

    /// <summary>The receipt of a booking on the day on which its answers were given; null when it is refused.</summary>
    private async Task<string?> ReceiptAsync(JsonObject request, string door)
    {
        service.Clock.Reset(
            (string?)request["asOf"] is { } asOf && OffsetDateTimePattern.ExtendedIso.Parse(asOf) is { Success: true, Value: var stated }
                ? stated.ToInstant()
                : ServiceFixture.Now);
        using var response = await service.PreferAsync(request, path: door);
        return (int)response.StatusCode == 200 ? (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["receipt"]! : null;
    }

    private async Task<(string Door, string Status, bool Differs)> CompareAsync(
        Random random, JsonObject request, string receipt, string door)
    {
        var former = SignedDecisions.Payload(receipt)["appointment"]!;
        var zone = random.Next(8) == 0 ? Zones[random.Next(Zones.Length)] : (string)former["timeZone"]!;

        // A day less than the most: it may be a day later in another zone.
        var now = MoveCalls.AsOf(receipt) + Duration.FromHours(random.Next((MaxDays - 1) * 24));
        service.Clock.Reset(now);
        var appointment = Appointment(random, now, zone);
        if (zone != (string)former["timeZone"]! || random.Next(8) == 0)
        {
            appointment["timeZone"] = zone;
        }

        var (expectedStatus, expected) = await service.ScreenAsync(MoveCalls.Full(request, appointment));
        var (status, answer) = await service.MoveAsync(receipt, appointment);
        var told = $"{request.ToJsonString()}\n{appointment.ToJsonString()}\n{expected.ToJsonString()}\n{answer.ToJsonString()}";
        Assert.True(status == expectedStatus, told);
        if (status != 200)
        {
            return (door, Refused, false);
        }

        var (_, before) = await service.ScreenAsync(request);
        Assert.True(MoveCalls.Bare(expected) == MoveCalls.Bare(answer), told);
        Assert.Equal((string)answer["asOf"]!, (string)answer["answeredOn"]!);
        string[] changed = [.. answer["changed"]!.AsArray().Select(pointer => (string)pointer!)];
        Assert.True(MoveCalls.IsTrue(changed, before, answer), told);
        var eligibility = (string)answer["eligibility"]!;
        var moved = SignedDecisions.Payload((string)answer["receipt"]!);
        Assert.Equal(eligibility, (string)moved["eligibility"]!);
        AllowedPayload.Check(moved);
        return (door, eligibility, changed.Contains("/eligibility"));
    }

    private static JsonObject Appointment(Random random, Instant now, string zone)
    {
        var clinic = DateTimeZoneProviders.Tzdb[zone];
        var day = now.InZone(clinic).Date.PlusDays(random.Next(3) == 0 ? 0 : random.Next(60));
        var time = new LocalTime(random.Next(24), random.Next(2) * 30);
        var appointment = new JsonObject { ["start"] = LocalDateTimePattern.GeneralIso.Format(day.At(time)) };
        if (random.Next(4) == 0)
        {
            appointment["end"] = LocalDateTimePattern.GeneralIso.Format(day.PlusDays(1).At(time));
        }

        if (random.Next(4) == 0)
        {
            appointment["areas"] = new JsonArray(random.Next(2) == 0 ? ["face", "neck"] : ["hands"]);
        }

        return appointment;
    }
}
