using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using NodaTime.Testing;
using Screening.Api.Access;
using Screening.Api.Settings;
using Screening.Api.Tests.Screenings.Batch;
using Screening.Api.Tests.Receipts;

namespace Screening.Api.Tests.OpenApi;

/// <summary>The examples of receipts work whenever the document is served, and not only on the day on which it was first made.</summary>
public sealed class FreshExamplesTests
{
    private static readonly string[] Paths = ["/v1/decisions/move", "/v1/decisions/verify"];

    [Fact]
    public async Task After_any_number_of_days_and_after_a_rotation_they_work_as_they_are()
    {
        var (first, second) = (KeysFolder.NewKey(), KeysFolder.NewKey());
        using var folder = new KeysFolder().Write(("current", first));
        await using var service = new LongRunningService(folder.File);
        var served = await service.Client.GetStringAsync("/openapi/v1.json");
        await AssertWorkAsync(service);
        Assert.Equal(served, await service.Client.GetStringAsync("/openapi/v1.json"));

        // The same day: nothing changes.
        service.Clock.Reset(ServiceFixture.Now + Duration.FromHours(5));
        Assert.Equal(served, await service.Client.GetStringAsync("/openapi/v1.json"));
        foreach (var days in (int[])[1, 31, 400])
        {
            service.Clock.Reset(ServiceFixture.Now + Duration.FromDays(days));
            await AssertWorkAsync(service);
        }

        folder.Write(("current", second), ("revoked", first));
        service.Tick();
        await AssertWorkAsync(service);
    }

    private static async Task AssertWorkAsync(ServiceFixture service)
    {
        var document = await OpenApi.GetAsync(service);
        foreach (var path in Paths)
        {
            var (_, _, operation) = document.Operations.Single(one => one.Path == path);
            var examples = OpenApi.Examples(operation["requestBody"]!["content"]!["application/json"]!).ToList();
            Assert.NotEmpty(examples);
            foreach (var (_, example) in examples)
            {
                using var response = await service.PostAsync(path, example.ToJsonString());
                var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
                Assert.True((int)response.StatusCode == 200, answer.ToJsonString());
                Assert.True(path != Paths[1] || (bool)answer["genuine"]!, answer.ToJsonString());
            }
        }
    }

    /// <summary>A service whose clock and whose keys file a test moves on.</summary>
    private sealed class LongRunningService(string keys) : ServiceFixture
    {
        private readonly ManualTimers timers = new();

        public FakeClock Clock { get; } = new(Now);

        public void Tick() => timers.Advance(ReloadedFile.Interval);

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting(ServiceSettings.ReceiptsKeys.Name, keys);
            base.ConfigureWebHost(builder);
            builder.ConfigureServices(services =>
            {
                services.Replace(ServiceDescriptor.Singleton<IClock>(Clock));
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(timers));
            });
        }
    }
}
