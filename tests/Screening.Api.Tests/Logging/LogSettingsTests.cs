using System.Text.Json.Nodes;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Logging;

/// <summary>How much is logged can be set from outside; what of a person could be logged cannot.</summary>
public sealed class LogSettingsTests
{
    private const string Secret = "zq9secretvalue";

    [Fact]
    public async Task A_level_from_outside_counts()
    {
        await using var service = new SettingsService(("Serilog:MinimumLevel:Default", "Warning"));
        await service.ScreenAsync(Requests.Everything());
        await using var usual = new SettingsService();
        await usual.ScreenAsync(Requests.Everything());
        await usual.LinesAsync(1);
        Assert.Empty(service.Lines());
    }

    [Theory]
    [InlineData("Verbose", "Verbose")]
    [InlineData("Information", "Information")]
    public async Task No_level_brings_lines_that_name_path_query_or_body(string own, string framework)
    {
        await using var service = new SettingsService(
            ("Serilog:MinimumLevel:Default", own),
            ("Serilog:MinimumLevel:Override:Microsoft", framework),
            ("Serilog:MinimumLevel:Override:Microsoft.AspNetCore", framework),
            ("Serilog:MinimumLevel:Override:System", framework),
            ("Serilog:MinimumLevel:Override:FastEndpoints", framework));
        using var response = await service.PostAsync($"/v1/screenings?{Secret}={Secret}", $$"""{"{{Secret}}":1}""");
        using var path = await service.Client.GetAsync(new Uri($"/patients/{Secret}", UriKind.Relative));
        await service.LinesAsync(2);
        Assert.DoesNotContain(Secret, string.Concat(service.All().Select(line => line.ToJsonString())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_names_the_service_its_version_the_trace_and_the_span()
    {
        await using var service = new LoggedService();
        using var response = await service.PostAsync("/v1/screenings", "{");
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        var line = Assert.Single(await service.LinesAsync(1));
        Assert.Equal((string)problem["traceId"]!, (string)line["@tr"]!);
        Assert.Equal(16, ((string)line["@sp"]!).Length);
        Assert.Equal("screening-api", (string)line["service.name"]!);
        Assert.Matches(@"^\d+\.\d+\.\d+", (string)line["service.version"]!);
    }
}
