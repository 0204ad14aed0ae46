using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Hl7.Fhir.Model;
using Screening.Fhir.Record;

namespace Screening.Fhir.Reading;

/// <summary>
/// The parts of a body with a record: the strictly read part, and the resources of the record. These are the entries of the Bundle in the
/// first <c>record</c> parameter, and what stands in the <c>content</c> parts of <c>context</c> parameters.
/// </summary>
/// <param name="Strict">The body with a Bundle without entries in place of each resource of the record.</param>
/// <param name="Record">The resources of the record.</param>
internal sealed record BodyParts(byte[] Strict, IReadOnlyList<RecordPart> Record)
{
    private const string ParameterList = "parameter";
    private const string PartList = "part";
    private const string ResourceMember = "resource";
    private const string EntryList = "entry";

    /// <summary>The parts of a body in JSON.</summary>
    /// <exception cref="JsonException">A member stands twice in it.</exception>
    public static BodyParts OfJson(ReadOnlySpan<byte> body)
    {
        var root = JsonElement.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = BodyLimits.Deepest });
        List<RecordPart> record =
        [
            .. FirstRecord(List(root, ParameterList).Select((parameter, i) => (Text(parameter, "name"), Part(parameter, i, null)))),
            .. List(root, ParameterList).Index().Where(one => Text(one.Item, "name") == ScreenBody.ContextParameter)
                .SelectMany(one => List(one.Item, PartList).Index().Where(part => Text(part.Item, "name") == ScreenBody.ContentPart)
                    .Select(part => Part(part.Item, one.Index, part.Index)).OfType<RecordPart>()),
        ];
        return new BodyParts(record.Count == 0 ? body.ToArray() : Without(root, record), record);

        static RecordPart? Part(JsonElement parameter, int at, int? part) =>
            parameter.ValueKind == JsonValueKind.Object && parameter.TryGetProperty(ResourceMember, out var resource) && resource.ValueKind == JsonValueKind.Object
                && RecordPart.IsOfRecord(Text(resource, "resourceType"), List(resource, EntryList).Count > 0, part is not null)
                ? new RecordPart(new JsonResource(resource), at, part) : null;
    }

    /// <summary>The parts of a body in XML.</summary>
    public static BodyParts OfXml(ReadOnlySpan<byte> body)
    {
        using var reader = SdkReader.OpenXml(body);
        var root = XElement.Load(reader);
        var parameters = root.Name.LocalName == nameof(Parameters) ? root.Elements(XmlResource.Fhir + ParameterList).ToList() : [];
        List<RecordPart> record =
        [
            .. FirstRecord(parameters.Select((parameter, i) => (NameOf(parameter), Part(parameter, i, null)))),
            .. parameters.Index().Where(one => NameOf(one.Item) == ScreenBody.ContextParameter)
                .SelectMany(one => one.Item.Elements(XmlResource.Fhir + PartList).Index().Where(part => NameOf(part.Item) == ScreenBody.ContentPart)
                    .Select(part => Part(part.Item, one.Index, part.Index)).OfType<RecordPart>()),
        ];
        if (record.Count == 0)
        {
            return new BodyParts(body.ToArray(), []);
        }

        foreach (var part in record)
        {
            var owner = part.Part is { } at ? parameters[part.Parameter].Elements(XmlResource.Fhir + PartList).ElementAt(at) : parameters[part.Parameter];
            var resource = ResourceOf(owner)!;
            if (part.IsBundle)
            {
                XmlResource.EntriesOf(resource).Remove();
            }
            else
            {
                resource.ReplaceWith(new XElement(XmlResource.Fhir + nameof(Bundle), new XElement(XmlResource.Fhir + "type", new XAttribute("value", "collection"))));
            }
        }

        return new BodyParts(Encoding.UTF8.GetBytes(root.ToString(SaveOptions.DisableFormatting)), record);

        static string? NameOf(XElement parameter) => parameter.Elements(XmlResource.Fhir + "name").Select(XmlResource.ValueOf).FirstOrDefault();

        static XElement? ResourceOf(XElement parameter) =>
            parameter.Elements(XmlResource.Fhir + ResourceMember).ToList() is [var only] && only.Elements().ToList() is [var resource]
                && resource.Name.Namespace == XmlResource.Fhir ? resource : null;

        static RecordPart? Part(XElement parameter, int at, int? part) =>
            ResourceOf(parameter) is { } resource
                && RecordPart.IsOfRecord(resource.Name.LocalName, XmlResource.EntriesOf(resource).Any(), part is not null)
                ? new RecordPart(new XmlResource(new XElement(resource)), at, part) : null;
    }

    /// <summary>The first record; a further one is reported as repeated, and one that is no Bundle with entries like any other error.</summary>
    private static IEnumerable<RecordPart> FirstRecord(IEnumerable<(string? Name, RecordPart? Part)> parameters) =>
        parameters.FirstOrDefault(one => one.Name == ScreenBody.RecordParameter).Part is { } part ? [part] : [];

    private static byte[] Without(JsonElement root, List<RecordPart> record) => JsonParts.Write(writer =>
    {
        JsonParts.Write(writer, root, ParameterList, list => WriteList(list, (parameter, i) =>
        {
            if (record.Find(one => one.Parameter == i && one.Part is null) is { } whole)
            {
                WriteOwner(parameter, whole);
            }
            else if (record.Exists(one => one.Parameter == i))
            {
                JsonParts.Write(writer, parameter, PartList, parts => WriteList(parts, (part, j) => WriteOwner(part, record.Find(one => one.Parameter == i && one.Part == j))));
            }
            else
            {
                parameter.WriteTo(writer);
            }
        }));

        void WriteList(JsonElement list, Action<JsonElement, int> write)
        {
            writer.WriteStartArray();
            foreach (var (i, element) in list.EnumerateArray().Index())
            {
                write(element, i);
            }

            writer.WriteEndArray();
        }

        void WriteOwner(JsonElement owner, RecordPart? part)
        {
            if (part is null)
            {
                owner.WriteTo(writer);
            }
            else if (part.IsBundle)
            {
                JsonParts.Write(writer, owner, ResourceMember, resource => JsonParts.Write(writer, resource, EntryList, null));
            }
            else
            {
                JsonParts.Write(writer, owner, ResourceMember, _ =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("resourceType", nameof(Bundle));
                    writer.WriteString("type", "collection");
                    writer.WriteEndObject();
                });
            }
        }
    });

    private static List<JsonElement> List(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}

/// <summary>A resource of a record as received.</summary>
/// <param name="Raw">The resource.</param>
/// <param name="Parameter">The index of its parameter.</param>
/// <param name="Part">The index of its part within the parameter; null when the parameter itself holds it.</param>
internal sealed record RecordPart(RawResource Raw, int Parameter, int? Part)
{
    /// <summary>True for a Bundle whose entries are read one by one; the Bundle itself is read strictly.</summary>
    public bool IsBundle { get; } = Raw.Type == nameof(Bundle);

    /// <summary>
    /// True for what is read as part of a record: a Bundle with entries or, in a context, any other resource. An empty Bundle is like any
    /// other parameter.
    /// </summary>
    public static bool IsOfRecord(string? type, bool hasEntries, bool isContext) => type == nameof(Bundle) ? hasEntries : isContext;
}
