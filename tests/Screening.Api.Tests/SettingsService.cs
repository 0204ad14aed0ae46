using Microsoft.AspNetCore.Hosting;
using Screening.Api.Tests.Logging;

namespace Screening.Api.Tests;

/// <summary>A service with settings of a test's own, whose log can be read.</summary>
internal sealed class SettingsService(params (string Name, string Value)[] settings) : LoggedService
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in settings)
        {
            builder.UseSetting(name, value);
        }

        base.ConfigureWebHost(builder);
    }
}
