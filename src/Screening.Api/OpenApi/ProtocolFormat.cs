using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Screening.Rules;

namespace Screening.Api.OpenApi;

/// <summary>Copies the limits of a protocol's file from the JSON Schema that is published for its authors.</summary>
internal sealed class ProtocolFormat
{
    private const string Resource = "protocol.schema.json";
    private const string Prefix = "Protocol";

    private readonly JsonNode root = Read();

    /// <summary>Adds the limits to the schema of a type of the format; leaves every other schema as it is.</summary>
    public void Limit(string name, IOpenApiSchema schema)
    {
        foreach (var part in (schema.AllOf ?? []).Append(schema).OfType<OpenApiSchema>())
        {
            foreach (var (member, value) in part.Properties ?? new Dictionary<string, IOpenApiSchema>())
            {
                Limit(MembersOf(name)?[member], value);
            }
        }
    }

    private static void Limit(JsonNode? format, IOpenApiSchema? schema)
    {
        if (format is not null && schema is OpenApiSchema own)
        {
            own.MaxLength ??= (int?)format["maxLength"];
            own.MaxItems ??= (int?)format["maxItems"];
            own.Minimum ??= Number(format["minimum"]);
            own.Maximum ??= Number(format["maximum"]);
            Limit(format["items"], own.Items);
        }
    }

    private static string? Number(JsonNode? value) => value?.GetValue<int>().ToString(CultureInfo.InvariantCulture);

    /// <summary>The members of a type of the format, by the name of its schema here; null for every other name.</summary>
    private JsonNode? MembersOf(string name)
    {
        var type = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
        return name == nameof(ProtocolDocument) ? root["properties"] : root["$defs"]![char.ToLowerInvariant(type[0]) + type[1..]]?["properties"];
    }

    private static JsonNode Read()
    {
        using var stream = typeof(Protocol).Assembly.GetManifestResourceStream(Resource)!;
        return JsonNode.Parse(stream)!;
    }
}
