using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;

namespace Screening.Api.Tests.Settings;

/// <summary>Behind a proxy that has other services too: every address that the service gives out carries the prefix of its public address.</summary>
public sealed partial class PathPrefixTests : IDisposable
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
        Assert.Contains("\"url\":\"/skin/openapi/v1.json\"", settings, StringComparison.Ordinal);

        var document = await GetAsync(sent + "/openapi/v1.json");
        Assert.Equal([Public, "/skin"], document["servers"]!.AsArray().Select(server => (string)server!["url"]!));
        var shown = OpenApi.OpenApi.Everything(document["paths"]!).OfType<System.Text.Json.Nodes.JsonObject>()
            .SelectMany(node => (string?[])[Address(node["type"]), Address(node["href"])])
            .OfType<string>().ToList();
        Assert.True(shown.Count > 20);
        Assert.All(shown, address => Assert.StartsWith("/skin/", address, StringComparison.Ordinal));

        using var refused = await service.PostAsync(sent + "/v1/screenings", "{}");
        Assert.Equal("/skin/problems/invalid-request", (string)JsonNode.Parse(await refused.Content.ReadAsByteArrayAsync())!["type"]!);
        using var missing = await service.Client.GetAsync(new Uri(sent + "/nowhere", UriKind.Relative));
        Assert.Equal("/skin/problems/not-found", (string)JsonNode.Parse(await missing.Content.ReadAsByteArrayAsync())!["type"]!);
        using var lines = await service.PostAsync(sent + "/v1/screenings/batch", "{}\n", "application/x-ndjson");
        Assert.Equal("/skin/problems/invalid-request", (string)JsonNode.Parse(await lines.Content.ReadAsByteArrayAsync())!["type"]!);
        using var problem = await service.Client.GetAsync(new Uri(sent + "/problems/invalid-request", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, problem.StatusCode);
        foreach (var told in (await GetAsync(sent + "/problems"))["problems"]!.AsArray())
        {
            Assert.Equal("/skin/problems/" + (string)told!["code"]!, (string)told["type"]!);
        }

        var version = (await GetAsync(sent + "/v1/protocols"))["protocols"]![0]!["versions"]![0]!;
        Assert.Equal("/skin/v1/protocols/sublative-rf/versions/1.0.0", (string)version["href"]!);
        using var protocol = await service.Client.GetAsync(new Uri(sent + "/v1/protocols/sublative-rf", UriKind.Relative));
        Assert.Equal("/skin/v1/protocols/sublative-rf/versions/1.0.0", protocol.Content.Headers.ContentLocation?.OriginalString);

        var capabilities = await GetAsync(sent + "/fhir/metadata");
        Assert.Equal(Public + "/fhir", (string?)capabilities["implementation"]!["url"]);
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

    [Fact]
    public async Task Addresses_in_texts_carry_the_prefix()
    {
        var missing = await GetAsync("/v1/screening");
        Assert.Contains("`/skin/v1/screenings`", (string)missing["detail"]!, StringComparison.Ordinal);
        Assert.Contains("GET /skin/v1/protocols", (string)missing["detail"]!, StringComparison.Ordinal);
        Assert.Contains("GET /skin/fhir/metadata", (await GetAsync("/fhir/Nothing")).ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(
            "GET /skin/v1/protocols", (string)(await GetAsync("/problems/not-found"))["detail"]!["en"]!, StringComparison.Ordinal);
        Assert.Contains(
            "GET /skin/v1/protocols", await service.Client.GetStringAsync(new Uri("/problems/not-found", UriKind.Relative)),
            StringComparison.Ordinal);
        const string unknown = """{"protocol":5,"appointment":{"timeZone":"UTC"},"answers":{}}""";
        using var refused = await service.PostAsync("/v1/screenings", unknown);
        Assert.Contains("GET /skin/v1/protocols", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var line = await service.PostAsync("/v1/screenings/batch", unknown + "\n", "application/x-ndjson");
        Assert.Contains("GET /skin/v1/protocols", await line.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>By what stands before it, an address is found in a text.</summary>
    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public static void Addresses_in_texts_are_set_apart(string language)
    {
        var words = File.ReadAllText(Repository.Path($"src/Screening.Rules/Words/{language}.json"));
        var addresses = Address().Matches(words);
        Assert.NotEmpty(addresses);
        Assert.All(addresses, address => Assert.Contains(words[address.Index - 1], " `"));
    }

    private static string? Address(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.StartsWith('/') ? text : null;

    public void Dispose() => service.Dispose();

    [GeneratedRegex("(?<!application|hl7\\.org)/(swagger|openapi|v1|problems|cds-services|fhir)\\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    private async Task<JsonNode> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await service.Client.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsByteArrayAsync())!;
    }

    private sealed class PrefixedService : ServiceFixture
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Service:PublicUrl", Public);
        }
    }
}
