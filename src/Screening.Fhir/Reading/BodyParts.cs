using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Hl7.Fhir.Model;
using Screening.Fhir.Record;

namespace Screening.Fhir.Reading;

/// <summary>The parts of a body of <c>$screen</c>: the strictly read part, and the entries of the record.</summary>
/// <param name="Strict">The body without the entries of the record.</param>
/// <param name="Record">The record's Bundle as received; null without a list of entries.</param>
/// <param name="RecordAt">The index of its parameter.</param>
internal sealed record BodyParts(byte[] Strict, RawResource? Record, int RecordAt)
{
    private const string ParameterList = "parameter";
    private const string ResourceMember = "resource";
    private const string EntryList = "entry";

    /// <summary>The parts of a body in JSON.</summary>
    /// <exception cref="JsonException">A member stands twice in it.</exception>
    public static BodyParts OfJson(ReadOnlySpan<byte> body)
    {
        var root = JsonElement.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = BodyLimits.Deepest });
        var (record, at) = FindRecord(root);
        return record is { } bundle ? new BodyParts(Without(root, at), new JsonResource(bundle), at) : new BodyParts(body.ToArray(), null, 0);
    }

    /// <summary>The parts of a body in XML.</summary>
    public static BodyParts OfXml(ReadOnlySpan<byte> body)
    {
        using var reader = SdkReader.OpenXml(body);
        var root = XElement.Load(reader);
        var parameters = root.Name.LocalName == nameof(Parameters) ? root.Elements(XmlResource.Fhir + ParameterList).ToList() : [];
        var at = parameters.FindIndex(parameter => parameter.Elements(XmlResource.Fhir + "name").Select(XmlResource.ValueOf).FirstOrDefault() == ScreenBody.RecordParameter);
        var bundle = at < 0 ? null : parameters[at].Elements(XmlResource.Fhir + ResourceMember).Elements(XmlResource.Fhir + nameof(Bundle)).FirstOrDefault();
        if (bundle is null)
        {
            return new BodyParts(body.ToArray(), null, 0);
        }

        var whole = new XElement(bundle);
        XmlResource.EntriesOf(bundle).Remove();
        return new BodyParts(Encoding.UTF8.GetBytes(root.ToString(SaveOptions.DisableFormatting)), new XmlResource(whole), at);
    }

    /// <summary>
    /// The Bundle of the first record parameter; null without a list of entries, which is then reported like any other error.
    /// </summary>
    private static (JsonElement? Bundle, int At) FindRecord(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty(ParameterList, out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var (i, parameter) in list.EnumerateArray().Index())
            {
                if (parameter.ValueKind == JsonValueKind.Object && parameter.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && name.ValueEquals(ScreenBody.RecordParameter))
                {
                    return (parameter.TryGetProperty(ResourceMember, out var resource) && resource.ValueKind == JsonValueKind.Object
                        && resource.TryGetProperty("resourceType", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals(nameof(Bundle))
                        && resource.TryGetProperty(EntryList, out var entries) && entries.ValueKind == JsonValueKind.Array && entries.GetArrayLength() > 0 ? resource : null, i);
                }
            }
        }

        return default;
    }

    private static byte[] Without(JsonElement root, int at) => JsonParts.Write(writer => JsonParts.Write(writer, root, ParameterList, list =>
    {
        writer.WriteStartArray();
        foreach (var (i, parameter) in list.EnumerateArray().Index())
        {
            if (i == at)
            {
                JsonParts.Write(writer, parameter, ResourceMember, resource => JsonParts.Write(writer, resource, EntryList, null));
            }
            else
            {
                parameter.WriteTo(writer);
            }
        }

        writer.WriteEndArray();
    }));
}
