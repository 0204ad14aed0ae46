using System.Buffers;
using System.Text.Json;
using System.Xml;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;
using Screening.Rules;

namespace Screening.Fhir.Reading;

/// <summary>
/// Reads a resource strictly from its bytes: what the SDK finds wrong is an error, all of it at once. The SDK's own messages are never passed on, since
/// some repeat values.
/// </summary>
public static class ResourceReader
{
    private const string NotFhirValue = "FHIR R4 takes no such value here.";
    private const string NotFhirMember = "FHIR R4 has no such element here, or not in this place.";
    private const string NotOneResource = "The body is not one well-formed FHIR resource of this type in UTF-8.";

    /// <summary>The most errors of a body that are told: a body of a mebibyte could ask for an answer many times its size.</summary>
    public const int MostErrors = 1000;

    /// <summary>Longer than the longest name of an element with its index.</summary>
    private const int LongestName = 64;

    private static readonly SearchValues<char> OfNames = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_[]");

    /// <summary>The deepest that elements may be nested: as deep as the reader of JSON goes.</summary>
    private const int Deepest = 64;

    // The SDK reads its whole model when the first of these is made: only when somebody speaks FHIR.
    private static readonly Lazy<FhirJsonDeserializer> Json = new(() => new FhirJsonDeserializer(Strict()));
    private static readonly Lazy<FhirXmlDeserializer> Xml = new(() => new FhirXmlDeserializer(Strict()));

    /// <summary>A list for the errors of one request, which names a flaw once, however often the SDK and the readers here meet it.</summary>
    public static InputErrors NewErrors() => InputErrors.Distinct(MostErrors);

    /// <summary>Reads a resource; null when anything is wrong, and then the errors say what.</summary>
    /// <typeparam name="T">The type that it must have.</typeparam>
    public static T? Read<T>(ReadOnlySpan<byte> body, FhirFormat format, InputErrors errors)
        where T : Resource, new()
    {
        var root = new T().TypeName;
        try
        {
            IEnumerable<CodedException> issues;
            var resource = format == FhirFormat.Xml ? ReadXml(body, out issues) : ReadJson(body, root, errors, out issues);
            foreach (var issue in issues.Where(issue => !(resource is T && SaysThatAllIsEmpty(issue))).OrderBy(SaysThatSomethingIsEmpty))
            {
                Note(issue, root, errors);
            }

            if (resource is T whole && !errors.Any)
            {
                return whole;
            }

            if (!errors.Any)
            {
                errors.Add(root, ErrorCode.WrongType, NotOneResource);
            }

            return null;
        }
        catch (CodedException e)
        {
            // The SDK looks at some members before it knows that they are what they should be.
            Note(e, root, errors);
            return null;
        }
        catch (Exception e) when (e is JsonException or XmlException or InvalidOperationException or FormatException or ArgumentException)
        {
            errors.Add(root, ErrorCode.InvalidJson, NotOneResource);
            return null;
        }
        catch (Exception e) when (e is CodedException or InvalidCastException or NotSupportedException or OverflowException)
        {
            // The SDK keeps what has the wrong type, and fails where it looks at it itself.
            errors.Add(root, ErrorCode.WrongType, NotOneResource);
            return null;
        }
    }

    private static DeserializerSettings Strict() => new DeserializerSettings().UsingMode(DeserializationMode.Strict);

    private static Resource? ReadJson(ReadOnlySpan<byte> body, string root, InputErrors errors, out IEnumerable<CodedException> issues)
    {
        issues = [];
        if (!JsonText.IsUnicode(body))
        {
            errors.Add(root, ErrorCode.InvalidJson, NotOneResource);
            return null;
        }

        // The SDK takes the first of two resource types.
        if (RepeatsResourceType(body))
        {
            errors.Add(root, ErrorCode.RepeatedMember);
        }

        var untyped = UntypedResources.In(body, root);
        foreach (var place in untyped)
        {
            errors.Add(Known(place), ErrorCode.WrongType, NotFhirValue);
        }

        if (untyped.Count > 0)
        {
            return null;
        }

        var reader = new Utf8JsonReader(body);
        _ = Json.Value.TryDeserializeResource(ref reader, out var resource, out issues);

        // Anything after the resource is no JSON.
        while (reader.Read())
        {
        }

        return resource;
    }

    private static Resource? ReadXml(ReadOnlySpan<byte> body, out IEnumerable<CodedException> issues)
    {
        // No document type and no entities: nothing in a body may grow, or fetch anything.
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        };
        var text = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(body).TrimStart('\uFEFF');
        using (var depth = XmlReader.Create(new StringReader(text), settings))
        {
            // The SDK calls itself for each level, and a stack that overflows ends the service.
            while (depth.Read())
            {
                if (depth.Depth > Deepest)
                {
                    throw new XmlException();
                }
            }
        }

        using var reader = XmlReader.Create(new StringReader(text), settings);
        _ = Xml.Value.TryDeserializeResource(reader, out var resource, out issues);
        while (reader.Read())
        {
        }

        return resource;
    }

    private static bool RepeatsResourceType(ReadOnlySpan<byte> body)
    {
        var seen = new Stack<bool>();
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    seen.Push(false);
                    break;
                case JsonTokenType.EndObject:
                    seen.Pop();
                    break;
                case JsonTokenType.PropertyName when reader.ValueTextEquals("resourceType"u8):
                    if (seen.Pop())
                    {
                        return true;
                    }

                    seen.Push(true);
                    break;
                default:
                    break;
            }
        }

        return false;
    }

    /// <summary>Parameters without a parameter are for the reader of those to judge.</summary>
    private static bool SaysThatAllIsEmpty(CodedException issue) => SaysThatSomethingIsEmpty(issue) && (issue as ExtendedCodedException)?.InstancePath is "$this";

    /// <summary>What could not be read comes out empty: said only where nothing else is.</summary>
    private static bool SaysThatSomethingIsEmpty(CodedException issue) => issue.ErrorCode is "PVAL129" or "JSON120";

    private static void Note(CodedException issue, string root, InputErrors errors)
    {
        var path = (issue as ExtendedCodedException)?.InstancePath;
        var at = path is null || !path.StartsWith(root, StringComparison.Ordinal) ? root : Known(path);
        switch (issue.ErrorCode)
        {
            // A missing element is told at the element that it is missing from.
            case "PVAL105" or "PVAL107":
                errors.Add(at.Contains('.', StringComparison.Ordinal) ? at[..at.LastIndexOf('.')] : at, ErrorCode.MissingMember);
                break;
            case "JSON129" or "PVAL103":
                errors.Add(at, ErrorCode.RepeatedMember);
                break;
            case "JSON109" or "PVAL104":
                errors.Add(at, ErrorCode.NullValue, "null is not a value here.");
                break;
            case "PVAL128" or "PVAL131" or "JSON133" or "XML109" or "XML101":
                errors.Add(at, ErrorCode.UnknownMember, NotFhirMember);
                break;
            case "PVAL129" or "JSON120" when errors.All.Any(error => error.Place == at):
                break;
            default:
                errors.Add(at, ErrorCode.WrongType, NotFhirValue);
                break;
        }
    }

    /// <summary>
    /// The path, without the names that only the sender gives: it is shown to people, and what is no element of FHIR may be any words. Told is then the
    /// element that holds it.
    /// </summary>
    private static string Known(string path)
    {
        var begin = 0;
        while (begin < path.Length)
        {
            var dot = path.IndexOf('.', begin);
            var end = dot < 0 ? path.Length : dot;
            if (end == begin || end - begin > LongestName || path.AsSpan(begin, end - begin).ContainsAnyExcept(OfNames))
            {
                return path[..Math.Max(begin - 1, 0)];
            }

            begin = end + 1;
        }

        return path;
    }
}
