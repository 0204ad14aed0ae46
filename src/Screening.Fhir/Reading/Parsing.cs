using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Xml;
using Hl7.Fhir.Utility;
using Screening.Rules;

namespace Screening.Fhir.Reading;

/// <summary>
/// The only place that catches exceptions of parsers: all code that reads external bytes, or accesses what was read from them, runs here.
/// An unreadable body is the client's error, never a failure of the service.
/// </summary>
internal static class Parsing
{
    /// <summary>Reads bytes; false when they are unreadable.</summary>
    public static bool Try<T>(ReadOnlySpan<byte> bytes, Func<ReadOnlySpan<byte>, T> read, [MaybeNullWhen(false)] out T result)
    {
        try
        {
            result = read(bytes);
            return true;
        }
        catch (Exception e) when (IsOfBody(e))
        {
            // The parsers' messages are not passed on: some contain values.
            result = default;
            return false;
        }
    }

    /// <inheritdoc cref="Try{T}(ReadOnlySpan{byte}, Func{ReadOnlySpan{byte}, T}, out T)"/>
    public static bool Try<T>(Func<T> read, [MaybeNullWhen(false)] out T result) => Try([], _ => read(), out result);

    /// <summary>
    /// The line and the column, both from 1, at which bytes stop being XML, or at which they have a document type; null when unknown.
    /// </summary>
    public static LocalizedText? XmlFault(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var reader = SdkReader.OpenXml(bytes);
            while (reader.Read())
            {
            }
        }
        catch (XmlException e) when (e.LineNumber > 0)
        {
            return JsonFault.Named("accepted.placeInXml", e.LineNumber, e.LinePosition);
        }
        catch (XmlException)
        {
            // Of a document type, and of a body without an element, the reader does not say where.
            return bytes.IndexOf("<!DOCTYPE"u8) is var at and >= 0
                ? JsonFault.Named("fhir.noDocumentType", bytes[..at])
                : JsonFault.Named("accepted.placeInXml", 1, 1);
        }
        catch (Exception e) when (IsOfBody(e))
        {
            // Not in UTF-8: the reader does not say where.
        }

        return null;
    }

    /// <summary>
    /// The exceptions of the JSON and XML parsers and the SDK. The SDK keeps values of the wrong type and throws when they are accessed; it
    /// indexes into empty names, and instantiates abstract types. Cancellation is not among them.
    /// </summary>
    private static bool IsOfBody(Exception e) => e is JsonException or XmlException or CodedException or TooManyFlawsException
        or FormatException or OverflowException or ArgumentException or IndexOutOfRangeException or KeyNotFoundException
        or InvalidCastException or InvalidOperationException or NotSupportedException or NullReferenceException or MemberAccessException;
}
