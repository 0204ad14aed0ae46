using System.Globalization;
using System.Text.Json.Nodes;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.CdsHooks;

/// <summary>Much of anything in a call: the first of it is told, the rest is counted, and no reason is lost.</summary>
public sealed class CdsManyTests(ServiceFixture service)
{
    [Fact]
    public async Task Of_many_entries_of_the_record_the_first_are_named_and_the_rest_are_counted()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"]!["conditions"] = CdsCalls.Bundle([.. Enumerable.Range(0, 13).Select(i => CdsCalls.Psoriasis(Id("c", i)))]);
        var detail = Assert.Single(await service.CardsAsync(call)).Text("detail");
        Assert.All(Enumerable.Range(0, 10), i => Assert.Contains(Id("`Condition/c", i) + "`", detail, StringComparison.Ordinal));
        Assert.DoesNotContain("`Condition/c10`", detail, StringComparison.Ordinal);
        Assert.Contains("  - In the record: 3 more entries\n", detail, StringComparison.Ordinal);
        Assert.Contains("The record and the answers disagree.", detail, StringComparison.Ordinal);
        Assert.Contains("  - En la historia clínica: 3 entradas más\n", Assert.Single(await service.CardsAsync(call, language: "es")).Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_that_raised_the_answer_are_named_first()
    {
        var rest = Requests.NothingToReport();
        rest["answers"]!["injections"] = JsonNode.Parse("""[{ "product": "botulinum-toxin", "date": "2020-01-01" }]""");
        var call = CdsCalls.Booking(rest);
        call["prefetch"]!["medicationStatements"] = CdsCalls.Bundle([.. Enumerable.Range(0, 12).Select(i => Toxin(Id("said", i), "2020-01-01")), Toxin("new", "2026-05-30")]);
        var detail = Assert.Single(await service.CardsAsync(call)).Text("detail");
        Assert.Contains("`MedicationStatement/new`", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("`MedicationStatement/said10`", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_injections_in_the_record_the_one_that_blocks_the_date_is_named()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"]!["medicationStatements"] = CdsCalls.Bundle([.. Enumerable.Range(0, 26).Select(i => Toxin(Id("old", i), Id("", 1990 + i) + "-01-01")), Toxin("new", "2026-05-30")]);
        var detail = Assert.Single(await service.CardsAsync(call)).Text("detail");
        Assert.Contains("  - In the record: Botulinum toxin, from `MedicationStatement/new` (onabotulinumtoxinA, 30 May 2026)\n", detail, StringComparison.Ordinal);
        Assert.Contains("  - In the record: 17 more entries\n", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_is_evidence_for_several_findings_is_named_once()
    {
        // A rash of which it is not told whether it still is there makes every finding about the skin uncertain.
        var rash = CdsCalls.Psoriasis("rash");
        rash.Remove("clinicalStatus");
        rash["code"]!["coding"]![0]!["code"] = "R21";
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"]!["conditions"] = CdsCalls.Bundle(rash, CdsCalls.Psoriasis("plaque"));
        var detail = Assert.Single(await service.CardsAsync(call)).Text("detail");
        Assert.Equal(2, detail.Split("`Condition/rash`").Length);
        Assert.Equal(2, detail.Split("`Condition/plaque`").Length);
        Assert.Contains("  - In the record: 1 entries that are named or counted above\n", detail, StringComparison.Ordinal);
        Assert.True(detail.IndexOf("`psoriasis`", StringComparison.Ordinal) > detail.IndexOf("`Condition/plaque`", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_many_waits_those_that_block_the_date_are_told_and_the_rest_is_counted()
    {
        var rest = Requests.NothingToReport();
        rest["answers"]!["injections"] = new JsonArray([.. Enumerable.Range(1, 14).Select(i => new JsonObject { ["product"] = "filler", ["date"] = i == 14 ? "2026-06-05" : Id("2020-01-", i + 10) })]);
        var card = Assert.Single(await service.CardsAsync(CdsCalls.Booking(rest)));
        var detail = card.Text("detail");
        Assert.Equal("deferred", card.Eligibility());
        Assert.Contains("**Dates**\n\n- Not possible: 23 May 2026 through 18 June 2026", detail, StringComparison.Ordinal);
        Assert.Contains("\n- and 4 more\n", detail, StringComparison.Ordinal);
        Assert.Contains("Filler, 5 June 2026, Filler, 11 January 2020, ", detail, StringComparison.Ordinal);
        Assert.Contains("19 January 2020, and 4 more", detail, StringComparison.Ordinal);
        Assert.Equal(14, card["extension"]![CdsCalls.Decision]!["waitingPeriods"]!.AsArray().Count);
    }

    [Fact]
    public async Task Of_many_errors_of_one_kind_the_first_are_told()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        var items = call["prefetch"]!["questionnaireResponses"]!["entry"]![0]!["resource"]!["item"]!.AsArray();
        var first = items.Count;
        Enumerable.Range(0, 25).ToList().ForEach(i => items.Add(JsonNode.Parse($$"""{ "linkId": "{{Id("none", i)}}", "answer": [{ "valueBoolean": true }] }""")));
        items.Add(JsonNode.Parse("""{ "linkId": "pregnancy", "answer": [{ "valueBoolean": true }] }"""));
        var detail = Assert.Single(await service.CardsAsync(call)).Text("detail");
        Assert.Contains($"`QuestionnaireResponse.item[{first + 9}]`", detail, StringComparison.Ordinal);
        Assert.DoesNotContain($"`QuestionnaireResponse.item[{first + 10}]`", detail, StringComparison.Ordinal);
        Assert.Contains("\n- and 15 more\n", detail, StringComparison.Ordinal);
        Assert.Contains("Are you pregnant", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_waits_than_the_cards_of_a_call_can_tell_leave_the_last_appointments_unscreened()
    {
        var rest = Requests.NothingToReport();
        rest["answers"]!["injections"] = new JsonArray([.. Enumerable.Range(0, 1000).Select(i => new JsonObject { ["product"] = "filler", ["date"] = Id("", 1900 + (i % 100)) })]);
        var call = CdsCalls.Booking(rest);
        call["context"]!["appointments"] = CdsCalls.Bundle([.. Enumerable.Range(0, 12).Select(_ => CdsCalls.Appointment(rest))]);
        var cards = await service.CardsAsync(call);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => i < 3), cards.Select(card => card.ContainsKey("extension")));
        Assert.All(cards.Skip(3), card => Assert.Equal("critical", card.Text("indicator")));
        Assert.All(cards.Skip(3), card => Assert.Contains("`too-many`, at `QuestionnaireResponse`", card.Text("detail"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_the_cards_would_be_many_times_the_call_the_last_ones_tell_the_outcome_alone()
    {
        var rest = RestToFhir.ForHook(Requests.Everything());
        var call = CdsCalls.Booking(rest);
        call["context"]!["appointments"] = CdsCalls.Bundle([.. Enumerable.Range(0, 60).Select(_ => CdsCalls.Appointment(rest))]);
        var cards = await service.CardsAsync(call);
        Assert.Equal(60, cards.Count);
        Assert.Single(cards.Select(card => card.Text("summary")).Distinct(StringComparer.Ordinal));
        var whole = cards.TakeWhile(card => card.ContainsKey("extension")).ToList();
        Assert.InRange(whole.Count, 3, 59);
        Assert.All(whole, card => Assert.Contains("psoriasis", card.Text("detail"), StringComparison.Ordinal));
        Assert.All(cards.Skip(whole.Count), card => Assert.Equal("critical", card.Text("indicator")));
        Assert.All(cards.Skip(whole.Count), card => Assert.Contains("only the outcome is shown", card.Text("detail"), StringComparison.Ordinal));
        Assert.All(cards.Skip(whole.Count), card => Assert.False(card.ContainsKey("extension")));
    }

    [Fact]
    public async Task Each_of_many_appointments_is_screened_in_its_own_zone_and_on_its_own_day()
    {
        // Injected on 10 June in the west, which is 11 June in the east: the wait ends on the 24th, or on the 25th.
        var rest = Requests.NothingToReport();
        rest["appointment"]!["start"] = "2026-06-24T16:00:00Z";
        var call = CdsCalls.Booking(rest);
        call["prefetch"]!["medicationStatements"] = CdsCalls.Bundle(Toxin("t1", "2026-06-10T15:30:00Z"));
        JsonObject At(string? zone, string start)
        {
            var appointment = CdsCalls.Appointment(rest);
            appointment["start"] = start;
            appointment.Remove("extension");
            if (zone is not null)
            {
                appointment["extension"] = new JsonArray(new JsonObject { ["url"] = "http://hl7.org/fhir/StructureDefinition/timezone", ["valueCode"] = zone });
            }

            return appointment;
        }

        call["context"]!["appointments"] = CdsCalls.Bundle(
            At("America/Los_Angeles", "2026-06-23T12:00:00Z"),
            At("America/Los_Angeles", "2026-06-24T12:00:00Z"),
            At("Asia/Tokyo", "2026-06-24T12:00:00Z"),
            At("America/Los_Angeles", "2026-06-24T12:00:00Z"),
            At("Asia/Tokyo", "2026-06-25T12:00:00Z"),
            At(null, "2026-06-24T12:00:00Z"),
            At(null, "2026-06-26T12:00:00Z"));
        var cards = await service.CardsAsync(call);
        Assert.Equal(["deferred", "eligible", "deferred", "eligible", "eligible", "deferred", "eligible"], cards.Select(CdsCalls.Eligibility));
    }

    private static JsonObject Toxin(string id, string on) => CdsCalls.Resource($$"""
        {
          "resourceType": "MedicationStatement", "id": "{{id}}", "status": "completed", "effectiveDateTime": "{{on}}",
          "medicationCodeableConcept": { "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "860189" }] }
        }
        """);

    private static string Id(string start, int number) => start + number.ToString(CultureInfo.InvariantCulture);
}
