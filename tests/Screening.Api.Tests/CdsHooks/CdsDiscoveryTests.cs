using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Screening.Fhir.CdsHooks;

namespace Screening.Api.Tests.CdsHooks;

/// <summary>What an EHR learns of the services.</summary>
public sealed class CdsDiscoveryTests(ServiceFixture service)
{
    [Fact]
    public async Task Each_protocol_has_a_service_at_each_hook()
    {
        await using var two = new SettingsService(("Protocols:Folder", Repository.Path("tests/Screening.Api.Tests/Protocols")));
        Assert.Equal(
            [("made-up-peel-appointment-book", "appointment-book"), ("made-up-peel-patient-view", "patient-view"), ("sublative-rf-appointment-book", "appointment-book"), ("sublative-rf-patient-view", "patient-view")],
            (await ServicesAsync(two)).Select(one => ((string)one["id"]!, (string)one["hook"]!)));
    }

    [Fact]
    public async Task Each_says_what_it_is_what_it_needs_and_what_to_fetch()
    {
        Assert.All(await ServicesAsync(service), one =>
        {
            Assert.All(["title", "description", "usageRequirements"], name => Assert.NotEmpty((string)one[name]!));
            Assert.Equal("2.0.1", (string)one["version"]!);
            var prefetch = one["prefetch"]!.AsObject();
            Assert.Equal("Patient/{{context.patientId}}", (string)prefetch[PrefetchTemplate.PatientKey]!);
            Assert.Equal(
                ["AllergyIntolerance", "Condition", "Device", "MedicationRequest", "Observation", "Patient", "Procedure", "QuestionnaireResponse"],
                prefetch.Select(query => ((string)query.Value!).Split('?', '/')[0]).Order(StringComparer.Ordinal));
        });
    }

    [Theory]
    [InlineData("Cds:Prefetch", "medicationStatements,DeviceUseStatement", new[] { "deviceUses", "medicationStatements" })]
    [InlineData("Cds:Prefetch:0", "MedicationStatement", new[] { "medicationStatements" })]
    [InlineData("Cds:Prefetch", "", new string[0])]
    public async Task What_a_setting_names_is_asked_for_as_well(string setting, string value, string[] keys)
    {
        await using var asking = new SettingsService((setting, value));
        Assert.All(await ServicesAsync(asking), one =>
            Assert.Equal(keys, one["prefetch"]!.AsObject().Select(query => query.Key).Where(key => key is "deviceUses" or "medicationStatements").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task The_texts_are_in_the_language_that_is_asked_for()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/cds-services") { Headers = { AcceptLanguage = { new StringWithQualityHeaderValue("es-MX") } } };
        using var response = await service.Client.SendAsync(request);
        Assert.Equal("es", Assert.Single(response.Content.Headers.ContentLanguage));
        Assert.Contains("Tratamiento de la piel", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<JsonNode>> ServicesAsync(ServiceFixture service) =>
        [.. JsonNode.Parse(await service.Client.GetStringAsync(new Uri("/cds-services", UriKind.Relative)))!["services"]!.AsArray().Select(one => one!)];
}
