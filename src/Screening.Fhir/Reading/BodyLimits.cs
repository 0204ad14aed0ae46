using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using System.Xml;

namespace Screening.Fhir.Reading;

/// <summary>What can be told of a body before anything is made of it.</summary>
public enum BodyShape
{
    /// <summary>It is within the limits.</summary>
    Fine,

    /// <summary>It is no JSON, or no XML, in UTF-8.</summary>
    Malformed,

    /// <summary>It has more parts than any honest body, or more of them are empty.</summary>
    TooComplex,
}

/// <summary>
/// Counts what a body is made of, token by token, before anything is made of it: the SDK needs a kilobyte and microseconds for a part that takes three bytes
/// to send, and ten times as much where something is wrong with it. The limits are far from what honest bodies have.
/// </summary>
internal static class BodyLimits
{
    /// <summary>The most values of a body. A record of a mebibyte has about half as many; its shortest honest entries have some eight bytes a value.</summary>
    public const int MostValues = 100_000;

    /// <summary>The most values of what is read strictly: twice those of a form that tells of a thousand injections.</summary>
    public const int MostStrictValues = 32_000;

    /// <summary>
    /// The most elements of a list, or members of an object, other than the entries of a Bundle: twice those of a list that is looked at elsewhere, since
    /// a form has an item for each event beside those of its other questions.
    /// </summary>
    public const int MostParts = 2_000;

    /// <summary>The most entries of a Bundle: with its type, its person and a code an entry takes more bytes than so many leave it.</summary>
    public const int MostEntries = 5_000;

    /// <summary>The most empty objects, which FHIR has nowhere. A thousand are no slip.</summary>
    public const int MostEmpty = 1_000;

    /// <summary>The deepest that values may be nested: the SDK calls itself for each level, and a stack that overflows ends the service.</summary>
    public const int Deepest = 64;

    private const string Narrative = "http://www.w3.org/1999/xhtml";

    /// <summary>Looks through a body.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="format">Their form.</param>
    /// <param name="mostValues">The most values that it may have.</param>
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

    /// <summary>The attributes are the values; an element without any, and with nothing in it, is as empty as an object without members.</summary>
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

    /// <summary>A lone surrogate is valid to the tokenizer, but no text.</summary>
    private static void CheckText(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped)
        {
            var room = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
            try
            {
                _ = reader.CopyString(room);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(room);
            }
        }
    }

    /// <summary>What was counted so far, and in each of the containers that are open.</summary>
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

        public void Values(int more) => TooMany |= (values += more) > mostValues;

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
