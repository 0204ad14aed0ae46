using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using System.Xml;
using Screening.Rules;

namespace Screening.Fhir.Reading;

/// <summary>The result of checking a body before it is parsed.</summary>
public enum BodyShape
{
    /// <summary>Within the limits.</summary>
    Fine,

    /// <summary>Not JSON, or not XML, in UTF-8.</summary>
    Malformed,

    /// <summary>More parts, or more empty parts, than any real body has.</summary>
    TooComplex,
}

/// <summary>
/// Counts the parts of a body, token by token, before it is parsed: the SDK needs a kilobyte and microseconds for a part that takes three
/// bytes to send, and ten times as much if it is invalid. The limits are far above those of real bodies.
/// </summary>
internal static class BodyLimits
{
    /// <summary>
    /// The most values of a body. A record of a mebibyte has about half as many; its shortest real entries have some eight bytes per value.
    /// </summary>
    public const int MostValues = 100_000;

    /// <summary>The most values of the strictly read part: twice those of a form with a thousand injections.</summary>
    public const int MostStrictValues = 32_000;

    /// <summary>
    /// The most elements of a list, or members of an object, other than the entries of a Bundle: twice the limit for lists elsewhere, since
    /// a form has an item for each event beside those of its other questions.
    /// </summary>
    public const int MostParts = 2_000;

    /// <summary>
    /// The most entries of a Bundle: an entry with a type, a patient and a code takes more bytes than the body limit allows for this many.
    /// </summary>
    public const int MostEntries = 5_000;

    /// <summary>The most empty objects, which FHIR does not allow. A thousand are no accident.</summary>
    public const int MostEmpty = 1_000;

    /// <summary>The maximum nesting depth: the SDK recurses on each level, and a stack overflow ends the process.</summary>
    public const int Deepest = 64;

    private const string Narrative = "http://www.w3.org/1999/xhtml";

    /// <summary>The limits, in words.</summary>
    /// <param name="mostValues">The most values allowed.</param>
    public static LocalizedText Accepted(int mostValues) => Words.Text("fhir.limits")
        .With("values", Number(mostValues)).With("parts", Number(MostParts)).With("entries", Number(MostEntries))
        .With("empty", Number(MostEmpty)).With("levels", Number(Deepest));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Checks a body.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="format">Their format.</param>
    /// <param name="mostValues">The most values allowed.</param>
    public static BodyShape Of(ReadOnlySpan<byte> bytes, FhirFormat format, int mostValues = MostValues) =>
        Parsing.Try(bytes, body => format == FhirFormat.Xml ? OfXml(body, mostValues) : OfJson(body, mostValues), out var shape) ? shape : BodyShape.Malformed;

    private static BodyShape OfJson(ReadOnlySpan<byte> bytes, int mostValues)
    {
        if (!Utf8.IsValid(bytes))
        {
            return BodyShape.Malformed;
        }

        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = Deepest });
        var counts = new Counts(mostValues);
        var before = JsonTokenType.None;
        var isEntries = false;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    CheckText(ref reader);
                    isEntries = reader.ValueTextEquals("entry"u8);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    counts.Leave(isEmpty: before == JsonTokenType.StartObject);
                    break;
                default:
                    if (reader.TokenType == JsonTokenType.String)
                    {
                        CheckText(ref reader);
                    }

                    counts.Value();
                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    {
                        counts.Enter(reader.TokenType == JsonTokenType.StartArray && before == JsonTokenType.PropertyName && isEntries ? MostEntries : MostParts);
                    }

                    break;
            }

            if (counts.TooMany)
            {
                return BodyShape.TooComplex;
            }

            before = reader.TokenType;
        }

        return BodyShape.Fine;
    }

    /// <summary>Attributes are values; an element without attributes and content is as empty as an object without members.</summary>
    private static BodyShape OfXml(ReadOnlySpan<byte> bytes, int mostValues)
    {
        using var reader = SdkReader.OpenXml(bytes);
        var counts = new Counts(mostValues);
        var isOpen = false;
        while (reader.Read() && !counts.TooMany)
        {
            if (reader.Depth > Deepest)
            {
                return BodyShape.TooComplex;
            }

            if (reader.NodeType == XmlNodeType.Element)
            {
                var isNarrative = reader.NamespaceURI == Narrative;
                counts.Value(isCounted: !isNarrative);
                counts.Values(reader.AttributeCount);
                isOpen = !isNarrative && reader.AttributeCount == 0;
                counts.Enter(reader.LocalName == nameof(Hl7.Fhir.Model.Bundle) ? MostEntries : MostParts);
                if (reader.IsEmptyElement)
                {
                    counts.Leave(isOpen);
                    isOpen = false;
                }
            }
            else if (reader.NodeType == XmlNodeType.EndElement)
            {
                counts.Leave(isOpen);
                isOpen = false;
            }
            else
            {
                isOpen = false;
            }
        }

        return counts.TooMany ? BodyShape.TooComplex : BodyShape.Fine;
    }

    /// <summary>The tokenizer accepts lone surrogates, which are not Unicode text.</summary>
    private static void CheckText(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
            try
            {
                _ = reader.CopyString(buffer);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    /// <summary>The counts so far, in total and for each open container.</summary>
    private sealed class Counts
    {
        private readonly int mostValues;
        private readonly int[] parts = new int[Deepest + 2];
        private readonly int[] most = new int[Deepest + 2];
        private int depth;
        private int values;
        private int empty;

        public Counts(int mostValues) => (this.mostValues, most[0]) = (mostValues, MostParts);

        public bool TooMany { get; private set; }

        public void Value(bool isCounted = true)
        {
            Values(1);
            TooMany |= isCounted && ++parts[depth] > most[depth];
        }

        public void Values(int count) => TooMany |= (values += count) > mostValues;

        public void Enter(int mostParts)
        {
            depth++;
            parts[depth] = 0;
            most[depth] = mostParts;
        }

        public void Leave(bool isEmpty)
        {
            depth--;
            TooMany |= isEmpty && ++empty > MostEmpty;
        }
    }
}
