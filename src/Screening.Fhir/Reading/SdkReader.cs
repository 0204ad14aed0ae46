using System.Text.Json;
using System.Xml;
using Hl7.Fhir.Introspection;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;
using Hl7.Fhir.Validation;

namespace Screening.Fhir.Reading;

/// <summary>The SDK's readers of JSON and XML, with limits. Bytes that reach them are within <see cref="BodyLimits"/>.</summary>
internal static class SdkReader
{
    /// <summary>The namespace of FHIR's elements in XML.</summary>
    public const string Namespace = "http://hl7.org/fhir";

    /// <summary>
    /// The most errors of a body that are reported: a body of a mebibyte could otherwise cause a response many times its size.
    /// </summary>
    public const int MostFlaws = 1000;

    // A missing element does not affect the elements that are present.
    private const string MissingElement = "PVAL105";

    private static readonly DeserializerSettings Strict = new DeserializerSettings().UsingMode(DeserializationMode.Strict);
    private static readonly DeserializerSettings Plain = Strict with { NarrativeValidation = NarrativeValidationKind.None };
    private static readonly DeserializerSettings Lenient = new DeserializerSettings().UsingMode(DeserializationMode.Ostrich);

    private static readonly XmlReaderSettings XmlSettings = new()
    {
        // No document type and no entities, so that nothing can be expanded or fetched.
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <summary>Reads a resource strictly; null when the SDK fails. The flaws describe the errors in either case.</summary>
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

    /// <summary>Reads a resource without errors, ignoring narratives; null at the first error.</summary>
    public static Resource? ReadIfValid(ReadOnlySpan<byte> bytes, FhirFormat format, CancellationToken cancellation)
    {
        var limit = new FlawLimit(0, IsFlaw, cancellation);
        return Parsing.Try(bytes, body => Read(body, format, Plain with { Validator = limit }, out var found) is { } whole && !found.Any(IsFlaw) ? whole : null, out var resource) ? resource : null;
    }

    /// <summary>Reads a resource leniently: values of the wrong type are kept, and throw when they are accessed.</summary>
    public static Resource? ReadLeniently(ReadOnlySpan<byte> bytes, FhirFormat format) =>
        Parsing.Try(bytes, body => Read(body, format, Lenient, out _), out var resource) ? resource : null;

    /// <summary>A reader of XML in UTF-8 that resolves nothing outside the bytes.</summary>
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

    /// <summary>Validates like the SDK, until there are too many errors or the request is cancelled.</summary>
    private sealed class FlawLimit(int most, Func<CodedException, bool> counts, CancellationToken cancellation) : FhirAttributeValidator
    {
        /// <summary>The errors so far.</summary>
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

/// <summary>Stops reading a resource with more errors than the reader allows.</summary>
public sealed class TooManyFlawsException : Exception;
