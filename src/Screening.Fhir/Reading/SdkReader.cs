using System.Text.Json;
using System.Xml;
using Hl7.Fhir.Introspection;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;
using Hl7.Fhir.Validation;

namespace Screening.Fhir.Reading;

/// <summary>The SDK's readers of JSON and XML, each no more patient than its caller. Bytes that reach them are within <see cref="BodyLimits"/>.</summary>
internal static class SdkReader
{
    /// <summary>The most flaws of a body that are told: a body of a mebibyte could ask for an answer many times its size.</summary>
    public const int MostFlaws = 1000;

    // An element that is missing hides nothing of what is there.
    private const string MissingElement = "PVAL105";

    private static readonly DeserializerSettings Strict = new DeserializerSettings().UsingMode(DeserializationMode.Strict);
    private static readonly DeserializerSettings Plain = Strict with { NarrativeValidation = NarrativeValidationKind.None };
    private static readonly DeserializerSettings Lenient = new DeserializerSettings().UsingMode(DeserializationMode.Ostrich);

    private static readonly XmlReaderSettings XmlSettings = new()
    {
        // No document type and no entities: nothing in a body may grow, or fetch anything.
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <summary>Reads a resource strictly; null where the SDK gave up on it. Either way the flaws say what is wrong.</summary>
    public static Resource? ReadStrictly(ReadOnlySpan<byte> bytes, FhirFormat format, CancellationToken cancellation, out IReadOnlyList<CodedException> flaws)
    {
        var limit = new FlawLimit(MostFlaws, _ => true, cancellation);
        IReadOnlyList<CodedException>? all = null;
        var read = Parsing.Try(
            bytes,
            body =>
            {
                var resource = Read(body, format, Strict with { Validator = limit }, out var found);
                all = found;
                return resource;
            },
            out var whole);
        flaws = all ?? limit.Flaws;
        return read ? whole : null;
    }

    /// <summary>Reads a resource in which nothing is wrong, and no narrative is looked at; null, at the first flaw, when something is.</summary>
    public static Resource? ReadFlawless(ReadOnlySpan<byte> bytes, FhirFormat format, CancellationToken cancellation)
    {
        var limit = new FlawLimit(0, IsFlaw, cancellation);
        return Parsing.Try(bytes, body => Read(body, format, Plain with { Validator = limit }, out var found) is { } whole && !found.Any(IsFlaw) ? whole : null, out var resource) ? resource : null;
    }

    /// <summary>What the SDK makes of a resource, whatever is wrong with it: values of the wrong type are kept, and fail where they are looked at.</summary>
    public static Resource? ReadLeniently(ReadOnlySpan<byte> bytes, FhirFormat format) =>
        Parsing.Try(bytes, body => Read(body, format, Lenient, out _), out var resource) ? resource : null;

    /// <summary>A reader of XML that opens nothing but what stands in the bytes, in UTF-8.</summary>
    public static XmlReader OpenXml(ReadOnlySpan<byte> bytes) =>
        XmlReader.Create(new StreamReader(new MemoryStream(bytes.ToArray()), new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false), XmlSettings);

    private static bool IsFlaw(CodedException issue) => issue.ErrorCode != MissingElement;

    private static Resource? Read(ReadOnlySpan<byte> bytes, FhirFormat format, DeserializerSettings settings, out List<CodedException> issues)
    {
        Resource? resource;
        IEnumerable<CodedException> found;
        if (format == FhirFormat.Xml)
        {
            using var xml = OpenXml(bytes);
            _ = new FhirXmlDeserializer(settings).TryDeserializeResource(xml, out resource, out found);
        }
        else
        {
            var json = new Utf8JsonReader(bytes);
            _ = new FhirJsonDeserializer(settings).TryDeserializeResource(ref json, out resource, out found);
        }

        issues = [.. found];
        return resource;
    }

    /// <summary>Validates as the SDK does, as long as it is worth while: until there are too many flaws, or nobody waits for the answer any more.</summary>
    private sealed class FlawLimit(int most, Func<CodedException, bool> counts, CancellationToken cancellation) : FhirAttributeValidator
    {
        /// <summary>What was found so far.</summary>
        public List<CodedException> Flaws { get; } = [];

        public override IReadOnlyCollection<CodedValidationException> ValidateProperty(string name, object? propertyValue, PropertyMapping? propertyMapping, PocoValidationContext context) =>
            Counted(base.ValidateProperty(name, propertyValue, propertyMapping, context));

        public override IReadOnlyCollection<CodedValidationException> ValidateObject(Base instance, ClassMapping classMapping, PocoValidationContext context)
        {
            cancellation.ThrowIfCancellationRequested();
            return Counted(base.ValidateObject(instance, classMapping, context));
        }

        private IReadOnlyCollection<CodedValidationException> Counted(IReadOnlyCollection<CodedValidationException> found)
        {
            Flaws.AddRange(found.Where(counts));
            return Flaws.Count > most ? throw new TooManyFlawsException() : found;
        }
    }
}

/// <summary>Ends the reading of a resource with more flaws than its reader asks for.</summary>
public sealed class TooManyFlawsException : Exception;
