using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using NodaTime.Testing;
using NodaTime.Text;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Reference;

namespace Screening.Api.Tests.CdsHooks;

/// <summary>The same facts through <c>POST /v1/screenings</c> and through CDS Hooks give the same decision.</summary>
public sealed class CdsSameDecisionTests
{
    private const int Requests = 1500;

    // The reader of calls leaves an end out that makes no sense, where that of requests refuses it: it decides nothing.
    private static readonly string[] OfTheEnd = ["/appointment/end"];

    [Fact]
    public async Task Of_generated_bookings()
    {
        await using var service = new TimedService();
        var statuses = new Dictionary<string, int>(StringComparer.Ordinal);
        var random = new Random(20261122);
        for (var i = 0; i < Requests; i++)
        {
            var request = RestToFhir.Bare(RequestGenerator.Next(random));
            var status = await CompareAsync(service, request, RestToFhir.Parameters(request) is null || request["appointment"]!["start"] is null ? null : CdsCalls.Booking(request), CdsCalls.Book);
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }

        AssertAllSeen(statuses);
        Assert.True(statuses["refused"] > Requests / 50);
    }

    [Fact]
    public async Task Of_generated_openings_of_a_record()
    {
        await using var service = new TimedService { Zone = "Pacific/Auckland" };
        var statuses = new Dictionary<string, int>(StringComparer.Ordinal);
        var random = new Random(4711);
        for (var i = 0; i < Requests / 2; i++)
        {
            var request = RestToFhir.Bare(RequestGenerator.Next(random));
            var appointment = request["appointment"]!.AsObject();
            appointment.Remove("start");
            appointment.Remove("end");
            appointment["timeZone"] = service.Zone;
            var status = await CompareAsync(service, request, RestToFhir.Parameters(request) is null ? null : CdsCalls.View(request), CdsCalls.Opened);
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }

        Assert.True(statuses.Count >= 6, string.Join(", ", statuses));
    }

    private static void AssertAllSeen(Dictionary<string, int> statuses) =>
        Assert.All((string[])["eligible", "conditional", "deferred", "review", "incomplete", "ineligible"], status => Assert.True(statuses.GetValueOrDefault(status) > Requests / 50, string.Join(", ", statuses)));

    /// <summary>Compares; the status, or why there was nothing to compare.</summary>
    private static async Task<string> CompareAsync(TimedService service, JsonObject request, JsonObject? call, string path)
    {
        if (call is null)
        {
            return "unsaid";
        }

        if (request["asOf"] is { } stated)
        {
            // A call has no as-of instant: it counts as of now.
            if (OffsetDateTimePattern.ExtendedIso.Parse((string)stated!) is not { Success: true } asOf)
            {
                return "unsaid";
            }

            service.Clock.Reset(asOf.Value.ToInstant());
        }
        else
        {
            service.Clock.Reset(ServiceFixture.Now);
        }

        var (status, rest) = await service.ScreenAsync(request);
        if (status != 200 && rest["errors"]!.AsArray().All(error => OfTheEnd.Contains((string)error!["pointer"]!)))
        {
            return "end";
        }

        var card = Assert.Single(await service.CardsAsync(call, path));
        if (status != 200)
        {
            Assert.False(card.ContainsKey("extension"), $"{rest.ToJsonString()}\n{card.ToJsonString()}");
            Assert.Equal("critical", card.Text("indicator"));
            return "refused";
        }

        var decision = card["extension"]?[CdsCalls.Decision]?.DeepClone().AsObject();
        Assert.True(decision is not null, card.ToJsonString());
        decision.Remove("decisionId");
        rest.Remove("decisionId");

        // The end is only for care plans; the malformed one of a call is left out.
        decision["appointment"]!.AsObject().Remove("end");
        rest["appointment"]!.AsObject().Remove("end");
        Assert.Equal(rest.ToJsonString(), decision.ToJsonString());
        return (string)rest["eligibility"]!;
    }

    /// <summary>A service whose clock and zone a test sets.</summary>
    private sealed class TimedService : ServiceFixture
    {
        public FakeClock Clock { get; } = new(Now);

        public string? Zone { get; init; }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            if (Zone is not null)
            {
                builder.UseSetting("Clinic:TimeZone", Zone);
            }

            base.ConfigureWebHost(builder);
            builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<IClock>(Clock)));
        }
    }
}
