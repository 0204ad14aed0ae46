using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Xml;
using Hl7.Fhir.Utility;

namespace Screening.Fhir.Reading;

/// <summary>
/// The one place that catches what a parser throws: whatever reads bytes from outside, or looks at what was read of them, does it here. A body in which
/// something cannot be read is the sender's fault, and never a failure of the service.
/// </summary>
internal static class Parsing
{
    /// <summary>Reads bytes; false when they cannot be read.</summary>
    public static bool Try<T>(ReadOnlySpan<byte> bytes, Func<ReadOnlySpan<byte>, T> read, [MaybeNullWhen(false)] out T result)
    {
        try
        {
            result = read(bytes);
            return true;
        }
        catch (Exception e) when (IsOfBody(e))
        {
            // The parsers' own messages are not passed on: some repeat values.
            result = default;
            return false;
        }
    }

    /// <inheritdoc cref="Try{T}(ReadOnlySpan{byte}, Func{ReadOnlySpan{byte}, T}, out T)"/>
    public static bool Try<T>(Func<T> read, [MaybeNullWhen(false)] out T result) => Try([], _ => read(), out result);

    /// <summary>
    /// What the parsers of JSON and XML and the SDK throw. The SDK keeps values of the wrong type and fails where it, or somebody else, looks at them; it
    /// takes the first character of an empty name, and makes an instance of a type that is abstract. A call that was given up is none of these.
    /// </summary>
    private static bool IsOfBody(Exception e) => e is JsonException or XmlException or CodedException or TooManyFlawsException
        or FormatException or OverflowException or ArgumentException or IndexOutOfRangeException or KeyNotFoundException
        or InvalidCastException or InvalidOperationException or NotSupportedException or NullReferenceException or MemberAccessException;
}
