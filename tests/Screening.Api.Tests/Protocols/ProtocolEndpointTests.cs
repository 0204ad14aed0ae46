using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Protocols;

public sealed class ProtocolEndpointTests(ServiceFixture service)
{
    private const string Version = "/v1/protocols/sublative-rf/versions/1.0.0";

    [Fact]
    public async Task A_version_is_served_byte_for_byte_and_its_digest_is_the_one_that_decisions_name()
    {
        using var response = await GetAsync(Version);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(await File.ReadAllBytesAsync(Repository.Path("src/Screening.Rules/Protocols/sublative-rf/1.0.0.json")), bytes);

        var (_, decision) = await service.ScreenAsync(Screenings.Requests.NothingToReport());
        Assert.Equal("sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes)), (string)decision["protocol"]!["digest"]!);
        Assert.Equal($"\"{decision["protocol"]!["digest"]}\"", response.Headers.ETag!.ToString());
    }

    [Fact]
    public async Task The_id_alone_serves_the_version_in_force_and_says_which()
    {
        using var response = await GetAsync("/v1/protocols/sublative-rf");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Version, response.Content.Headers.ContentLocation!.ToString());
        Assert.Equal(await service.Client.GetByteArrayAsync(new Uri(Version, UriKind.Relative)), await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/v1/protocols")]
    [InlineData("/v1/protocols/sublative-rf")]
    [InlineData(Version)]
    public async Task A_known_entity_tag_is_answered_304_without_a_body(string path)
    {
        using var first = await GetAsync(path);
        var tag = first.Headers.ETag!.ToString();
        foreach (var known in (string[])[tag, "W/" + tag, "\"other\", " + tag, "*"])
        {
            using var again = await GetAsync(path, known);
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal(tag, again.Headers.ETag!.ToString());
            Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        }

        using var other = await GetAsync(path, "\"other\"");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData("/v1/protocols/nothing")]
    [InlineData("/v1/protocols/Sublative-RF")]
    [InlineData("/v1/protocols/sublative-rf/versions/1.0")]
    [InlineData("/v1/protocols/sublative-rf/versions/9.9.9")]
    [InlineData("/v1/protocols/sublative-rf/versions/..%2f..%2f1.0.0")]
    public async Task What_is_not_there_is_a_404_problem(string path)
    {
        using var response = await GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("/problems/not-found", (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["type"]!);
    }

    [Fact]
    public async Task The_list_names_every_version_where_it_is()
    {
        var list = JsonNode.Parse(await service.Client.GetStringAsync(new Uri("/v1/protocols", UriKind.Relative)))!;
        var protocol = Assert.Single((JsonArray)list["protocols"]!)!;
        Assert.Equal("1.0.0", (string)protocol["inForce"]!);
        Assert.Equal(Version, (string)protocol["versions"]![0]!["href"]!);
        Assert.Equal("2025-01-01", (string)protocol["versions"]![0]!["effectiveFrom"]!);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (ifNoneMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        }

        return await service.Client.SendAsync(request);
    }
}
