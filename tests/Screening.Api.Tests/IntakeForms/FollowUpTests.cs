using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using NodaTime;
using Screening.Rules;

namespace Screening.Api.Tests.IntakeForms;

/// <summary>What a person asks after a decision, with the hidden fields of its page alone, since the service has kept nothing.</summary>
public sealed partial class FollowUpTests(TimedService service) : IClassFixture<TimedService>
{
    [Fact]
    public async Task An_answer_is_changed_in_the_form_as_it_was_filled_in()
    {
        var decided = await PageAsync(BadForm.Good);
        var (status, form) = await service.AnswerAsync([.. Hidden(decided), ("do", "edit")]);
        Assert.Equal(200, status);
        Assert.Equal([], WorkedFormTests.Told(form));
        var shown = BadForm.Good.Where(field => field.Value.Length > 0 && field.Name is not ("lang" or "audience" or "do")).ToList();
        Assert.Superset(shown.ToHashSet(), Hidden(decided).ToHashSet());
        Assert.All(shown, field => Assert.Matches(
            $"(name=\"{Regex.Escape(field.Name)}\" value=\"{Regex.Escape(field.Value)}\"|<option value=\"{field.Value}\" selected)", form));
    }

    [Fact]
    public async Task Another_row_is_added_and_what_is_typed_stays()
    {
        var (status, more) = await service.AnswerAsync([.. Change("do", "more.injections"), ("answers.injections.4.date.day", "")]);
        Assert.Equal(200, status);
        Assert.Contains("id=\"q-injections-5\"", more, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"q-injections-6\"", more, StringComparison.Ordinal);
        Assert.Contains("name=\"answers.injections.2.date.year\" value=\"2027\"", more, StringComparison.Ordinal);
        var (_, most) = await service.AnswerAsync([.. Change("do", "more.injections"), ("answers.injections.100.date.day", "")]);
        Assert.DoesNotContain("more.injections\" formaction", most, StringComparison.Ordinal);
        Assert.Contains("id=\"q-injections-100\"", most, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_half_filled_form_changes_its_language_and_keeps_what_is_typed()
    {
        var (status, form) = await service.AnswerAsync(
            [("lang", "en"), ("do", "lang.es"), ("answers.pregnancy", "no"), ("answers.injections.1.date.year", "20"), ("end", "yes")]);
        Assert.Equal(200, status);
        Assert.Contains("<html lang=\"es\">", form, StringComparison.Ordinal);
        Assert.Contains("name=\"lang\" value=\"es\"", form, StringComparison.Ordinal);
        Assert.Contains("id=\"o-pregnancy-no\" checked", form, StringComparison.Ordinal);
        Assert.Contains("name=\"answers.injections.1.date.year\" value=\"20\"", form, StringComparison.Ordinal);
        Assert.Equal([], WorkedFormTests.Told(form));

        // What the form does not have is told all the same.
        var (wrong, _) = await service.AnswerAsync([("do", "lang.es"), ("asOf", "2026")]);
        Assert.Equal(400, wrong);
    }

    [Fact]
    public async Task Of_other_dates_one_is_taken_and_each_wrong_one_is_told()
    {
        var decided = await PageAsync(BadForm.Good);
        (string, string)[] dates =
        [
            ("slots.1.date", "2027-06-01"), ("slots.1.time", "09:00"), ("slots.3.date", "2026-05-01"), ("slots.3.time", "09:00"),
            ("slots.4.date", "2026-07-01"), ("slots.4.time", ""), ("slots.5.date", "x"), ("slots.5.time", "09:00"),
            ("slots.10.date", "2027-07-01"), ("slots.10.time", "09:00"),
        ];
        var (status, page) = await service.AnswerAsync([.. Hidden(decided), ("do", "dates"), .. dates]);
        Assert.Equal(422, status);
        Assert.Equal(["slot-3", "slot-4", "slot-5"], WorkedFormTests.Told(page));
        Assert.Contains("<th scope=\"row\">1. ", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">10. ", page, StringComparison.Ordinal);
        Assert.Contains("name=\"slots.5.date\" value=\"x\"", page, StringComparison.Ordinal);

        var (taken, decision) = await service.AnswerAsync([.. Hidden(Takes(page)), ("do", "take.10")]);
        Assert.Equal(200, taken);
        Assert.Contains("1 July 2027", decision, StringComparison.Ordinal);
        Assert.Contains(("appointment.date", "2027-07-01"), Hidden(decision));
        Assert.Superset(dates.Where(date => date.Item2.Length > 0).ToHashSet(), Hidden(decision).ToHashSet());

        // A date that is not there, or no date, is none.
        foreach (var slot in (string[])["2", "4", "5", "3"])
        {
            var (refused, form) = await service.AnswerAsync([.. Hidden(Takes(page)), ("do", "take." + slot)]);
            Assert.Equal(422, refused);
            Assert.DoesNotContain("class=\"followup\"", form, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Other_dates_need_answers_without_an_error()
    {
        var wrong = Change("answers.pregnancy", "maybe").Where(field => field.Name != "do");
        var (status, form) = await service.AnswerAsync(
            [.. wrong, ("do", "dates"), ("slots.1.date", "2027-06-01"), ("slots.1.time", "09:00")]);
        Assert.Equal(422, status);
        Assert.Equal(["q-pregnancy"], WorkedFormTests.Told(form));
    }

    [Theory]
    [InlineData("slots.1.date", "2027-06-05")]
    [InlineData("slots.1.time", "11:00")]
    [InlineData("slots.99.date", "2027-06-05")]
    [InlineData("appointment.date", "2027-06-05")]
    public async Task None_of_the_dates_is_taken_from_a_form_with_a_field_too_many(string name, string value)
    {
        List<(string, string)> fields =
        [
            .. BadForm.Good.Where(field => field.Name != "do"),
            ("slots.1.date", "2027-06-01"), ("slots.1.time", "09:00"), ("do", "take.1"),
        ];
        var (taken, _) = await service.AnswerAsync(fields);
        Assert.Equal(200, taken);
        var (refused, form) = await service.AnswerAsync([.. fields, (name, value)]);
        Assert.Equal(400, refused);
        Assert.DoesNotContain("class=\"followup\"", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_care_plan_comes_as_a_calendar_where_the_appointment_is_bookable()
    {
        var request = FilledInForm.Sayable(FilledInForm.Cases["nothing to report is eligible"]);
        service.Clock.Reset(Instant.FromUtc(2026, 6, 1, 18, 0));
        var decided = await PageAsync(FilledInForm.Of(request, audience: "patient"));
        Assert.Contains("value=\"calendar\"", decided, StringComparison.Ordinal);
        using var response = await service.SendAsync([.. Hidden(decided), ("do", "calendar")]);
        Assert.Equal((200, "text/calendar"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        var calendar = await response.Content.ReadAsStringAsync();
        Assert.StartsWith("BEGIN:VCALENDAR", calendar, StringComparison.Ordinal);
        Assert.Contains("20260610T100000", calendar, StringComparison.Ordinal);
        Assert.DoesNotContain("STATUS:TENTATIVE", calendar, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no", "patient", 200, false)]
    [InlineData("no", "clinician", 200, false)]
    [InlineData("unknown", "patient", 422, false)]
    [InlineData("unknown", "clinician", 200, true)]
    public async Task The_care_plan_comes_as_the_page_that_programs_get(string impaired, string audience, int status, bool isPreview)
    {
        var request = FilledInForm.Sayable(FilledInForm.Cases["nothing to report is eligible"]);
        request["answers"]!["immuneImpairment"] = impaired;
        service.Clock.Reset(Instant.FromUtc(2026, 6, 1, 18, 0));
        var decided = await PageAsync(FilledInForm.Of(request, audience: audience));
        Assert.Equal(status == 200, decided.Contains("value=\"plan\"", StringComparison.Ordinal));
        var (answered, page) = await service.AnswerAsync([.. Hidden(decided), ("do", "plan")]);
        Assert.Equal(status, answered);
        Assert.Equal(status == 422, page.Contains("<header class=\"no\">", StringComparison.Ordinal));
        Assert.Equal(isPreview, page.Contains(Words.Text("plan.preview").In(Language.English), StringComparison.Ordinal));
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/care-plans?preview=true", UriKind.Relative));
        message.Headers.Accept.ParseAdd("text/html");
        message.Content = new StringContent(request.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await service.Client.SendAsync(message);
        Assert.Equal(status == 200, Said(await response.Content.ReadAsStringAsync()) == Said(page));

        static string Said(string html) =>
            DecisionIds().Replace(FollowUp().Replace(html[html.IndexOf("<main>", StringComparison.Ordinal)..], string.Empty), string.Empty);
    }

    [Theory]
    [InlineData("patient", 422)]
    [InlineData("clinician", 200)]
    public async Task Of_one_that_is_not_staff_alone_get_a_preview_that_says_so(string audience, int status)
    {
        var request = FilledInForm.Sayable(FilledInForm.Cases["nothing to report is eligible"]);
        request["answers"]!["immuneImpairment"] = "unknown";
        service.Clock.Reset(Instant.FromUtc(2026, 6, 1, 18, 0));
        var decided = await PageAsync(FilledInForm.Of(request, audience: audience));
        Assert.Equal(status == 200, decided.Contains("value=\"calendar\"", StringComparison.Ordinal));
        using var response = await service.SendAsync([.. Hidden(decided), ("do", "calendar")]);
        Assert.Equal(status, (int)response.StatusCode);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.Equal(status == 200, answer.Contains("STATUS:TENTATIVE", StringComparison.Ordinal));
        Assert.Equal(status == 200, !answer.Contains("<html", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_calendar_needs_the_date_of_the_appointment()
    {
        string[] without = ["appointment.date", "appointment.time", "do"];
        List<(string Name, string Value)> today = [.. BadForm.Good.Where(field => !without.Contains(field.Name))];
        var decided = await PageAsync(today);
        Assert.DoesNotContain("value=\"calendar\"", decided, StringComparison.Ordinal);
        var (status, form) = await service.AnswerAsync([.. today, ("do", "calendar")]);
        Assert.Equal(422, status);
        Assert.Equal(["when"], WorkedFormTests.Told(form));
    }

    [Fact]
    public static async Task Behind_a_prefix_every_address_carries_it()
    {
        await using var prefixed = new SettingsService(("Service:PublicUrl", "https://clinic.example.org/skin"));
        var (status, html) = await prefixed.AnswerAsync(BadForm.Good);
        Assert.Equal(200, status);
        Assert.Contains("action=\"/skin/intake/sublative-rf\"", html, StringComparison.Ordinal);
        using var message = new HttpRequestMessage(HttpMethod.Get, new Uri("/skin/", UriKind.Relative));
        message.Headers.Accept.ParseAdd("text/html");
        using var start = await prefixed.Client.SendAsync(message);
        var links = Links().Matches(await start.Content.ReadAsStringAsync()).Select(match => match.Groups["url"].Value).ToList();
        Assert.Superset(new HashSet<string> { "/skin/intake/sublative-rf?lang=en", "/skin/intake/sublative-rf?lang=es" }, links.ToHashSet());
        foreach (var link in links)
        {
            Assert.StartsWith("/skin/", link, StringComparison.Ordinal);
            using var opened = new HttpRequestMessage(HttpMethod.Get, new Uri(link, UriKind.Relative));
            opened.Headers.Accept.ParseAdd("text/html");
            using var page = await prefixed.Client.SendAsync(opened);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }
    }

    [Theory]
    [InlineData("en", "en", "Intake form")]
    [InlineData("es-MX,en;q=0.5", "es", "Cuestionario")]
    public async Task The_start_page_and_the_form_speak_the_language_of_the_browser(string accepted, string language, string says)
    {
        foreach (var path in (string[])["/", FilledInForm.Path])
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            message.Headers.Accept.ParseAdd("text/html");
            message.Headers.AcceptLanguage.ParseAdd(accepted);
            using var response = await service.Client.SendAsync(message);
            var html = await response.Content.ReadAsStringAsync();
            Assert.Equal((HttpStatusCode.OK, language), (response.StatusCode, response.Content.Headers.ContentLanguage.Single()));
            Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
            Assert.True(path == "/" || html.Contains(says, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task Nothing_is_chosen_beforehand()
    {
        var html = await service.Client.GetStringAsync(new Uri(FilledInForm.Path, UriKind.Relative));
        Assert.DoesNotContain(" checked>", html, StringComparison.Ordinal);
        Assert.DoesNotContain(" selected>", html, StringComparison.Ordinal);
        Assert.Contains($"name=\"appointment.timeZone\" value=\"{TimedService.Zone}\"", html, StringComparison.Ordinal);
    }

    private static List<(string Name, string Value)> Change(string name, string value) =>
        [.. BadForm.Good.Where(field => field.Name != name), (name, value)];

    /// <summary>The form of the table of dates, which comes first.</summary>
    private static string Takes(string html) => html.Split("<form ")[1];

    internal static List<(string Name, string Value)> Hidden(string html) =>
        [.. HiddenFields().Matches(html).Select(match => (Decoded(match, "name"), Decoded(match, "value")))];

    private static string Decoded(Match match, string group) => WebUtility.HtmlDecode(match.Groups[group].Value);

    private async Task<string> PageAsync(IEnumerable<(string Name, string Value)> fields)
    {
        var (status, html) = await service.AnswerAsync(fields);
        Assert.Equal(200, status);
        return html;
    }

    [GeneratedRegex(@"<input type=""hidden"" name=""(?<name>[^""]*)"" value=""(?<value>[^""]*)"">", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex HiddenFields();

    [GeneratedRegex("<section class=\"followup\">.*?</section>", RegexOptions.Singleline, 5000)]
    private static partial Regex FollowUp();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex DecisionIds();

    [GeneratedRegex(@"<a href=""(?<url>[^""]*)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Links();
}
