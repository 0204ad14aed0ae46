using System.Text;
using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Http;

/// <summary>Every address refuses a query parameter that it does not take, and says which it takes.</summary>
public sealed class KnownQueryTests(ServiceFixture service)
{
    private const string Secret = "zq9secretvalue";

    [Fact]
    public async Task No_operation_of_the_document_takes_a_parameter_that_it_does_not_describe()
    {
        var document = await OpenApi.OpenApi.GetAsync(service);
        Assert.True(document.Operations.Count > 15);
        foreach (var (path, method, node) in document.Operations)
        {
            var address = path.Replace("{", string.Empty, StringComparison.Ordinal).Replace("}", string.Empty, StringComparison.Ordinal);
            string[] names = [.. (node["parameters"] as JsonArray ?? [])
                .Where(parameter => (string)parameter!["in"]! == "query").Select(parameter => (string)parameter!["name"]!)];
            foreach (var query in (IEnumerable<string>)[Secret + "=1", "=" + Secret, Secret, .. names.Select(
                name => char.ToUpperInvariant(name[0]) + name[1..] + "x=1")])
            {
                var (status, body) = await SendAsync(method, address + "?" + query, node["requestBody"]);
                Assert.True(
                    status == 400 && body.Contains("invalid-parameter", StringComparison.Ordinal),
                    $"{method} {address}?{query}: {status} {body}");
                Assert.All(names, name => Assert.Contains($"`{name}`", body, StringComparison.Ordinal));
                Assert.DoesNotContain(Secret, body, StringComparison.Ordinal);
            }

            Assert.Contains("invalid-parameter", node["responses"]!["400"]!.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("POST", "/v1/screenings?audeince=patient")]
    [InlineData("POST", "/v1/screenings?Audience=patient")]
    [InlineData("POST", "/v1/screenings?preview=true")]
    [InlineData("POST", "/v1/screenings?audience=patient&Audience=patient")]
    [InlineData("POST", "/v1/screenings?slots=all")]
    [InlineData("POST", "/v1/screenings?slots=each&slots=each")]
    [InlineData("POST", "/v1/screenings?Slots=each")]
    [InlineData("POST", "/v1/screenings/batch?x=")]
    [InlineData("POST", "/v1/screenings/batch?slots=Each")]
    [InlineData("POST", "/v1/care-plans?slots=each")]
    [InlineData("GET", "/v1/protocols?x=")]
    [InlineData("HEAD", "/v1/protocols?x=")]
    [InlineData("GET", "/v1/protocols/sublative-rf?version=1.0.0")]
    [InlineData("GET", "/problems/not-found?code=1")]
    [InlineData("GET", "/cds-services?x=1")]
    [InlineData("GET", "/health/ready?x=1")]
    [InlineData("GET", "/fhir/metadata?_Pretty=true")]
    [InlineData("GET", "/fhir/metadata?_format=json&_format=json")]
    [InlineData("GET", "/fhir/Questionnaire?url=urn:x&version=")]
    public async Task A_parameter_that_is_unknown_repeated_or_of_another_value_is_400(string method, string address)
    {
        var (status, body) = await SendAsync(method, address, method == "POST" ? new JsonObject() : null);
        Assert.Equal(400, status);
        Assert.True(method == "HEAD" || body.Contains("invalid-parameter", StringComparison.Ordinal), body);
    }

    [Theory]
    [InlineData("GET", "/v1/protocols?", 200)]
    [InlineData("GET", "/swagger/index.html?x=1", 200)]
    [InlineData("GET", "/v1/screenings?x=1", 405)]
    [InlineData("GET", "/nowhere?x=1", 404)]
    [InlineData("GET", "/fhir/metadata?_format=x", 406)]
    public async Task What_is_no_operation_or_has_no_parameter_is_answered_as_before(string method, string address, int expected) =>
        Assert.Equal(expected, (await SendAsync(method, address, null)).Status);

    private async Task<(int Status, string Body)> SendAsync(string method, string address, JsonNode? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), new Uri(address, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(
                "{}", Encoding.UTF8, (body["content"] as JsonObject)?.First().Key
                    ?? (address.Contains("/batch", StringComparison.Ordinal) ? "application/x-ndjson" : "application/json"));
        }

        using var response = await service.Client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
