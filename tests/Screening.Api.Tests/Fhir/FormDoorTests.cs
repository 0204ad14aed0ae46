using System.Text.Json.Nodes;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.DecisionLinks;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Fhir;

/// <summary>Filled-in forms as other programs make them, at both doors of FHIR alike.</summary>
public sealed class FormDoorTests(ServiceFixture service)
{
    private const string Product = """{ "linkId": "injections.product", "answer": [{ "valueCoding": { "code": "filler" } }] }""";
    private const string Date = """{ "linkId": "injections.date", "answer": [{ "valueDate": "2026-06-05" }] }""";
    private const string Late = """{ "linkId": "injections.date", "answer": [{ "valueDate": "2026-05-20" }] }""";
    private const string NotKnown = """{ "linkId": "injections.date.unknown", "answer": [{ "valueBoolean": true }] }""";
    private const string Known = """{ "linkId": "injections.date.unknown", "answer": [{ "valueBoolean": false }] }""";
    private const string Unsaid = """{ "linkId": "injections.date", "answer": [{ "_valueDate": { "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "asked-declined" }] } }] }""";

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

    /// <summary>What a form says of injections: the answer to whether there were any, its groups, the status, and the parts that are asked for.</summary>
    public static TheoryData<string?, string[], string?, string[]> Injections => new()
    {
        { "no", [""], "eligible", [] },
        { "no", ["""{ "linkId": "injections.product" }, { "linkId": "injections.date" }"""], "eligible", [] },
        { "no", [Known], "eligible", [] },
        { "no", [Unsaid], "eligible", [] },
        { "unknown", [""], "review", [] },
        { "yes", [], "incomplete", ["injections.any"] },
        { "yes", [""], "incomplete", ["injections.any"] },
        { null, ["", ""], "incomplete", ["injections.any"] },
        { "yes", [Product], "incomplete", ["injections.date"] },
        { "yes", [$"{Product}, {Known}"], "incomplete", ["injections.date"] },
        { "yes", [$"{Product}, {Unsaid}"], "incomplete", ["injections.date"] },
        { null, [Product], "incomplete", ["injections.date"] },
        { "yes", [Date], "incomplete", ["injections.product"] },
        { "yes", [NotKnown], "incomplete", ["injections.product"] },
        { "yes", [Product, Date], "incomplete", ["injections.product", "injections.date"] },
        { "yes", [$"{Product}, {Date}", Product], "incomplete", ["injections.date"] },
        { "yes", [$"{Product}, {Date}", ""], "deferred", [] },
        { "yes", ["", $"{Product}, {Late}"], "eligible", [] },
        { "yes", [$"{Product}, {NotKnown}"], "deferred", [] },
        { "yes", [$"{Product}, {NotKnown}, {Known}"], null, [] },
        { "yes", [$"{Product}, {NotKnown}, {Date}"], null, [] },
        { "no", [Product], null, [] },
        { "no", [Date], null, [] },
        { "unknown", [Product], null, [] },
    };

    [Theory]
    [MemberData(nameof(Injections))]
    public async Task A_part_of_an_event_that_is_missing_is_asked_for(string? any, string[] groups, string? eligibility, string[] asked)
    {
        void Say(JsonObject form) => SayInjections(form, any, groups);
        Assert.Equal((eligibility, eligibility), await service.AnswersAsync(Requests.NothingToReport(), Say));
        if (eligibility is null)
        {
            return;
        }

        var (_, answer) = await service.FhirScreenAsync(Doors.Parameters(Requests.NothingToReport(), Say, null));
        var required = answer.Resources("GuidanceResponse").Single()["dataRequirement"]?.AsArray() ?? [];
        Assert.Equal(asked, required.Select(one => (string)one!["codeFilter"]![0]!["code"]![0]!["code"]!));
        Assert.Equal(asked.Length > 0 ? ["injections"] : [], FhirDecision.Of(answer)["missing"]!.AsArray().Select(one => (string)one!["question"]!));
    }

    [Theory]
    [InlineData(new[] { Product, $"{Product}, {Date}" }, "2026-06-19", 1)]
    [InlineData(new[] { Date }, "2026-06-19", 1)]
    [InlineData(new[] { NotKnown }, "2026-06-15", 1)]
    [InlineData(new[] { Product }, "2026-06-10", 0)]
    public async Task What_was_told_of_an_event_counts_although_the_rest_is_missing(string[] groups, string notBefore, int waits)
    {
        var card = Assert.Single(await service.CardsAsync(Doors.Call(Requests.NothingToReport(), form => SayInjections(form, "yes", groups), null)));
        var decision = card["extension"]![CdsCalls.Decision]!;
        Assert.Equal(("incomplete", notBefore, null), (card.Eligibility(), (string)decision["notBefore"]!, (string?)decision["earliestDate"]));
        var told = decision["waitingPeriods"]!.AsArray();
        Assert.Equal(waits, told.Count);
        Assert.All(told, wait => Assert.Equal(groups[^1].Contains("product", StringComparison.Ordinal), wait!["event"]!.AsObject().ContainsKey("product")));

        // The page of the card is made of what the card says.
        var (opened, page) = await service.OpenAsync(card);
        Assert.Equal(System.Net.HttpStatusCode.OK, opened);
        Assert.Equal(waits > 0, page.Contains("Not before, by the waits known so far", StringComparison.Ordinal));

        // An exclusion is one whatever else is missing.
        var excluded = Requests.NothingToReport().With("pregnancy", "yes");
        Assert.Equal(("ineligible", "ineligible"), await service.AnswersAsync(excluded, form => SayInjections(form, "yes", groups)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{ "linkId": "topicalRetinoidLastUsed" }""")]
    [InlineData("""{ "linkId": "topicalRetinoidLastUsed.unknown", "answer": [{ "valueBoolean": false }] }""")]
    [InlineData("""{ "linkId": "topicalRetinoidLastUsed", "answer": [{ "_valueDate": { "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown" }] } }] }""")]
    public async Task A_last_use_that_is_missing_is_asked_for(string item)
    {
        void Stopped(JsonObject form)
        {
            if (item.Length > 0)
            {
                form["item"]!.AsArray().Add(JsonNode.Parse(item));
            }
        }

        var rest = Requests.NothingToReport().With("topicalRetinoidUse", "stopped");
        Assert.Equal(("incomplete", "incomplete"), await service.AnswersAsync(rest, Stopped));
        var (_, answer) = await service.FhirScreenAsync(Doors.Parameters(rest, Stopped, null));
        Assert.Equal("topicalRetinoidLastUsed", (string)Assert.Single(FhirDecision.Of(answer)["missing"]!.AsArray())!["question"]!);
    }

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

    [Theory]
    [InlineData("injections.date")]
    [InlineData("injections.product")]
    public async Task A_card_asks_for_the_part_that_is_missing(string missing)
    {
        var told = missing == "injections.date" ? Product : Date;
        var call = Doors.Call(Requests.NothingToReport(), form => SayInjections(form, "yes", [told]), null);
        var (_, questionnaire) = await service.FhirGetAsync("/fhir/Questionnaire/sublative-rf");
        var parts = JsonNode.Parse(questionnaire)!["item"]!.AsArray().Single(item => (string)item!["linkId"]! == "injections")!["item"]!.AsArray();
        var text = (string)parts.Single(item => (string)item!["linkId"]! == missing)!["text"]!;
        Assert.Contains(text, Assert.Single(await service.CardsAsync(call)).Text("detail"), StringComparison.Ordinal);
    }

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

    private static void SayInjections(JsonObject form, string? any, string[] groups)
    {
        var items = form["item"]!.AsArray();
        items.Remove(items.Single(item => (string)item!["linkId"]! == "injections.any"));
        if (any is not null)
        {
            items.Add(JsonNode.Parse($$"""{ "linkId": "injections.any", "answer": [{ "valueCoding": { "code": "{{any}}" } }] }"""));
        }

        foreach (var group in groups)
        {
            items.Add(JsonNode.Parse(group.Length == 0 ? """{ "linkId": "injections" }""" : $$"""{ "linkId": "injections", "item": [{{group}}] }"""));
        }
    }
}
