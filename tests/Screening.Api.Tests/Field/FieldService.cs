using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using NodaTime.Testing;

namespace Screening.Api.Tests.Field;

/// <summary>A service on the day on which the inputs from the field were collected: some of them have no as-of instant.</summary>
public sealed class FieldService : ServiceFixture
{
    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<IClock>(new FakeClock(Instant.FromUtc(2026, 11, 28, 12, 0)))));
    }
}
