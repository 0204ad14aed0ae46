using System.Text.Json.Nodes;
using NodaTime;

namespace Screening.Api.Tests.IntakeForms;

/// <summary>The form at a clinic's desk: nothing is lost on the way, nothing is a dead end, and the next person starts empty.</summary>
public sealed class DeskTests(TimedService service) : IClassFixture<TimedService>
{
    private static readonly string[] Later = ["edit", "dates", "plan"];

    [Fact]
    public async Task An_entry_can_be_emptied_again()
    {
        var form = await service.Client.GetStringAsync(new Uri(FilledInForm.Path, UriKind.Relative));
        Assert.Contains("<select name=\"answers.injections.1.product\"", form, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"radio\" name=\"answers.injections", form, StringComparison.Ordinal);
        List<(string Name, string Value)> fields =
        [
            .. Fields(), ("answers.injections.1.product", ""), ("answers.injections.1.date.day", ""), ("answers.injections.1.date.month", ""),
            ("answers.injections.1.date.year", ""),
        ];
        Assert.Contains(fields, field => field.Name == "answers.injections.none");
        var (status, _) = await service.AnswerAsync(fields);
        Assert.Equal(200, status);
    }

    [Fact]
    public async Task The_list_of_what_is_wrong_names_the_entry()
    {
        var (status, form) = await service.AnswerAsync(
        [
            .. BadForm.Good.Where(field => field.Name != "answers.injections.2.product"), ("answers.injections.2.product", ""),
        ]);
        Assert.Equal(400, status);
        Assert.Matches("<a href=\"#q-injections-2\">[^<]* · Entry 2</a>", form);
        Assert.Contains("<option value=\"filler\" selected", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_language_never_costs_what_is_typed()
    {
        var form = await service.Client.GetStringAsync(new Uri(FilledInForm.Path, UriKind.Relative));
        Assert.Contains("<button name=\"do\" value=\"lang.es\"", form, StringComparison.Ordinal);
        Assert.DoesNotContain("?lang=", form, StringComparison.Ordinal);
        using var message = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
        message.Headers.Accept.ParseAdd("text/html");
        using var start = await service.Client.SendAsync(message);
        var html = await start.Content.ReadAsStringAsync();
        Assert.Contains("href=\"/intake/sublative-rf?lang=en\" lang=\"en\">Fill in the intake form</a>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/intake/sublative-rf?lang=es\" lang=\"es\">Rellenar el formulario</a>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clinician")]
    [InlineData("patient")]
    public async Task The_care_plan_leads_back_to_the_answer_and_on(string audience)
    {
        var (status, plan) = await service.AnswerAsync([.. Fields(audience: audience), ("do", "plan")]);
        Assert.Equal(200, status);
        foreach (var action in (string[])["decide", "edit", "calendar"])
        {
            Assert.Contains($"name=\"do\" value=\"{action}\"", plan, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("value=\"plan\"", plan, StringComparison.Ordinal);
        var (back, decided) = await service.AnswerAsync([.. FollowUpTests.Hidden(plan), ("do", "decide")]);
        Assert.Equal(200, back);
        Assert.Contains("value=\"plan\"", decided, StringComparison.Ordinal);
    }

    /// <summary>Staff who decided with an answer missing come back to that decision, not to the form.</summary>
    [Fact]
    public async Task The_preview_of_an_incomplete_answer_leads_back_to_it()
    {
        var (_, plan) = await service.AnswerAsync([.. Fields(("pregnancy", null)), ("do", "plan")]);
        Assert.Contains("value=\"decide-anyway\"", plan, StringComparison.Ordinal);
        var (back, decided) = await service.AnswerAsync([.. FollowUpTests.Hidden(plan), ("do", "decide-anyway")]);
        Assert.Equal(200, back);
        Assert.Contains("value=\"plan\"", decided, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_of_the_form_leads_to_an_empty_one_for_the_next_person()
    {
        foreach (var language in (string[])["en", "es"])
        {
            foreach (var action in (string[])["decide", .. Later])
            {
                var fields = Fields().Select(field => field.Name == "lang" ? ("lang", language) : field);
                var (status, page) = await service.AnswerAsync([.. fields, ("do", action)]);
                Assert.Equal(200, status);
                Assert.Contains($"<a href=\"/intake/sublative-rf?lang={language}\">", page, StringComparison.Ordinal);
            }
        }

        var fresh = await service.Client.GetStringAsync(new Uri(FilledInForm.Path + "?lang=es", UriKind.Relative));
        Assert.DoesNotContain(" checked>", fresh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clinician")]
    [InlineData("patient")]
    public async Task Whom_the_list_excludes_is_offered_neither_other_dates_nor_a_plan(string audience)
    {
        var (status, decided) = await service.AnswerAsync([.. Fields(("pregnancy", "yes")).Where(field => field.Name != "audience"), ("audience", audience)]);
        Assert.Equal(200, status);
        Assert.Contains("value=\"edit\"", decided, StringComparison.Ordinal);
        foreach (var action in (string[])["dates", "plan", "calendar"])
        {
            Assert.DoesNotContain($"value=\"{action}\"", decided, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_a_time_it_says_that_a_care_plan_needs_one()
    {
        var today = Fields().Where(field => field.Name is not ("appointment.date" or "appointment.time"));
        var (_, decided) = await service.AnswerAsync(today);
        Assert.Contains("<p>A care plan needs the date and the time of the appointment.</p>", decided, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"plan\"", decided, StringComparison.Ordinal);
        (_, decided) = await service.AnswerAsync(Fields());
        Assert.DoesNotContain("A care plan needs", decided, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "29", "This day does not exist in that month.")]
    [InlineData("es", "31", "Ese día no existe en ese mes.")]
    public async Task A_day_that_its_month_does_not_have_is_told_as_such(string language, string day, string told)
    {
        var (status, form) = await service.AnswerAsync(
        [
            .. BadForm.Good.Where(field => field.Name != "lang" && !field.Name.StartsWith("answers.antiviralEnd", StringComparison.Ordinal)),
            ("lang", language), ("answers.antiviralEnd.day", day), ("answers.antiviralEnd.month", "2"), ("answers.antiviralEnd.year", "2027"),
        ]);
        Assert.Equal(422, status);
        Assert.Equal(["q-antiviralEnd"], WorkedFormTests.Told(form));
        Assert.Contains(told, form, StringComparison.Ordinal);
    }

    private List<(string Name, string Value)> Fields(params (string Question, string? Answer)[] changes) => Fields("clinician", changes);

    private List<(string Name, string Value)> Fields(string audience, params (string Question, string? Answer)[] changes)
    {
        service.Clock.Reset(Instant.FromUtc(2026, 6, 1, 18, 0));
        var request = FilledInForm.Sayable(FilledInForm.Cases["nothing to report is eligible"]);
        foreach (var (question, answer) in changes)
        {
            request["answers"]![question] = answer is null ? null : JsonValue.Create(answer);
        }

        return FilledInForm.Of(request, audience: audience);
    }
}
