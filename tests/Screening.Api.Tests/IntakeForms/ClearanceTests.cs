using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NodaTime;

namespace Screening.Api.Tests.IntakeForms;

/// <summary>Staff record in the form what a clinician has cleared: it is offered, carried along, changed and taken back.</summary>
public sealed partial class ClearanceTests(TimedService service) : IClassFixture<TimedService>
{
    private const string By = "clearances.isotretinoin.by";
    private const string Note = "clearances.isotretinoin.note";
    private static readonly string[] Pages = ["plan", "dates", "edit", "lang.es", "more.injections"];

    private static (string Name, string Value)[] Cleared =>
        [(By, "Dr. Ada Park"), .. FilledInForm.Date("clearances.isotretinoin.on", "2026-05-20"), (Note, "seen\r\nin <person>")];

    [Theory]
    [InlineData("isotretinoinUse", "past", "isotretinoin")]
    [InlineData("anticoagulantUse", "antiplatelet", "anticoagulant-other")]
    [InlineData("immuneImpairment", "unknown", "immune-impairment")]
    [InlineData("anticoagulantUse", "unknown", "anticoagulant-daily anticoagulant-other")]
    [InlineData("pregnancy", "no", "")]
    [InlineData("pregnancy", "yes", "")]
    public async Task Staff_are_offered_to_clear_each_finding_that_may_be_cleared(string question, string answer, string rules)
    {
        var (_, decided) = await service.AnswerAsync(Form((question, answer)));
        Assert.Equal(rules, string.Join(' ', Offered(decided)));
        var (_, ofPatient) = await service.AnswerAsync(Form((question, answer)).Select(field =>
            field.Name == "audience" ? ("audience", "patient") : field));
        Assert.Empty(Offered(ofPatient));
    }

    [Fact]
    public async Task Where_an_exclusion_applies_nothing_is_offered_that_would_not_help()
    {
        var (status, decided) = await service.AnswerAsync(Form(("isotretinoinUse", "past"), ("pregnancy", "yes")));
        Assert.Equal(200, status);
        Assert.Empty(Offered(decided));
    }

    [Fact]
    public async Task What_is_typed_beside_a_finding_decides_and_stands_in_the_answer()
    {
        var (_, decided) = await service.AnswerAsync(Form(("isotretinoinUse", "past")));
        Assert.Contains("<header class=\"no\">", decided, StringComparison.Ordinal);
        var (status, cleared) = await service.AnswerAsync([.. FollowUpTests.Hidden(decided), .. Cleared, ("do", "decide")]);
        Assert.Equal(200, status);
        Assert.Contains("<header class=\"yes\">", cleared, StringComparison.Ordinal);
        Assert.Contains("Cleared by Dr. Ada Park on 20 May 2026", cleared, StringComparison.Ordinal);
        Assert.Contains("seen&#xA;in &lt;person&gt;", cleared, StringComparison.Ordinal);
        Assert.Empty(Offered(cleared));
    }

    [Theory]
    [InlineData("decide")]
    [InlineData("plan")]
    [InlineData("dates")]
    [InlineData("edit")]
    public async Task What_is_half_typed_is_not_lost_by_any_button(string action)
    {
        var (_, decided) = await service.AnswerAsync(Form(("isotretinoinUse", "past")));
        var (status, form) = await service.AnswerAsync(
            [.. FollowUpTests.Hidden(decided), (By, "Dr. Ada Park"), ("clearances.isotretinoin.on.day", ""), (Note, ""), ("do", action)]);
        Assert.Equal(action == "edit" ? 200 : 400, status);
        Assert.Equal(action == "edit" ? [] : (string[])["c-on-isotretinoin"], WorkedFormTests.Told(form));
        Assert.Contains($"name=\"{By}\" value=\"Dr. Ada Park\"", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_typed_is_no_clearance()
    {
        var (_, decided) = await service.AnswerAsync(Form(("isotretinoinUse", "past")));
        var (status, again) = await service.AnswerAsync(
            [.. FollowUpTests.Hidden(decided), (By, "  "), ("clearances.isotretinoin.on.month", ""), (Note, "\r\n"), ("do", "decide")]);
        Assert.Equal(200, status);
        Assert.Equal(["isotretinoin"], Offered(again));

        // The blanks are in the offered fields alone, not a second time beside them.
        (status, _) = await service.AnswerAsync([.. FollowUpTests.Hidden(again), .. Cleared, ("do", "decide")]);
        Assert.Equal(200, status);
    }

    [Fact]
    public async Task A_clearance_goes_along_to_every_page_and_back()
    {
        List<(string Name, string Value)> fields = [.. Form(("isotretinoinUse", "past")), .. Cleared];
        foreach (var action in Pages)
        {
            var (status, page) = await service.AnswerAsync([.. fields, ("do", action)]);
            Assert.Equal(200, status);
            foreach (var (name, value) in Cleared)
            {
                var isThere = page.Contains($"name=\"{name}\" value=\"{value}\"", StringComparison.Ordinal)
                    || page.Contains($"<select name=\"{name}\">", StringComparison.Ordinal)
                    || page.Contains("seen&#xD;&#xA;in &lt;person&gt;", StringComparison.Ordinal);
                Assert.True(isThere, $"{action}: {name}");
            }
        }

        var (_, plan) = await service.AnswerAsync([.. fields, ("do", "plan")]);
        Assert.DoesNotContain("class=\"preview\"", plan, StringComparison.Ordinal);
        var (back, decided) = await service.AnswerAsync([.. FollowUpTests.Hidden(plan), ("do", "decide")]);
        Assert.Equal(200, back);
        Assert.Contains("<header class=\"yes\">", decided, StringComparison.Ordinal);
        using var calendar = await service.SendAsync([.. FollowUpTests.Hidden(decided), ("do", "calendar")]);
        Assert.DoesNotContain("STATUS:TENTATIVE", await calendar.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_emptied_clearance_is_taken_back()
    {
        var (_, form) = await service.AnswerAsync([.. Form(("isotretinoinUse", "past")), .. Cleared, ("do", "edit")]);
        Assert.Contains("id=\"c-clearances-isotretinoin\"", form, StringComparison.Ordinal);
        var emptied = Cleared.Select(field => (field.Name, string.Empty));
        var (status, decided) = await service.AnswerAsync([.. Form(("isotretinoinUse", "past")), .. emptied]);
        Assert.Equal(200, status);
        Assert.Contains("<header class=\"no\">", decided, StringComparison.Ordinal);
        Assert.Equal(["isotretinoin"], Offered(decided));
    }

    /// <summary>What is missing is told beside what is wrong with a clearance, as beside any other error.</summary>
    [Fact]
    public async Task A_wrong_clearance_does_not_hide_what_is_missing()
    {
        var (status, form) = await service.AnswerAsync(
            [.. Form(("isotretinoinUse", "past"), ("pregnancy", null)), .. Cleared.Where(field => field.Name != By)]);
        Assert.Equal(400, status);
        Assert.Equal(["c-by-isotretinoin", "q-pregnancy"], WorkedFormTests.Told(form));
    }

    [Theory]
    [InlineData("en", "Only staff can record")]
    [InlineData("es", "Solo el personal puede anotar")]
    public async Task A_patient_cannot_clear_anything_and_is_told_so(string language, string told)
    {
        var fields = Form(("isotretinoinUse", "past")).Where(field => field.Name is not ("lang" or "audience"));
        var (status, form) = await service.AnswerAsync([.. fields, ("lang", language), ("audience", "patient"), .. Cleared]);
        Assert.Equal(422, status);
        Assert.Equal(["c-clearances-isotretinoin"], WorkedFormTests.Told(form));
        Assert.Contains(told, form, StringComparison.Ordinal);
        Assert.Contains("Dr. Ada Park", form, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Please give the day, the month and the year.")]
    [InlineData("es", "Indique el día, el mes y el año.")]
    public async Task A_month_alone_is_no_day_on_which_it_was_cleared(string language, string told)
    {
        var fields = Form(("isotretinoinUse", "past")).Where(field => field.Name != "lang")
            .Concat(Cleared.Where(field => field.Name != "clearances.isotretinoin.on.day"));
        var (status, form) = await service.AnswerAsync([.. fields, ("lang", language)]);
        Assert.Equal(422, status);
        Assert.Equal(["c-on-isotretinoin"], WorkedFormTests.Told(form));
        Assert.Contains(told, form, StringComparison.Ordinal);
    }

    /// <summary>A name that nobody can read is none: white space, characters without a width, control characters.</summary>
    [Theory]
    [InlineData("\u00a0")]
    [InlineData("\u200b\u200d")]
    [InlineData("\u0001")]
    [InlineData("\u202e \u2066")]
    public async Task A_name_that_cannot_be_seen_is_none(string name)
    {
        var fields = Form(("isotretinoinUse", "past")).Concat(Cleared.Where(field => field.Name != By)).Append((By, name));
        var (status, form) = await service.AnswerAsync([.. fields]);
        Assert.NotEqual(200, status);
        Assert.Equal(["c-by-isotretinoin"], WorkedFormTests.Told(form));
    }

    private List<(string Name, string Value)> Form(params (string Question, string? Answer)[] changes)
    {
        service.Clock.Reset(Instant.FromUtc(2026, 6, 1, 18, 0));
        var request = FilledInForm.Sayable(FilledInForm.Cases["nothing to report is eligible"]);
        foreach (var (question, answer) in changes)
        {
            request["answers"]![question] = answer is null ? null : JsonValue.Create(answer);
        }

        return FilledInForm.Of(request);
    }

    private static string[] Offered(string html) => [.. Offers().Matches(html).Select(match => match.Groups["rule"].Value)];

    [GeneratedRegex(@"<details>.*?name=""clearances\.(?<rule>[a-z-]+)\.by""", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 5000)]
    private static partial Regex Offers();
}
