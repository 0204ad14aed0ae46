using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;

namespace Screening.Api.Tests.Settings;

/// <summary>Behind a proxy that has other services too: every address that the service gives out carries the prefix of its public address.</summary>
public sealed class PathPrefixTests : IDisposable
{
    private const string Public = "https://clinic.example.org/skin";

    private readonly PrefixedService service = new();

    [Theory]
    [InlineData("")]
    [InlineData("/skin")]
    public async Task Addresses_carry_the_prefix_whether_or_not_the_proxy_cuts_it_off(string sent)
    {
        using var root = await service.Client.GetAsync(new Uri(sent + "/", UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "/skin/swagger/index.html"), (root.StatusCode, root.RequestMessage!.RequestUri!.AbsolutePath));

        var settings = await service.Client.GetStringAsync(new Uri(sent + "/swagger/index.js", UriKind.Relative));
        Assert.Contains("\"url\":\"../openapi/v1.json\"", settings, StringComparison.Ordinal);

        var document = await GetAsync(sent + "/openapi/v1.json");
        Assert.Equal(Public, (string)document["servers"]![0]!["url"]!);

        using var refused = await service.PostAsync(sent + "/v1/screenings", "{}");
        Assert.Equal("/skin/problems/invalid-request", (string)JsonNode.Parse(await refused.Content.ReadAsByteArrayAsync())!["type"]!);
        using var missing = await service.Client.GetAsync(new Uri(sent + "/nowhere", UriKind.Relative));
        Assert.Equal("/skin/problems/not-found", (string)JsonNode.Parse(await missing.Content.ReadAsByteArrayAsync())!["type"]!);
        using var lines = await service.PostAsync(sent + "/v1/screenings/batch", "{}\n", "application/x-ndjson");
        Assert.Equal("/skin/problems/invalid-request", (string)JsonNode.Parse(await lines.Content.ReadAsByteArrayAsync())!["type"]!);
        using var problem = await service.Client.GetAsync(new Uri(sent + "/problems/invalid-request", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, problem.StatusCode);

        var version = (await GetAsync(sent + "/v1/protocols"))["protocols"]![0]!["versions"]![0]!;
        Assert.Equal("/skin/v1/protocols/sublative-rf/versions/1.0.0", (string)version["href"]!);
        using var protocol = await service.Client.GetAsync(new Uri(sent + "/v1/protocols/sublative-rf", UriKind.Relative));
        Assert.Equal("/skin/v1/protocols/sublative-rf/versions/1.0.0", protocol.Content.Headers.ContentLocation?.OriginalString);

        var capabilities = await GetAsync(sent + "/fhir/metadata");
        Assert.Contains(Public + "/fhir/", capabilities.ToJsonString(), StringComparison.Ordinal);

        var call = document["paths"]!["/cds-services/{id}"]!["post"]!["requestBody"]!["content"]!["application/json"]!["examples"]!["deferred"]!["value"]!;
        using var cards = await service.PostAsync(sent + "/cds-services/sublative-rf-appointment-book", call.ToJsonString());
        var links = JsonNode.Parse(await cards.Content.ReadAsByteArrayAsync())!["cards"]![0]!["links"]!.AsArray().Select(link => (string)link!["url"]!).ToList();
        Assert.NotEmpty(links);
        foreach (var link in links)
        {
            Assert.StartsWith(Public + "/", link, StringComparison.Ordinal);
            using var opened = await service.Client.GetAsync(new Uri(sent + link[Public.Length..], UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        }
    }

    public void Dispose() => service.Dispose();

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await service.Client.GetByteArrayAsync(new Uri(path, UriKind.Relative)))!;

    private sealed class PrefixedService : ServiceFixture
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Service:PublicUrl", Public);
        }
    }
}
