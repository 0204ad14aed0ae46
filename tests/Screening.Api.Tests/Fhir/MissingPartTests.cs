using System.Text.Json.Nodes;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.DecisionLinks;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Fhir;

/// <summary>A part of an event or of a last use that a form leaves out is an answer that is missing, and no broken form.</summary>
public sealed class MissingPartTests(ServiceFixture service)
{
    private const string Product = """{ "linkId": "injections.product", "answer": [{ "valueCoding": { "code": "filler" } }] }""";
    private const string Date = """{ "linkId": "injections.date", "answer": [{ "valueDate": "2026-06-05" }] }""";
    private const string Late = """{ "linkId": "injections.date", "answer": [{ "valueDate": "2026-05-20" }] }""";
    private const string NotKnown = """{ "linkId": "injections.date.unknown", "answer": [{ "valueBoolean": true }] }""";
    private const string Known = """{ "linkId": "injections.date.unknown", "answer": [{ "valueBoolean": false }] }""";
    private const string Unsaid = """{ "linkId": "injections.date", "answer": [{ "_valueDate": { "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "asked-declined" }] } }] }""";

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
    [InlineData("""{ "linkId": "topicalRetinoidLastUsed", "answer": [{ "_valueString": { "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown" }] } }] }""")]
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

    [Theory]
    [InlineData("injections.date")]
    [InlineData("injections.product")]
    public async Task A_card_asks_for_the_part_that_is_missing(string missing)
    {
        var told = missing == "injections.date" ? Product : Date;
        var call = Doors.Call(Requests.NothingToReport(), form => SayInjections(form, "yes", [told]), null);
        var (_, questionnaire) = await service.FhirGetAsync("/fhir/Questionnaire/sublative-rf");
        var parts = JsonNode.Parse(questionnaire)!["item"]!.AsArray().Single(item => (string)item!["linkId"]! == "injections")!["item"]!.AsArray();
        var text = (string)parts.Single(item => (string)item!["linkId"]! == missing)!["code"]![0]!["display"]!;
        Assert.Contains(text, Assert.Single(await service.CardsAsync(call)).Text("detail"), StringComparison.Ordinal);
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
