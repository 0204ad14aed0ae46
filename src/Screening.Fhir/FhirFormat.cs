using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace Screening.Fhir;

/// <summary>The two forms of a resource.</summary>
public enum FhirFormat
{
    /// <summary><c>application/fhir+json</c>.</summary>
    Json,

    /// <summary><c>application/fhir+xml</c>.</summary>
    Xml,
}

/// <summary>Resources as bytes.</summary>
public static class FhirFormats
{
    // The SDK reads its whole model when the first of these is made: only when somebody speaks FHIR.
    private static readonly Lazy<FhirJsonSerializer> Json = new(() => new FhirJsonSerializer());
    private static readonly Lazy<FhirXmlSerializer> Xml = new(() => new FhirXmlSerializer());

    /// <summary>The media type, as answers have it.</summary>
    public static string MediaType(this FhirFormat format) => format == FhirFormat.Xml ? "application/fhir+xml" : "application/fhir+json";

    /// <summary>The resource in UTF-8. Every text in it is escaped by the writer of its form; in JSON only what JSON itself wants.</summary>
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
