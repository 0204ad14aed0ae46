using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;

namespace Screening.Api.Tests.Logging;

/// <summary>What a developer reads on the console has nothing either that an exception's message may quote.</summary>
public sealed class ConsoleLogTests
{
    private const string Secret = "zq9secretvalue";

    [Fact]
    public async Task A_failure_is_shown_by_its_type_and_place_and_without_its_message()
    {
        var shown = await ShownAsync();
        Assert.Contains("System.FormatException\n", shown, StringComparison.Ordinal);
        Assert.Contains(" caused by System.InvalidOperationException", shown, StringComparison.Ordinal);
        Assert.Contains("GetCurrentInstant()", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, shown, StringComparison.Ordinal);
    }

    private static async Task<string> ShownAsync()
    {
#pragma warning disable RS0030 // This is about what stands on the console.
        var console = Console.Out;
        using var shown = new StringWriter(CultureInfo.InvariantCulture);
        Console.SetOut(TextWriter.Synchronized(shown));
        try
        {
            await using var service = new DevelopedService();
            using var response = await service.PostAsync("/v1/screenings", "{}");
            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
            for (var tries = 0; tries < 500 && service.Lines().Count == 0; tries++)
            {
                await Task.Delay(10);
            }
        }
        finally
        {
            Console.SetOut(console);
        }
#pragma warning restore RS0030

        return shown.ToString();
    }

    private sealed class DevelopedService : LoggedService
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseEnvironment("Development");
            builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<IClock>(new QuotingClock())));
        }
    }

    private sealed class QuotingClock : IClock
    {
        public Instant GetCurrentInstant() => throw new FormatException($"{Secret} is no time", new InvalidOperationException(Secret));
    }
}
