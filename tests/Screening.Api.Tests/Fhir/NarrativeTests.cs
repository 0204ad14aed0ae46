using System.Text;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Http;
using Screening.Api.Fhir;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Pages;
using Screening.Api.Tests.Reports;
using Screening.Api.Tests.Screenings;
using Screening.Fhir;
using Task = System.Threading.Tasks.Task;

namespace Screening.Api.Tests.Fhir;

/// <summary>Every resource that the service makes says in words what it says in codes, and no more.</summary>
public sealed class NarrativeTests(ServiceFixture service)
{
    public static TheoryData<string> Statuses => [.. PageRequests.All.Keys];

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Every_resource_about_a_decision_has_one(string status)
    {
        var bundle = await ScreenAsync(RestToFhir.Parameters(RestToFhir.Bare(PageRequests.All[status]()))!);
        foreach (var resource in bundle["entry"]!.AsArray().Select(entry => entry!["resource"]!.AsObject()))
        {
            Assert.NotEmpty(Narratives.TextOf(resource));
            Assert.All(resource["contained"]?.AsArray() ?? [], contained => Assert.Null(contained!["text"]));
        }

        foreach (var issue in bundle.Resources("DetectedIssue"))
        {
            var lines = Narratives.TextOf(issue).Split('\n');
            Assert.StartsWith(lines[0], (string)issue["detail"]!, StringComparison.Ordinal);
            Assert.EndsWith($"({(string)issue["code"]!["coding"]![0]!["code"]!})", lines[1], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("en", "Sublative RF skin treatment", "Are you pregnant")]
    [InlineData("es", "Tratamiento de la piel Sublative RF", "embarazada")]
    public async Task The_form_says_what_it_asks(string language, string title, string question)
    {
        var (response, bytes) = await service.FhirGetAsync("/fhir/Questionnaire/sublative-rf", language: language);
        using (response)
        {
            var form = JsonNode.Parse(bytes)!.AsObject();
            var text = Narratives.TextOf(form);
            Assert.StartsWith(title + "\n", text, StringComparison.Ordinal);
            Assert.Contains(question, text, StringComparison.Ordinal);
            var items = form["item"]!.AsArray().Select(item => item!.AsObject()).Where(item => item["readOnly"] is null).ToList();
            var options = items.SelectMany(item => item["answerOption"]?.AsArray() ?? []);
            var words = items.Select(item => (string)item["text"]!).Concat(options.Select(option => (string)option!["valueCoding"]!["display"]!));
            Assert.Empty(words.Except(text.Split('\n'), StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task What_the_service_can_do_is_said_in_words()
    {
        var (response, bytes) = await service.FhirGetAsync("/fhir/metadata");
        using (response)
        {
            var text = Narratives.TextOf(JsonNode.Parse(bytes)!.AsObject());
            Assert.Contains("$screen: POST Questionnaire/[id]/$screen", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "resourceType": "Parameters" }""")]
    [InlineData("""{ "resourceType": "Parameters", "parameter": [{ "name": "x" }, { "name": "y" }, { "name": "<b>" }] }""")]
    public async Task Errors_are_said_in_words(string body)
    {
        var (_, bytes) = await service.FhirScreenBytesAsync(Encoding.UTF8.GetBytes(body), FhirCalls.Json, FhirCalls.Json);
        var outcome = JsonNode.Parse(bytes)!.AsObject();
        Assert.Equal(
            outcome["issue"]!.AsArray().Select(issue => (string)issue!["details"]!["text"]!).Distinct(StringComparer.Ordinal),
            Narratives.TextOf(outcome).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("\u202Eevil\u2066", " evil")]
    [InlineData("&amp; <b>", "&amp; <b>")]
    public async Task What_a_record_says_stays_text(string words, string shown)
    {
        var parameters = WithRecord(Condition("psoriasis " + words));
        var body = Encoding.UTF8.GetBytes(parameters.ToJsonString());
        foreach (var mediaType in (string[])[FhirCalls.Json, FhirCalls.Xml])
        {
            var (status, _) = await service.FhirScreenBytesAsync(body, FhirCalls.Json, mediaType);
            Assert.Equal(200, status);
        }

        var issues = (await ScreenAsync(parameters)).Resources("DetectedIssue");
        Assert.Contains($"from Condition/c1 (psoriasis {shown})", string.Concat(issues.Select(Narratives.TextOf)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_seen_and_how_much_was_is_said()
    {
        var bundle = await ScreenAsync(WithRecord(new JsonObject { ["resourceType"] = "Condition" }));
        var text = Narratives.TextOf(Assert.Single(bundle.Resources("GuidanceResponse")));
        Assert.Contains("What was not seen\nThe absence of a finding there means nothing.\n", text, StringComparison.Ordinal);
        Assert.Contains("Health record: entries looked at: ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", FhirFormat.Json)]
    [InlineData("?_pretty=true", FhirFormat.Json)]
    [InlineData("?_pretty=true", FhirFormat.Xml)]
    public static void They_are_cut_short_first_where_an_answer_would_be_too_large(string query, FhirFormat format)
    {
        var context = new DefaultHttpContext { Request = { QueryString = new QueryString(query) } };
        string Written(long most)
        {
            var narrative = new Narrative("<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>first</p><p>second</p></div>");
            var bundle = new Bundle { Entry = [new() { Resource = new GuidanceResponse { Id = "a", Text = narrative } }] };
            return Encoding.UTF8.GetString(FhirResponse.Write(context, (_, _) => bundle, format, most));
        }

        var whole = Written(long.MaxValue);
        var bare = Written(whole.Length - 1);
        Assert.Equal(whole, Written(whole.Length));
        Assert.Contains("second", whole, StringComparison.Ordinal);
        Assert.Contains("first", bare, StringComparison.Ordinal);
        Assert.DoesNotContain("second", bare, StringComparison.Ordinal);
        Assert.Equal(query.Length > 0, bare.Contains('\n', StringComparison.Ordinal));
        Assert.DoesNotContain('\n', Written(bare.Length - 1));
        Assert.DoesNotContain("<div", Written(1), StringComparison.Ordinal);
    }

    private async Task<JsonObject> ScreenAsync(JsonObject parameters)
    {
        var (status, bundle) = await service.FhirScreenAsync(parameters);
        Assert.True(status == 200, bundle.ToJsonString());
        return bundle;
    }

    private static JsonObject Condition(string words)
    {
        var condition = CdsCalls.Psoriasis();
        condition["code"] = new JsonObject { ["text"] = words };
        return condition;
    }

    private static JsonObject WithRecord(params JsonObject[] resources)
    {
        var parameters = RestToFhir.Parameters(RestToFhir.Bare(Requests.NothingToReport()))!;
        var entries = new JsonArray([.. resources.Select(resource => new JsonObject { ["resource"] = resource })]);
        parameters["parameter"]!.AsArray().Add(new JsonObject
        {
            ["name"] = "record",
            ["resource"] = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "collection", ["entry"] = entries },
        });
        return parameters;
    }
}
