using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CarePlanCalls = Screening.Api.Tests.CarePlans.CarePlans;
using Screening.Api.Tests.Screenings;
using Screening.Rules;

namespace Screening.Api.Tests.Pages;

/// <summary>
/// The page of a care plan is the whole handout, in the patient's words, and says nothing of how the appointment was decided.
/// </summary>
public sealed class CarePlanPageTests(ServiceFixture service)
{
    // As browsers say it when a form is sent.
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private const string Headings =
        "Before your appointment|On the day of your appointment|After your treatment|Tell the clinic at once|What can come of the treatment";

    private const RegexOptions Quick = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;
    private static readonly string[] Kit = ["nectar-prepare", "nectar-continue", "restorative-complex"];

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public async Task It_has_every_step_once_and_every_risk(string language)
    {
        var request = CarePlanCalls.Personal();
        var plan = await PlanAsync(request, language);
        var text = PageClient.Text(await HtmlAsync(request, language: language));
        Assert.All(plan["steps"]!.AsArray(), step => Assert.Equal(2, text.Split($"\n{step!["text"]}\n").Length));
        Assert.All(plan["risks"]!.AsArray(), risk => Assert.Contains($"\n{risk!["text"]}\n", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", Headings)]
    [InlineData(
        "es",
        "Antes de su cita|El día de su cita|Después de su tratamiento|Avise a la clínica de inmediato|Qué puede ocurrir con el tratamiento")]
    public async Task Its_sections_come_in_the_order_of_time_and_the_warnings_before_the_risks(string language, string headings)
    {
        var html = WebUtility.HtmlDecode(await HtmlAsync(CarePlanCalls.Personal(), language: language));
        var shown = Regex.Matches(html, "<h2>(?<heading>[^<]*)</h2>", Quick).Select(match => match.Groups["heading"].Value);
        Assert.Equal(headings.Split('|'), shown);
        Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Before your appointment", "isotretinoin-tell antiviral-course nectar-prepare numbing-cream-collect topical-retinoid-stop")]
    [InlineData("On the day of your appointment", "face-wash-waits numbing-cream-apply")]
    [InlineData("Tell the clinic at once", "discomfort-persists")]
    public async Task A_step_stands_where_its_time_is_and_what_to_tell_by_itself(string heading, string ids)
    {
        var request = CarePlanCalls.Personal();
        var text = PageClient.Text(await HtmlAsync(request));
        var section = text[text.IndexOf($"\n{heading}\n", StringComparison.Ordinal)..];
        var end = Headings.Split('|').Select(other => section.IndexOf($"\n{other}\n", StringComparison.Ordinal)).Where(at => at > 0).Min();
        var steps = (await PlanAsync(request))["steps"]!.AsArray()
            .Where(step => section[..end].Contains((string)step!["text"]!, StringComparison.Ordinal));
        Assert.Equal(
            ids.Split(' ').Order(StringComparer.Ordinal), steps.Select(step => (string)step!["id"]!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(
        "en",
        "Your appointment: Wednesday 10 June 2026, 10:30, until 11:15 · Face|clinic (time zone Europe/Madrid)|"
        + "counted from the end of your appointment, Wednesday 10 June 2026, 11:15|"
        + "Wednesday 10 June 2026, from 10:00 until 10:30|from now through Wednesday 10 June 2026|Tuesday 9 June 2026|"
        + "from Friday 5 June 2026 through Monday 15 June 2026|"
        + "from Wednesday 10 June 2026, 11:15 until Wednesday 17 June 2026, 11:15|"
        + "from Sunday 14 June 2026 on, without a fixed end|Answers as of: 1 May 2026|bk-20931")]
    [InlineData(
        "es",
        "Su cita: miércoles 10 de junio de 2026, 10:30, hasta las 11:15 · Cara|clínica (zona horaria Europe/Madrid)|"
        + "miércoles 10 de junio de 2026, de las 10:00 a las 10:30|"
        + "desde ahora hasta el miércoles 10 de junio de 2026 inclusive|"
        + "del viernes 5 de junio de 2026 al lunes 15 de junio de 2026, ambos incluidos|"
        + "desde el domingo 14 de junio de 2026, sin un final fijo")]
    public async Task Its_dates_and_open_ends_are_in_words(string language, string parts)
    {
        var text = PageClient.Text(await HtmlAsync(CarePlanCalls.Personal(), language: language));
        Assert.All(parts.Split('|'), part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_step_has_the_number_by_which_the_calendar_names_it()
    {
        var request = CarePlanCalls.Personal();
        var text = PageClient.Text(await HtmlAsync(request));
        var calendar = await CarePlanCalls.ReadAsync(service, request);
        Assert.All((await PlanAsync(request))["steps"]!.AsArray().Index(), step =>
        {
            Assert.StartsWith($"{step.Index + 1}. ", calendar.Events[step.Index + 1]!.Summary, StringComparison.Ordinal);
            Assert.Matches($"\n{step.Index + 1}\\. [^\n]+:\n[^0-9]([^\n]|\n(?!\n))*\n+{Regex.Escape((string)step.Item!["text"]!)}\n", text);
        });
    }

    [Theory]
    [InlineData("en", "(this time has passed)")]
    [InlineData("es", "(este plazo ya pasó)")]
    public async Task A_step_whose_time_was_over_before_today_says_so(string language, string said)
    {
        var request = CarePlanCalls.Personal();
        Assert.DoesNotContain(said, WebUtility.HtmlDecode(await HtmlAsync(request, language: language)), StringComparison.Ordinal);

        // The day after a time is the first on which it is over.
        var steps = (await PlanAsync(request))["steps"]!.AsArray();
        var ends = steps.Select(step => (string?)step!["endsOn"] ?? ((string?)step["endsAt"])?[..10] ?? "9999").ToList();
        foreach (var (today, isAny) in new[] { ("2026-06-09", false), ("2026-06-10", true) })
        {
            request["asOf"] = today + "T08:00:00Z";
            var html = WebUtility.HtmlDecode(await HtmlAsync(request, "?preview=true", language));
            var over = ends.Count(end => string.CompareOrdinal(end, today) < 0);
            Assert.Equal((isAny, over), (over > 0, html.Split(said).Length - 1));
        }
    }

    [Fact]
    public async Task Without_an_end_it_says_from_when_the_times_are_counted() => Assert.Contains(
        "counted from its beginning, Wednesday 10 June 2026, 10:00",
        PageClient.Text(await HtmlAsync(Requests.NothingToReport())),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("yes", true)]
    [InlineData("no", false)]
    [InlineData(null, false)]
    public async Task The_kits_steps_are_only_for_who_has_it(string? kit, bool shown)
    {
        var all = await PlanAsync(CarePlanCalls.Personal());
        var text = PageClient.Text(await HtmlAsync(Requests.NothingToReport().With("skincareKit", kit)));
        Assert.All(
            all["steps"]!.AsArray().Where(step => Kit.Contains((string)step!["id"]!)),
            step => Assert.Equal(shown, text.Contains((string)step!["text"]!, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("en", "Preview. This appointment is not bookable", "(preview)")]
    [InlineData("es", "Vista previa. Por ahora esta cita no se puede reservar", "(vista previa)")]
    public async Task The_plan_of_what_is_not_bookable_is_a_preview_on_every_page_and_in_every_heading(
        string language, string warning, string mark)
    {
        var refused = Requests.NothingToReport().With("pregnancy", "yes");
        var html = WebUtility.HtmlDecode(await HtmlAsync(refused, "?preview=true", language));
        Assert.Contains($"<div class=\"head\"><p class=\"preview\"><strong>{warning}", html, StringComparison.Ordinal);
        Assert.All(
            Regex.Matches(html, "<(?<name>h1|h2|title)>(?<words>[^<]*)</", Quick),
            heading => Assert.Contains(mark, heading.Groups["words"].Value, StringComparison.Ordinal));

        // How it was decided is not told, and a bookable one is no preview.
        Assert.DoesNotContain(language == "en" ? "pregnan" : "embaraz", html, StringComparison.OrdinalIgnoreCase);
        var bookable = WebUtility.HtmlDecode(await HtmlAsync(Requests.NothingToReport(), "?preview=true", language));
        Assert.DoesNotContain(mark, bookable, StringComparison.Ordinal);
        Assert.DoesNotContain(warning, bookable, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_tells_neither_status_nor_rule_nor_digest()
    {
        var html = await HtmlAsync(Requests.NothingToReport().With("herpesSimplexHistory", "yes"));
        var page = Regex.Replace(html, "<(?<name>meta|style)[^<]*", "", Quick);
        Assert.All(
            ["conditional", "herpes-prophylaxis", "sha256:", "May be booked", "exclusion"],
            words => Assert.DoesNotContain(words, page, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task It_is_one_file_that_loads_and_runs_nothing()
    {
        using var response = await CarePlanCalls.PostAsync(service, CarePlanCalls.Personal(), accept: Browser);
        var html = await response.Content.ReadAsStringAsync();
        var style = Regex.Match(html, "<style>(?<rules>[^<]*)</style>", Quick).Groups["rules"].Value;
        var digest = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains($"style-src '{digest}'", policy, StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.DoesNotMatch("(?i)<(script|link|img|iframe|object|embed|form|a|base)[ >]|\\s(src|href|style|on[a-z]+)=|@import|http:", html);
        Assert.Null(response.Content.Headers.ContentDisposition);
    }

    [Fact]
    public async Task What_a_request_says_is_text()
    {
        var request = CarePlanCalls.Personal();
        request["reference"] = "<b>&\u202E";
        var html = await HtmlAsync(request);
        Assert.Contains("&lt;b&gt;&amp;[U&#x2B;202E]", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "application/json", 422)]
    [InlineData("pregnancy", "application/json", 422)]
    [InlineData("{", "application/json", 400)]
    [InlineData("{}", "text/plain", 415)]
    public async Task A_browser_gets_problems_as_pages_and_a_program_as_documents(string? what, string type, int status)
    {
        var body = what switch
        {
            null => Requests.NothingToReport().With("pregnancy", "yes").ToJsonString(),
            "pregnancy" => Requests.NothingToReport().With(what, "perhaps-not").ToJsonString(),
            _ => what,
        };
        foreach (var (accept, isPage) in new[] { (Browser, true), ("application/json", false), ("*/*", false) })
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, CarePlanCalls.Path);
            message.Content = new StringContent(body, Encoding.UTF8, type);
            message.Headers.TryAddWithoutValidation("Accept", accept);
            using var response = await service.Client.SendAsync(message);
            var text = await response.Content.ReadAsStringAsync();
            var expected = isPage ? "text/html" : "application/problem+json";
            Assert.Equal((status, expected), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            Assert.Equal(what == "pregnancy", text.Contains("/answers/pregnancy", StringComparison.Ordinal));
            Assert.DoesNotContain("perhaps-not", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Browser, "text/html; charset=utf-8")]
    [InlineData("text/html", "text/html; charset=utf-8")]
    [InlineData("text/html, */*", "application/json")]
    [InlineData("text/html, application/json", "application/json")]
    [InlineData("text/calendar", "text/calendar; charset=utf-8")]
    [InlineData("text/html;q=0.5, text/calendar", "text/calendar; charset=utf-8")]
    [InlineData("text/html, text/calendar;q=0.5", "text/html; charset=utf-8")]
    public async Task Only_who_asks_as_browsers_do_gets_a_page(string accept, string type)
    {
        using var response = await CarePlanCalls.PostAsync(service, Requests.NothingToReport(), accept: accept);
        Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        Assert.Equal(["Accept", "Accept-Language", "Prefer"], response.Headers.Vary);
    }

    private async Task<string> HtmlAsync(JsonObject request, string query = "", string language = "en")
    {
        using var response = await CarePlanCalls.PostAsync(service, request, query, Browser, language);
        Assert.Equal((200, "text/html; charset=utf-8"), ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<JsonObject> PlanAsync(JsonObject request, string language = "en")
    {
        using var response = await CarePlanCalls.PostAsync(service, request, accept: "application/json", language: language);
        return (JsonObject)JsonNode.Parse(await response.Content.ReadAsByteArrayAsync())!;
    }
}
