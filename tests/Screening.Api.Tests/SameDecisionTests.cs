using System.Text.Json.Nodes;
using NodaTime.Text;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Reference;
using Screening.Api.Tests.Screenings.Batch;

namespace Screening.Api.Tests;

/// <summary>
/// The same facts through all four doors, <c>POST /v1/screenings</c>, one batch of all of them, <c>$screen</c> and CDS Hooks, give the same decision, or
/// are refused for the same reasons.
/// </summary>
public sealed class SameDecisionTests(TimedService service) : IClassFixture<TimedService>
{
    private static readonly int Requests = GeneratedRun.Count(400, 1500);
    private const string Refused = "refused";
    private const string Unsaid = "unsaid";

    private static readonly string[] Statuses = ["eligible", "conditional", "deferred", "review", "incomplete", "ineligible"];

    [Fact]
    public async Task Of_generated_bookings()
    {
        var random = GeneratedRun.Random(4);
        var counts = await CompareAsync([.. Enumerable.Range(0, Requests).Select(_ => Sayable(RequestGenerator.Next(random)))]);

        // A writer that has stopped to say things would make this test blind.
        Assert.All(Statuses, status => Assert.True(counts[status].Count() > Requests / 25, status));
        Assert.True(counts[Refused].Count() > Requests / 50);
        Assert.True(counts[Unsaid].Count() < Requests / 15);
    }

    [Fact]
    public async Task Of_generated_questions_whether_it_could_be_today()
    {
        var random = GeneratedRun.Random(5);
        HashSet<string> expected = [.. Statuses, Refused];
        var seen = new HashSet<string>(StringComparer.Ordinal);

        // The rarest status may take some hundreds.
        const int Some = 100;
        for (var tried = 0; tried < Requests / 2 || (tried < 3000 && !expected.IsSubsetOf(seen)); tried += Some)
        {
            var counts = await CompareAsync([.. Enumerable.Range(0, Some).Select(_ => Today(RestToFhir.Bare(RequestGenerator.Next(random))))]);
            seen.UnionWith(counts.Select(count => count.Key));
        }

        Assert.Superset(expected, seen);
    }

    [Fact]
    public async Task Of_the_worked_cases()
    {
        var cases = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path("tests/Screening.Api.Tests/Cases/sublative-rf.json")))!["cases"]!.AsArray();
        var counts = await CompareAsync([.. cases.Select(worked => Sayable(worked!["request"]!.AsObject()))]);
        Assert.Empty(counts[Unsaid]);
    }

    /// <summary>A request as every door can say it.</summary>
    private static JsonObject Sayable(JsonObject request)
    {
        var bare = RestToFhir.Bare(request);
        return bare["appointment"]!["start"] is null ? Today(bare) : bare;
    }

    /// <summary>The question of a hook that proposes no appointment, and so cannot name the clinic's zone either.</summary>
    private static JsonObject Today(JsonObject request)
    {
        var appointment = request["appointment"]!.AsObject();
        appointment.Remove("start");
        appointment.Remove("end");
        appointment["timeZone"] = TimedService.Zone;
        return request;
    }

    /// <summary>Compares the doors, request for request; the statuses, or why there was nothing to compare.</summary>
    private async Task<ILookup<string, int>> CompareAsync(List<JsonObject> requests)
    {
        service.Clock.Reset(ServiceFixture.Now);
        var lines = await service.BatchAsync(string.Join('\n', requests.Select(request => request.ToJsonString())));
        Assert.Equal(requests.Count, lines.Count);
        var statuses = new List<string>();
        foreach (var (i, request) in requests.Index())
        {
            statuses.Add(await CompareAsync(request, lines[i]));
        }

        GeneratedRun.Show(statuses.CountBy(status => status).Select(one => (one.Key, one.Value)));
        return Enumerable.Range(0, statuses.Count).ToLookup(i => statuses[i]);
    }

    private async Task<string> CompareAsync(JsonObject request, JsonObject line)
    {
        service.Clock.Reset(ServiceFixture.Now);
        var (status, rest) = await service.ScreenAsync(request);
        Assert.Equal(Bare(rest).ToJsonString(), Bare(line).ToJsonString());
        if (RestToFhir.Parameters(request) is not { } parameters)
        {
            return Unsaid;
        }

        var (fhirStatus, fhir) = await service.FhirScreenAsync(parameters);
        AssertSameInFhir(request, status, rest, fhirStatus, fhir);
        return !await IsSameInCardAsync(request) ? Unsaid : status == 200 ? (string)rest["eligibility"]! : Refused;
    }

    private static void AssertSameInFhir(JsonObject request, int status, JsonObject rest, int fhirStatus, JsonObject fhir)
    {
        if (status == 200)
        {
            Assert.True(fhirStatus == 200, fhir.ToJsonString());
            FhirDecision.AssertSame(FhirDecision.Of(fhir), FhirDecision.OfRest(rest));
            Assert.Equal((bool)rest["bookable"]!, fhir.Resources("CarePlan").Count == 1);
            return;
        }

        // A value that FHIR itself forbids, such as the thirtieth of February, is refused as no FHIR.
        Assert.True(fhirStatus is 400 or 422, fhir.ToJsonString());
        if (fhirStatus == 422)
        {
            var expected = rest["errors"]!.AsArray().Select(error => (string)error!["code"]!).Order(StringComparer.Ordinal);
            var actual = fhir["issue"]!.AsArray().Select(issue => (string)issue!["details"]!["coding"]![0]!["code"]!).Order(StringComparer.Ordinal);
            Assert.True(expected.SequenceEqual(actual, StringComparer.Ordinal), $"{request.ToJsonString()}\n{rest.ToJsonString()}\n{fhir.ToJsonString()}");
        }
    }

    /// <summary>Compares with the card; false when a hook cannot say the request.</summary>
    private async Task<bool> IsSameInCardAsync(JsonObject request)
    {
        var booking = request["appointment"]!["start"] is not null;
        if (request["asOf"] is { } stated)
        {
            // A call has no as-of instant: it counts as of now.
            if (OffsetDateTimePattern.ExtendedIso.Parse((string)stated!) is not { Success: true } asOf)
            {
                return false;
            }

            service.Clock.Reset(asOf.Value.ToInstant());
        }

        // The reader of calls leaves an end out that makes no sense, where that of requests refuses it: it is only for care plans.
        // Nobody clears anything in a call, and it asks for no further slots.
        var asked = RestToFhir.ForHook(request);
        var endless = asked.DeepClone().AsObject();
        endless["appointment"]!.AsObject().Remove("end");
        var (status, rest) = await service.ScreenAsync(endless);
        if (status != 200 && rest["errors"]!.AsArray().Any(error => (string)error!["pointer"]! == "/asOf"))
        {
            // A year beyond those that a request may state, which no clock of a call has.
            return false;
        }

        var call = booking ? CdsCalls.Booking(asked) : CdsCalls.View(asked);
        call["prefetch"]!["questionnaireResponses"]!["entry"]![0]!["resource"]!.AsObject().Remove("authored");
        var card = Assert.Single(await service.CardsAsync(call, booking ? CdsCalls.Book : CdsCalls.Opened));
        if (status != 200)
        {
            Assert.False(card.ContainsKey("extension"), $"{rest.ToJsonString()}\n{card.ToJsonString()}");
            Assert.Equal("critical", card.Text("indicator"));
            return true;
        }

        var decision = card["extension"]?[CdsCalls.Decision]?.AsObject();
        Assert.True(decision is not null, card.ToJsonString());
        decision["appointment"]!.AsObject().Remove("end");
        Assert.Equal(Bare(rest).ToJsonString(), Bare(decision).ToJsonString());
        return true;
    }

    /// <summary>An answer without what is its own: the ids of the decision and of the trace, and the number of the line.</summary>
    private static JsonObject Bare(JsonObject answer)
    {
        var bare = answer.DeepClone().AsObject();
        foreach (var own in (string[])["decisionId", "traceId", "line"])
        {
            bare.Remove(own);
        }

        return bare;
    }
}
