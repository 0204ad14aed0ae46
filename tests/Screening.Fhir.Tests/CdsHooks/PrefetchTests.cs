using System.Text.Json;
using Screening.Fhir.CdsHooks;

namespace Screening.Fhir.Tests.CdsHooks;

/// <summary>What did not come, or not all of it, is not known; it is never an empty list.</summary>
public static class PrefetchTests
{
    private const string Mine = """{ "resourceType": "Condition", "id": "c1", "subject": { "reference": "Patient/1288992" } }""";
    private const string Theirs = """{ "resourceType": "Condition", "id": "c2", "subject": { "reference": "Patient/7" } }""";
    private const string Outcome = """{ "resourceType": "OperationOutcome", "issue": [{ "severity": "error", "code": "exception" }] }""";

    [Theory]
    [InlineData("""{}""", PartState.NotSent, 0)]
    [InlineData("""{ "conditions": null }""", PartState.Seen, 0)]
    [InlineData($$"""{ "conditions": {{Outcome}} }""", PartState.Failed, 0)]
    [InlineData("""{ "conditions": 17 }""", PartState.Unreadable, 0)]
    [InlineData("""{ "conditions": {} }""", PartState.Unreadable, 0)]
    [InlineData("""{ "conditions": { "resourceType": "List" } }""", PartState.Unreadable, 0)]
    [InlineData("""{ "conditions": { "resourceType": "Bundle", "type": "searchset" } }""", PartState.Seen, 0)]
    [InlineData("""{ "conditions": { "resourceType": "Bundle", "type": "searchset", "total": 0, "entry": [] } }""", PartState.Seen, 0)]
    [InlineData($$"""{ "conditions": { "resourceType": "Bundle", "total": 1, "entry": [{ "resource": {{Mine}} }] } }""", PartState.Seen, 1)]
    [InlineData($$"""{ "conditions": {{Mine}} }""", PartState.Seen, 1)]
    [InlineData($$"""{ "conditions": { "resourceType": "Bundle", "link": [{ "relation": "self", "url": "x" }, { "relation": "next", "url": "y" }], "entry": [{ "resource": {{Mine}} }] } }""", PartState.Paged, 1)]
    [InlineData($$"""{ "conditions": { "resourceType": "Bundle", "link": [{ "relation": "Next", "url": "y" }], "entry": [{ "resource": {{Mine}} }] } }""", PartState.Paged, 1)]
    [InlineData($$"""{ "conditions": { "resourceType": "Bundle", "link": { "relation": "next", "url": "y" }, "entry": [{ "resource": {{Mine}} }] } }""", PartState.Unreadable, 1)]
    [InlineData($$"""{ "conditions": { "resourceType": "Bundle", "link": [{ "url": "y" }], "entry": [{ "resource": {{Mine}} }] } }""", PartState.Unreadable, 1)]
    [InlineData($$"""{ "conditions": { "resourceType": "Bundle", "total": 2, "entry": [{ "resource": {{Mine}} }] } }""", PartState.Paged, 1)]
    [InlineData($$"""{ "conditions": { "resourceType": "Bundle", "implicitRules": "http://example.org/rules", "entry": [{ "resource": {{Mine}} }] } }""", PartState.Unreadable, 1)]
    [InlineData($$"""{ "conditions": { "resourceType": "Bundle", "entry": [{ "modifierExtension": [{ "url": "http://example.org/not" }], "resource": {{Mine}} }] } }""", PartState.Unreadable, 1)]
    [InlineData($$"""{ "conditions": { "resourceType": "Bundle", "total": "2", "entry": [{ "resource": {{Mine}} }] } }""", PartState.Paged, 1)]
    [InlineData($$"""{ "conditions": { "resourceType": "Bundle", "entry": [{ "resource": {{Mine}} }, { "resource": {{Outcome}} }] } }""", PartState.Paged, 1)]
    [InlineData($$"""{ "conditions": { "resourceType": "Bundle", "entry": [{ "resource": {{Mine}} }, { "resource": { "resourceType": "OperationOutcome" } }] } }""", PartState.Paged, 1)]
    [InlineData($$"""{ "conditions": { "resourceType": "Bundle", "entry": [{ "resource": {{Outcome}} }] } }""", PartState.Failed, 0)]
    [InlineData("""{ "conditions": { "resourceType": "Bundle", "entry": [{ "resource": { "resourceType": "OperationOutcome" } }] } }""", PartState.Failed, 0)]
    [InlineData("""{ "conditions": { "resourceType": "Bundle", "entry": [{ "resource": { "resourceType": "OperationOutcome", "issue": [{ "severity": "warning" }, { "severity": "information" }] } }] } }""", PartState.Seen, 0)]
    [InlineData("""{ "conditions": { "resourceType": "Bundle", "entry": [{ "resource": { "resourceType": "OperationOutcome", "issue": [{ "severity": "warning" }, { "severity": "error" }] } }] } }""", PartState.Failed, 0)]
    [InlineData("""{ "conditions": { "resourceType": "Bundle", "entry": [{ "resource": { "resourceType": "OperationOutcome", "issue": [{ "severity": "Warning" }] } }] } }""", PartState.Failed, 0)]
    [InlineData($$"""{ "conditions": { "resourceType": "Bundle", "entry": [{ "resource": {{Mine}} }, { "resource": { "resourceType": "OperationOutcome", "issue": [{ "severity": "warning" }] } }] } }""", PartState.Seen, 1)]
    [InlineData($$"""{ "conditions": { "resourceType": "Bundle", "entry": [{ "resource": {{Mine}} }, { "resource": { "resourceType": "OperationOutcome", "issue": [{ "severity": "fatal" }] } }] } }""", PartState.Paged, 1)]
    [InlineData($$"""{ "conditions": { "resourceType": "Bundle", "entry": [{ "resource": {{Mine}} }, { "resource": { "resourceType": "OperationOutcome", "issue": [{ "severity": "information" }] } }] } }""", PartState.Seen, 1)]
    [InlineData($$"""{ "conditions": { "resourceType": "Bundle", "entry": [{ "resource": {{Mine}} }, { "fullUrl": "x" }, null] } }""", PartState.Unreadable, 1)]
    [InlineData("""{ "conditions": { "resourceType": "Bundle", "entry": {} } }""", PartState.Unreadable, 0)]
    [InlineData("""{ "conditions": { "resourceType": "Bundle", "entry": [{ "resource": { "resourceType": "Bundle" } }] } }""", PartState.Unreadable, 0)]
    [InlineData($$"""{ "conditions": { "resourceType": "Bundle", "type": "searchset", "entry": [{ "resource": {{Mine}} }] } }""", PartState.Seen, 1)]
    [InlineData($$"""{ "conditions": { "resourceType": "Bundle", "type": "serchset", "entry": [{ "resource": {{Mine}} }] } }""", PartState.Unreadable, 1)]
    [InlineData($$"""{ "conditions": { "resourceType": "Bundel", "type": "searchset", "entry": [{ "resource": {{Mine}} }] } }""", PartState.Unreadable, 0)]
    [InlineData($$"""{ "conditions": { "resourceType": "bundle", "entry": [{ "resource": {{Mine}} }] } }""", PartState.Unreadable, 0)]
    public static void A_part_is_seen_when_all_of_it_came(string prefetch, PartState state, int resources)
    {
        var part = Calls.Fetched(prefetch).Part("conditions");
        Assert.Equal((state, resources), (part.State, part.Resources.Count));
    }

    [Fact]
    public static void What_is_about_somebody_else_is_left_out_and_counted()
    {
        var part = Calls.Fetched($$"""{ "conditions": { "resourceType": "Bundle", "entry": [{ "resource": {{Theirs}} }, { "resource": {{Mine}} }, { "resource": {{Theirs}} }] } }""").Part("conditions");
        Assert.Equal((PartState.Seen, 1, 2), (part.State, part.Resources.Count, part.AboutOthers));
        Assert.Equal("Condition/c1", ResourceJson.ReferenceTo(part.Resources[0].Json));
    }

    [Fact]
    public static void What_does_not_say_whom_it_is_about_can_still_make_an_answer_worse() =>
        Assert.Single(Calls.Fetched("""{ "conditions": { "resourceType": "Bundle", "entry": [{ "resource": { "resourceType": "Condition" } }] } }""").Part("conditions").Resources);

    [Theory]
    [InlineData("""{}""", false)]
    [InlineData("""{ "somethingElse": { "resourceType": "Bundle" } }""", false)]
    [InlineData("""{ "patient": null, "conditions": null, "questionnaireResponses": null }""", true)]
    [InlineData("""{ "deviceUses": null }""", true)]
    [InlineData($$"""{ "conditions": {{Outcome}} }""", true)]
    [InlineData("""{ "patient": { "resourceType": "Patient", "id": "7" } }""", true)]
    [InlineData("""{ "conditions": { "resourceType": "Bundle", "link": [{ "relation": "next" }] } }""", true)]
    [InlineData("""{ "patient": { "resourceType": "Patient", "id": "1288992" } }""", true)]
    [InlineData("""{ "conditions": { "resourceType": "Bundle" } }""", true)]
    [InlineData($$"""{ "conditions": { "resourceType": "Bundle", "link": [{ "relation": "next" }], "entry": [{ "resource": {{Mine}} }] } }""", true)]
    public static void A_key_came_whatever_stands_under_it(string prefetch, bool came) =>
        Assert.Equal(came, Calls.Fetched(prefetch).AnySent);

    [Fact]
    public static void The_person_and_the_forms_are_no_record()
    {
        var prefetch = Calls.Fetched($$"""{ "patient": { "resourceType": "Patient", "id": "1288992" }, "conditions": {{Mine}}, "questionnaireResponses": { "resourceType": "QuestionnaireResponse" } }""");
        Assert.Equal("Condition", Assert.Single(prefetch.Record.Select(came => ResourceJson.TypeOf(came.Json))));
        Assert.Single(prefetch.Responses.Resources);
    }

    [Theory]
    [InlineData("Patient/1288992", AboutPerson.Same)]
    [InlineData("https://ehr.example.org/fhir/Patient/1288992", AboutPerson.Same)]
    [InlineData("Patient/1288992/_history/2", AboutPerson.Same)]
    [InlineData("Patient/12889922", AboutPerson.Other)]
    [InlineData("patient/1288992", AboutPerson.Unknown)]
    [InlineData("Group/1288992", AboutPerson.Unknown)]
    [InlineData("Patient/1288992/", AboutPerson.Unknown)]
    [InlineData(" Patient/1288992", AboutPerson.Unknown)]
    [InlineData("Patient/1288992#a", AboutPerson.Unknown)]
    [InlineData("Patient/1288992?x=1", AboutPerson.Unknown)]
    [InlineData("RelatedPerson/1288992", AboutPerson.Unknown)]
    [InlineData("#p", AboutPerson.Unknown)]
    [InlineData("urn:uuid:d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", AboutPerson.Unknown)]
    [InlineData("1288992", AboutPerson.Unknown)]
    [InlineData("/_history", AboutPerson.Unknown)]
    [InlineData(null, AboutPerson.Unknown)]
    public static void References_are_compared_by_type_and_id(string? reference, AboutPerson about) => Assert.Equal(
        about,
        ResourceJson.About(JsonSerializer.SerializeToElement(new { resourceType = "Condition", subject = new { reference } }), Calls.Patient));

    [Fact]
    public static void What_is_asked_for_follows_the_codes_of_the_protocol()
    {
        var templates = PrefetchTemplate.For(Calls.Family, []);
        Assert.Equal(
            ["AllergyIntolerance", "Condition", "Device", "DeviceUseStatement", "MedicationRequest", "MedicationStatement", "Observation", "Patient", "Procedure", "QuestionnaireResponse"],
            templates.Select(template => template.Type).Order(StringComparer.Ordinal));
        Assert.Equal(["deviceUses", "medicationStatements"], templates.Where(template => !template.IsAsked).Select(template => template.Key).Order(StringComparer.Ordinal));
        Assert.Equal(templates.Count, templates.DistinctBy(template => template.Key).Count());
        Assert.Contains("&code=11449-6,82810-3", templates.Single(template => template.Type == "Observation").Query, StringComparison.Ordinal);
        Assert.All(templates, template =>
        {
            Assert.StartsWith(template.Type, template.Query, StringComparison.Ordinal);
            Assert.Contains("{{context.patientId}}", template.Query, StringComparison.Ordinal);
            Assert.True(Uri.IsWellFormedUriString("https://ehr.example.org/" + template.Query.Replace("{{context.patientId}}", "123", StringComparison.Ordinal), UriKind.Absolute), template.Query);
            Assert.DoesNotContain("_count", template.Query, StringComparison.Ordinal);
        });
    }

    // What a server SHALL support: http://hl7.org/fhir/us/core/CapabilityStatement/us-core-server.
    [Theory]
    [InlineData("Patient", "Patient/{{context.patientId}}")]
    [InlineData("QuestionnaireResponse", "QuestionnaireResponse?patient={{context.patientId}}")]
    [InlineData("Condition", "Condition?patient={{context.patientId}}")]
    [InlineData("AllergyIntolerance", "AllergyIntolerance?patient={{context.patientId}}")]
    [InlineData("Procedure", "Procedure?patient={{context.patientId}}")]
    [InlineData("Device", "Device?patient={{context.patientId}}")]
    [InlineData("MedicationRequest", "MedicationRequest?patient={{context.patientId}}&intent=plan,order,original-order,reflex-order,filler-order,instance-order&_include=MedicationRequest:medication")]
    public static void By_default_only_searches_that_every_server_of_US_Core_has_are_made(string type, string query) =>
        Assert.Equal(query, PrefetchTemplate.For(Calls.Family, []).Single(template => template.Type == type && template.IsAsked).Query);

    [Fact]
    public static void What_is_named_is_asked_for_as_well()
    {
        Assert.Equal([("medicationStatements", "MedicationStatement"), ("deviceUses", "DeviceUseStatement")], PrefetchTemplate.Further);
        Assert.Equal(["medicationStatements"], PrefetchTemplate.For(Calls.Family, ["deviceUses"]).Where(template => !template.IsAsked).Select(template => template.Key));
    }

    [Theory]
    [InlineData("{}", PartState.NotAsked)]
    [InlineData("""{ "deviceUses": null }""", PartState.Seen)]
    [InlineData($$"""{ "deviceUses": {{Outcome}} }""", PartState.Failed)]
    public static void What_was_not_asked_for_is_not_missing_unless_it_failed(string prefetch, PartState state) =>
        Assert.Equal(state, Calls.Fetched(prefetch).Part("deviceUses").State);

    [Theory]
    [InlineData("warning", ServerRemark.Warning)]
    [InlineData("information", ServerRemark.Information)]
    [InlineData("error", ServerRemark.None)]
    public static void What_a_server_says_beside_what_it_found_is_kept_to_be_told(string severity, ServerRemark remark) =>
        Assert.Equal(remark, Calls.Fetched($$"""{ "conditions": { "resourceType": "Bundle", "entry": [{ "resource": {{Mine}} }, { "resource": { "resourceType": "OperationOutcome", "issue": [{ "severity": "{{severity}}" }] } }] } }""").Part("conditions").Remark);
}
