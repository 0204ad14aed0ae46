using System.Net;
using System.Text.Json.Nodes;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.CdsHooks;

/// <summary>What did not come proves nothing; what came makes answers worse, never better.</summary>
public sealed class CdsPrefetchTests(ServiceFixture service)
{
    private const string Outcome = """{ "resourceType": "OperationOutcome", "issue": [{ "severity": "error", "code": "timeout" }] }""";

    public static TheoryData<string> NotKnown =>
    [
        string.Empty,
        Outcome,
        """{ "resourceType": "Bundle", "link": [{ "relation": "next", "url": "https://ehr.example.org/fhir?page=2" }] }""",
    ];

    [Theory]
    [MemberData(nameof(NotKnown))]
    public async Task Without_the_form_nobody_was_screened_and_every_question_is_asked(string value)
    {
        var card = Assert.Single(await service.CardsAsync(Without("questionnaireResponses", value)));
        Assert.Equal(("incomplete", "critical"), (card.Eligibility(), card.Text("indicator")));
        Assert.EndsWith("not screened, no usable intake form came", card.Text("summary"), StringComparison.Ordinal);
        Assert.Contains("**What to ask next**", card.Text("detail"), StringComparison.Ordinal);
        Assert.True(card.Text("detail").Split("\n- ").Length > 10);
        Assert.Contains("- Intake forms: ", card.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Null_says_that_there_is_nothing_and_leaves_nothing_open()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        foreach (var key in call["prefetch"]!.AsObject().Select(member => member.Key).Where(key => key != "questionnaireResponses").ToList())
        {
            call["prefetch"]![key] = null;
        }

        var card = Assert.Single(await service.CardsAsync(call));
        Assert.Equal(("eligible", "info"), (card.Eligibility(), card.Text("indicator")));
        Assert.EndsWith(": can be booked", card.Text("summary"), StringComparison.Ordinal);
        Assert.DoesNotContain("What was not seen", card.Text("detail"), StringComparison.Ordinal);

        call["prefetch"]!["questionnaireResponses"] = null;
        card = Assert.Single(await service.CardsAsync(call));
        Assert.Equal(("incomplete", "critical"), (card.Eligibility(), card.Text("indicator")));
    }

    [Theory]
    [InlineData("warning", "adds a warning")]
    [InlineData("information", "adds some information")]
    public async Task What_a_server_remarks_on_an_answer_is_told_and_hides_nothing_of_it(string severity, string told)
    {
        var remark = $$"""{ "search": { "mode": "outcome" }, "resource": { "resourceType": "OperationOutcome", "issue": [{ "severity": "{{severity}}", "code": "processing", "diagnostics": "zq9 zq9" }] } }""";
        var call = CdsCalls.Booking(Requests.NothingToReport());
        foreach (var key in (string[])["questionnaireResponses", "conditions"])
        {
            call["prefetch"]![key]!["entry"]!.AsArray().Add(JsonNode.Parse(remark));
        }

        var card = Assert.Single(await service.CardsAsync(call));
        Assert.Equal("eligible", card.Eligibility());
        Assert.EndsWith(": can be booked", card.Text("summary"), StringComparison.Ordinal);
        Assert.All(["Intake forms", "Conditions"], part => Assert.Contains($"- {part}: the record system {told}", card.Text("detail"), StringComparison.Ordinal));
        Assert.DoesNotContain("zq9 zq9", card.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_asked_for_is_named_and_is_no_reservation()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"]!.AsObject().Remove("medicationStatements");
        call["prefetch"]!.AsObject().Remove("deviceUses");
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.EndsWith(": can be booked", card.Text("summary"), StringComparison.Ordinal);
        Assert.All(["Medicines taken", "Use of devices"], part => Assert.Contains($"- {part}: not asked for", card.Text("detail"), StringComparison.Ordinal));

        await using var asking = new SettingsService(("Cds:Prefetch", "MedicationStatement, deviceuses"));
        card = Assert.Single(await asking.CardsAsync(call));
        Assert.EndsWith("(record not seen in full)", card.Text("summary"), StringComparison.Ordinal);
        Assert.All(["Medicines taken", "Use of devices"], part => Assert.Contains($"- {part}: not sent", card.Text("detail"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_resource_of_a_misspelt_type_is_one_that_could_not_be_read()
    {
        var psoriasis = CdsCalls.Psoriasis();
        psoriasis["resourceType"] = "Conditon";
        var call = CdsCalls.Booking(Requests.NothingToReport());
        var conditions = CdsCalls.Bundle(psoriasis);
        conditions.Remove("total");
        call["prefetch"]!["conditions"] = conditions;
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.EndsWith("(record not seen in full)", card.Text("summary"), StringComparison.Ordinal);
        Assert.Contains("- Entries of the record that could not be read in full: 1", card.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NotKnown))]
    public async Task Without_a_part_of_the_record_the_answers_decide_and_the_card_says_what_was_not_seen(string value)
    {
        var card = Assert.Single(await service.CardsAsync(Without("conditions", value)));
        Assert.Equal(("eligible", "info"), (card.Eligibility(), card.Text("indicator")));
        Assert.EndsWith("(record not seen in full)", card.Text("summary"), StringComparison.Ordinal);
        Assert.Contains("**What was not seen**", card.Text("detail"), StringComparison.Ordinal);
        Assert.Contains("- Conditions: ", card.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_record_excludes_although_no_form_came()
    {
        var call = Without("questionnaireResponses", string.Empty);
        call["prefetch"]!["conditions"] = CdsCalls.Bundle(CdsCalls.Psoriasis());
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.Equal("ineligible", card.Eligibility());
        Assert.Contains("`Condition/c1`", card.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_record_and_the_answers_disagree_and_the_worse_counts()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"]!["conditions"] = CdsCalls.Bundle(CdsCalls.Psoriasis());
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.Equal("ineligible", card.Eligibility());
        Assert.Contains("`Condition/c1`", card.Text("detail"), StringComparison.Ordinal);
        Assert.Contains("The record and the answers disagree.", card.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(
            """[{"question":"skinConditions","answer":"psoriasis","reference":"Condition/c1","raises":true,"disagrees":true}]""",
            card["extension"]!["urn:screening-api:record"]!.ToJsonString());
    }

    [Fact]
    public async Task What_the_record_only_repeats_raises_nothing()
    {
        var rest = Requests.NothingToReport();
        rest["answers"]!["skinConditions"] = new JsonArray("psoriasis");
        var call = CdsCalls.Booking(rest);
        call["prefetch"]!["conditions"] = CdsCalls.Bundle([.. Enumerable.Range(0, 150).Select(i => CdsCalls.Psoriasis($"c{i}"))]);
        var named = Assert.Single(await service.CardsAsync(call))["extension"]!["urn:screening-api:record"]!.AsArray();
        Assert.Equal(100, named.Count);
        Assert.All(named, entry => Assert.False((bool)entry!["raises"]! || (bool)entry["disagrees"]!));
    }

    [Fact]
    public async Task What_is_on_the_first_page_counts_although_there_are_more()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        var page = CdsCalls.Bundle(CdsCalls.Psoriasis());
        page["link"] = new JsonArray(new JsonObject { ["relation"] = "next", ["url"] = "https://ehr.example.org/fhir?page=2" });
        call["prefetch"]!["conditions"] = page;
        Assert.Equal("ineligible", Assert.Single(await service.CardsAsync(call)).Eligibility());
    }

    [Fact]
    public async Task What_is_about_somebody_else_is_not_used_and_that_is_said()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        var theirs = CdsCalls.Psoriasis();
        theirs["subject"]!["reference"] = "Patient/7";
        var form = CdsCalls.Form(Requests.NothingToReport());
        form["subject"]!["reference"] = "Patient/7";
        call["prefetch"]!["conditions"] = CdsCalls.Bundle(theirs);
        call["prefetch"]!["questionnaireResponses"] = CdsCalls.Bundle(form);
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.Equal("incomplete", card.Eligibility());
        Assert.DoesNotContain("c1", card.Text("detail"), StringComparison.Ordinal);
        Assert.Contains("- Conditions: 1 not used, about somebody else", card.Text("detail"), StringComparison.Ordinal);
        Assert.Contains("- Intake forms not used, not about this person: 1", card.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_latest_finished_form_counts()
    {
        var worse = Requests.NothingToReport();
        worse["answers"]!["pregnancy"] = "yes";
        var (old, latest, draft) = (CdsCalls.Form(worse), CdsCalls.Form(Requests.NothingToReport()), CdsCalls.Form(worse));
        old["authored"] = "2025-01-01T00:00:00Z";
        (draft["authored"], draft["status"]) = ("2026-05-31T00:00:00Z", "in-progress");
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"]!["questionnaireResponses"] = CdsCalls.Bundle(old, latest, draft);
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.Equal("eligible", card.Eligibility());
        Assert.Contains("- Intake forms not used, not finished: 1", card.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("17")]
    [InlineData("""{ "somethingElse": { "resourceType": "Bundle" } }""")]
    public async Task When_no_key_came_that_was_asked_for_it_is_412(string prefetch)
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"] = JsonNode.Parse(prefetch);
        using var response = await service.PostAsync(CdsCalls.Book, call.ToJsonString());
        Assert.Equal((HttpStatusCode.PreconditionFailed, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Theory]
    [InlineData("""{ "patient": { "resourceType": "Patient", "id": "42" } }""")]
    [InlineData("""{ "conditions": { "resourceType": "Bundle" } }""")]
    [InlineData("""{ "patient": null, "conditions": null, "questionnaireResponses": null }""")]
    [InlineData($$"""{ "questionnaireResponses": {{Outcome}}, "conditions": {{Outcome}} }""")]
    [InlineData("""{ "patient": { "resourceType": "Patient", "id": "7" } }""")]
    public async Task When_anything_came_it_is_200_and_critical(string prefetch)
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"] = JsonNode.Parse(prefetch);
        Assert.Equal("critical", Assert.Single(await service.CardsAsync(call)).Text("indicator"));
    }

    private static JsonObject Without(string key, string value)
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"]!.AsObject().Remove(key);
        if (value.Length > 0)
        {
            call["prefetch"]![key] = JsonNode.Parse(value);
        }

        return call;
    }
}
