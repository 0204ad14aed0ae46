using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using NodaTime;
using Screening.Fhir.Record;
using Screening.Rules;

namespace Screening.Fhir.Tests.Record;

/// <summary>Records as JSON texts, read as the service reads them.</summary>
internal static class Records
{
    public const string Rash = """ "code": { "coding": [{ "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "R21" }] } """;
    public const string Warfarin = """ "medicationCodeableConcept": { "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "11289" }] } """;

    public static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];

    /// <summary>The entries of resources; each is given without its braces, beginning with its type.</summary>
    public static IReadOnlyList<RecordEntry> Read(params string[] resources) => RecordReader.Read([.. resources.Select(Resource)], NewYork);

    /// <summary>The one entry of a resource.</summary>
    public static RecordEntry One(string resource) => Assert.Single(Read(resource));

    /// <summary>A resource such as <c>Condition/1 "code": …</c>.</summary>
    public static Resource Resource(string text)
    {
        var name = text.TrimStart().Split(' ')[0];
        var (type, id) = (name.Split('/')[0], name.Contains('/', StringComparison.Ordinal) ? $", \"id\": \"{name.Split('/')[1]}\"" : "");
        var rest = text.TrimStart()[name.Length..].Trim();
        return Parse($"{{ \"resourceType\": \"{type}\"{id}{(rest.Length > 0 ? ", " : "")}{rest} }}");
    }

    /// <summary>A resource in JSON; what does not follow the specification is kept as it stands.</summary>
    public static Resource Parse(string json)
    {
        using (JsonDocument.Parse(json))
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
            _ = new FhirJsonDeserializer().TryDeserializeResource(ref reader, out var resource, out _);
            return resource ?? throw new InvalidOperationException("The text is no resource.");
        }
    }

    /// <summary>The codes of an entry, in order.</summary>
    public static string Codes(RecordEntry entry) => string.Join(' ', entry.Concept.Codes.Select(code => code.Code));

    public static string Codes(IEnumerable<RecordConcept> concepts) => string.Join('|', concepts.Select(concept => string.Join(' ', concept.Codes.Select(code => code.Code))));

    /// <summary>The words of an entry, in order.</summary>
    public static string Texts(RecordEntry entry) => string.Join('|', entry.Concept.Texts);
}
