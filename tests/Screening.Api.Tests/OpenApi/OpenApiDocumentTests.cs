using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;

namespace Screening.Api.Tests.OpenApi;

/// <summary>The OpenAPI document is the committed one, and it says everything that a developer needs.</summary>
public sealed partial class OpenApiDocumentTests(ServiceFixture service)
{
    private const string Committed = "openapi/screening-v1.json";
    private const string Update = "SCREENING_UPDATE";

    [Fact]
    public async Task The_document_is_the_committed_one()
    {
        var path = Repository.Path(Committed);
        var served = Receipts().Replace(Lines(await service.Client.GetStringAsync("/openapi/v1.json")), "the-receipt-of-a-decision");
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            await File.WriteAllTextAsync(path, served);
        }

        var committed = File.Exists(path) ? Lines(await File.ReadAllTextAsync(path)) : string.Empty;
        Assert.True(
            served == committed,
            $"{Committed} is not what the service serves; the first difference is in line {FirstDifference(served, committed)}. If the change is meant, run the tests with {Update}=1 and commit the file.");
    }

    [Fact]
    public async Task Every_caller_gets_the_same_bytes()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json") { Headers = { Host = "127.0.0.1:1" } };
        using var elsewhere = await service.Client.SendAsync(request);
        Assert.Equal(await service.Client.GetByteArrayAsync("/openapi/v1.json"), await elsewhere.Content.ReadAsByteArrayAsync());
        Assert.Equal("/", (string)Assert.Single((await OpenApi.GetAsync(service)).Root["servers"]!.AsArray())!["url"]!);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json") { Headers = { IfNoneMatch = { elsewhere.Headers.ETag! } } };
        using var known = await service.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [Fact]
    public async Task It_is_a_document_of_version_3_1_1_in_which_every_reference_leads_somewhere()
    {
        var document = await OpenApi.GetAsync(service);
        Assert.Equal("3.1.1", (string)document.Root["openapi"]!);
        Assert.All(OpenApi.Everything(document.Root).OfType<JsonObject>().Where(node => node["$ref"] is JsonValue), node =>
            Assert.NotNull(document.Component((string)node["$ref"]!)));
    }

    [Fact]
    public async Task Every_operation_says_what_it_does()
    {
        var document = await OpenApi.GetAsync(service);
        string[] tags = [.. document.Root["tags"]!.AsArray().Select(tag => (string)tag!["name"]!)];
        Assert.All(document.Root["tags"]!.AsArray(), tag => Assert.NotEmpty((string)tag!["description"]!));
        Assert.All(document.Operations, operation =>
        {
            Assert.NotEmpty((string?)operation.Node["summary"] ?? string.Empty);
            Assert.NotEmpty((string?)operation.Node["description"] ?? string.Empty);
            Assert.Contains((string)Assert.Single(operation.Node["tags"]!.AsArray())!, tags);
        });
        string[] ids = [.. document.Operations.Select(operation => (string)operation.Node["operationId"]!)];
        Assert.Equal(ids, ids.Distinct());
    }

    [Fact]
    public async Task Every_part_of_a_path_is_described_and_has_an_example()
    {
        var document = await OpenApi.GetAsync(service);
        Assert.All(document.Operations, operation =>
        {
            var parameters = (operation.Node["parameters"] as JsonArray ?? []).Select(parameter => parameter!.AsObject()).ToList();
            Assert.All(parameters, parameter => Assert.NotEmpty((string?)parameter["description"] ?? string.Empty));
            Assert.Equal(
                Regex.Matches(operation.Path, "{(?<name>[^}]+)}", RegexOptions.NonBacktracking).Select(part => part.Groups["name"].Value),
                parameters.Where(parameter => (string)parameter["in"]! == "path" && parameter["example"] is not null).Select(parameter => (string)parameter["name"]!));
        });
    }

    [Fact]
    public async Task Every_answer_is_described_and_every_error_is_a_problem_or_in_FHIR_an_outcome_with_an_example()
    {
        var document = await OpenApi.GetAsync(service);
        Assert.All(document.Operations, operation =>
        {
            var responses = operation.Node["responses"]!.AsObject();
            Assert.Contains("500", responses.Select(response => response.Key));
            Assert.All(responses, response =>
            {
                var description = (string)response.Value!["description"]!;
                Assert.True(description.Length > 2 && description.EndsWith('.'), $"{operation.Path} {response.Key}: {description}");
                if (response.Key[0] is '4' or '5' && operation.Path.StartsWith("/fhir/", StringComparison.Ordinal))
                {
                    var content = Assert.Single(response.Value["content"]!.AsObject());
                    Assert.Equal("application/fhir+json", content.Key);
                    var outcomes = OpenApi.Examples(content.Value!).Select(example => example.Value).ToList();
                    Assert.NotEmpty(outcomes);
                    Assert.All(outcomes, outcome => Assert.Equal("OperationOutcome", (string)outcome["resourceType"]!));
                    Assert.All(outcomes.SelectMany(outcome => outcome["issue"]!.AsArray()), issue =>
                        Assert.NotNull(issue!["details"]!["coding"]![0]!["code"]));
                }
                else if (response.Key[0] is '4' or '5' && operation.Path != "/health/ready")
                {
                    var content = response.Value["content"]!["application/problem+json"]!;
                    Assert.Equal("#/components/schemas/ProblemResponse", (string)content["schema"]!["$ref"]!);
                    Assert.NotEmpty(OpenApi.Examples(content));
                    Assert.All(OpenApi.Examples(content).Select(example => example.Value), problem =>
                    {
                        Assert.Equal(response.Key, problem["status"]!.ToString());
                        Assert.True(problem["errors"]!.AsArray().Count > 0 || operation.Path != "/v1/screenings"
                            || response.Key is not ("400" or "422") || (string)problem["type"]! is "/problems/invalid-parameter" or "/problems/receipt-too-long");
                    });
                }
                else if ((response.Value["content"]?["application/json"] ?? response.Value["content"]?["application/fhir+json"]) is { } content)
                {
                    Assert.NotEmpty(OpenApi.Examples(content));
                }
            });
        });
    }

    [Fact]
    public async Task Every_body_has_examples()
    {
        var document = await OpenApi.GetAsync(service);
        var bodies = document.Operations.Where(operation => operation.Node["requestBody"] is not null).ToList();
        Assert.NotEmpty(bodies);
        Assert.All(bodies, operation =>
        {
            Assert.True((bool)operation.Node["requestBody"]!["required"]!);
            Assert.All(operation.Node["requestBody"]!["content"]!.AsObject(), content => Assert.NotEmpty(OpenApi.Examples(content.Value!)));
        });
    }

    [Fact]
    public async Task Every_schema_of_the_contract_is_described_and_every_word_of_a_vocabulary()
    {
        var document = await OpenApi.GetAsync(service);
        Assert.All(document.Schemas, schema => Assert.NotEmpty((string?)schema.Value["description"] ?? string.Empty));
        Assert.All(document.Schemas.Where(schema => schema.Value["enum"] is not null), schema =>
            Assert.All(schema.Value["enum"]!.AsArray(), code => Assert.Contains($"* `{(string)code!}`: ", (string)schema.Value["description"]!, StringComparison.Ordinal)));
        Assert.DoesNotContain(OpenApi.Everything(document.Root).OfType<JsonObject>(), node =>
            node["enum"] is JsonArray values && values.Any(value => value!.GetValueKind() is System.Text.Json.JsonValueKind.Number));
    }

    [Fact]
    public async Task Protocols_can_be_asked_for_again_by_their_tag()
    {
        var document = await OpenApi.GetAsync(service);
        Assert.All(document.Operations.Where(operation => operation.Path.StartsWith("/v1/protocols", StringComparison.Ordinal)), operation =>
        {
            Assert.Contains(operation.Node["parameters"]!.AsArray(), parameter => (string)parameter!["name"]! == "If-None-Match");
            Assert.NotNull(operation.Node["responses"]!["200"]!["headers"]!["ETag"]);
            Assert.NotNull(operation.Node["responses"]!["304"]!["headers"]!["ETag"]);
        });
    }

    [Theory]
    [InlineData("/CreateScreeningRequest/properties/reference/maxLength", 64)]
    [InlineData("/CreateScreeningRequest/properties/slots/maxItems", 100)]
    [InlineData("/ClearanceRequest/properties/by/minLength", 1)]
    [InlineData("/ClearanceRequest/properties/by/maxLength", 200)]
    [InlineData("/ClearanceRequest/properties/note/maxLength", 1000)]
    [InlineData("/AppointmentRequest/properties/areas/minItems", 1)]
    public async Task The_limits_of_a_request_are_in_its_schema(string pointer, int limit)
    {
        var document = await OpenApi.GetAsync(service);
        Assert.Equal(limit, (int)pointer.Split('/').Skip(1).Aggregate(document.Root["components"]!["schemas"]!, (node, name) => node[name]!));
    }

    [Fact]
    public async Task Requests_take_no_unknown_member_and_no_null_and_answers_may_grow()
    {
        var document = await OpenApi.GetAsync(service);
        var requests = document.Operations.Where(operation => operation.Node["requestBody"] is not null)
            .SelectMany(operation => operation.Node["requestBody"]!["content"]!.AsObject()).SelectMany(content => document.Reachable(content.Value!["schema"]!)).Distinct().ToList();
        Assert.NotEmpty(requests);
        Assert.All(document.Schemas.Where(schema => (string?)schema.Value["type"] == "object"), schema =>
            Assert.Equal(requests.Contains(schema.Key), (bool?)(schema.Value["additionalProperties"] as JsonValue) == false));
        Assert.All(requests, name => Assert.DoesNotContain(OpenApi.Everything(document.Schemas.Single(schema => schema.Key == name).Value).OfType<JsonObject>(), node =>
            node["type"] is JsonArray));
    }

    [Fact]
    public async Task The_page_for_people_loads_nothing_from_elsewhere()
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CheckCertificateRevocationList = true }) { BaseAddress = service.Address };
        using var root = await browser.GetAsync("/");
        Assert.Equal((HttpStatusCode.Found, "/swagger"), (root.StatusCode, root.Headers.Location?.OriginalString));
        using var bare = await browser.GetAsync("/swagger");
        var page = new Uri(new Uri(service.Address, "/swagger"), bare.Headers.Location!);
        var html = await service.Client.GetStringAsync(page);
        Assert.Contains("<title>Screening API</title>", html, StringComparison.Ordinal);
        var assets = Regex.Matches(html, "(?:src|href)=\"(?<address>[^\"]+)\"", RegexOptions.NonBacktracking).Select(asset => asset.Groups["address"].Value).ToList();
        Assert.NotEmpty(assets);
        foreach (var asset in assets)
        {
            Assert.False(Uri.TryCreate(asset, UriKind.Absolute, out _), asset);
            using var loaded = await service.Client.GetAsync(new Uri(page, asset));
            Assert.Equal(HttpStatusCode.OK, loaded.StatusCode);
        }

        var settings = await service.Client.GetStringAsync(new Uri(page, "index.js"));
        Assert.Contains("\"deepLinking\":true", settings, StringComparison.Ordinal);
        Assert.Contains("\"displayOperationId\":true", settings, StringComparison.Ordinal);
        Assert.Contains("\"displayRequestDuration\":true", settings, StringComparison.Ordinal);
        Assert.DoesNotContain("validator.swagger.io", settings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_that_the_framework_keeps_for_its_own_tests_is_closed()
    {
        using var response = await service.Client.GetAsync("/_test_url_cache_");
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public void Nothing_of_the_document_is_made_before_somebody_asks()
    {
        using var fresh = new ServiceFixture();
        Assert.NotNull(fresh.Client);
        Assert.False(fresh.Services.GetRequiredService<Screening.Api.OpenApi.OpenApiFile>().IsMade);
    }

    /// <summary>The example of a receipt, which each service signs for itself.</summary>
    [GeneratedRegex(@"eyJ[\w-]+\.[\w-]+\.[\w-]{86}~[\w-]+~[\w-]+~", RegexOptions.NonBacktracking)]
    private static partial Regex Receipts();

    private static string Lines(string text) => text.ReplaceLineEndings("\n");

    private static int FirstDifference(string one, string other) => one.Split('\n').Zip(other.Split('\n')).TakeWhile(pair => pair.First == pair.Second).Count() + 1;
}
