using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using NodaTime.Testing;
using Screening.Api.Tests.Logging;

namespace Screening.Api.Tests.Screenings.Batch;

/// <summary>A service of one test's own: its settings, its clock, its log.</summary>
internal sealed class BatchService : LoggedService
{
    /// <summary>Settings beside the usual.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>True for a clock that moves on by an hour at each reading.</summary>
    public bool TickingClock { get; init; }

    /// <summary>The timers of the service, where a test moves them; else the machine's.</summary>
    public ManualTimers? Timers { get; init; }

    /// <summary>Holds back what is sent to a client that does not read; else nothing is held back.</summary>
    public HeldResponses? Held { get; init; }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in Settings)
        {
            builder.UseSetting(name, value);
        }

        base.ConfigureWebHost(builder);
        builder.ConfigureServices(services =>
        {
            if (Timers is not null)
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Timers));
            }

            if (Held is not null)
            {
                services.AddSingleton<IStartupFilter>(Held);
            }
        });
        if (TickingClock)
        {
            builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<IClock>(new FakeClock(Now, Duration.FromHours(1)))));
        }
    }
}
