using System.Text.Json.Nodes;

namespace Screening.Api.Tests.OpenApi;

/// <summary>The document says of each operation whether it needs credentials, and how they are sent.</summary>
public sealed class OpenApiSecurityTests(ServiceFixture service)
{
    private static readonly string[] Open =
    [
        "GetCapabilityStatement", "GetLinkedDecision", "GetLiveness", "GetProblem", "GetReadiness", "GetSigningKeys", "ListCdsServices",
        "ListProblems",
    ];

    [Fact]
    public async Task A_key_may_be_sent_in_either_of_two_headers_and_there_are_tokens_and_certificates()
    {
        var schemes = (await OpenApi.GetAsync(service)).Root["components"]!["securitySchemes"]!;
        Assert.Equal(
            ("apiKey", "header", "X-Api-Key"),
            ((string)schemes["apiKey"]!["type"]!, (string)schemes["apiKey"]!["in"]!, (string)schemes["apiKey"]!["name"]!));
        Assert.Equal(("http", "bearer"), ((string)schemes["bearer"]!["type"]!, (string)schemes["bearer"]!["scheme"]!));
        Assert.Equal(("http", "bearer", "JWT"), (
            (string)schemes["cdsClient"]!["type"]!, (string)schemes["cdsClient"]!["scheme"]!,
            (string)schemes["cdsClient"]!["bearerFormat"]!));
    }

    [Fact]
    public async Task Every_operation_says_what_it_needs_and_how_it_refuses()
    {
        var operations = (await OpenApi.GetAsync(service)).Root["paths"]!
            .AsObject().SelectMany(path => path.Value!.AsObject()).Select(method => method.Value!).ToList();
        Assert.Equal(
            Open, operations.Where(operation => operation["security"]!.AsArray().Count == 0).Select(Id).Order(StringComparer.Ordinal));
        foreach (var operation in operations)
        {
            var isOpen = Open.Contains(Id(operation));
            var security = operation["security"]!.AsArray().SelectMany(one => one!.AsObject()).Select(scheme => scheme.Key);
            string[] hook = Id(operation) is "CallCdsService" or "SendCdsFeedback" ? ["cdsClient"] : [];
            Assert.Equal(isOpen ? [] : ["apiKey", "bearer", .. hook], security);
            foreach (var status in (string[])["401", "403", "429"])
            {
                var response = operation["responses"]![status];
                Assert.Equal((Id(operation), isOpen), (Id(operation), response is null));
                var error = Id(operation).EndsWith("Questionnaire", StringComparison.Ordinal)
                    ? "application/fhir+json"
                    : "application/problem+json";
                Assert.True(
                    isOpen || Types(response!).Contains(error) || Types(response!).Contains("application/fhir+json"), Id(operation));
            }
        }
    }

    [Fact]
    public async Task Every_answer_to_a_client_says_how_many_permits_it_has_left()
    {
        var root = (await OpenApi.GetAsync(service)).Root;
        foreach (var operation in root["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(method => method.Value!))
        {
            foreach (var (status, response) in operation["responses"]!.AsObject())
            {
                var names = response!["headers"]?.AsObject().Select(header => header.Key).ToList() ?? [];
                var isLimited = !Open.Contains(Id(operation)) && status is not "401" and not "403";
                Assert.Equal(
                    (Id(operation), status, isLimited),
                    (Id(operation), status, names.Contains("RateLimit") && names.Contains("RateLimit-Policy")));
                Assert.True(status != "429" || names.Contains("Retry-After"));
            }
        }

        foreach (var name in (string[])["RateLimit", "RateLimit-Policy"])
        {
            var header = root["components"]!["headers"]![name]!;
            Assert.Matches((string)header["schema"]!["pattern"]!, (string)header["example"]!);
        }
    }

    private static string Id(JsonNode operation) => (string)operation["operationId"]!;

    private static IEnumerable<string> Types(JsonNode response) => response["content"]!.AsObject().Select(content => content.Key);
}
