using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace Screening.Api.Tests.Fhir;

/// <summary>Calls of the FHIR routes, every answer of which is read strictly by the SDK.</summary>
internal static class FhirCalls
{
    public const string Json = "application/fhir+json";
    public const string Xml = "application/fhir+xml";
    public const string Screen = "/fhir/Questionnaire/sublative-rf/$screen";

    private static readonly FhirJsonDeserializer FromJson = new(new DeserializerSettings().UsingMode(DeserializationMode.Strict));
    private static readonly FhirXmlDeserializer FromXml = new(new DeserializerSettings().UsingMode(DeserializationMode.Strict));

    /// <summary>Screens; the status and the answer as plain JSON.</summary>
    public static async Task<(int Status, JsonObject Answer)> FhirScreenAsync(this ServiceFixture service, JsonObject parameters, string path = Screen)
    {
        var (status, bytes) = await service.FhirScreenBytesAsync(Encoding.UTF8.GetBytes(parameters.ToJsonString()), Json, Json, path);
        return (status, JsonNode.Parse(bytes)!.AsObject());
    }

    /// <summary>Screens; the status and the answer's bytes, which have been read strictly.</summary>
    public static async Task<(int Status, byte[] Answer)> FhirScreenBytesAsync(this ServiceFixture service, byte[] body, string contentType, string accept, string path = Screen)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Accept.ParseAdd(accept);
        using var response = await service.Client.SendAsync(request);
        Assert.Equal(accept, response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        var bytes = await response.Content.ReadAsByteArrayAsync();
        _ = Read(bytes, accept);
        return ((int)response.StatusCode, bytes);
    }

    /// <summary>Gets a resource.</summary>
    public static async Task<(HttpResponseMessage Response, byte[] Bytes)> FhirGetAsync(this ServiceFixture service, string path, string accept = Json, string language = "en")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(accept);
        request.Headers.AcceptLanguage.ParseAdd(language);
        var response = await service.Client.SendAsync(request);
        return (response, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Reads a resource strictly.</summary>
    public static Resource Read(byte[] bytes, string mediaType)
    {
        if (mediaType == Xml)
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes));
            return FromXml.DeserializeResource(reader);
        }

        var json = new Utf8JsonReader(bytes);
        return FromJson.DeserializeResource(ref json);
    }

    /// <summary>The resources of a bundle of one type.</summary>
    public static IReadOnlyList<JsonObject> Resources(this JsonObject bundle, string type) =>
        [.. bundle["entry"]!.AsArray().Select(entry => entry!["resource"]!.AsObject()).Where(resource => (string)resource["resourceType"]! == type)];
}
