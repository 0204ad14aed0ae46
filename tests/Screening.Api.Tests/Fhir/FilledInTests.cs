using System.Text.Json.Nodes;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Fhir;

/// <summary>What was filled in for the person, who has not confirmed it, is nobody's answer: it may make a decision worse, never better.</summary>
public sealed class FilledInTests(ServiceFixture service)
{
    [Theory]
    [InlineData("no", "incomplete")]
    [InlineData("unknown", "incomplete")]
    [InlineData("yes", "ineligible")]
    public async Task A_marked_answer_is_asked_for_and_still_raises_what_it_says(string answer, string eligibility)
    {
        await AnsweredAsync(eligibility, "pregnancy", answer, form => form.Mark("pregnancy", "auto"));
        await AnsweredAsync(eligibility, "pregnancy", answer, form => form.Listed("pregnancy"));
        await AnsweredAsync(eligibility, "pregnancy", answer, form => form.Listed("pregnancy").Confirm(isRight: false));
        await AnsweredAsync(eligibility, "pregnancy", answer, form => form.Mark("pregnancy", "auto").Listed("pregnancy"));
    }

    [Theory]
    [InlineData("incomplete", "auto")]
    [InlineData("incomplete", "auto-client")]
    [InlineData("incomplete", "Override")]
    [InlineData("incomplete", "")]
    [InlineData("incomplete", "auto", "override")]
    [InlineData("incomplete", "manual", "auto")]
    [InlineData("eligible", "override")]
    [InlineData("eligible", "manual")]
    public async Task Only_a_person_as_the_source_makes_an_answer_the_persons(string eligibility, params string[] sources) =>
        await AnsweredAsync(eligibility, "pregnancy", "no", form => form.Mark("pregnancy", sources));

    [Fact]
    public async Task A_confirmation_covers_what_is_listed_and_nothing_else()
    {
        await AnsweredAsync("eligible", "pregnancy", "no", form => form.Listed("pregnancy").Confirm());
        await AnsweredAsync("eligible", "pregnancy", "no", form => form.Mark("pregnancy", "auto").Listed("pregnancy").Confirm());
        await AnsweredAsync("eligible", "pregnancy", "no", form => form.Confirm());
        await AnsweredAsync("incomplete", "pregnancy", "no", form => form.Mark("pregnancy", "auto").Confirm());
        await AnsweredAsync("incomplete", "pregnancy", "no", form => form.Mark("pregnancy", "auto").Listed("breastfeeding").Confirm());

        // The person did not say that it is right either.
        await AnsweredAsync("incomplete", "pregnancy", "no", form => form.Listed("pregnancy").Confirm().Mark(FormMarks.Confirmed, "auto"));

        // A source of a listed answer that a program changed is no confirmation.
        await AnsweredAsync("incomplete", "pregnancy", "no", form => form.Mark("pregnancy", "override").Listed("pregnancy"));
    }

    [Theory]
    [InlineData("pregnant")]
    [InlineData("injections.products")]
    [InlineData("from-record")]
    public async Task A_list_that_names_no_answer_is_refused(string linkId)
    {
        await AnsweredAsync(null, "pregnancy", "no", form => form.Listed("pregnancy", linkId));
        await AnsweredAsync(null, "pregnancy", "no", form => form.Listed(linkId).Confirm());
    }

    [Fact]
    public async Task A_list_in_another_type_is_refused()
    {
        await AnsweredAsync(null, "pregnancy", "no", form => form.AddItem(FormMarks.List, new JsonObject { ["valueBoolean"] = true }));
        await AnsweredAsync(null, "pregnancy", "no", form => form.Listed("pregnancy").AddItem(FormMarks.Confirmed, new JsonObject { ["valueString"] = "true" }));
    }

    [Fact]
    public async Task Of_a_list_of_codes_the_persons_own_still_count_and_the_rest_is_asked_for()
    {
        var none = JsonNode.Parse("[]");
        await AnsweredAsync("incomplete", "skinConditions", none, form => form.Mark("skinConditions", "auto"));
        await AnsweredAsync("ineligible", "skinConditions", JsonNode.Parse("""["psoriasis"]"""), form => form.Mark("skinConditions", "auto"));

        // Psoriasis was filled in, the person added a rash.
        var (parameters, form) = Form("skinConditions", JsonNode.Parse("""["psoriasis", "rash"]"""));
        form.AnswersOf("skinConditions").Last().Remove("extension");
        form.AnswersOf("skinConditions").First()["extension"] = Extension();
        var (_, bundle) = await service.FhirScreenAsync(parameters);
        var decision = FhirDecision.Of(bundle);
        Assert.Equal("ineligible", (string)decision["eligibility"]!);
        Assert.Equal(["skinConditions"], decision["missing"]!.AsArray().Select(one => (string)one!["question"]!));
        Assert.Equal(["psoriasis", "rash"], decision["reasons"]!.AsArray().Where(reason => (string)reason!["outcome"]! == "triggered").Select(reason => (string)reason!["ruleId"]!));

        // A form that compares answers with their extensions adds what was filled in once more, and shows it as chosen.
        var answers = form["item"]!.AsArray().Single(item => (string)item!["linkId"]! == "skinConditions")!["answer"]!.AsArray();
        answers.Add(answers[0]!.DeepClone());
        answers[2]!.AsObject().Remove("extension");
        (_, bundle) = await service.FhirScreenAsync(parameters);
        Assert.Equal(["skinConditions"], FhirDecision.Of(bundle)["missing"]!.AsArray().Select(one => (string)one!["question"]!));
        form.Listed("skinConditions").Confirm();
        (_, bundle) = await service.FhirScreenAsync(parameters);
        Assert.Empty(FhirDecision.Of(bundle)["missing"]!.AsArray());
        Assert.Equal("ineligible", (string)FhirDecision.Of(bundle)["eligibility"]!);

        // What the person said twice is a slip, as ever.
        answers.Add(answers[1]!.DeepClone());
        var (status, _) = await service.FhirScreenAsync(parameters);
        Assert.Equal(422, status);

        static JsonArray Extension() => JsonNode.Parse($$"""[{ "url": "{{FormMarks.Origin}}", "extension": [{ "url": "source", "valueCode": "auto" }] }]""")!.AsArray();
    }

    [Fact]
    public async Task Dates_that_were_filled_in_block_as_a_records_do()
    {
        // T is 1 June; what ended on 25 May blocks through 7 June.
        var stopped = Requests.NothingToReport().With("topicalRetinoidUse", "stopped").With("topicalRetinoidLastUsed", "2026-05-25");
        string[][] listed = [["topicalRetinoidUse", "topicalRetinoidLastUsed"], ["topicalRetinoidLastUsed"], ["topicalRetinoidUse"]];
        foreach (var linkIds in listed)
        {
            await BlockedAsync(stopped, "2026-06-08", form => form.Listed(linkIds));
        }

        var current = Requests.NothingToReport().With("topicalRetinoidUse", "current");
        await BlockedAsync(current, "2026-06-15", form => form.Listed("topicalRetinoidUse"));

        var injected = Requests.NothingToReport().With("injections", JsonNode.Parse("""[{ "product": "filler", "date": "2026-05" }]"""));
        string[][] parts = [["injections.any", "injections.product", "injections.date"], ["injections.product"], ["injections.date"], ["injections"]];
        foreach (var linkIds in parts)
        {
            await BlockedAsync(injected, "2026-06-14", form => form.Listed(linkIds));
        }
    }

    [Fact]
    public async Task An_event_without_its_date_blocks_until_it_can_be_over()
    {
        var injected = Requests.NothingToReport().With("injections", JsonNode.Parse("""[{ "product": "filler", "date": "unknown" }]"""));
        await BlockedAsync(injected, "2026-06-15", form =>
        {
            var group = FormMarks.Items(form).Single(item => (string)item["linkId"]! == "injections");
            group["item"]!.AsArray().RemoveAt(1);
            form.Listed("injections.any", "injections.product");
        });
    }

    [Fact]
    public async Task Events_that_the_person_added_stay_the_persons()
    {
        var (parameters, form) = Form("injections", JsonNode.Parse("""[{ "product": "filler", "date": "2026-05-25" }, { "product": "botulinum-toxin", "date": "2026-05-28" }]"""));
        var first = FormMarks.Items(form).First(item => (string)item["linkId"]! == "injections");
        foreach (var linkId in (string[])["injections.product", "injections.date"])
        {
            first.Mark(linkId, "auto");
        }

        var (status, bundle) = await service.FhirScreenAsync(parameters);
        Assert.True(status == 200, bundle.ToJsonString());
        var decision = FhirDecision.Of(bundle);
        Assert.Equal(("incomplete", "2026-06-11"), ((string)decision["eligibility"]!, (string)decision["notBefore"]!));
        Assert.Equal([null, true], decision["waitingPeriods"]!.AsArray().Select(wait => (bool?)wait!["fromRecord"]));
    }

    [Theory]
    [InlineData("skincareKit", "yes")]
    [InlineData("isotretinoinLastTaken", "unknown")]
    public async Task Even_what_is_never_needed_is_asked_for(string question, string answer)
    {
        var rest = Requests.NothingToReport().With("isotretinoinUse", question == "skincareKit" ? "never" : "past").With(question, answer);
        var (parameters, form) = Form(rest);
        form.Listed(question, question == "skincareKit" ? question : question + ".unknown");
        var (_, bundle) = await service.FhirScreenAsync(parameters);
        var decision = FhirDecision.Of(bundle);
        Assert.Equal("incomplete", (string)decision["eligibility"]!);
        Assert.Contains(question, decision["missing"]!.AsArray().Select(one => (string)one!["question"]!));
    }

    [Fact]
    public async Task What_an_unconfirmed_answer_leads_to_is_not_told_as_the_persons()
    {
        var (parameters, form) = Form("pregnancy", "yes");
        form.Mark("pregnancy", "auto");
        var (_, bundle) = await service.FhirScreenAsync(parameters);
        var evidence = FilledInEvidence.Of(bundle, "pregnancy");
        Assert.Equal((0, 1), (evidence.OfPerson, evidence.OfRecord));
        var text = bundle.ToJsonString();
        Assert.Contains("Filled in beforehand, and not confirmed by the person: Yes", text, StringComparison.Ordinal);
        Assert.DoesNotContain("The person answered: Yes", text, StringComparison.Ordinal);

        form.Listed("pregnancy").Confirm();
        (_, bundle) = await service.FhirScreenAsync(parameters);
        evidence = FilledInEvidence.Of(bundle, "pregnancy");
        Assert.Equal((1, 0), (evidence.OfPerson, evidence.OfRecord));

        var card = Assert.Single(await service.CardsAsync(Doors.Call(Requests.NothingToReport().With("pregnancy", "yes"), one => one.Mark("pregnancy", "auto"), null)));
        Assert.Equal("ineligible", card.Eligibility());
        Assert.Contains("Filled in beforehand, and not confirmed by the person: Yes", card.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cards_link_opens_the_same_decision()
    {
        var call = Doors.Call(Requests.NothingToReport(), form => form.Listed("skinConditions"), null);
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.Equal("incomplete", card.Eligibility());
        var link = card["links"]!.AsArray().Select(one => (string)one!["url"]!).Single(url => url.Contains("/v1/decisions/", StringComparison.Ordinal));
        var page = await service.Client.GetStringAsync(new Uri(new Uri(link).PathAndQuery, UriKind.Relative));
        Assert.Contains("incomplete", page, StringComparison.Ordinal);
    }

    private static (JsonObject Parameters, JsonObject Form) Form(JsonObject rest)
    {
        JsonObject? form = null;
        var parameters = Doors.Parameters(rest, one => form = one, null);
        return (parameters, form!);
    }

    private static (JsonObject Parameters, JsonObject Form) Form(string question, JsonNode? answer) => Form(Requests.NothingToReport().With(question, answer));

    private async Task AnsweredAsync(string? eligibility, string question, JsonNode? answer, Action<JsonObject> form) =>
        Assert.Equal((eligibility, eligibility), await service.AnswersAsync(Requests.NothingToReport().With(question, answer), form));

    /// <summary>Not before this day, and not decided yet.</summary>
    private async Task BlockedAsync(JsonObject rest, string notBefore, Action<JsonObject> mark)
    {
        rest = rest.DeepClone().AsObject();
        rest["appointment"]!["start"] = "2026-06-04T10:00:00";
        var (status, bundle) = await service.FhirScreenAsync(Doors.Parameters(rest, mark, null));
        Assert.True(status == 200, bundle.ToJsonString());
        var decision = FhirDecision.Of(bundle);
        Assert.Equal(("incomplete", notBefore), ((string)decision["eligibility"]!, (string)decision["notBefore"]!));
    }
}
