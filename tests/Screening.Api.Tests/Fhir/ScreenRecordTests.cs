using System.Text.Json.Nodes;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Fhir;

/// <summary>What of a record tells less than it seems to is said, and nothing of it makes an answer better.</summary>
public sealed class ScreenRecordTests(ServiceFixture service)
{
    private const string Of42 = """ "subject": { "reference": "Patient/42" } """;
    private const string Toxin = """ "medicationCodeableConcept": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "M03AX01" }] } """;
    private const string Modifier = """ "modifierExtension": [{ "url": "http://example.org/not", "valueBoolean": true }] """;
    private const string Pregnant = """ "code": { "coding": [{ "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "Z33.1" }] } """;
    private const string Entry = "Parameters.parameter[4].resource.entry[0].resource";

    public static TheoryData<string, string, string> Gaps => new()
    {
        { $$"""{ "resource": { "resourceType": "MedicationRequest", "status": "active", "intent": "order", "medicationReference": { "reference": "Medication/9" }, {{Of42}} } }""", "dangling", Entry },
        { $$"""{ "resource": { "resourceType": "MedicationRequest", "status": "active", "intent": "order", "medicationReference": { "reference": "#9" }, {{Of42}} } }""", "dangling", Entry },
        { $$"""{ "resource": { "resourceType": "MedicationStatement", "status": "active", "medicationReference": { "identifier": { "value": "9" } }, {{Of42}} } }""", "dangling", Entry },
        { $$"""{ "resource": { "resourceType": "MedicationStatement", "status": "active", "contained": [{ "resourceType": "Medication", "id": "m", "ingredient": [{ "itemReference": { "reference": "Medication/9" } }] }], "medicationReference": { "reference": "#m" }, {{Of42}} } }""", "dangling", Entry },
        { $$"""{ "resource": { "resourceType": "DeviceUseStatement", "status": "active", "device": { "reference": "Device/9" }, {{Of42}} } }""", "dangling", Entry },
        { $$"""{ "resource": { "resourceType": "Procedure", "status": "completed", "focalDevice": [{ "manipulated": { "reference": "Device/9" } }], {{Of42}} } }""", "dangling", Entry },
        { $$"""{ "resource": { "resourceType": "Bundle", "type": "collection", "entry": [{ "resource": { "resourceType": "Procedure", "status": "completed", "usedReference": [{ "reference": "Device/9" }], {{Of42}} } }] } }""", "dangling", Entry + ".entry[0].resource" },
        { $$"""{ "resource": { "resourceType": "Condition", {{Modifier}}, {{Of42}} } }""", "not-in-full", Entry },
        { $$"""{ "resource": { "resourceType": "Condition", "implicitRules": "http://example.org/rules", {{Of42}} } }""", "not-in-full", Entry },
        { $$"""{ {{Modifier}}, "resource": { "resourceType": "Condition", {{Of42}} } }""", "not-in-full", Entry },
        { """{ "fullUrl": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0" }""", "not-in-full", "Parameters.parameter[4].resource.entry[0]" },
        { """{ "resource": { "resourceType": "OperationOutcome", "issue": [{ "severity": "error", "code": "timeout" }] } }""", "in-part", Entry },
        { """{ "resource": { "resourceType": "OperationOutcome", "issue": [{ "severity": "warning", "code": "timeout" }, { "severity": "fatal", "code": "timeout" }] } }""", "in-part", Entry },
        { """{ "resource": { "resourceType": "Bundle", "type": "searchset", "link": [{ "relation": "next", "url": "https://ehr.example.org/fhir?page=2" }] } }""", "in-part", Entry },
        { """{ "resource": { "resourceType": "Bundle", "type": "searchset", "total": 1 } }""", "in-part", Entry },
        { $$"""{ "resource": { "resourceType": "Condition", {{Of42}} } }""", "unnamed", Entry },
        { $$"""{ "resource": { "resourceType": "Condition", "code": { "coding": [{ "code": "L40.0" }] }, {{Of42}} } }""", "unnamed", Entry },
        { $$"""{ "resource": { "resourceType": "MedicationRequest", "status": "active", "intent": "order", "medicationCodeableConcept": { "coding": [{ "system": "urn:oid:1.2.3.4", "code": "X1" }] }, {{Of42}} } }""", "unnamed", Entry },
        { $$"""{ "resource": { "resourceType": "MedicationStatement", "status": "active", "contained": [{ "resourceType": "Medication", "id": "m" }], "medicationReference": { "reference": "#m" }, {{Of42}} } }""", "unnamed", Entry },
        { """{ "resource": { "resourceType": "Device", "status": "active", "patient": { "reference": "Patient/42" } } }""", "unnamed", Entry },
    };

    [Theory]
    [MemberData(nameof(Gaps))]
    public async Task What_of_the_record_was_not_seen_is_a_warning_at_its_place_and_the_rest_of_the_answer_as_it_was(string entry, string code, string expression)
    {
        foreach (var (language, words) in new[] { ("en", "nothing"), ("es", "nada") })
        {
            var bundle = await ScreenAsync(Requests.NothingToReport(), entry, language);
            var guidance = Assert.Single(bundle.Resources("GuidanceResponse"));
            var outcome = guidance["contained"]![1]!;
            Assert.Equal(("success", "OperationOutcome", "#" + (string)outcome["id"]!), ((string)guidance["status"]!, (string)outcome["resourceType"]!, (string)Assert.Single(guidance["evaluationMessage"]!.AsArray())!["reference"]!));
            var issue = Assert.Single(outcome["issue"]!.AsArray())!;
            Assert.Equal(("warning", "incomplete", code), ((string)issue["severity"]!, (string)issue["code"]!, (string)issue["details"]!["coding"]![0]!["code"]!));
            Assert.Contains(words, (string)issue["diagnostics"]!, StringComparison.Ordinal);
            Assert.Equal([expression], issue["expression"]!.AsArray().Select(path => (string)path!));
            Assert.Equal("eligible", (string?)FhirDecision.Of(bundle)["eligibility"]);
        }
    }

    [Theory]
    [InlineData("information")]
    [InlineData("warning")]
    public async Task What_a_server_remarks_is_told_and_is_no_reservation(string severity)
    {
        var remark = $$"""{ "resource": { "resourceType": "OperationOutcome", "issue": [{ "severity": "{{severity}}", "code": "informational" }] }, "search": { "mode": "outcome" } }""";
        var found = """{ "resource": { "resourceType": "Patient", "id": "42" }, "search": { "mode": "match" } }""";
        var entry = $$"""{ "resource": { "resourceType": "Bundle", "type": "searchset", "total": 1, "entry": [{{found}}, {{remark}}] } }""";
        var bundle = await ScreenAsync(Requests.NothingToReport(), entry);
        var issue = Assert.Single(Assert.Single(bundle.Resources("GuidanceResponse"))["contained"]![1]!["issue"]!.AsArray())!;
        Assert.Equal(("information", "informational", "remark"), ((string)issue["severity"]!, (string)issue["code"]!, (string)issue["details"]!["coding"]![0]!["code"]!));
        Assert.False(issue.AsObject().ContainsKey("diagnostics"));
        Assert.Equal([Entry + ".entry[1].resource"], issue["expression"]!.AsArray().Select(path => (string)path!));
        Assert.Equal("eligible", (string?)FhirDecision.Of(bundle)["eligibility"]);
    }

    [Theory]
    [InlineData($$"""{ "resource": { "resourceType": "Condition", "code": { "text": "hay fever" }, {{Of42}} } }""")]
    [InlineData($$"""{ "resource": { "resourceType": "MedicationStatement", "status": "active", "medicationReference": { "display": "paracetamol" }, {{Of42}} } }""")]
    [InlineData($$"""{ "resource": { "resourceType": "MedicationStatement", "status": "active", "contained": [{ "resourceType": "Medication", "id": "m", "code": { "text": "zinc" } }], "medicationReference": { "reference": "#m" }, {{Of42}} } }""")]
    [InlineData($$"""{ "resource": { "resourceType": "MedicationRequest", "status": "entered-in-error", "intent": "order", "medicationReference": { "reference": "Medication/9" }, {{Of42}} } }""")]
    [InlineData($$"""{ "resource": { "resourceType": "MedicationRequest", "status": "cancelled", "intent": "order", "medicationReference": { "reference": "Medication/9" }, {{Of42}} } }""")]
    [InlineData($$"""{ "resource": { "resourceType": "Procedure", "status": "not-done", "usedReference": [{ "display": "a plate" }], {{Of42}} } }""")]
    [InlineData($$"""{ "resource": { "resourceType": "MedicationStatement", "status": "active", "contained": [{ "resourceType": "Medication", "id": "m", "ingredient": [{ "itemReference": { "reference": "#s" } }] }, { "resourceType": "Substance", "id": "s", "code": { "text": "zinc" } }], "medicationReference": { "reference": "#m" }, {{Of42}} } }""")]
    [InlineData("""{ "resource": { "resourceType": "Practitioner", "modifierExtension": [{ "url": "http://example.org/not", "valueBoolean": true }] } }""")]
    public async Task A_record_that_was_seen_has_no_message(string entry)
    {
        var guidance = Assert.Single((await ScreenAsync(Requests.NothingToReport(), entry)).Resources("GuidanceResponse"));
        Assert.Single(guidance["contained"]!.AsArray());
        Assert.False(guidance.ContainsKey("evaluationMessage"));
    }

    [Fact]
    public async Task It_is_told_how_many_entries_were_looked_at_and_how_many_matter()
    {
        var entries = string.Join(", ",
            $$"""{ "resource": { "resourceType": "Condition", "id": "a", {{Pregnant}}, {{Of42}} } }""",
            $$"""{ "resource": { "resourceType": "Condition", "id": "a", {{Pregnant}}, {{Of42}} } }""",
            $$"""{ "resource": { "resourceType": "Condition", "id": "b", "code": { "text": "hay fever" }, {{Of42}} } }""",
            $$"""{ "resource": { "resourceType": "MedicationRequest", "status": "entered-in-error", "intent": "order", {{Toxin}}, {{Of42}} } }""",
            """{ "resource": { "resourceType": "Patient", "id": "42" } }""");

        Assert.Equal((2, 1), Counted(await ScreenAsync(Requests.NothingToReport(), entries)));
        Assert.Equal((1, 0), Counted(await ScreenAsync(Requests.NothingToReport(), $$"""{ "resource": { "resourceType": "Condition", "code": { "text": "hay fever" }, {{Of42}} } }""")));
        Assert.Null(Counted((await service.FhirScreenAsync(RestToFhir.Parameters(RestToFhir.Bare(Requests.NothingToReport()))!)).Answer));
    }

    [Fact]
    public async Task Nothing_of_the_record_is_repeated_in_the_message()
    {
        var bundle = await ScreenAsync(Requests.NothingToReport(), $$"""{ "resource": { "resourceType": "MedicationStatement", "id": "SECRET", "status": "active", "medicationReference": { "reference": "Medication/SECRET", "display": "SECRET" }, {{Of42}} } }""");
        Assert.DoesNotContain("SECRET", bundle.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($$""" "resourceType": "MedicationDispense", "status": "completed", "whenHandedOver": "2025-01-01" """)]
    [InlineData($$""" "resourceType": "MedicationRequest", "status": "active", "intent": "order", "authoredOn": "2025-01-01" """)]
    [InlineData($$""" "resourceType": "MedicationStatement", "status": "active", "effectiveDateTime": "2025-01-01" """)]
    public async Task What_was_handed_over_or_ordered_may_have_been_injected_as_late_as_today(string source)
    {
        var entry = $$"""{ "resource": { {{source}}, {{Toxin}}, {{Of42}} } }""";
        Assert.Equal(("deferred", "2026-06-15"), Decided(await ScreenAsync(Requests.NothingToReport(), entry)));

        var request = Requests.NothingToReport();
        request["appointment"]!["start"] = "2026-06-15T10:00:00";
        Assert.Equal(("eligible", "2026-06-15"), Decided(await ScreenAsync(request, entry)));
    }

    [Theory]
    [InlineData($$""" "resourceType": "MedicationRequest", "status": "completed", "intent": "order", "authoredOn": "2025-01-01" """)]
    [InlineData($$""" "resourceType": "MedicationRequest", "status": "completed", "intent": "order" """)]
    [InlineData($$""" "resourceType": "MedicationStatement", "status": "completed" """)]
    public async Task What_is_over_and_does_not_say_when_it_was_is_for_a_clinician(string source)
    {
        var entry = $$"""{ "resource": { {{source}}, {{Toxin}}, {{Of42}} } }""";
        Assert.Equal("review", Decided(await ScreenAsync(Requests.NothingToReport(), entry)).Eligibility);
    }

    [Fact]
    public async Task A_course_of_injections_may_be_given_up_to_its_end()
    {
        const string Order = """
            "resourceType": "MedicationRequest", "status": "active", "intent": "order",
            "dosageInstruction": [{ "timing": { "repeat": { "boundsPeriod": { "start": "2026-05-20", "end": "2026-06-22" } } } }]
            """;
        var request = Requests.NothingToReport();
        request["appointment"]!["start"] = "2026-06-25T10:00:00";
        Assert.Equal(("deferred", "2026-07-06"), Decided(await ScreenAsync(request, $$"""{ "resource": { {{Order}}, {{Toxin}}, {{Of42}} } }""")));
    }

    [Fact]
    public async Task What_goes_on_after_its_end_may_have_been_given_since()
    {
        const string Taken = """ "resourceType": "MedicationStatement", "status": "active", "effectivePeriod": { "start": "2025-01-01", "end": "2026-04-20" } """;
        var entry = $$"""{ "resource": { {{Taken}}, {{Toxin}}, {{Of42}} } }""";
        Assert.Equal(("deferred", "2026-06-15"), Decided(await ScreenAsync(Requests.NothingToReport(), entry)));
    }

    [Theory]
    [InlineData(""" "resourceType": "Condition", "code": { "text": "Receives botulinum toxin" }, "onsetDateTime": "2026-04-28" """)]
    [InlineData(""" "resourceType": "Procedure", "status": "completed", "usedCode": [{ "text": "Restylane" }], "performedPeriod": { "start": "2026-05-01", "end": "2026-05-28" } """)]
    public async Task Injections_in_words_that_began_long_ago_may_not_be_over(string source)
    {
        var request = Requests.NothingToReport();
        request["appointment"]!["start"] = "2026-06-02T10:00:00";
        Assert.Equal("review", Decided(await ScreenAsync(request, $$"""{ "resource": { {{source}}, {{Of42}} } }""")).Eligibility);
    }

    [Fact]
    public async Task What_will_be_handed_over_may_be_injected_from_that_day_on()
    {
        var request = Requests.NothingToReport();
        request["appointment"]!["start"] = "2026-07-13T10:00:00";
        var entry = $$"""{ "resource": { "resourceType": "MedicationDispense", "status": "preparation", "whenHandedOver": "2026-07-01", {{Toxin}}, {{Of42}} } }""";
        Assert.Equal(("deferred", "2026-07-15"), Decided(await ScreenAsync(request, entry)));
    }

    [Theory]
    [InlineData(""" "abatementDateTime": "2019" """, "eligible")]
    [InlineData(""" "abatementDateTime": "2026-06-01" """, "eligible")]
    [InlineData(""" "abatementPeriod": { "end": "2026-05" } """, "eligible")]
    [InlineData(""" "clinicalStatus": { "coding": [{ "code": "resolved" }] }, "abatementDateTime": "2026" """, "eligible")]
    [InlineData(""" "abatementDateTime": "2026-06-02" """, "ineligible")]
    [InlineData(""" "abatementDateTime": "2027" """, "ineligible")]
    [InlineData(""" "clinicalStatus": { "coding": [{ "code": "active" }] }, "abatementDateTime": "2019" """, "ineligible")]
    [InlineData(""" "clinicalStatus": { "coding": [{ "code": "resolved" }] }, "abatementDateTime": "2026-06-02" """, "ineligible")]
    [InlineData(""" "abatementDateTime": "2026" """, "review")]
    [InlineData(""" "abatementDateTime": "2026-06" """, "review")]
    [InlineData(""" "abatementString": "last year" """, "review")]
    [InlineData(""" "abatementAge": { "value": 20, "unit": "years", "system": "http://unitsofmeasure.org", "code": "a" } """, "review")]
    [InlineData(""" "abatementRange": { "high": { "value": 20 } } """, "review")]
    [InlineData(""" "abatementPeriod": { "start": "2019" } """, "review")]
    public async Task Only_a_day_that_is_surely_over_ends_a_condition(string told, string eligibility) =>
        Assert.Equal(eligibility, Decided(await ScreenAsync(Requests.NothingToReport(), $$"""{ "resource": { "resourceType": "Condition", {{told}}, {{Pregnant}}, {{Of42}} } }""")).Eligibility);

    [Theory]
    [InlineData($$""" "resourceType": "Condition", "clinicalStatus": { "coding": [{ "code": "resolved" }] }, {{Pregnant}} """, "review")]
    [InlineData($$""" "resourceType": "Condition", "verificationStatus": { "coding": [{ "code": "refuted" }] }, {{Pregnant}} """, "review")]
    [InlineData($$""" "resourceType": "Condition", "clinicalStatus": { "coding": [{ "code": "active" }] }, {{Pregnant}} """, "ineligible")]
    [InlineData($$""" "resourceType": "MedicationStatement", "status": "not-taken", {{Toxin}} """, "deferred")]
    [InlineData($$""" "resourceType": "MedicationAdministration", "status": "completed", "effectiveDateTime": "2020-01-01", {{Toxin}} """, "deferred")]
    [InlineData($$""" "resourceType": "MedicationRequest", "status": "active", "intent": "order", "doNotPerform": true, {{Toxin}} """, "deferred")]
    [InlineData($$""" "resourceType": "MedicationDispense", "status": "cancelled", {{Toxin}} """, "deferred")]
    [InlineData(""" "resourceType": "Observation", "status": "entered-in-error", "code": { "coding": [{ "system": "http://loinc.org", "code": "82810-3" }] }, "valueCodeableConcept": { "coding": [{ "system": "http://snomed.info/sct", "code": "60001007" }] } """, "review")]
    [InlineData(""" "resourceType": "Device", "status": "entered-in-error", "type": { "coding": [{ "system": "http://snomed.info/sct", "code": "14106009" }] } """, "ineligible")]
    [InlineData(""" "resourceType": "AllergyIntolerance", "verificationStatus": { "coding": [{ "code": "refuted" }] }, "code": { "coding": [{ "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "L23.0" }] } """, "ineligible")]
    public async Task What_has_its_meaning_changed_clears_nothing_and_counts_by_its_codes(string resource, string eligibility)
    {
        var subject = resource.Contains("\"Device\"", StringComparison.Ordinal) || resource.Contains("Allergy", StringComparison.Ordinal) ? Of42.Replace("subject", "patient", StringComparison.Ordinal) : Of42;
        foreach (var modified in new[] { Modifier, "\"implicitRules\": \"http://example.org/rules\"" })
        {
            Assert.Equal(eligibility, Decided(await ScreenAsync(Requests.NothingToReport(), $$"""{ "resource": { {{resource}}, {{modified}}, {{subject}} } }""")).Eligibility);
        }

        Assert.Equal(eligibility, Decided(await ScreenAsync(Requests.NothingToReport(), $$"""{ {{Modifier}}, "resource": { {{resource}}, {{subject}} } }""")).Eligibility);
    }

    [Theory]
    [InlineData(""" "resourceType": "MedicationRequest", "status": "active", "intent": "order", "medicationCodeableConcept": { "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "10753" }] }, "dosageInstruction": [{ MODIFIER "route": { "coding": [{ "system": "http://snomed.info/sct", "code": "26643006" }] } }] """, "eligible", "deferred")]
    [InlineData(""" "resourceType": "MedicationStatement", "status": "active", "medicationReference": { "reference": "#m" }, "contained": [{ "resourceType": "Medication", "id": "m", "ingredient": [{ MODIFIER "isActive": false, "itemCodeableConcept": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "M03AX01" }] } }] }] """, "eligible", "deferred")]
    [InlineData(""" "resourceType": "Observation", "status": "final", "effectiveDateTime": "2026-05", "code": { "text": "panel" }, "component": [{ MODIFIER "code": { "coding": [{ "system": "http://loinc.org", "code": "82810-3" }] }, "valueCodeableConcept": { "coding": [{ "system": "http://snomed.info/sct", "code": "60001007" }] } }] """, "eligible", "review")]
    public async Task A_modifier_within_an_entry_is_one_of_the_entry(string resource, string without, string with)
    {
        foreach (var (modifier, eligibility) in new[] { ("", without), (Modifier + ",", with) })
        {
            var entry = $$"""{ "resource": { {{resource.Replace("MODIFIER", modifier, StringComparison.Ordinal)}}, {{Of42}} } }""";
            Assert.Equal(eligibility, Decided(await ScreenAsync(Requests.NothingToReport(), entry)).Eligibility);
        }
    }

    [Fact]
    public async Task A_verification_that_says_both_is_not_confirmed_and_not_refuted() =>
        Assert.Equal("ineligible", Decided(await ScreenAsync(Requests.NothingToReport(), $$"""
            { "resource": { "resourceType": "Condition", "verificationStatus": { "coding": [{ "code": "refuted" }, { "code": "confirmed" }] },
              "clinicalStatus": { "coding": [{ "code": "active" }] }, {{Pregnant}}, {{Of42}} } }
            """)).Eligibility);

    private static (int Entries, int Matter)? Counted(JsonObject bundle)
    {
        var outputs = Assert.Single(bundle.Resources("GuidanceResponse"))["contained"]![0]!["parameter"]!.AsArray();
        return outputs.SingleOrDefault(output => (string)output!["name"]! == "record")?["part"]!.AsArray() is [{ } entries, { } matter]
            ? ((int)entries["valueInteger"]!, (int)matter["valueInteger"]!) : null;
    }

    private static (string Eligibility, string NotBefore) Decided(JsonObject bundle) => FhirDecision.Of(bundle) is var decision ? ((string)decision["eligibility"]!, (string)decision["notBefore"]!) : default;

    /// <summary>Screens as of 2026-06-01, by default for 2026-06-10, with a record of one entry.</summary>
    private async Task<JsonObject> ScreenAsync(JsonObject request, string entry, string language = "en")
    {
        var parameters = RestToFhir.Parameters(RestToFhir.Bare(request))!;
        parameters["parameter"]!.AsArray().Add(JsonNode.Parse($$"""{ "name": "record", "resource": { "resourceType": "Bundle", "type": "collection", "entry": [{{entry}}] } }"""));
        using var message = new HttpRequestMessage(HttpMethod.Post, FhirCalls.Screen) { Content = new StringContent(parameters.ToJsonString(), System.Text.Encoding.UTF8, "application/json") };
        message.Headers.AcceptLanguage.ParseAdd(language);
        using var response = await service.Client.SendAsync(message);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        _ = FhirCalls.Read(bytes, FhirCalls.Json);
        Assert.True((int)response.StatusCode == 200, System.Text.Encoding.UTF8.GetString(bytes));
        return JsonNode.Parse(bytes)!.AsObject();
    }
}
