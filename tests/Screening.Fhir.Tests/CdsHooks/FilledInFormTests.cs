using System.Text.Json.Nodes;
using NodaTime;
using Screening.Fhir.CdsHooks;

namespace Screening.Fhir.Tests.CdsHooks;

/// <summary>The answers are those of the latest finished form of this questionnaire and this person; in any doubt there are none.</summary>
public static class FilledInFormTests
{
    private static readonly string Canonical = Canonicals.Questionnaire("sublative-rf");

    private static readonly Instant Now = Instant.FromUtc(2026, 6, 1, 18, 0);

    [Fact]
    public static void The_latest_counts()
    {
        Assert.Equal("QuestionnaireResponse/b", Chosen(Form("a", "2026-05-01T10:00:00Z"), Form("b", "2026-05-20T10:00:00+02:00"), Form("c", "2026-05-18")));
        Assert.Equal("QuestionnaireResponse/a", Chosen(Form("a", "2026-05-20T10:00:00Z"), Form("b", "2026-05-20T10:00:00+02:00")));
        Assert.Equal("QuestionnaireResponse/a", Chosen(Form("a", null)));
        Assert.Equal("QuestionnaireResponse/b", Chosen(Form("a", "2025"), Form("b", "2026-05")));
        Assert.Equal("QuestionnaireResponse/b", Chosen(Form("a", "2026-05-20"), Form("b", "2026-05-21")));

        // Clocks differ, and days begin earlier in the east.
        Assert.Equal("QuestionnaireResponse/b", Chosen(Form("a", "2026-05-20"), Form("b", "2026-06-02T18:00:00Z")));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("2026-05-20", "2026-05-20")]
    public static void The_same_form_twice_is_one(string? one, string? other)
    {
        Assert.Equal("QuestionnaireResponse/a", Chosen(Form("a", one), Form("a", other)));
        Assert.Equal("QuestionnaireResponse/a", Chosen(Form("a", one), Form("b", other), Form("a", one, form => form["meta"] = new JsonObject { ["versionId"] = "2" })));
        Assert.Null(Chosen(Form("a", one), Form("b", other, form => form["item"] = new JsonArray(new JsonObject { ["linkId"] = "pregnancy" }))));
    }

    [Fact]
    public static void Of_versions_of_one_form_the_newest_counts()
    {
        static JsonObject Stored(string? at, string linkId) => Form("a", "2026-05-20", form =>
        {
            form["meta"] = at is null ? null : new JsonObject { ["lastUpdated"] = at };
            form["item"] = new JsonArray(new JsonObject { ["linkId"] = linkId });
        });
        var chosen = Choose(Stored("2026-05-21T10:00:00Z", "amended"), Stored("2026-05-20T10:00:00Z", "first"));
        Assert.Contains("amended", chosen.Response!.Value.GetRawText(), StringComparison.Ordinal);
        Assert.Empty(chosen.Unused);
        Assert.Null(Choose(Stored("2026-05-21T10:00:00Z", "amended"), Stored(null, "first")).Response);
        Assert.Null(Choose(Stored("2026-05-21T10:00:00Z", "amended"), Stored("2026-05-21T10:00:00Z", "first")).Response);
    }

    [Fact]
    public static void A_form_whose_type_is_misspelt_may_be_a_later_one()
    {
        var form = Choose(Form("a", "2026-05-01"), Form("b", "2026-05-20", form => form["resourceType"] = "QuestionaireResponse"));
        Assert.Null(form.Response);
        Assert.Equal(1, form.Unused[FormFlaw.LaterMayBeMissing]);
    }

    [Theory]
    [InlineData("2026-05-20", "2026-05-20T10:00:00Z")]
    [InlineData("2026-05-20T10:00:00Z", "2026-05-20T12:00:00+02:00")]
    [InlineData("2026-05", "2026-05-20")]
    [InlineData("2026-05-20", null)]
    [InlineData("2026-05-20", "yesterday")]
    [InlineData("2026-05-20", "2026-05-21T05:00:00Z")]
    [InlineData("2026-05-20", "2026-06-02T18:00:01Z")]
    [InlineData("2026-05-20", "2027")]
    [InlineData("2026-05-20", "2026-05-20")]
    public static void Where_the_latest_cannot_be_told_there_are_no_answers(string one, string? other)
    {
        var form = Choose(Form("a", one), Form("b", other, form => form["item"] = new JsonArray(new JsonObject { ["linkId"] = "pregnancy" })));
        Assert.Null(form.Response);
        Assert.Equal(2, form.Unused[FormFlaw.OrderUnknown]);
    }

    [Theory]
    [InlineData("2026-06-02T18:00:00Z", true)]
    [InlineData("2026-06-02T18:00:01Z", false)]
    [InlineData("2026-06-03", true)]
    [InlineData("2026-06-04", false)]
    [InlineData("2027", false)]
    [InlineData("9999", false)]
    [InlineData("2200-01-01T00:00:00Z", false)]
    [InlineData("2026", true)]
    [InlineData(null, true)]
    public static void A_form_that_is_surely_dated_in_the_future_is_no_answer(string? authored, bool counts)
    {
        var form = Choose(Form("a", authored));
        Assert.Equal(counts, form.Response is not null);
        Assert.Equal(counts ? 0 : 1, form.Unused.GetValueOrDefault(FormFlaw.InTheFuture));
    }

    [Theory]
    [InlineData("2026-05-20T23:00:00-07:00", "2026-05-20")]
    [InlineData("2026-05-20", "2026-05-20")]
    [InlineData("2026-05", "2026-05")]
    [InlineData("2026", "2026")]
    [InlineData("yesterday", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public static void Its_date_is_told_as_exactly_as_it_says(string? authored, string? told) => Assert.Equal(told, Choose(Form("a", authored)).Authored?.ToString());

    [Theory]
    [InlineData("https://a.example/fhir/Patient/1288992", "https://b.example/fhir/Patient/1288992/_history/2", false)]
    [InlineData("https://a.example/fhir/Patient/1288992", "https://a.example/fhir/Patient/1288992/_history/2", true)]
    [InlineData("https://a.example/fhir/Patient/1288992", "Patient/1288992", true)]
    public static void Forms_of_one_id_at_two_servers_are_not_of_one_person(string one, string other, bool counts)
    {
        var form = Choose(
            Form("a", "2026-05-20", form => form["subject"] = new JsonObject { ["reference"] = one }),
            Form("b", "2026-05-21", form => form["subject"] = new JsonObject { ["reference"] = other }));
        Assert.Equal((counts, counts ? 0 : 2), (form.Response is not null, form.Unused.GetValueOrDefault(FormFlaw.NotThePerson)));
    }

    [Theory]
    [InlineData("completed", true)]
    [InlineData("amended", true)]
    [InlineData("in-progress", false)]
    [InlineData("entered-in-error", false)]
    [InlineData("stopped", false)]
    [InlineData(null, false)]
    public static void Only_a_finished_form_is_an_answer(string? status, bool counts)
    {
        var form = Choose(Form("a", "2026-05-20", form => form["status"] = status));
        Assert.Equal(counts, form.Response is not null);
        Assert.Equal(counts ? 0 : 1, form.Unused.GetValueOrDefault(FormFlaw.NotFinished));
    }

    [Theory]
    [InlineData("{canonical}", true)]
    [InlineData("{canonical}|1.0.0", true)]
    [InlineData("Questionnaire/sublative-rf", true)]
    [InlineData("Questionnaire/sublative-rf|1.0.0", true)]
    [InlineData("https://ehr.example.org/fhir/Questionnaire/sublative-rf|1.0.0", true)]
    [InlineData("{canonical}|9.9.9", false)]
    [InlineData("{canonical}-2", false)]
    [InlineData("https://example.org/Questionnaire/phq-9", false)]
    [InlineData(null, false)]
    public static void It_answers_this_questionnaire(string? questionnaire, bool counts)
    {
        var form = Choose(Form("a", "2026-05-20", form => form["questionnaire"] = questionnaire?.Replace("{canonical}", Canonical, StringComparison.Ordinal)));
        Assert.Equal(counts, form.Response is not null);
        Assert.Equal(counts ? 0 : 1, form.Unused.GetValueOrDefault(FormFlaw.OtherQuestionnaire));
    }

    [Theory]
    [InlineData("""{ "reference": "Patient/7" }""")]
    [InlineData("""{ "reference": "#me" }""")]
    [InlineData("""{ "identifier": { "value": "1288992" } }""")]
    [InlineData("null")]
    public static void It_says_that_it_is_about_this_person(string subject)
    {
        var form = Choose(Form("a", "2026-05-20", form => form["subject"] = JsonNode.Parse(subject)));
        Assert.Null(form.Response);
        Assert.Equal(1, form.Unused[FormFlaw.NotThePerson]);
    }

    [Fact]
    public static void One_page_of_several_may_lack_the_latest()
    {
        var bundle = $$"""{ "questionnaireResponses": { "resourceType": "Bundle", "link": [{ "relation": "next" }], "entry": [{ "resource": {{Form("a", "2026-05-20").ToJsonString()}} }] } }""";
        var form = FilledInForm.Choose(Calls.Fetched(bundle).Responses, Calls.Family, FormNames.OwnAlone, Calls.Patient, Now);
        Assert.Null(form.Response);
        Assert.Equal(1, form.Unused[FormFlaw.LaterMayBeMissing]);
    }

    private static JsonObject Form(string id, string? authored, Action<JsonObject>? change = null)
    {
        var form = new JsonObject
        {
            ["resourceType"] = "QuestionnaireResponse",
            ["id"] = id,
            ["questionnaire"] = Canonical,
            ["status"] = "completed",
            ["subject"] = new JsonObject { ["reference"] = "Patient/1288992" },
            ["authored"] = authored,
        };
        change?.Invoke(form);
        return form;
    }

    private static string? Chosen(params JsonObject[] forms) => Choose(forms).Response is { } form ? ResourceJson.ReferenceTo(form) : null;

    private static FilledInForm Choose(params JsonObject[] forms)
    {
        var bundle = new JsonObject { ["resourceType"] = "Bundle", ["entry"] = new JsonArray([.. forms.Select(form => new JsonObject { ["resource"] = form })]) };
        return FilledInForm.Choose(Calls.Fetched(new JsonObject { ["questionnaireResponses"] = bundle }.ToJsonString()).Responses, Calls.Family, FormNames.OwnAlone, Calls.Patient, Now);
    }
}
