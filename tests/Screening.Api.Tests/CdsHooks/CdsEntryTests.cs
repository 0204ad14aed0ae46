using System.Text.Json.Nodes;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.CdsHooks;

/// <summary>Entries of a record that do not say all that could be said: what they say counts, and what they do not say is told.</summary>
public sealed class CdsEntryTests(ServiceFixture service)
{
    [Fact]
    public async Task What_the_SDK_cannot_read_in_full_still_counts_for_what_can_be_read()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        var odd = CdsCalls.Psoriasis();
        odd["onsetDateTime"] = "when young";
        odd["unheardOf"] = new JsonObject { ["x"] = 1 };
        var broken = CdsCalls.Psoriasis("c2");
        broken["clinicalStatus"] = new JsonArray(17);
        var lost = CdsCalls.Psoriasis("c3");
        lost["code"] = new JsonArray(17);
        var dangling = CdsCalls.Resource("""{ "resourceType": "MedicationRequest", "id": "m1", "status": "active", "intent": "order", "medicationReference": { "reference": "Medication/9" } }""");
        call["prefetch"]!["conditions"] = CdsCalls.Bundle(odd, broken, lost);
        call["prefetch"]!["medicationRequests"] = CdsCalls.Bundle(dangling);
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.Equal("ineligible", card.Eligibility());
        Assert.All(["`Condition/c1`", "`Condition/c2`"], name => Assert.Contains(name, card.Text("detail"), StringComparison.Ordinal));
        Assert.Contains("do not say what they are in a known code or in words: 1 (`Condition/c3`)", card.Text("detail"), StringComparison.Ordinal);
        Assert.Contains("could not be read in full: 3", card.Text("detail"), StringComparison.Ordinal);
        Assert.Contains("which did not come: 1", card.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_of_something_that_did_not_come_is_a_part_that_was_not_seen()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"]!["medicationRequests"] = CdsCalls.Bundle(
            CdsCalls.Resource("""{ "resourceType": "MedicationRequest", "id": "m1", "status": "active", "intent": "order", "medicationReference": { "reference": "Medication/9" } }"""));
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.Equal("eligible", card.Eligibility());
        Assert.EndsWith("(record not seen in full)", card.Text("summary"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("medicationRequests", """{ "resourceType": "MedicationRequest", "id": "m1", "status": "active", "intent": "order" }""")]
    [InlineData("medicationRequests", """{ "resourceType": "MedicationRequest", "id": "m1", "status": "active", "intent": "order", "medicationCodeableConcept": { "coding": [{ "system": "urn:oid:1.2.3.4", "code": "X1" }] } }""")]
    [InlineData("medicationRequests", """{ "resourceType": "MedicationRequest", "id": "m1", "status": "active", "intent": "order", "medication": { "concept": { "text": "Warfarin" } } }""")]
    [InlineData("medicationStatements", """{ "resourceType": "MedicationStatement", "id": "m1", "status": "active", "medication": { "reference": { "reference": "Medication/1", "display": "Warfarin" } } }""")]
    [InlineData("devices", """{ "resourceType": "Device", "id": "m1", "status": "active" }""")]
    [InlineData("conditions", """{ "resourceType": "Condition", "id": "m1", "code": { "coding": [{ "code": "L40.0" }] } }""")]
    public async Task An_entry_that_does_not_say_what_it_is_is_a_part_that_was_not_seen_and_is_named(string key, string resource)
    {
        foreach (var (language, words, reservation) in new[] { ("en", "do not say what they are", "(record not seen in full)"), ("es", "no dicen qué son", "(historia vista en parte)") })
        {
            var call = CdsCalls.Booking(Requests.NothingToReport());
            call["prefetch"]![key] = CdsCalls.Bundle(CdsCalls.Resource(resource));
            var card = Assert.Single(await service.CardsAsync(call, language: language));
            Assert.Equal("eligible", card.Eligibility());
            Assert.EndsWith(reservation, card.Text("summary"), StringComparison.Ordinal);
            Assert.Contains(words, card.Text("detail"), StringComparison.Ordinal);
            Assert.Contains($": 1 (`{(string)JsonNode.Parse(resource)!["resourceType"]!}/m1`)", card.Text("detail"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Of_many_entries_that_do_not_say_what_they_are_the_first_are_named()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"]!["conditions"] = CdsCalls.Bundle([.. Enumerable.Range(1, 7).Select(i => CdsCalls.Resource($$"""{ "resourceType": "Condition", "id": "c{{i}}" }"""))]);
        Assert.Contains("in words: 7 (`Condition/c1`, `Condition/c2`, `Condition/c3`, `Condition/c4`, `Condition/c5`, …)", Assert.Single(await service.CardsAsync(call)).Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_in_24_hours_is_daily()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"]!["medicationRequests"] = CdsCalls.Bundle(CdsCalls.Resource("""
            { "resourceType": "MedicationRequest", "id": "m1", "status": "active", "intent": "order",
              "medicationCodeableConcept": { "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "11289" }] },
              "dosageInstruction": [{ "timing": { "repeat": { "frequency": 1, "period": 24, "periodUnit": "h" } } }] }
            """));
        Assert.Equal("ineligible", Assert.Single(await service.CardsAsync(call)).Eligibility());
    }

    [Theory]
    [InlineData("modifierExtension", """[{ "url": "http://example.org/not", "valueBoolean": true }]""")]
    [InlineData("implicitRules", "\"http://example.org/rules\"")]
    [InlineData("modifierExtension", "17")]
    [InlineData("implicitRules", "{}")]
    public async Task What_has_its_meaning_changed_is_no_part_that_was_seen_and_clears_nothing(string member, string value)
    {
        var resolved = CdsCalls.Psoriasis();
        resolved["clinicalStatus"]!["coding"]![0]!["code"] = "resolved";
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"]!["conditions"] = CdsCalls.Bundle(resolved);
        Assert.Equal("eligible", Assert.Single(await service.CardsAsync(call)).Eligibility());

        resolved[member] = JsonNode.Parse(value);
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.Equal("ineligible", card.Eligibility());
        Assert.Contains("could not be read in full: 1", card.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "resourceType": "MedicationRequest", "status": "active", "intent": "order", "medicationReference": { "identifier": { "value": "9" } } }""", "medicationRequests")]
    [InlineData("""{ "resourceType": "MedicationRequest", "status": "active", "intent": "order", "medicationReference": { "reference": "#m" } }""", "medicationRequests")]
    [InlineData("""{ "resourceType": "Procedure", "status": "completed", "focalDevice": [{ "manipulated": { "reference": "Device/9" } }] }""", "procedures")]
    public async Task Whatever_only_points_at_what_did_not_come_is_counted(string resource, string key)
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"]![key] = CdsCalls.Bundle(CdsCalls.Resource(resource));
        Assert.Contains("which did not come: 1", Assert.Single(await service.CardsAsync(call)).Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "resourceType": "Observation", "id": "m1", "status": "final", "code": { "text": "Pregnancy status" }, "valueCodeableConcept": { "coding": [{ "system": "http://loinc.org", "code": "LA15173-0", "display": "Pregnant" }] } }""")]
    [InlineData("""{ "resourceType": "Observation", "id": "m1", "status": "final", "code": { "coding": [{ "code": "82810-3", "display": "Pregnancy status" }] } }""")]
    [InlineData("""{ "resourceType": "Observation", "id": "m1", "status": "final", "code": { "text": "Status" }, "valueString": "Pregnant" }""")]
    public async Task An_observation_that_speaks_of_the_protocol_without_a_known_code_is_a_part_that_was_not_seen(string observation)
    {
        var card = Assert.Single(await service.CardsAsync(With("observations", CdsCalls.Bundle(CdsCalls.Resource(observation)))));
        Assert.EndsWith("(record not seen in full)", card.Text("summary"), StringComparison.Ordinal);
        Assert.Contains("(`Observation/m1`)", card.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("entries")]
    [InlineData("Entry")]
    [InlineData("contained")]
    [InlineData("issues")]
    public async Task What_a_misspelt_list_of_a_Bundle_holds_was_not_seen(string name)
    {
        var bundle = CdsCalls.Bundle(CdsCalls.Psoriasis());
        bundle[name] = bundle["entry"]!.DeepClone();
        bundle.Remove("entry");
        Assert.EndsWith(
            "(record not seen in full)", Assert.Single(await service.CardsAsync(With("conditions", bundle))).Text("summary"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("patient/{0}")]
    [InlineData("Patient/{0}/")]
    [InlineData(" Patient/{0}")]
    [InlineData("Group/{0}")]
    [InlineData("Patient/{0}#a")]
    public async Task What_may_be_about_the_person_counts(string reference)
    {
        var entry = CdsCalls.Psoriasis();
        entry["subject"]!["reference"] = reference.Replace("{0}", (string)CdsCalls.Booking(Requests.NothingToReport())["context"]!["patientId"]!, StringComparison.Ordinal);
        Assert.Equal("ineligible", Assert.Single(await service.CardsAsync(With("conditions", CdsCalls.Bundle(entry)))).Eligibility());
    }

    [Fact]
    public async Task Where_something_came_about_somebody_else_the_record_was_not_seen_in_full()
    {
        var entry = CdsCalls.Psoriasis();
        entry["subject"]!["reference"] = "Patient/somebody-else";
        var card = Assert.Single(await service.CardsAsync(With("conditions", CdsCalls.Bundle(entry))));
        Assert.Equal("eligible", card.Eligibility());
        Assert.EndsWith("(record not seen in full)", card.Text("summary"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_medicine_that_is_pointed_at_by_the_name_of_its_entry_counts()
    {
        const string Name = "urn:uuid:d1577c69-dfbe-44ad-ba6d-3e05e953b2ea";
        var order = CdsCalls.Resource($$"""
            { "resourceType": "MedicationRequest", "id": "m1", "status": "active", "intent": "order", "medicationReference": { "reference": "{{Name}}" },
              "dosageInstruction": [{ "text": "daily" }] }
            """);
        var bundle = CdsCalls.Bundle(order, CdsCalls.Resource("""{ "resourceType": "Medication", "code": { "text": "Warfarin 5 MG" } }"""));
        bundle["entry"]![1]!["fullUrl"] = Name;
        Assert.Equal("ineligible", Assert.Single(await service.CardsAsync(With("medicationRequests", bundle))).Eligibility());
    }

    [Fact]
    public async Task What_a_Bundle_within_a_Bundle_holds_counts()
    {
        var bundle = CdsCalls.Bundle(CdsCalls.Bundle(CdsCalls.Psoriasis()));
        Assert.Equal("ineligible", Assert.Single(await service.CardsAsync(With("conditions", bundle))).Eligibility());
    }

    [Theory]
    [InlineData("error", true)]
    [InlineData("warning", false)]
    public async Task What_a_server_says_beside_an_entry_is_heard(string severity, bool isReserved)
    {
        var bundle = CdsCalls.Bundle(CdsCalls.Resource("""{ "resourceType": "Condition", "id": "c9", "code": { "text": "Asthma" } }"""));
        bundle["entry"]![0]!["response"] = JsonNode.Parse(
            $$"""{ "status": "200", "outcome": { "resourceType": "OperationOutcome", "issue": [{ "severity": "{{severity}}", "code": "timeout" }] } }""");
        var card = Assert.Single(await service.CardsAsync(With("conditions", bundle)));
        Assert.Equal(isReserved, card.Text("summary").EndsWith("(record not seen in full)", StringComparison.Ordinal));
    }

    private static JsonObject With(string key, JsonNode value)
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"]![key] = value;
        return call;
    }
}
