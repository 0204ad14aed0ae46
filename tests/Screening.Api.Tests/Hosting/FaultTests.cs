using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using NodaTime;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.DecisionLinks;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Hosting;

/// <summary>What fails around the service while it runs fails no decision.</summary>
public sealed class FaultTests
{
    private static readonly Duration[] Steps =
        [Duration.Zero, Duration.FromHours(2), Duration.FromHours(-3), Duration.FromDays(400), Duration.FromDays(-400)];

    [Fact]
    public async Task A_clock_that_steps_back_and_forth_is_asked_anew_by_each_request()
    {
        await using var service = new TimedService();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var card = Assert.Single(await service.CardsAsync(CdsCalls.Booking(Requests.NothingToReport())));
        foreach (var step in Steps)
        {
            service.Clock.Reset(ServiceFixture.Now + step);
            var request = Requests.NothingToReport();
            request.Remove("asOf");
            request["appointment"]!.AsObject().Remove("start");
            var (status, decision) = await service.ScreenAsync(request);
            Assert.Equal((200, "eligible"), (status, (string)decision["eligibility"]!));
            var zone = DateTimeZoneProviders.Tzdb[(string)request["appointment"]!["timeZone"]!];
            var local = service.Clock.GetCurrentInstant().InZone(zone).Date;
            Assert.Equal(NodaTime.Text.LocalDatePattern.Iso.Format(local), (string)decision["appointment"]!["date"]!);
            Assert.True(ids.Add((string)decision["decisionId"]!));

            // A link lasts until its hour, however often the clock passes it.
            Assert.Equal(step >= Duration.FromHours(1) ? HttpStatusCode.Gone : HttpStatusCode.OK, (await service.OpenAsync(card)).Status);
        }
    }

    [Theory]
    [InlineData(-9998, 1, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(1970, 1, 1)]
    [InlineData(9999, 12, 1)]
    public async Task A_clock_at_an_end_of_time_fails_no_request(int year, int month, int day)
    {
        await using var service = new TimedService();
        service.Clock.Reset(Instant.FromUtc(year, month, day, 12, 0));
        foreach (var call in RouteCall.All)
        {
            using var request = call.Message();
            using var response = await service.Client.SendAsync(request);
            Assert.True((int)response.StatusCode < 500, $"{call} {response.StatusCode}");
        }
    }

    [Fact]
    public async Task A_folder_of_protocols_that_vanishes_is_not_missed()
    {
        var folder = Directory.CreateTempSubdirectory("protocols");
        foreach (var file in Directory.GetFiles(Repository.Path("tests/Screening.Api.Tests/Protocols/made-up-peel"), "*.json"))
        {
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        }

        await using var service = new FolderService(folder.FullName);
        var before = await service.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative));
        folder.Delete(recursive: true);
        Assert.Contains("made-up-peel@1.0.0", before, StringComparison.Ordinal);
        Assert.Equal(before, await service.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative)));
        foreach (var path in (string[])["/v1/protocols/made-up-peel", "/fhir/Questionnaire/made-up-peel", "/cds-services"])
        {
            Assert.Contains("made-up-peel", await service.Client.GetStringAsync(new Uri(path, UriKind.Relative)), StringComparison.Ordinal);
        }

        const string Request = """{"protocol":"made-up-peel","appointment":{"timeZone":"UTC"},"answers":{}}""";
        using var answered = await service.PostAsync("/v1/screenings", Request);
        Assert.Equal("incomplete", (string)JsonNode.Parse(await answered.Content.ReadAsByteArrayAsync())!["eligibility"]!);
    }

    private sealed class FolderService(string folder) : ServiceFixture
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("Protocols:Folder", folder);
            base.ConfigureWebHost(builder);
        }
    }
}
