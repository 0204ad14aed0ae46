using Microsoft.Extensions.Configuration;
using Screening.Api.Settings;

namespace Screening.Api.Tests.Settings;

/// <summary>A misspelt setting stops the start: what it should have set would silently stay as it was.</summary>
public sealed class SettingNamesTests
{
    [Theory]
    [InlineData("Batch:MaxConcurent", "Batch:MaxConcurrent")]
    [InlineData("Batch:Nonsense", "Batch:")]
    [InlineData("Bach:MaxConcurrent", "Batch:MaxConcurrent")]
    [InlineData("Clinc:TimeZone", "Clinic:TimeZone")]
    [InlineData("Clinic:Timezone:0", "Clinic:TimeZone")]
    [InlineData("Cor:Origins:0", "Cors:Origins")]
    [InlineData("Cors:Origin", "Cors:Origins")]
    [InlineData("Cors:Origins:first", "Cors:Origins")]
    [InlineData("DecisionLink:Key", "DecisionLinks:Key")]
    [InlineData("Service_PublicUrl", "Service:PublicUrl")]
    [InlineData("SERVICE-PUBLICURL", "Service:PublicUrl")]
    [InlineData("Serilog:MinimumLevel:Defualt", "Serilog:MinimumLevel:Default")]
    [InlineData("Serilog:WriteTo:0:Name", "Serilog:MinimumLevel")]
    [InlineData("Shutdwn:DrainSeconds", "Shutdown:DrainSeconds")]
    public static void A_name_that_is_nearly_a_setting_is_refused_with_the_nearest(string name, string nearest)
    {
        var message = FailedStartTests.Refusal(name, "zq9");
        Assert.StartsWith($"There is no setting {name}. Is {nearest}", message, StringComparison.Ordinal);
        Assert.DoesNotContain("zq9", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PATH")]
    [InlineData("BATCH")]
    [InlineData("FORMS")]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("Kestrel:Endpoints:Http:Url")]
    [InlineData("AllowedHosts")]
    [InlineData("clinic:timezone")]
    [InlineData("Cors:Origins")]
    [InlineData("Cors:Origins:12")]
    [InlineData("Serilog:MinimumLevel:Override:Microsoft.AspNetCore")]
    [InlineData("OTEL:Exporter")]
    public static void Other_names_are_not(string name) =>
        SettingNames.Check(new ConfigurationBuilder().AddInMemoryCollection([new(name, "x")]).Build());
}
