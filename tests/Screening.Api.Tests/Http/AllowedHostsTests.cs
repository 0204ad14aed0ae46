using System.Net;
using System.Text.Json.Nodes;
using Screening.Api.Tests.Settings;

namespace Screening.Api.Tests.Http;

/// <summary>The service answers under its own names only, and its links never follow a name that the client made up.</summary>
public sealed class AllowedHostsTests
{
    [Theory]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1:8080", true)]
    [InlineData("[::1]:8080", true)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("10.0.0.7", false)]
    public async Task Without_a_public_address_only_this_machine(string host, bool allowed)
    {
        await using var service = new SettingsService();
        Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.BadRequest, (await GetAsync(service, "/cds-services", host)).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(service, "/health/ready", host)).Status);
    }

    [Theory]
    [InlineData("screening.example.org", true)]
    [InlineData("screening.example.org:8443", true)]
    [InlineData("localhost", true)]
    [InlineData("other.example.org", false)]
    public async Task With_a_public_address_its_host_too(string host, bool allowed)
    {
        await using var service = new SettingsService(("Service:PublicUrl", "https://screening.example.org"));
        Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.BadRequest, (await GetAsync(service, "/cds-services", host)).Status);
    }

    [Fact]
    public async Task A_host_in_other_letters_is_called_by_its_name_in_ASCII()
    {
        await using var service = new SettingsService(("Service:PublicUrl", "https://clínica.example"));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(service, "/cds-services", "xn--clnica-4va.example")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await GetAsync(service, "/cds-services", "clinica.example")).Status);
    }

    [Theory]
    [InlineData("a.clinic.example", true)]
    [InlineData("b.example", true)]
    [InlineData("localhost", false)]
    public async Task A_list_of_hosts_replaces_both(string host, bool allowed)
    {
        await using var service = new SettingsService(("AllowedHosts", "*.clinic.example; b.example"));
        Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.BadRequest, (await GetAsync(service, "/cds-services", host)).Status);
    }

    [Fact]
    public async Task A_refusal_is_a_problem_and_does_not_name_the_host()
    {
        await using var service = new SettingsService();
        var (_, body) = await GetAsync(service, "/v1/protocols", "evil.example");
        Assert.Equal("/problems/unknown-host", (string?)JsonNode.Parse(body)!["type"]);
        Assert.DoesNotContain("evil", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_do_not_follow_an_allowed_host_that_is_not_this_machine()
    {
        await using var service = new SettingsService(("AllowedHosts", "*"));
        Assert.DoesNotContain("evil", (await GetAsync(service, "/fhir/metadata", "evil.example")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public static void A_blank_place_stops_the_start() =>
        Assert.Contains("AllowedHosts", FailedStartTests.Refusal("AllowedHosts", "a;;b"), StringComparison.Ordinal);

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(SettingsService service, string path, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)) { Headers = { Host = host } };
        using var response = await service.Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
