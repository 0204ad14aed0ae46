using Hl7.Fhir.Model;
using Screening.Fhir.CdsHooks;
using Screening.Fhir.Reading;
using Screening.Rules;

namespace Screening.Fhir.Tests.Reading;

/// <summary>What costs many times what it takes to send is refused before anything is made of it.</summary>
public static class BodyLimitsTests
{
    /// <summary>The most bytes that may be allocated for each byte of a body that is refused.</summary>
    private const int MostForAByte = 3;

    public static TheoryData<string> InJson => [.. HostileBodies.Entries.Keys];

    public static TheoryData<string> InXml => [.. HostileBodies.XmlEntries.Keys];

    [Theory]
    [MemberData(nameof(InJson))]
    public static void Too_much_of_anything_is_refused_at_the_operation_and_at_the_hook(string name)
    {
        var entries = HostileBodies.Entries[name];
        AssertRefused(HostileBodies.ToBytes(HostileBodies.Parameters(entries)), body =>
        {
            var errors = ResourceReader.NewErrors();
            Assert.Null(ScreenBody.Read(body, FhirFormat.Json, errors, null, CancellationToken.None));
            return errors;
        });
        AssertRefused(HostileBodies.ToBytes(HostileBodies.Call(entries)), body =>
        {
            var errors = new InputErrors();
            Assert.Null(HookRequestReader.Read(body, Hook.PatientView, errors));
            return errors;
        });
    }

    [Theory]
    [MemberData(nameof(InXml))]
    public static void Too_much_of_anything_is_refused_in_XML(string name) =>
        AssertRefused(HostileBodies.ToBytes(HostileBodies.XmlParameters(HostileBodies.XmlEntries[name])), body =>
        {
            var errors = ResourceReader.NewErrors();
            Assert.Null(ScreenBody.Read(body, FhirFormat.Xml, errors, null, CancellationToken.None));
            return errors;
        });

    [Theory]
    [InlineData("""{"resourceType":"Parameters","parameter":[{"name":"x"},{"name":"y"}]}""", BodyShape.Fine)]
    [InlineData("""{"a":"\ud83d\ude00"}""", BodyShape.Fine)]
    [InlineData("""{"a":"\ud83d"}""", BodyShape.Malformed)]
    [InlineData("""{"\ud83d":1}""", BodyShape.Malformed)]
    [InlineData("""{"a":1} {}""", BodyShape.Malformed)]
    [InlineData("", BodyShape.Malformed)]
    [InlineData("{", BodyShape.Malformed)]
    public static void A_body_is_JSON_in_Unicode(string body, BodyShape shape) => Assert.Equal(shape, BodyLimits.Of(HostileBodies.ToBytes(body), FhirFormat.Json));

    [Fact]
    public static void Bytes_that_are_no_UTF_8_are_no_JSON() => Assert.Equal(BodyShape.Malformed, BodyLimits.Of([(byte)'"', 0x8C, (byte)'"'], FhirFormat.Json));

    [Theory]
    [InlineData(BodyLimits.MostParts, "coding", BodyShape.Fine)]
    [InlineData(BodyLimits.MostParts + 1, "coding", BodyShape.TooComplex)]
    [InlineData(BodyLimits.MostParts + 1, "entry", BodyShape.Fine)]
    [InlineData(BodyLimits.MostEntries + 1, "entry", BodyShape.TooComplex)]
    public static void Only_entries_may_be_many(int count, string list, BodyShape shape) =>
        Assert.Equal(shape, BodyLimits.Of(HostileBodies.ToBytes($$"""{"{{list}}":[{{string.Join(',', Enumerable.Repeat("1", count))}}]}"""), FhirFormat.Json));

    [Theory]
    [InlineData(BodyLimits.Deepest, BodyShape.Fine)]
    [InlineData(BodyLimits.Deepest + 1, BodyShape.Malformed)]
    public static void Nothing_is_nested_deeply(int depth, BodyShape shape) =>
        Assert.Equal(shape, BodyLimits.Of(HostileBodies.ToBytes(new string('[', depth) + new string(']', depth)), FhirFormat.Json));

    [Theory]
    [InlineData(BodyLimits.Deepest, BodyShape.Fine)]
    [InlineData(BodyLimits.Deepest + 2, BodyShape.TooComplex)]
    public static void Nothing_is_nested_deeply_in_XML(int depth, BodyShape shape) =>
        Assert.Equal(shape, BodyLimits.Of(HostileBodies.ToBytes(string.Concat(Enumerable.Repeat("<a b='1'>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth))), FhirFormat.Xml));

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><a b='1'/>")]
    [InlineData("<a>")]
    [InlineData("")]
    [InlineData("<a b='1'/><a b='1'/>")]
    public static void A_body_is_XML_without_a_document_type(string body) => Assert.Equal(BodyShape.Malformed, BodyLimits.Of(HostileBodies.ToBytes(body), FhirFormat.Xml));

    [Fact]
    public static void A_record_of_a_mebibyte_is_within_the_limits()
    {
        const string Entry = """
            {"fullUrl":"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0","resource":{"resourceType":"Condition","id":"0c3151bd","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},"code":{"coding":[{"system":"http://snomed.info/sct","code":"1"}],"text":"x"},"subject":{"reference":"Patient/1"},"onsetDateTime":"2020"}}
            """;
        var body = HostileBodies.ToBytes(HostileBodies.Parameters(string.Join(',', Enumerable.Repeat(Entry, 1_048_000 / Entry.Length))));
        var errors = ResourceReader.NewErrors();
        var read = ScreenBody.Read(body, FhirFormat.Json, errors, null, CancellationToken.None);
        Assert.Empty(errors.All);
        Assert.Equal(1_048_000 / Entry.Length, ((Bundle)read!.Parameters.Parameter[0].Resource!).Entry.Count);
        Assert.Empty(read.Flaws);
    }

    [Fact]
    public static void A_narrative_that_is_nested_deeply_is_an_error_and_takes_no_time()
    {
        const int Depth = 50_000;
        var narrative = "<div xmlns='http://www.w3.org/1999/xhtml'>" + string.Concat(Enumerable.Repeat("<b>", Depth)) + string.Concat(Enumerable.Repeat("</b>", Depth)) + "</div>";
        var errors = ResourceReader.NewErrors();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(ResourceReader.Read<QuestionnaireResponse>(
            HostileBodies.ToBytes(
                $$$"""{"resourceType":"QuestionnaireResponse","status":"completed","text":{"status":"generated","div":"{{{narrative}}}"}}"""),
            FhirFormat.Json, errors, null, CancellationToken.None));
        Assert.Equal(("QuestionnaireResponse.text.div", ErrorCode.WrongType), Assert.Single(errors.All.Select(error => (error.Place, error.Code))));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 12L * narrative.Length);
    }

    private static void AssertRefused(byte[] body, Func<byte[], InputErrors> read)
    {
        _ = read(body);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var errors = read(body);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(ErrorCode.TooComplex, Assert.Single(errors.All).Code);
        Assert.True(errors.AnyOfShape);
        Assert.True(allocated < (long)MostForAByte * body.Length, $"{allocated} bytes for {body.Length}");
    }
}
