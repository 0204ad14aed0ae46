using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace Screening.Fhir;

/// <summary>The two formats of a resource.</summary>
public enum FhirFormat
{
    /// <summary><c>application/fhir+json</c>.</summary>
    Json,

    /// <summary><c>application/fhir+xml</c>.</summary>
    Xml,
}

/// <summary>Serializes resources.</summary>
public static class FhirFormats
{
    // Lazy: the SDK reads its whole model when the first serializer is created, so wait for the first FHIR request.
    private static readonly Lazy<FhirJsonSerializer> Json = new(() => new FhirJsonSerializer());
    private static readonly Lazy<FhirXmlSerializer> Xml = new(() => new FhirXmlSerializer());

    /// <summary>The media type of responses.</summary>
    public static string MediaType(this FhirFormat format) => format == FhirFormat.Xml ? "application/fhir+xml" : "application/fhir+json";

    /// <summary>The resource in UTF-8. Each format's writer escapes every text; in JSON only what JSON itself requires.</summary>
    public static byte[] Write(this FhirFormat format, Base resource, bool pretty = false)
    {
        if (format == FhirFormat.Xml)
        {
            return Xml.Value.SerializeToBytes(resource, pretty);
        }

        var output = new ArrayBufferWriter<byte>(16 * 1024);
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = pretty }))
        {
            Json.Value.Serialize(resource, writer);
        }

        return output.WrittenSpan.ToArray();
    }
}
