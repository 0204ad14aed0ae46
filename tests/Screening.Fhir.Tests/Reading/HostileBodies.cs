using System.Text;

namespace Screening.Fhir.Tests.Reading;

/// <summary>Bodies of nearly a mebibyte that are made to cost: much of something that takes a few bytes to send.</summary>
internal static class HostileBodies
{
    private const int Size = 1_000_000;

    /// <summary>Entries of a record, in JSON; each of these bodies has more of something than any honest one.</summary>
    public static IReadOnlyDictionary<string, string> Entries { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["empty entries"] = Full("{}"),
        ["null entries"] = Full("null"),
        ["entries of an empty resource"] = Full("""{"resource":{}}"""),
        ["entries with an address alone"] = Full("""{"fullUrl":"a"}"""),
        ["entries of a type alone"] = Full("""{"resource":{"resourceType":"Condition"}}"""),
        ["entries of a type that is abstract"] = Full("""{"resource":{"resourceType":"DomainResource"}}"""),
        ["entries with a nameless member"] = Full("""{"resource":{"resourceType":"Condition","":0}}"""),
        ["codings in one concept"] = Condition("\"code\":{\"coding\":[" + Full("""{"code":"a"}""") + "]}"),
        ["contained resources"] = Condition("\"contained\":[" + Full("""{"resourceType":"Medication"}""") + "]"),
        ["extensions"] = Condition("\"extension\":[" + Full("""{"url":"a","valueString":"b"}""") + "]"),
        ["unknown members"] = Condition(string.Join(',', Enumerable.Range(0, Size / 12).Select(i => $"\"a{i:00000}\":1"))),
        ["empty lists"] = Condition(string.Join(',', Enumerable.Range(0, Size / 13).Select(i => $"\"a{i:00000}\":[]"))),
        ["lists in lists"] = Condition("\"code\":[" + Full("[1]") + "]"),
    };

    /// <summary>Parameters with a record of these entries.</summary>
    public static string Parameters(string entries) => $$$"""{"resourceType":"Parameters","parameter":[{"name":"record","resource":{"resourceType":"Bundle","type":"collection","entry":[{{{entries}}}]}}]}""";

    /// <summary>A hook's call with conditions of these entries.</summary>
    public static string Call(string entries) => $$$$"""
        {"hook":"patient-view","hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea","context":{"patientId":"1"},"prefetch":{"conditions":{"resourceType":"Bundle","type":"searchset","entry":[{{{{entries}}}}]}}}
        """;

    /// <summary>The entries of <see cref="Entries"/> in the form of XML that comes nearest.</summary>
    public static IReadOnlyDictionary<string, string> XmlEntries { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["empty entries"] = Repeated("<entry/>"),
        ["entries of a type alone"] = Repeated("<entry><resource><Condition/></resource></entry>"),
        ["entries of a type that is abstract"] = Repeated("<entry><resource><Resource/></resource></entry>"),
        ["codings in one concept"] = $"<entry><resource><Condition><code>{Repeated("<coding><code value='a'/></coding>")}</code></Condition></resource></entry>",
        ["contained resources"] = $"<entry><resource><Condition>{Repeated("<contained><Medication/></contained>")}</Condition></resource></entry>",
        ["unknown members"] = $"<entry><resource><Condition>{string.Concat(Enumerable.Range(0, Size / 12).Select(i => $"<a{i:00000}/>"))}</Condition></resource></entry>",
    };

    /// <summary>Parameters with a record of these entries, in XML.</summary>
    public static string XmlParameters(string entries) =>
        $"<Parameters xmlns='http://hl7.org/fhir'><parameter><name value='record'/><resource><Bundle><type value='collection'/>{entries}</Bundle></resource></parameter></Parameters>";

    /// <summary>The bytes of a body.</summary>
    public static byte[] ToBytes(string body) => Encoding.UTF8.GetBytes(body);

    private static string Full(string element) => string.Join(',', Enumerable.Repeat(element, Size / (element.Length + 1)));

    private static string Repeated(string element) => string.Concat(Enumerable.Repeat(element, Size / element.Length));

    private static string Condition(string members) => $$$"""{"resource":{"resourceType":"Condition","subject":{"reference":"Patient/1"},{{{members}}}}}""";
}
