using System.Text;

namespace Screening.Api.Tests.Telemetry;

/// <summary>A span as OTLP has it (opentelemetry/proto/trace/v1/trace.proto).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">The names of its attributes.</param>
/// <param name="Fields">The numbers of all its fields.</param>
internal sealed record SentSpan(string Name, IReadOnlyList<string> Attributes, IReadOnlySet<int> Fields)
{
    // Of ExportTraceServiceRequest, ResourceSpans, ScopeSpans, Span and KeyValue.
    private const int ResourceSpans = 1;
    private const int ScopeSpans = 2;
    private const int SpansOfScope = 2;
    private const int NameOfSpan = 5;
    private const int AttributesOfSpan = 9;
    private const int KeyOfAttribute = 1;

    /// <summary>The spans of a request.</summary>
    public static IEnumerable<SentSpan> AllOf(byte[] request) =>
        from resource in Of(request, ResourceSpans)
        from scope in Of(resource, ScopeSpans)
        from span in Of(scope, SpansOfScope)
        select new SentSpan(
            Encoding.UTF8.GetString(Of(span, NameOfSpan).Single()),
            [.. Of(span, AttributesOfSpan).Select(attribute => Encoding.UTF8.GetString(Of(attribute, KeyOfAttribute).Single()))],
            Read(span).Select(field => field.Number).ToHashSet());

    private static IEnumerable<byte[]> Of(byte[] message, int number) =>
        Read(message).Where(field => field.Number == number).Select(field => field.Bytes);

    /// <summary>The fields of a message: number by number, with the bytes of those that have a length.</summary>
    private static List<(int Number, byte[] Bytes)> Read(byte[] message)
    {
        var fields = new List<(int Number, byte[] Bytes)>();
        var at = 0;
        while (at < message.Length)
        {
            var tag = Number(message, ref at);
            var length = (tag & 7) switch
            {
                0 => 0,
                1 => 8,
                2 => (int)Number(message, ref at),
                5 => 4,
                _ => throw new FormatException("This is no field."),
            };
            if ((tag & 7) == 0)
            {
                _ = Number(message, ref at);
            }

            fields.Add(((int)(tag >> 3), message[at..(at + length)]));
            at += length;
        }

        return fields;
    }

    private static ulong Number(byte[] message, ref int at)
    {
        var (number, shift) = (0UL, 0);
        byte part;
        do
        {
            part = message[at++];
            number |= (ulong)(part & 0x7F) << shift;
            shift += 7;
        }
        while (part >= 0x80);

        return number;
    }
}
