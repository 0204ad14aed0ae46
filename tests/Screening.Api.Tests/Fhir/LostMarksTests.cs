using System.Text.Json.Nodes;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Fhir;

/// <summary>Marks of what was filled in, where a program lost some of them or put them elsewhere; and what is told of such answers.</summary>
public sealed class LostMarksTests(ServiceFixture service)
{
    [Fact]
    public async Task If_it_is_not_known_which_answers_were_filled_in_none_is_confirmed()
    {
        await AnsweredAsync("incomplete", "no", form => form.Confirm(isRight: false));
        await AnsweredAsync("ineligible", "yes", form => form.Confirm(isRight: false));
        await AnsweredAsync("incomplete", "no", form => form.Listed(FormMarks.Confirmed));
        await AnsweredAsync("incomplete", "no", form => form["item"]!.AsArray().Add(new JsonObject { ["linkId"] = FormMarks.List }));
        await AnsweredAsync("incomplete", "no", form => form.Listed(FormMarks.Confirmed).Confirm(isRight: false));
        await AnsweredAsync("eligible", "no", form => form.Listed(FormMarks.Confirmed).Confirm());
    }

    [Theory]
    [InlineData("http://hl7.org/fhir/us/davinci-dtr/StructureDefinition/information-origin|2.0.0")]
    [InlineData("https://hl7.org/fhir/us/davinci-dtr/StructureDefinition/information-origin")]
    [InlineData("http://hl7.org/fhir/us/davinci-dtr/StructureDefinition/information-origin/")]
    public async Task The_mark_counts_however_its_address_is_written(string url) => await AnsweredAsync("incomplete", "no", form =>
    {
        form.Mark("pregnancy", "auto");
        form.AnswersOf("pregnancy").Single()["extension"]![0]!["url"] = url;
    });

    [Fact]
    public async Task A_mark_of_a_section_is_one_of_every_answer_in_it()
    {
        await AnsweredAsync("incomplete", "no", form => Section(form, "auto"));
        await AnsweredAsync("eligible", "no", form => Section(form, "manual"));

        static void Section(JsonObject form, string source)
        {
            form.Mark("pregnancy", source);
            var extension = form.AnswersOf("pregnancy").Single()["extension"]!.DeepClone();
            form.AnswersOf("pregnancy").Single().Remove("extension");
            var inner = new JsonObject { ["linkId"] = "inner", ["item"] = form["item"]!.DeepClone() };
            form["item"] = new JsonArray(new JsonObject { ["linkId"] = "outer", ["extension"] = extension, ["item"] = new JsonArray(inner) });
        }
    }

    [Fact]
    public async Task An_unconfirmed_answer_alone_is_neither_final_nor_told_as_the_records()
    {
        var rest = Requests.NothingToReport().With("pregnancy", "yes");
        var (_, bundle) = await service.FhirScreenAsync(Doors.Parameters(rest, form => form.Mark("pregnancy", "auto"), null));
        var card = Assert.Single(await service.CardsAsync(Doors.Call(rest, form => form.Mark("pregnancy", "auto"), null)));
        Assert.Equal("ineligible", card.Eligibility());
        var link = card["links"]!.AsArray().Select(one => (string)one!["url"]!).Single(url => url.Contains("/v1/decisions/", StringComparison.Ordinal));
        var page = await service.Client.GetStringAsync(new Uri(new Uri(link).PathAndQuery, UriKind.Relative));
        foreach (var told in (string[])[bundle.ToJsonString(), card.ToJsonString(), page])
        {
            Assert.DoesNotContain("No further answer", told, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("health record says", told, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("what the record says", told, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("confirm or correct", card.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("confirm or correct", bundle.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_person_added_to_a_marked_answer_is_told_as_the_persons()
    {
        var rest = Requests.NothingToReport().With("skinConditions", JsonNode.Parse("""["eczema", "psoriasis"]"""));
        var (status, bundle) = await service.FhirScreenAsync(Doors.Parameters(
            rest, form =>
            {
                form.Mark("skinConditions", "auto");
                form.AnswersOf("skinConditions").First().Remove("extension");
            },
            null));
        Assert.Equal(200, status);
        Assert.Matches("""The person answered: [^<\\]*czema""", bundle.ToJsonString());
        Assert.DoesNotMatch("""The person answered: [^<\\]*soriasis""", bundle.ToJsonString());
    }

    [Theory]
    [InlineData("  ")]
    [InlineData("")]
    public async Task A_blank_date_is_an_absent_one(string date)
    {
        var rest = Requests.NothingToReport().With("topicalRetinoidUse", "stopped").With("topicalRetinoidLastUsed", "2026-01-01");
        var (status, bundle) = await service.FhirScreenAsync(Doors.Parameters(
            rest, form => form.AnswersOf("topicalRetinoidLastUsed").Single()["valueString"] = date, null));
        Assert.True(status == 200, bundle.ToJsonString());
        Assert.Equal("incomplete", (string)FhirDecision.Of(bundle)["eligibility"]!);
    }

    [Fact]
    public async Task A_start_that_was_filled_in_is_no_contradiction_to_an_end_that_was_said()
    {
        var rest = Requests.NothingToReport().With("herpesSimplexHistory", "yes").With("antiviralStart", "2026-06-01").With("antiviralEnd", "2026-06-20");
        var (status, bundle) = await service.FhirScreenAsync(Doors.Parameters(rest, form => form.Mark("antiviralStart", "auto"), null));
        Assert.True(status == 200, bundle.ToJsonString());
        Assert.Contains("antiviralStart", FhirDecision.Of(bundle)["missing"]!.AsArray().Select(one => (string)one!["question"]!));
    }

    [Fact]
    public async Task An_empty_list_in_a_form_is_an_absent_one()
    {
        var (status, bundle) = await service.FhirScreenAsync(Doors.Parameters(
            Requests.NothingToReport(), form =>
            {
                form["contained"] = new JsonArray();
                form["extension"] = new JsonArray();
                form.AnswersOf("pregnancy").Single()["extension"] = new JsonArray();
            },
            null));
        Assert.True(status == 200, bundle.ToJsonString());
    }

    private async Task AnsweredAsync(string eligibility, string answer, Action<JsonObject> form) =>
        Assert.Equal((eligibility, eligibility), await service.AnswersAsync(Requests.NothingToReport().With("pregnancy", answer), form));
}
