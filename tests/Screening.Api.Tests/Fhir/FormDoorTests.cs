using System.Text.Json.Nodes;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Fhir;

/// <summary>Filled-in forms as other programs make them, at both doors of FHIR alike.</summary>
public sealed class FormDoorTests(ServiceFixture service)
{
    [Theory]
    [InlineData("urn:screening-api:questionnaire:sublative-rf", true)]
    [InlineData("urn:screening-api:questionnaire:sublative-rf|1.0.0", true)]
    [InlineData("Questionnaire/sublative-rf", true)]
    [InlineData("Questionnaire/sublative-rf|1.0.0", true)]
    [InlineData("https://ehr.example.org/fhir/Questionnaire/sublative-rf", true)]
    [InlineData("http://ehr.example.org/Questionnaire/sublative-rf|1.0.0", true)]
    [InlineData("https://forms.example.org/Questionnaire/skin", true)]
    [InlineData("https://forms.example.org/Questionnaire/skin|7", true)]
    [InlineData("Questionnaire/skin", true)]
    [InlineData("urn:example:skin|2", true)]
    [InlineData("Questionnaire/ac1da1a4", true)]
    [InlineData("Questionnaire/sublative-rf|2.0.0", false)]
    [InlineData("https://ehr.example.org/fhir/Questionnaire/sublative-rf|0.9", false)]
    [InlineData("urn:screening-api:questionnaire:other", false)]
    [InlineData("Questionnaire/sublative-rf-2", false)]
    [InlineData("Questionnaire/x-sublative-rf", false)]
    [InlineData("ftp://ehr.example.org/Questionnaire/sublative-rf", false)]
    [InlineData("urn:example:skin", false)]
    [InlineData("https://forms.example.org/Questionnaire/skin-2", false)]
    public async Task A_form_counts_under_its_own_name_and_under_those_that_a_setting_lists(string questionnaire, bool counts)
    {
        await using var named = new SettingsService(("Forms:Canonicals:0", "https://forms.example.org/Questionnaire/skin"), ("Forms:Canonicals:1", "urn:example:skin|2"), ("Forms:Canonicals:2", "Questionnaire/ac1da1a4"));
        var (screen, hook) = await named.AnswersAsync(Requests.NothingToReport(), form => form["questionnaire"] = questionnaire);
        Assert.Equal((counts ? "eligible" : null, counts ? "eligible" : "incomplete"), (screen, hook));
    }

    [Fact]
    public async Task Without_a_setting_no_other_name_counts()
    {
        var (screen, hook) = await service.AnswersAsync(Requests.NothingToReport(), form => form["questionnaire"] = "https://forms.example.org/Questionnaire/skin");
        Assert.Equal((null, "incomplete"), (screen, hook));
    }

    [Fact]
    public async Task Texts_and_groups_that_only_gather_are_no_answers_and_hide_none()
    {
        void Gather(JsonObject form)
        {
            var items = form["item"]!.AsArray().Select(item => item!.DeepClone()).ToArray();
            form["item"] = new JsonArray(
                JsonNode.Parse("""{ "linkId": "welcome", "text": "Please answer all." }"""),
                new JsonObject { ["linkId"] = "page-1", ["item"] = new JsonArray([.. items[..8]]) },
                new JsonObject { ["linkId"] = "page-2", ["item"] = new JsonArray(JsonNode.Parse("""{ "linkId": "help", "text": "Any of them." }"""), new JsonObject { ["linkId"] = "section", ["item"] = new JsonArray([.. items[8..]]) }) });
        }

        foreach (var (question, answer, eligibility) in new[] { ("pregnancy", "no", "eligible"), ("pregnancy", "yes", "ineligible"), ("herpesSimplexHistory", "yes", "deferred"), ("pregnancy", null, "incomplete") })
        {
            var rest = Requests.NothingToReport().With(question, answer);
            rest["appointment"]!["start"] = "2026-06-04T10:00:00";
            Assert.Equal((eligibility, eligibility), await service.AnswersAsync(rest, Gather));
        }

        // Events in a group, and the parts of one of them.
        var injected = Requests.NothingToReport().With("injections", JsonNode.Parse("""[{ "product": "filler", "date": "2026-06-05" }]"""));
        Assert.Equal(("deferred", "deferred"), await service.AnswersAsync(injected, form =>
        {
            Gather(form);
            var section = form["item"]![2]!["item"]![1]!["item"]!.AsArray();
            var group = section.Single(item => (string)item!["linkId"]! == "injections")!;
            group["item"] = new JsonArray(new JsonObject { ["linkId"] = "one", ["item"] = group["item"]!.DeepClone() });
        }));
    }

    [Theory]
    [InlineData("""{ "linkId": "pregnant", "answer": [{ "valueBoolean": true }] }""")]
    [InlineData("""{ "linkId": "page", "item": [{ "linkId": "pregnant", "answer": [{ "valueCoding": { "code": "yes" } }] }] }""")]
    [InlineData("""{ "linkId": "page", "item": [{ "linkId": "pregnancy", "answer": [{ "valueCoding": { "code": "yes" } }] }] }""")]
    public async Task An_answer_to_what_is_not_asked_or_a_second_one_is_not_overlooked(string item) =>
        Assert.Equal((null, null), await service.AnswersAsync(Requests.NothingToReport(), form => form["item"]!.AsArray().Add(JsonNode.Parse(item))));

    [Theory]
    [InlineData("pregnancy", """{ "valueBoolean": false }""", "eligible")]
    [InlineData("pregnancy", """{ "valueBoolean": true }""", "ineligible")]
    [InlineData("pregnancy", """{ "valueString": "No" }""", "eligible")]
    [InlineData("pregnancy", """{ "valueString": " yes " }""", "ineligible")]
    [InlineData("pregnancy", """{ "valueString": "SÍ" }""", "ineligible")]
    [InlineData("pregnancy", """{ "valueString": "unknown" }""", "review")]
    [InlineData("skinCancer", """{ "valueString": "No, never" }""", "eligible")]
    [InlineData("skinCancer", """{ "valueString": "current" }""", "ineligible")]
    [InlineData("skinConditions", """{ "valueString": "psoriasis" }""", "ineligible")]
    [InlineData("skinConditions", """{ "valueString": "None of these" }""", "eligible")]
    [InlineData("injections.any", """{ "valueBoolean": false }""", "eligible")]
    [InlineData("injections.any", """{ "valueString": "I am not sure" }""", "review")]
    [InlineData("pregnancy", """{ "valueString": "not pregnant" }""", null)]
    [InlineData("pregnancy", """{ "valueString": "" }""", null)]
    [InlineData("pregnancy", """{ "valueString": "n" }""", null)]
    [InlineData("skinCancer", """{ "valueBoolean": false }""", null)]
    [InlineData("skinConditions", """{ "valueBoolean": false }""", null)]
    [InlineData("pregnancy", """{ "valueInteger": 0 }""", null)]
    public async Task An_answer_without_a_code_counts_where_exactly_one_option_is_meant(string linkId, string answer, string? eligibility) =>
        Assert.Equal(
            (eligibility, eligibility),
            await service.AnswersAsync(Requests.NothingToReport(), form => form["item"]!.AsArray().Single(item => (string)item!["linkId"]! == linkId)!["answer"] = new JsonArray(JsonNode.Parse(answer))));

    /// <summary>Some programs send an empty list where there is nothing: no answer, and never "none of these".</summary>
    [Theory]
    [InlineData("pregnancy", """{ "linkId": "pregnancy", "answer": [] }""", "incomplete")]
    [InlineData("pregnancy", """{ "linkId": "pregnancy", "item": [], "answer": [{ "valueCoding": { "code": "no" }, "item": [] }] }""", "eligible")]
    [InlineData("pregnancy", """{ "linkId": "page", "item": [{ "linkId": "pregnancy", "answer": [], "item": [] }, { "linkId": "text", "answer": [], "item": [] }] }""", "incomplete")]
    [InlineData("skinConditions", """{ "linkId": "skinConditions", "answer": [] }""", "incomplete")]
    [InlineData("electronicImplants", """{ "linkId": "electronicImplants", "answer": [], "item": [] }""", "incomplete")]
    [InlineData("injections.any", """{ "linkId": "injections", "item": [], "answer": [] }""", "incomplete")]
    [InlineData("injections.any", """{ "linkId": "injections", "answer": [], "item": [{ "linkId": "injections.product", "answer": [{ "valueCoding": { "code": "filler" } }] }, { "linkId": "injections.date", "answer": [] }] }""", "incomplete")]
    [InlineData("injections.any", """{ "linkId": "injections.any", "answer": [{ "valueCoding": { "code": "no" } }], "item": [] }""", "eligible")]
    public async Task Empty_lists_are_absent(string replaced, string item, string eligibility)
    {
        void Say(JsonObject form)
        {
            var items = form["item"]!.AsArray();
            items.Remove(items.Single(one => (string)one!["linkId"]! == replaced));
            items.Add(JsonNode.Parse(item));
        }

        Assert.Equal((eligibility, eligibility), await service.AnswersAsync(Requests.NothingToReport(), Say));
    }

    [Fact]
    public async Task A_form_whose_list_of_items_is_empty_asks_for_everything() =>
        Assert.Equal(("incomplete", "incomplete"), await service.AnswersAsync(Requests.NothingToReport(), form => form["item"] = new JsonArray()));

    [Theory]
    [InlineData("""{ "linkId": "page", "item": null }""")]
    [InlineData("""{ "linkId": "page", "items": [] }""")]
    [InlineData("""{ "linkId": "page", "answer": {} }""")]
    [InlineData("""{ "linkId": "page", "answer": [[]] }""")]
    public async Task What_is_no_list_is_not_overlooked(string item) =>
        Assert.Equal((null, null), await service.AnswersAsync(Requests.NothingToReport(), form => form["item"]!.AsArray().Add(JsonNode.Parse(item))));

    // It is 1 June, 18:00 in London.
    [Theory]
    [InlineData("2026-05-20T09:00:00Z", "eligible", null)]
    [InlineData("2024-01-05T09:00:00Z", "eligible", "old")]
    [InlineData("2026-05-01", "eligible", "old")]
    [InlineData("2026-05", "eligible", "old")]
    [InlineData(null, "eligible", "undated")]
    [InlineData("2026-06-02T18:00:00Z", "eligible", null)]
    [InlineData("2026-06-02T18:00:01Z", null, null)]
    [InlineData("2027", null, null)]
    [InlineData("9999-12-31", null, null)]
    public async Task Old_answers_are_told_and_those_of_a_day_to_come_are_not_used(string? authored, string? eligibility, string? told)
    {
        void Fill(JsonObject form)
        {
            form.Remove("authored");
            if (authored is not null)
            {
                form["authored"] = authored;
            }
        }

        Assert.Equal((eligibility, eligibility ?? "incomplete"), await service.AnswersAsync(Requests.NothingToReport(), Fill));
        var (status, answer) = await service.FhirScreenAsync(Doors.Parameters(Requests.NothingToReport(), Fill, null));
        if (eligibility is null)
        {
            var issue = Assert.Single(answer["issue"]!.AsArray())!;
            Assert.Equal((422, "date-after-as-of", "Parameters.parameter[0].resource.authored"), (status, (string)issue["details"]!["coding"]![0]!["code"]!, (string)issue["expression"]![0]!));
            return;
        }

        var guidance = answer.Resources("GuidanceResponse").Single();
        Assert.Equal(told is null ? null : "#answers", (string?)guidance["evaluationMessage"]?[0]!["reference"]);
        Assert.Equal(told, (string?)guidance["contained"]!.AsArray().SingleOrDefault(one => (string)one!["id"]! == "answers")?["issue"]![0]!["details"]!["coding"]![0]!["code"]);
        Assert.Equal(told is not null, Assert.Single(await service.CardsAsync(Doors.Call(Requests.NothingToReport(), Fill, null))).Text("summary").Contains("(answers ", StringComparison.Ordinal));
    }
}
