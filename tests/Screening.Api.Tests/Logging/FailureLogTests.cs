using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;

namespace Screening.Api.Tests.Logging;

/// <summary>A failure is logged with its route, and what the framework adds has nothing of what the client sent either.</summary>
public sealed class FailureLogTests
{
    [Fact]
    public async Task A_failure_is_logged_with_its_route_and_without_path_query_or_body()
    {
        const string Secret = "zq9secretvalue";
        await using var service = new FailingService();
        using var answer = await service.PostAsync("/V1/Screenings/?audience=patient", $$"""{"{{Secret}}":1}""");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);

        var line = Assert.Single(await service.LinesAsync(1));
        Assert.Equal(("/v1/screenings", 500), ((string)line["Route"]!, (int)line["Status"]!));
        var failure = Assert.Single(service.All(), line => line["@x"] is not null);
        Assert.Contains("The clock is broken.", (string)failure["@x"]!, StringComparison.Ordinal);
        var log = string.Concat(service.All().Select(line => line.ToJsonString()));
        Assert.DoesNotContain(Secret, log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("/V1/Screenings", log, StringComparison.Ordinal);
        Assert.DoesNotContain("audience", log, StringComparison.OrdinalIgnoreCase);
    }

    private sealed class FailingService : LoggedService
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<IClock>(new BrokenClock())));
        }
    }
}
