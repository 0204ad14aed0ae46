using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Screening.Rules;

namespace Screening.Api.Tests.OpenApi;

/// <summary>
/// What a generated client sends of itself, for an answer that nobody gave, never says that there is nothing. (tests/clients shows the same
/// with the clients of several generators.)
/// </summary>
public sealed class OpenApiSafetyTests(ServiceFixture service)
{
    [Fact]
    public async Task Unknown_stands_first_in_every_enumeration_that_has_it()
    {
        var document = await OpenApi.GetAsync(service);
        var enumerations = OpenApi.Everything(document.Root["components"]!["schemas"]!).OfType<JsonObject>()
            .Select(node => node["enum"]).OfType<JsonArray>().Select(codes => codes.Select(code => (string)code!).ToList())
            .Where(codes => codes.Contains("unknown")).ToList();
        Assert.NotEmpty(enumerations);
        Assert.All(enumerations, codes => Assert.Equal("unknown", codes[0]));
        var alternatives = OpenApi.Everything(document.Root)
            .OfType<JsonObject>().Select(node => node["oneOf"] ?? node["anyOf"]).OfType<JsonArray>()
            .Where(kinds => kinds.Any(kind => kind is JsonObject
                && kind["enum"] is JsonArray codes && codes.Any(code => (string?)code == "unknown"))).ToList();
        Assert.NotEmpty(alternatives);

        // But for a list, which a generator that keeps one of several could not send otherwise.
        Assert.All(alternatives, kinds =>
            Assert.Equal("""["unknown"]""", kinds[(string?)kinds[0]!["type"] == "array" ? 1 : 0]!["enum"]?.ToJsonString()));
    }

    [Fact]
    public async Task Every_member_has_a_type()
    {
        var document = await OpenApi.GetAsync(service);
        string[] kinds = ["type", "$ref", "enum", "allOf", "anyOf", "oneOf"];
        Assert.All(
            document.Schemas.SelectMany(schema => OpenApiSchemas.Within(schema.Value))
                .SelectMany(schema => schema["properties"] as JsonObject ?? []),
            member => Assert.True(kinds.Any(kind => member.Value![kind] is not null) || IsAnswerGiven(member.Value!), member.Key));
    }

    /// <summary>A code, a date, codes or events: of several types NSwag keeps the first, and could not read the others.</summary>
    private static bool IsAnswerGiven(JsonNode member) =>
        (string?)member["description"] is { } meaning
            && meaning.StartsWith("The person's own answer, as it was given", StringComparison.Ordinal);

    [Fact]
    public void Every_question_of_codes_that_needs_an_answer_can_be_answered_with_unknown()
    {
        var questions = service.Services.GetRequiredService<ProtocolCatalog>().Families.SelectMany(family => family.Versions).SelectMany(protocol => protocol.Document.Questions);
        Assert.All(questions.Where(question => !question.Optional && question.Codes.Count > 0), question => Assert.Contains("unknown", question.Codes.Select(option => option.Code)));
    }

    [Fact]
    public async Task No_member_of_a_request_is_filled_in_or_is_a_date_type_that_cannot_be_absent()
    {
        var document = await OpenApi.GetAsync(service);
        var names = document.Operations.Where(operation => operation.Path.StartsWith("/v1/", StringComparison.Ordinal) && operation.Node["requestBody"] is not null)
            .SelectMany(operation => operation.Node["requestBody"]!["content"]!.AsObject())
            .SelectMany(content => document.Reachable(content.Value!["schema"]!)).Distinct().ToList();
        Assert.Contains("CreateScreeningRequest", names);
        var schemas = names.SelectMany(name => OpenApiSchemas.Within(document.Schema(name)!)).ToList();
        Assert.All(schemas, schema =>
        {
            Assert.Null(schema["default"]);
            Assert.Null(schema["format"]);
            Assert.Null(schema["const"]);
            Assert.True((string?)schema["type"] is null or "object" or "array" or "string", schema.ToJsonString());
        });
        Assert.All(document.Schemas.Where(schema => schema.Key.EndsWith("Answers", StringComparison.Ordinal)), answers => Assert.Null(answers.Value["required"]));
    }

    [Fact]
    public async Task No_parameter_is_filled_in_but_the_parts_of_a_path()
    {
        var document = await OpenApi.GetAsync(service);
        var parameters = document.Operations.SelectMany(operation => (operation.Node["parameters"] as JsonArray ?? []).Select(parameter => parameter!)).ToList();
        Assert.NotEmpty(parameters);
        Assert.All(parameters.Where(parameter => (string?)parameter["in"] != "path"), parameter =>
        {
            Assert.Null(parameter["example"]);
            Assert.Null(parameter["examples"]);
            Assert.True(parameter["required"] is null || (string?)parameter["name"] == "url"); // a search is by it
            Assert.All(OpenApiSchemas.Within(parameter["schema"]!), schema => Assert.True(schema["default"] is null && schema["examples"] is null && schema["example"] is null));
        });
        Assert.All(parameters.Where(parameter => (string?)parameter["name"] is "preview" or "cancel" or "_pretty"), parameter => Assert.Equal("boolean", (string?)parameter["schema"]!["type"]));
    }

    [Fact]
    public async Task Every_text_list_and_number_has_limits()
    {
        var document = await OpenApi.GetAsync(service);
        Assert.All(OpenApiSchemas.Of(document), schema =>
        {
            string[] types = schema["type"] is JsonArray several ? [.. several.Select(type => (string)type!)] : [(string?)schema["type"] ?? string.Empty];
            Assert.True(!types.Contains("string") || schema["enum"] is not null || schema["maxLength"] is not null, schema.ToJsonString());
            Assert.True(!types.Contains("array") || schema["maxItems"] is not null, schema.ToJsonString());
            Assert.True(schema["additionalProperties"] is not JsonObject || schema["maxProperties"] is not null, schema.ToJsonString());
            Assert.True(!types.Any(type => type is "integer" or "number") || (schema["minimum"] is not null && schema["maximum"] is not null), schema.ToJsonString());
        });
    }

    [Theory]
    [InlineData("injections", 1000, """{ "product": "filler", "date": "2020" }""")]
    [InlineData("slots", 100, "\"2026-06-10T10:30\"")]
    [InlineData("clearances", 100, """{ "ruleId": "isotretinoin", "by": "Dr. Ada Park", "on": "2026-06-01" }""")]
    public async Task A_list_may_be_as_long_as_the_document_says_and_no_longer(string member, int limit, string element)
    {
        var document = await OpenApi.GetAsync(service);
        var schema = (document.Schema("CreateScreeningRequest")!["properties"]![member] ?? document.Schema("SublativeRfAnswers")!["properties"]![member])!;
        Assert.Equal(limit, (int)OpenApiSchemas.Within(schema).Select(part => part["maxItems"]).First(found => found is not null)!);
        Assert.DoesNotContain("too-many", await CodesAsync(limit));
        Assert.Contains("too-many", await CodesAsync(limit + 1));

        async Task<IEnumerable<string>> CodesAsync(int count)
        {
            var list = new JsonArray([.. Enumerable.Range(0, count).Select(_ => JsonNode.Parse(element))]);
            var request = new JsonObject { ["protocol"] = "sublative-rf", ["appointment"] = new JsonObject { ["timeZone"] = "America/New_York" }, ["answers"] = new JsonObject() };
            (member == "injections" ? request["answers"]!.AsObject() : request)[member] = list;
            var (_, answer) = await service.ScreenAsync(request);
            return (answer["errors"] as JsonArray ?? []).Select(error => (string)error!["code"]!);
        }
    }
}
