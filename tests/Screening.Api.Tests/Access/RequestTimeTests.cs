using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using Screening.Api.Access;
using Screening.Api.Settings;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Receipts;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Access;

/// <summary>A request reads the clock once, for its key and for its decision.</summary>
public sealed class RequestTimeTests
{
    [Fact]
    public async Task Every_door_reads_the_clock_once()
    {
        var clients = Path.GetTempFileName();
        await File.WriteAllTextAsync(clients, Keys.File([ApiKey.New(
            new byte[ApiKey.RandomBytes], ServiceFixture.Now - Duration.FromDays(1), ServiceFixture.Now + Duration.FromDays(1))]));
        await using var service = new CountingService(clients);

        // The service's own calls at its start read it too; it is ready when they are over.
        Assert.Contains("ready", await service.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative)), StringComparison.Ordinal);
        service.Client.DefaultRequestHeaders.Add("X-Api-Key", ApiKey.New(new byte[ApiKey.RandomBytes]).Text);
        var screening = Requests.NothingToReport();
        var receipt = await service.ReceiptAsync(screening);
        foreach (var (path, body, type) in ((string, string?, string)[])
            [
                ("/v1/screenings", screening.ToJsonString(), "application/json"),
                ("/v1/screenings/batch", screening.ToJsonString() + "\n" + screening.ToJsonString(), "application/x-ndjson"),
                ("/v1/care-plans", screening.ToJsonString(), "application/json"),
                ("/v1/decisions/verify", $$"""{"receipt":"{{receipt}}"}""", "application/json"),
                ("/v1/decisions/move", $$$"""{"receipt":"{{{receipt}}}","appointment":{"start":"2026-06-20T10:00:00"}}""", "application/json"),
                (FhirCalls.Screen, RestToFhir.Parameters(screening)!.ToJsonString(), FhirCalls.Json),
                (CdsCalls.Book, CdsCalls.Booking(screening).ToJsonString(), "application/json"),
                ("/v1/protocols", null, ""),
                ("/v1/protocols/sublative-rf", null, ""),
                ("/fhir/Questionnaire/sublative-rf", null, ""),
                ("/fhir/Questionnaire?url=urn:screening-api:questionnaire:sublative-rf", null, ""),
                ("/v1/decisions/x", null, ""),
                ("/nowhere", null, ""),
            ])
        {
            var before = service.Readings;
            using var response = body is null
                ? await service.Client.GetAsync(new Uri(path, UriKind.Relative))
                : await service.PostAsync(path, body, type);
            Assert.True((int)response.StatusCode is 200 or 404, $"{path}: {await response.Content.ReadAsStringAsync()}");
            Assert.Equal((path, 1), (path, service.Readings - before));
        }

        File.Delete(clients);
    }

    private sealed class CountingService(string clients) : ServiceFixture, IClock
    {
        public int Readings { get; private set; }

        public Instant GetCurrentInstant()
        {
            Readings++;
            return Now;
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting(ServiceSettings.AccessClients.Name, clients);
            base.ConfigureWebHost(builder);
            builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<IClock>(this)));
        }
    }
}
