using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Hl7.Fhir.Model;
using Screening.Api.Tests.Screenings;
using Task = System.Threading.Tasks.Task;

namespace Screening.Api.Tests.Fhir;

/// <summary>Forms, languages, tags and failures of the FHIR routes.</summary>
public sealed class FhirHttpTests(ServiceFixture service)
{
    [Theory]
    [InlineData("/fhir/metadata", "application/fhir+json", "application/fhir+json")]
    [InlineData("/fhir/metadata", "application/json", "application/fhir+json")]
    [InlineData("/fhir/metadata", "*/*", "application/fhir+json")]
    [InlineData("/fhir/metadata", "text/html, */*;q=0.1", "application/fhir+json")]
    [InlineData("/fhir/metadata", "application/fhir+xml", "application/fhir+xml")]
    [InlineData("/fhir/metadata", "application/xml, application/json;q=0.9", "application/fhir+xml")]
    [InlineData("/fhir/metadata", "application/fhir+json;q=0, application/fhir+xml", "application/fhir+xml")]
    [InlineData("/fhir/metadata?_format=xml", "application/fhir+json", "application/fhir+xml")]
    [InlineData("/fhir/metadata?_format=application/fhir+json", "application/fhir+xml", "application/fhir+json")]
    [InlineData("/fhir/metadata?_format=text/xml&_pretty=true", "*/*", "application/fhir+xml")]
    [InlineData("/fhir/Questionnaire/sublative-rf", "application/fhir+xml", "application/fhir+xml")]
    public async Task The_form_is_the_one_that_is_asked_for(string path, string accept, string form)
    {
        var (response, bytes) = await service.FhirGetAsync(path, accept);
        Assert.Equal((HttpStatusCode.OK, form), (response.StatusCode, response.Content.Headers.ContentType!.ToString()));
        _ = FhirCalls.Read(bytes, form);
    }

    [Theory]
    [InlineData("GET", "/fhir/metadata", null, "text/html", 406, "not-acceptable")]
    [InlineData("GET", "/fhir/metadata?_format=csv", null, "*/*", 406, "not-acceptable")]
    [InlineData("GET", "/fhir/metadata?_formt=json", null, "*/*", 400, "invalid-parameter")]
    [InlineData("GET", "/fhir/metadata?_pretty=yes", null, "*/*", 400, "invalid-parameter")]
    [InlineData("GET", "/fhir/Questionnaire/none", null, "*/*", 404, "not-found")]
    [InlineData("GET", "/fhir/Patient/1", null, "*/*", 404, "not-found")]
    [InlineData("GET", "/fhir", null, "*/*", 404, "not-found")]
    [InlineData("DELETE", "/fhir/metadata", null, "*/*", 405, "method-not-allowed")]
    [InlineData("GET", "/fhir/Questionnaire/sublative-rf/$screen", null, "*/*", 405, "method-not-allowed")]
    [InlineData("POST", "/fhir/Questionnaire/none/$screen", "application/fhir+json", "*/*", 404, "not-found")]
    [InlineData("POST", "/fhir/Questionnaire/sublative-rf/$screen", "text/plain", "*/*", 415, "unsupported-media-type")]
    [InlineData("POST", "/fhir/Questionnaire/sublative-rf/$screen", null, "*/*", 415, "unsupported-media-type")]
    [InlineData("POST", "/fhir/Questionnaire/sublative-rf/$screen", "application/fhir+json; charset=utf-16", "*/*", 415, "unsupported-media-type")]
    [InlineData("POST", "/fhir/Questionnaire/sublative-rf/$screen", "application/fhir+json; fhirVersion=5.0", "*/*", 415, "unsupported-media-type")]
    [InlineData("POST", "/fhir/Questionnaire/sublative-rf/$screen", "application/fhir+json", "text/html", 406, "not-acceptable")]
    [InlineData("POST", "/fhir/Questionnaire/sublative-rf/$screen?asOf=2026-06-01T18:00:00Z", "application/fhir+json", "*/*", 400, "invalid-parameter")]
    public async Task A_failure_is_an_outcome(string method, string path, string? contentType, string accept, int status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Accept.ParseAdd(accept);
        request.Content = method == "POST" ? new ByteArrayContent("{}"u8.ToArray()) { Headers = { ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType) } } : null;
        using var response = await service.Client.SendAsync(request);
        Assert.Equal((status, FhirCalls.Json), ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        var outcome = Assert.IsType<OperationOutcome>(FhirCalls.Read(await response.Content.ReadAsByteArrayAsync(), FhirCalls.Json));
        Assert.Equal(code, Assert.Single(outcome.Issue).Details!.Coding[0].Code);
        Assert.NotNull(outcome.GetStringExtension("urn:screening-api:trace-id"));
    }

    [Fact]
    public async Task A_failure_is_an_outcome_in_XML_too()
    {
        var (response, bytes) = await service.FhirGetAsync("/fhir/Questionnaire/none", FhirCalls.Xml);
        Assert.Equal((HttpStatusCode.NotFound, FhirCalls.Xml), (response.StatusCode, response.Content.Headers.ContentType!.ToString()));
        Assert.IsType<OperationOutcome>(FhirCalls.Read(bytes, FhirCalls.Xml));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_may_have_a_mebibyte_and_no_more(bool chunked)
    {
        var good = RestToFhir.Parameters(Requests.NothingToReport())!.ToJsonString();
        Assert.Equal(200, await StatusAsync(good.PadRight(1024 * 1024), chunked));
        Assert.Equal(413, await StatusAsync(good.PadRight((1024 * 1024) + 1), chunked));
        Assert.Equal(413, await StatusAsync(good.PadRight(3 * 1024 * 1024), chunked));
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><Parameters xmlns=\"http://hl7.org/fhir\"><parameter><name value=\"&b;\"/></parameter></Parameters>")]
    [InlineData("<!DOCTYPE a SYSTEM \"http://example.org/a.dtd\"><Parameters xmlns=\"http://hl7.org/fhir\"><parameter><name value=\"a\"/></parameter></Parameters>")]
    [InlineData("<Parameters><parameter><name value=\"a\"/></parameter></Parameters>")]
    [InlineData("<Parameters xmlns=\"http://hl7.org/fhir\"><parameter><name value=\"timeZone\"/><name value=\"timeZone\"/><valueString value=\"UTC\"/></parameter></Parameters>")]
    [InlineData("<Parameters xmlns=\"http://hl7.org/fhir\"><parameter><valueString value=\"UTC\"/><name value=\"timeZone\"/></parameter></Parameters>")]
    [InlineData("<Parameters xmlns=\"http://hl7.org/fhir\"></Parameters><a/>")]
    [InlineData("SECRET")]
    public async Task XML_is_read_as_strictly(string xml)
    {
        var (status, bytes) = await service.FhirScreenBytesAsync(Encoding.UTF8.GetBytes(xml), FhirCalls.Xml, FhirCalls.Json);
        Assert.Equal(400, status);
        Assert.All(((OperationOutcome)FhirCalls.Read(bytes, FhirCalls.Json)).Issue, issue => Assert.StartsWith("Parameters", issue.Expression.Single(), StringComparison.Ordinal));
        Assert.DoesNotContain("SECRET", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50_000)]
    [InlineData(65)]
    public async Task What_is_nested_too_deep_is_refused_in_both_forms(int depth)
    {
        var xml = "<Parameters xmlns=\"http://hl7.org/fhir\"><parameter>" + Repeat("<part>", depth) + "<name value=\"a\"/>" + Repeat("</part>", depth) + "</parameter></Parameters>";
        var json = "{\"resourceType\":\"Parameters\",\"parameter\":[" + Repeat("{\"part\":[", depth) + Repeat("]}", depth) + "]}";
        Assert.Equal(400, (await service.FhirScreenBytesAsync(Encoding.UTF8.GetBytes(xml), FhirCalls.Xml, FhirCalls.Json)).Status);
        Assert.Equal(400, (await service.FhirScreenBytesAsync(Encoding.UTF8.GetBytes(json), FhirCalls.Json, FhirCalls.Json)).Status);
    }

    [Fact]
    public async Task A_Questionnaire_has_a_tag_for_each_form_and_language()
    {
        var tags = new HashSet<string>(StringComparer.Ordinal);
        foreach (var accept in (string[])[FhirCalls.Json, FhirCalls.Xml])
        {
            foreach (var language in (string[])["en", "es-MX"])
            {
                var (response, _) = await service.FhirGetAsync("/fhir/Questionnaire/sublative-rf", accept, language);
                Assert.Equal(("no-cache", language[..2]), (response.Headers.CacheControl!.ToString(), Assert.Single(response.Content.Headers.ContentLanguage)));
                Assert.True(tags.Add(response.Headers.ETag!.Tag));
                using var again = new HttpRequestMessage(HttpMethod.Get, "/fhir/Questionnaire/sublative-rf") { Headers = { IfNoneMatch = { response.Headers.ETag } } };
                again.Headers.Accept.ParseAdd(accept);
                again.Headers.AcceptLanguage.ParseAdd(language);
                using var known = await service.Client.SendAsync(again);
                Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);

                // Whoever keeps it must know that another Accept, such as a browser's, means another answer.
                Assert.Equal(["Accept", "Accept-Language"], known.Headers.Vary);
            }
        }
    }

    [Fact]
    public async Task The_statement_names_what_there_is()
    {
        var (_, bytes) = await service.FhirGetAsync("/fhir/metadata");
        var statement = (CapabilityStatement)FhirCalls.Read(bytes, FhirCalls.Json);
        Assert.Equal((FHIRVersion.N4_0_1, CapabilityStatementKind.Instance), (statement.FhirVersion, statement.Kind));
        Assert.Equal(["screen", "populate"], Assert.Single(statement.Rest).Resource.SelectMany(resource => resource.Operation).Select(operation => operation.Name));
        Assert.Equal([FhirCalls.Json, FhirCalls.Xml], statement.Format);
    }

    [Theory]
    [InlineData("localhost:8080", "http://localhost:8080/fhir")]
    [InlineData("evil.example", null)]
    public async Task Without_a_public_address_the_statement_is_of_this_machine_or_of_no_address(string host, string? url)
    {
        await using var open = new SettingsService(("AllowedHosts", "*"));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/fhir/metadata?_format=json", UriKind.Relative));
        request.Headers.Host = host;
        using var response = await open.Client.SendAsync(request);
        var statement = (CapabilityStatement)FhirCalls.Read(await response.Content.ReadAsByteArrayAsync(), FhirCalls.Json);
        Assert.Equal((false, url), (string.IsNullOrEmpty(statement.Implementation?.Description), statement.Implementation?.Url));
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private async Task<int> StatusAsync(string body, bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, FhirCalls.Screen) { Content = new StringContent(body, Encoding.UTF8, FhirCalls.Json) };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await service.Client.SendAsync(request);
        Assert.Equal(FhirCalls.Json, response.Content.Headers.ContentType!.ToString());
        return (int)response.StatusCode;
    }
}
