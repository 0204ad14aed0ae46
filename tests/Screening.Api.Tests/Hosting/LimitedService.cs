using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Screening.Api.Http;
using Screening.Api.Tests.Logging;
using Screening.Api.Tests.Screenings.Batch;

namespace Screening.Api.Tests.Hosting;

/// <summary>A service with limits, settings and timers of a test's own, and its log.</summary>
internal sealed class LimitedService(params (string Name, string Value)[] settings) : LoggedService
{
    /// <summary>The bytes that bodies and responses may take; the usual share of the memory when not set.</summary>
    public long? Memory { get; init; }

    /// <summary>The timers of the service, where a test moves them; else the machine's.</summary>
    public ManualTimers? Timers { get; init; }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in settings)
        {
            builder.UseSetting(name, value);
        }

        base.ConfigureWebHost(builder);
        builder.ConfigureServices(services =>
        {
            if (Memory is { } bytes)
            {
                services.Replace(ServiceDescriptor.Singleton(new MemoryBudget(bytes)));
            }

            if (Timers is not null)
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Timers));
            }
        });
    }
}
