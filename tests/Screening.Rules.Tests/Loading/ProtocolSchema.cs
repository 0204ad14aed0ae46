using System.ComponentModel;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using NodaTime;

namespace Screening.Rules.Tests.Loading;

/// <summary>
/// Makes the JSON Schema (draft 2020-12) of the protocol format from the C# records that read it: one definition for each record, with the
/// descriptions that stand there, and the patterns and bounds that <c>ProtocolChecks</c> demands.
/// </summary>
public sealed class ProtocolSchema
{
    private const string KebabCase = "^[a-z0-9]+(-[a-z0-9]+)*$";
    private const string CamelCase = "^[a-z][A-Za-z0-9]*$";
    private const string NotBlank = @"\S";
    private const string Words = """{ "uniqueItems": true, "items": { "type": "string", "pattern": "^[a-z0-9]+[*]?( [a-z0-9]+[*]?)*$" } }""";
    private const string Date = "^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the types of C# do not say about a member.</summary>
    private static readonly Dictionary<string, string> Bounds = new()
    {
        ["ProtocolDocument.Id"] = Pattern(KebabCase),
        ["ProtocolDocument.Version"] = Pattern(@"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$"),
        ["ProtocolDocument.Questions"] = """{ "maxItems": 62 }""",
        ["ProtocolDocument.Rules"] = """{ "minItems": 1, "maxItems": 1000 }""",
        ["SourceDocument.Document"] = Pattern(NotBlank),
        ["LocalizedText.En"] = Pattern(NotBlank),
        ["LocalizedText.Es"] = Pattern(NotBlank),
        ["Question.Id"] = Pattern(CamelCase),
        ["ChoiceQuestion.Options"] = """{ "minItems": 1, "maxItems": 62 }""",
        ["CodesQuestion.Options"] = """{ "minItems": 1, "maxItems": 62 }""",
        ["EventKind.Options"] = """{ "minItems": 1, "maxItems": 62 }""",
        ["EventKind.Id"] = Pattern(CamelCase),
        ["EventDate.Id"] = Pattern(CamelCase),
        ["Option.Code"] = Pattern(KebabCase),
        ["AnswerIs.AnyOf"] = """{ "minItems": 1, "uniqueItems": true }""",
        ["AnswerCondition.AnyOf"] = """{ "minItems": 1, "uniqueItems": true }""",
        ["CourseCondition.AnyOf"] = """{ "minItems": 1, "uniqueItems": true }""",
        ["Rule.Id"] = Pattern(KebabCase),
        ["Rule.Line"] = """{ "minimum": 1, "maximum": 2147483647 }""",
        ["Rule.Effects"] = """{ "minItems": 1, "uniqueItems": true }""",
        ["Rule.Examples"] = """{ "minItems": 1 }""",
        ["StoppedUseCondition.Days"] = """{ "minimum": 1, "maximum": 3650 }""",
        ["CourseCondition.DaysBefore"] = """{ "minimum": 1, "maximum": 3650 }""",
        ["CourseCondition.DaysAfter"] = """{ "minimum": 1, "maximum": 3650 }""",
        ["EventDistanceCondition.Days"] = """{ "minimum": 1, "maximum": 3650 }""",
        ["Example.Name"] = Pattern(NotBlank),
        ["Example.Areas"] = """{ "minItems": 1, "uniqueItems": true }""",
        ["CareStep.Id"] = Pattern(KebabCase),
        ["CareStep.Line"] = """{ "minimum": 1, "maximum": 2147483647 }""",
        ["CareExample.Name"] = Pattern(NotBlank),
        ["DaysTiming.From"] = """{ "minimum": -3650, "maximum": 3650 }""",
        ["DaysTiming.Through"] = """{ "minimum": -3650, "maximum": 3650 }""",
        ["ClockPoint.Days"] = """{ "minimum": -3650, "maximum": 3650 }""",
        ["ClockPoint.Hours"] = """{ "minimum": -87600, "maximum": 87600 }""",
        ["ClockPoint.Minutes"] = """{ "minimum": -5256000, "maximum": 5256000 }""",
        ["Risk.Id"] = Pattern(KebabCase),
        ["ProtocolDocument.OverrideReasons"] = """{ "minItems": 1 }""",
        ["OverrideReason.Code"] = Pattern(KebabCase),
        ["Risk.Line"] = """{ "minimum": 1, "maximum": 2147483647 }""",
        ["RecordCodes.Entries"] = """{ "minItems": 1, "uniqueItems": true }""",
        ["RecordCodes.AnyOf"] = """{ "minItems": 1, "uniqueItems": true }""",
        ["RecordCodes.Source"] = Pattern(NotBlank),
        ["LocalizedWords.En"] = Words,
        ["LocalizedWords.Es"] = Words,
        ["RecordCoding.System"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. CodeSystem.All.Select(system => (JsonNode)system.Uri)]) }.ToJsonString(),
        ["RecordCoding.Code"] = Pattern("^[A-Z0-9.-]+$"),
        ["RecordCoding.Display"] = Pattern(NotBlank),
        ["RecordAnswerEffect.NotByRoute"] = """{ "minItems": 1, "uniqueItems": true }""",
        ["RecordPlaceEffect.Sites"] = """{ "minItems": 1 }""",
        ["RecordAnswerEffect.Days"] = """{ "minimum": 1, "maximum": 3650 }""",
        ["RecordValueEffect.Days"] = """{ "minimum": 1, "maximum": 3650 }""",
        ["RecordValueEffect.Values"] = """{ "minItems": 1 }""",
        ["CodedAnswer.AnyOf"] = """{ "minItems": 1, "uniqueItems": true }""",
        ["ExampleBaseline.Areas"] = """{ "minItems": 1, "uniqueItems": true }""",
    };

    private readonly SortedDictionary<string, JsonNode> definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, JsonObject> seen = [];
    private readonly HashSet<string> unused = [.. Bounds.Keys];

    private ProtocolSchema()
    {
    }

    /// <summary>The schema's text.</summary>
    public static string Text()
    {
        var schema = new ProtocolSchema();
        var options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = schema.Transform };
        var exported = ProtocolJson.Default.Options.GetJsonSchemaAsNode(typeof(ProtocolDocument), options).AsObject();
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Screening protocol",
        };
        Move(exported, root);
        root["$defs"] = new JsonObject(schema.definitions.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value)));
        Assert.Empty(schema.unused);
        return root.ToJsonString(Layout) + "\n";
    }

    private JsonObject Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var schema = Hoisted(context, type, Plain(type, node));
        if (context.PropertyInfo is null)
        {
            return Limited(schema);
        }

        var member = (PropertyInfo)context.PropertyInfo.AttributeProvider!;
        var name = $"{member.DeclaringType!.Name}.{member.Name}";
        var described = Described(schema, Description(member));
        if (Bounds.TryGetValue(name, out var bounds))
        {
            unused.Remove(name);
            Move(JsonNode.Parse(bounds)!.AsObject(), described);
        }

        return Limited(described);
    }

    /// <summary>States the limits that hold for every text and list of a file, where there are no narrower ones.</summary>
    private static JsonObject Limited(JsonObject schema)
    {
        switch ((string?)schema["type"])
        {
            case "string" when schema["enum"] is null && (string?)schema["pattern"] != Date:
                schema.TryAdd("maxLength", ProtocolSizes.MaxTextLength);
                break;
            case "array":
                schema.TryAdd("maxItems", ProtocolSizes.MaxElements);
                if (schema["items"] is JsonObject items)
                {
                    Limited(items);
                }

                break;
        }

        return schema;
    }

    /// <summary>The schema without null, which is never a value, and with what custom converters accept.</summary>
    private JsonObject Plain(Type type, JsonNode node)
    {
        if (type == typeof(LocalDate))
        {
            return JsonNode.Parse(Pattern(Date))!.AsObject();
        }

        if (type == typeof(JsonElement))
        {
            return new JsonObject { ["type"] = "object" };
        }

        if (type.IsEnum)
        {
            var names = Enum.GetValues(type).Cast<object>().Select(value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()!));
            return new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. names.Select(name => (JsonNode)name)]) };
        }

        var schema = node.AsObject();
        if (schema.ContainsKey("$ref"))
        {
            // The exporter points to where it met the type before; here each place stands for itself.
            return seen[type].DeepClone().AsObject();
        }

        if (schema["type"] is JsonArray types)
        {
            schema["type"] = types.Select(t => t!.GetValue<string>()).Single(t => t != "null");
        }

        if (schema["type"]?.GetValue<string>() == "array" && !schema.ContainsKey("items"))
        {
            // The exporter says nothing of elements that a custom converter reads.
            schema["items"] = Plain(type.GetGenericArguments().Single(), node);
        }

        schema.Remove("default");
        seen[type] = schema.DeepClone().AsObject();
        return schema;
    }

    /// <summary>Makes a definition of a record, once, and refers to it.</summary>
    private JsonObject Hoisted(JsonSchemaExporterContext context, Type type, JsonObject schema)
    {
        if (type.Assembly != typeof(Protocol).Assembly || type.IsEnum)
        {
            return schema;
        }

        var described = Described(schema, Description(type));
        if (context.Path.IsEmpty)
        {
            return described;
        }

        var name = JsonNamingPolicy.CamelCase.ConvertName(type.Name);
        if (context.BaseTypeInfo is not null)
        {
            // One of a closed set carries the member that names its kind.
            var kind = schema["properties"]!.AsObject().First(p => p.Value!["const"] is not null).Key;
            described["type"] = "object";
            described["required"] = new JsonArray([kind, .. (schema["required"]?.AsArray() ?? []).Select(name => name!.DeepClone())]);
        }
        else if (type == typeof(CodesQuestion))
        {
            name = "treatmentAreas";
        }

        definitions[name] = described;
        return new JsonObject { ["$ref"] = "#/$defs/" + name };
    }

    private static JsonObject Described(JsonObject schema, string? description)
    {
        if (description is null)
        {
            return schema;
        }

        var described = new JsonObject { ["description"] = description };
        Move(schema, described);
        return described;
    }

    private static string? Description(MemberInfo member) => member.GetCustomAttribute<DescriptionAttribute>(false)?.Description;

    private static string Pattern(string pattern) => new JsonObject { ["type"] = "string", ["pattern"] = pattern }.ToJsonString();

    private static void Move(JsonObject from, JsonObject to)
    {
        foreach (var (name, value) in from.ToList())
        {
            if (name != "description" || !to.ContainsKey(name))
            {
                to[name] = value?.DeepClone();
            }
        }
    }
}
