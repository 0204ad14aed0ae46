using Screening.Api.Tests.Settings;

namespace Screening.Api.Tests.Access;

/// <summary>Only a proxy that is named can say under which scheme, and from where, the client calls.</summary>
public sealed class TrustedProxiesTests
{
    private const string Setting = "Access:KnownNetworks";

    [Theory]
    [InlineData("127.0.0.0/8,::1/128", "https")]
    [InlineData("10.20.0.0/16", "http")]
    [InlineData(null, "http")]
    public async Task The_word_of_a_named_proxy_counts_and_of_no_other(string? networks, string scheme)
    {
        await using var service = new SettingsService([.. networks is null ? [] : ((string, string)[])[(Setting, networks)]]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/fhir/metadata");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        using var response = await service.Client.SendAsync(request);
        Assert.Contains(
            $"\"{scheme}://{service.Address.Authority}/fhir/", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zq9")]
    [InlineData("10.0.0.0/33")]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    [InlineData("10.0.0.0/8,,")]
    public static async Task What_is_no_network_stops_the_start(string value)
    {
        var (exitCode, output) = await FailedStartTests.FailAsync("--" + Setting, value);
        Assert.Equal(1, exitCode);
        Assert.Contains($"The setting {Setting} must be a list", output, StringComparison.Ordinal);
        Assert.DoesNotContain(value, output, StringComparison.Ordinal);
    }
}
