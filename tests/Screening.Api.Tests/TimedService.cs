using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using NodaTime.Testing;

namespace Screening.Api.Tests;

/// <summary>A service of a clinic whose zone is known, with a clock that a test sets.</summary>
public sealed class TimedService : ServiceFixture
{
    /// <summary>The zone of the clinic.</summary>
    public const string Zone = "Pacific/Auckland";

    /// <summary>The service's clock.</summary>
    public FakeClock Clock { get; } = new(Now);

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Clinic:TimeZone", Zone);
        base.ConfigureWebHost(builder);
        builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<IClock>(Clock)));
    }
}
