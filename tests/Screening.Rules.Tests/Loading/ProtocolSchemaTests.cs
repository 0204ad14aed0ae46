using System.Text;
using System.Text.Json.Nodes;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Loading;

public static class ProtocolSchemaTests
{
    private static readonly SchemaReader Schema = new(JsonNode.Parse(ProtocolSchema.Text())!.AsObject());

    public static TheoryData<string> FlawsOfShape => [.. Flaw.All.Values.Where(flaw => flaw.InSchema).Select(flaw => flaw.Name)];

    [Fact]
    public static void The_published_schema_is_current() =>
        GeneratedFile.IsCurrent("src/Screening.Rules/Protocols/protocol.schema.json", ProtocolSchema.Text());

    [Fact]
    public static void The_schema_travels_inside_the_rules_module() =>
        Assert.Equal(ProtocolSchema.Text(), Encoding.UTF8.GetString(Shipped.Resource(typeof(Protocol), "protocol.schema.json")));

    [Fact]
    public static void The_shipped_protocol_follows_the_schema() => Assert.Empty(Schema.Errors(Shipped.Node()));

    [Fact]
    public static void The_shipped_protocol_names_the_schema_by_a_path_that_leads_to_it()
    {
        var protocol = GeneratedFile.Path("src/Screening.Rules/Protocols/" + Shipped.File);

        var schema = Path.Combine(Path.GetDirectoryName(protocol)!, Shipped.Protocol.Document.Schema!);

        Assert.Equal(Path.GetFullPath(GeneratedFile.Path("src/Screening.Rules/Protocols/protocol.schema.json")), Path.GetFullPath(schema));
    }

    [Theory]
    [MemberData(nameof(FlawsOfShape))]
    public static void An_editor_that_knows_the_schema_sees_the_flaw(string name) =>
        Assert.NotEmpty(Schema.Errors(JsonNode.Parse(Flaw.All[name].Bytes)));

    [Fact]
    public static void Every_member_is_described_or_described_by_its_type()
    {
        var root = JsonNode.Parse(ProtocolSchema.Text())!.AsObject();
        var definitions = root["$defs"]!.AsObject();

        var undescribed = definitions.Append(KeyValuePair.Create("protocol", (JsonNode?)root))
            .Where(definition => definition.Value!["properties"] is not null)
            .SelectMany(definition => definition.Value!["properties"]!.AsObject().Select(p => (Definition: definition.Key, Member: p.Key, Schema: p.Value!)))
            .Where(p => p.Schema["const"] is null && p.Schema["description"] is null && Referred(definitions, p.Schema)?["description"] is null)
            .Select(p => $"{p.Definition}.{p.Member}")
            .Except(MembersThatTheirNameDescribes);

        Assert.Empty(undescribed);
    }

    private static readonly string[] MembersThatTheirNameDescribes =
    [
        "answerCondition.anyOf", "courseCondition.anyOf", "answerIs.anyOf", "answerIs.question", "courseCondition.daysAfter", "followsCheck.question",
        "choiceQuestion.options", "codesQuestion.options", "treatmentAreas.options",
        "eventKind.id", "eventKind.options", "eventDate.id",
    ];

    private static JsonNode? Referred(JsonObject definitions, JsonNode schema) =>
        schema["$ref"]?.GetValue<string>() is { } reference ? definitions[reference.Split('/')[^1]] : null;
}
