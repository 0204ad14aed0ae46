using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Screening.Fhir.Reading;

namespace Screening.Fhir.Record;

/// <summary>A resource of a record in JSON.</summary>
/// <param name="json">The resource; an object.</param>
internal sealed class JsonResource(JsonElement json) : RawResource
{
    private const string TypeMember = "resourceType";
    private const string EntriesMember = "entry";
    private const string ResourceMember = "resource";

    public override string? Type => Text(json, TypeMember);

    public override int Size => Bytes.Length;

    public override bool IsModified => json.TryGetProperty("modifierExtension", out _) || json.TryGetProperty("implicitRules", out _);

    public override IEnumerable<string> References => ReferencesIn(json);

    public override IReadOnlyList<RawEntry>? Entries =>
        json.TryGetProperty(EntriesMember, out var entries) && entries.ValueKind == JsonValueKind.Array ? [.. entries.EnumerateArray().Select(Entry)] : null;

    protected override string? Id => Text(json, "id");

    private ReadOnlySpan<byte> Bytes => JsonMarshal.GetRawUtf8Value(json);

    public override Resource? ReadIfValid(CancellationToken cancellation) => SdkReader.ReadIfValid(Bytes, FhirFormat.Json, cancellation);

    public override Resource? ReadLeniently() => SdkReader.ReadLeniently(ToBytes(Members()), FhirFormat.Json);

    public override Resource? ReadMemberByMember()
    {
        var type = json.GetProperty(TypeMember);
        JsonObject Alone(KeyValuePair<string, JsonNode?> member) => new() { [TypeMember] = JsonNode.Parse(type.GetRawText()), [member.Key] = member.Value!.DeepClone() };
        var readable = Members().Where(member => member.Key == TypeMember || SdkReader.ReadLeniently(ToBytes(Alone(member)), FhirFormat.Json) is not null);
        return SdkReader.ReadLeniently(ToBytes(new JsonObject(readable.Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())))), FhirFormat.Json);
    }

    public override RawResource WithoutEntries() => Written(writer => JsonParts.Write(writer, json, EntriesMember, null));

    private static RawEntry Entry(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            return new RawEntry(null, null);
        }

        return new RawEntry(
            entry.EnumerateObject().All(member => member.NameEquals(ResourceMember)) ? null : Written(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString(TypeMember, nameof(Bundle));
                writer.WriteString("type", "collection");
                writer.WriteStartArray(EntriesMember);
                JsonParts.Write(writer, entry, ResourceMember, null);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }),
            entry.TryGetProperty(ResourceMember, out var resource) && resource.ValueKind == JsonValueKind.Object ? new JsonResource(resource) : null,
            Text(entry, "fullUrl"),
            entry.TryGetProperty("modifierExtension", out _));
    }

    private static JsonResource Written(Action<Utf8JsonWriter> write) => new(JsonElement.Parse(JsonParts.Write(write)));

    private static IEnumerable<string> ReferencesIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member is { Name: "reference", Value.ValueKind: JsonValueKind.String } ? [member.Value.GetString()!] : ReferencesIn(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(ReferencesIn),
        _ => [],
    };

    /// <summary>
    /// The members without nulls and empty lists: FHIR allows null only in primitive arrays beside extensions, which are not read here.
    /// </summary>
    private JsonObject Members() => (JsonObject)Filled(JsonNode.Parse(json.GetRawText()))!;

    private static JsonNode? Filled(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                if (Filled(value) is null or JsonArray { Count: 0 })
                {
                    members.Remove(name);
                }
            }
        }
        else if (node is JsonArray elements)
        {
            elements.RemoveAll(element => Filled(element) is null);
        }

        return node;
    }

    private static string? Text(JsonElement owner, string name) => owner.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static byte[] ToBytes(JsonObject node) => JsonSerializer.SerializeToUtf8Bytes(node);
}
