using System.Net;
using Hl7.Fhir.Model;
using Screening.Fhir;
using Task = System.Threading.Tasks.Task;

namespace Screening.Api.Tests.Fhir;

/// <summary>Forms are found by their canonical URL, and the operation by its own.</summary>
public sealed class FormSearchTests(ServiceFixture service)
{
    private const string Own = "urn:screening-api:questionnaire:sublative-rf";

    [Theory]
    [InlineData("url=" + Own, 1)]
    [InlineData("url=" + Own + "&version=1.0.0", 1)]
    [InlineData("url=" + Own + "|1.0.0", 1)]
    [InlineData("url=" + Own + "&version=9.9.9", 0)]
    [InlineData("url=" + Own + "|9.9.9", 0)]
    [InlineData("url=" + Own + "|1.0.0&version=9.9.9", 0)]
    [InlineData("url=" + Own + "-x", 0)]
    [InlineData("url=https://screening.test/fhir/Questionnaire/sublative-rf", 1)]
    [InlineData("url=https://screening.test/fhir/Questionnaire/other", 0)]
    public async Task A_form_is_found_by_its_name_and_version(string query, int matches)
    {
        var bundle = await BundleAsync(query);
        Assert.Equal((Bundle.BundleType.Searchset, matches, matches), (bundle.Type, bundle.Total, bundle.Entry.Count));
        Assert.Equal("self", Assert.Single(bundle.Link).Relation);
        Assert.All(bundle.Entry, entry =>
        {
            var form = Assert.IsType<Questionnaire>(entry.Resource);
            Assert.Equal((Own, "1.0.0", Bundle.SearchEntryMode.Match), (form.Url, form.Version, entry.Search!.Mode));
            Assert.NotNull(form.Text);
            Assert.EndsWith("/fhir/Questionnaire/sublative-rf", entry.FullUrl, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_form_that_is_found_is_the_form_that_is_read()
    {
        var (_, read) = await service.FhirGetAsync("/fhir/Questionnaire/sublative-rf", language: "es");
        var found = Assert.Single((await BundleAsync("url=" + Own, "es")).Entry).Resource;
        Assert.Equal(read, FhirFormat.Json.Write(found!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?version=1.0.0")]
    [InlineData("?url=")]
    [InlineData("?url=a&url=b")]
    [InlineData("?url=a&version=1&version=2")]
    [InlineData("?url=a&title=b")]
    [InlineData("?url:below=a")]
    public async Task A_search_is_by_one_url(string query)
    {
        var (response, bytes) = await service.FhirGetAsync("/fhir/Questionnaire" + query);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var outcome = Assert.IsType<OperationOutcome>(FhirCalls.Read(bytes, FhirCalls.Json));
        Assert.Equal("invalid-parameter", Assert.Single(outcome.Issue).Details!.Coding[0].Code);
    }

    [Fact]
    public async Task A_search_answers_in_XML_too()
    {
        var (response, bytes) = await service.FhirGetAsync($"/fhir/Questionnaire?url={Own}&_format=xml");
        Assert.Equal((HttpStatusCode.OK, FhirCalls.Xml), (response.StatusCode, response.Content.Headers.ContentType!.ToString()));
        Assert.Single(Assert.IsType<Bundle>(FhirCalls.Read(bytes, FhirCalls.Xml)).Entry);
    }

    [Fact]
    public async Task The_clinics_own_name_finds_the_form()
    {
        await using var named = new SettingsService(("Forms:Canonicals:0", "https://forms.example.org/Questionnaire/skin"));
        var text = await named.CreateClient().GetStringAsync("/fhir/Questionnaire?url=https://forms.example.org/Questionnaire/skin");
        Assert.Contains("\"total\":1", text, StringComparison.Ordinal);
        Assert.Contains(Own, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_operation_is_defined_where_the_capabilities_say()
    {
        var (_, metadata) = await service.FhirGetAsync("/fhir/metadata");
        var statement = Assert.IsType<CapabilityStatement>(FhirCalls.Read(metadata, FhirCalls.Json));
        var resources = Assert.Single(statement.Rest).Resource;
        var forms = Assert.Single(resources, resource => resource.Type == nameof(Questionnaire));
        Assert.Equal(["url", "version"], forms.SearchParam.Select(parameter => parameter.Name));
        Assert.Contains(forms.Interaction, one => one.Code == CapabilityStatement.TypeRestfulInteraction.SearchType);
        var defined = Assert.Single(resources, resource => resource.Type == nameof(OperationDefinition));
        Assert.Equal([CapabilityStatement.TypeRestfulInteraction.Read], defined.Interaction.Select(one => one.Code));

        var (response, bytes) = await service.FhirGetAsync("/fhir/OperationDefinition/screen");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var definition = Assert.IsType<OperationDefinition>(FhirCalls.Read(bytes, FhirCalls.Json));
        Assert.Equal(Assert.Single(forms.Operation, operation => operation.Name == "screen").Definition, definition.Url);
        Assert.Equal(("screen", true), (definition.Code, definition.Instance));
        Assert.NotNull(definition.Text);
        Assert.Equal("return", Assert.Single(definition.Parameter, one => one.Use == OperationParameterUse.Out).Name);
        var names = definition.Parameter.Where(one => one.Use == OperationParameterUse.In).Select(one => one.Name).ToList();
        Assert.Equal(["questionnaireResponse", "appointment", "timeZone", "asOf", "record"], names.Take(5));
    }

    [Theory]
    [InlineData("/fhir/OperationDefinition/other", 404)]
    [InlineData("/fhir/OperationDefinition/screen?url=a", 400)]
    public async Task No_other_operation_is_defined(string path, int status) =>
        Assert.Equal(status, (int)(await service.FhirGetAsync(path)).Response.StatusCode);

    private async Task<Bundle> BundleAsync(string query, string language = "en")
    {
        var (response, bytes) = await service.FhirGetAsync("/fhir/Questionnaire?" + query, language: language);
        Assert.True(response.StatusCode == HttpStatusCode.OK, System.Text.Encoding.UTF8.GetString(bytes));
        return Assert.IsType<Bundle>(FhirCalls.Read(bytes, FhirCalls.Json));
    }
}
