using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Tests.Screenings;
using Screening.Rules;

namespace Screening.Api.Tests.Pages;

/// <summary>What each reader of a decision's page finds on it, and what not.</summary>
public sealed class ReaderTests(ServiceFixture service)
{
    public static TheoryData<string, string> Pages =>
        new(from status in PageRequests.All.Keys from language in (string[])["en", "es"] select (status, language));

    private Protocol Protocol =>
        service.Services.GetRequiredService<ProtocolCatalog>().Families.Single(family => family.Id == "sublative-rf").Versions[^1];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Staff_see_every_answer_that_was_given_and_patients_are_not_shown_the_list(string status, string language)
    {
        var (request, spoken) = (PageRequests.All[status](), Language.Find(language)!);
        var heading = Words.Text("page.allAnswers").In(spoken);
        var all = Section(await service.HtmlAsync(request, language: language), heading);
        var answers = (JsonObject)request["answers"]!;
        foreach (var question in Protocol.Questions)
        {
            var answer = question == Protocol.Areas ? request["appointment"]!["areas"] : answers[question.Id];
            var shown = all.FirstOrDefault(one => one.Question == question.Document.Text.In(spoken));
            if (answer is null)
            {
                continue;
            }

            Assert.NotNull(shown.Answers);
            string[] said = answer is JsonArray list
                ? [.. list.Select(one => (string)(one is JsonObject happened ? happened["product"] : one)!)]
                : [(string)answer!];
            var options = question.Events?.Kind.Options ?? question.Codes;
            Assert.Equal(Math.Max(said.Length, 1), shown.Answers.Length);
            var labels = options.Where(option => said.Contains(option.Code)).Select(option => option.Label.In(spoken));
            Assert.All(labels, label => Assert.Contains(shown.Answers, words => words.StartsWith(label, StringComparison.Ordinal)));
        }

        Assert.DoesNotContain(heading, await service.HtmlAsync(request, "?audience=patient", language), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pregnancy", "Not answered")]
    [InlineData("skincareKit", "Left empty")]
    public async Task A_question_that_is_open_is_told_from_one_that_may_stay_empty(string question, string words)
    {
        var all = Section(await service.HtmlAsync(Requests.NothingToReport().With(question, null)), "All answers");
        var text = Protocol.Questions.Single(other => other.Id == question).Document.Text.En;
        Assert.Equal([words], all.Single(one => one.Question == text).Answers);

        // Nobody asks when a medicine began for a person who does not need it.
        Assert.DoesNotContain(all, one => one.Question.StartsWith("On what day did you start", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Staff_who_turn_the_page_read_what_the_patients_page_says(string status, string language)
    {
        var request = PageRequests.All[status]();
        var staff = Xml(await service.HtmlAsync(request, language: language));
        staff.Descendants().Where(element => HasClass(element, "for-clinician") || HasClass(element, "switch")).ToList()
            .ForEach(element => element.Remove());
        staff.Descendants("head").ToList().ForEach(element => element.Remove());
        var patient = Xml(await service.HtmlAsync(request, "?audience=patient", language));
        patient.Descendants("head").ToList().ForEach(element => element.Remove());
        Assert.Equal(Texts(patient), Texts(staff));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_patient_reads_no_digest_no_rule_id_and_nothing_that_speaks_of_them(string status, string language)
    {
        var text = PageClient.Text(await service.HtmlAsync(PageRequests.All[status](), "?audience=patient", language));
        string[] technical = ["sha256:", "sublative-rf@", "2026-11-22T15:00:00Z"];
        string[] ofStaff = ["Not answered", "Sin respuesta", "The person", "La persona"];
        Assert.All(
            [.. technical, .. ofStaff, .. Protocol.Rules.Select(rule => rule.Id).Where(id => id.Contains('-', StringComparison.Ordinal))],
            words => Assert.DoesNotContain(words, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("clinician")]
    [InlineData("patient")]
    public async Task A_day_that_may_be_left_empty_is_called_so_where_the_wait_is_counted(string audience)
    {
        var request = PageRequests.Winter().With("herpesSimplexHistory", "yes");
        var text = PageClient.Text(await service.HtmlAsync(request, "?audience=" + audience));
        Assert.Matches("Leave this empty if no day is set yet. \n+Left empty\n+counted as 22 November 2026", text);
    }

    [Theory]
    [InlineData(
        "en",
        "That no listed contraindication was found is not medical advice.",
        "That no reason on the list was found is not medical advice.")]
    [InlineData(
        "es",
        "Que no se encontrara ninguna contraindicación de la lista no es un consejo médico.",
        "Que no se encontrara ningún motivo de la lista no es un consejo médico.")]
    public async Task Both_readers_are_told_what_the_service_is_not(string language, string staff, string patient)
    {
        foreach (var (_, make) in PageRequests.All)
        {
            var text = PageClient.Text(await service.HtmlAsync(make(), language: language));
            Assert.Contains(staff, text, StringComparison.Ordinal);
            Assert.Contains(patient, text, StringComparison.Ordinal);
            text = PageClient.Text(await service.HtmlAsync(make(), "?audience=patient", language));
            Assert.DoesNotContain(staff, text, StringComparison.Ordinal);
            Assert.Contains(patient, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_words_of_others_are_marked_as_of_an_unknown_language()
    {
        var html = await service.HtmlAsync(PageRequests.All["review"](), language: "es");
        Assert.Contains("Fuente: <span lang=\"\">Sublative RF: instructions", html, StringComparison.Ordinal);
        Assert.Contains("<p class=\"note for-clinician\" lang=\"\">Seen in the clinic.</p>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_sheet_has_room_for_who_it_is_about_and_its_date()
    {
        foreach (var audience in (string[])["clinician", "patient"])
        {
            var html = await service.HtmlAsync(PageRequests.Winter(), "?audience=" + audience);
            var head = Xml(html).Descendants("div").Single(element => HasClass(element, "head"));
            Assert.Equal(["Name:", "Date of birth:", "Answers as of: 22 November 2026"], Texts(new XDocument(head)));
            Assert.Contains("content: counter(page) \" / \" counter(pages)", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_list_of_dates_in_place_of_the_drawing_runs_from_early_to_late()
    {
        var page = Xml(await service.HtmlAsync(PageRequests.All["deferred"](), "?audience=patient"));
        var list = page.Descendants("ol").Single(list => HasClass(list, "days"));
        Assert.Equal(
            [
                "through 5 December 2026|Wait 1: not possible (striped)",
                "through 14 December 2026|Wait 2: not possible (striped)",
                "22 November 2026|Answers as of",
                "27 November 2026 through 23 December 2026|Wait 3: not possible (striped)",
                "13 December 2026|Would be needed on the requested date: Start on 13 Dec, or earlier",
                "18 December 2026|Requested date",
                "23 December 2026|Would be needed on the requested date: Go on through 23 Dec, or longer",
                "24 December 2026|First possible date",
                "24 December 2026 through 6 February 2027|Possible dates (plain)",
                "7 February 2027 through 5 March 2027|Wait 4: not possible (striped)",
                "from 6 March 2027 on|Possible dates (plain)",
            ],
            list.Elements("li").Select(item => string.Join('|', Texts(new XDocument(item)))));
    }

    /// <summary>Rules that the patient reads the same words about are told once; staff find each.</summary>
    [Theory]
    [InlineData("?audience=patient", 1, 0)]
    [InlineData("", 1, 9)]
    public async Task What_the_patient_reads_of_several_rules_is_said_once(string query, int told, int rules)
    {
        var request = Requests.NothingToReport().With("skinConditions", new JsonArray("psoriasis", "unknown"));
        var html = await service.HtmlAsync(request, query);
        Assert.Equal(told, html.Split("Whether anything more on the list applies is not known.").Length - 1);
        Assert.Equal(rules, html.Split("must be answered, or settled by a clinician").Length - 1);
    }

    private static bool HasClass(XElement element, string name) => ((string?)element.Attribute("class"))?.Split(' ').Contains(name) == true;

    private static string[] Texts(XDocument page) =>
    [
        .. page.DescendantNodes().OfType<XText>()
            .Select(text => Regex.Replace(text.Value, "\\s+", " ", RegexOptions.NonBacktracking).Trim())
            .Where(text => text.Length > 0 && !IsId(text)),
    ];

    // Each page is a decision of its own.
    private static bool IsId(string text) => Guid.TryParse(text, out _);

    private static XDocument Xml(string html)
    {
        var page = html[html.IndexOf("<html", StringComparison.Ordinal)..];
        var closed = Regex.Replace(page, "<(?<tag>meta|input|br)(?<rest>[^>]*)>", "<${tag}${rest}/>", RegexOptions.NonBacktracking);
        return XDocument.Parse(closed.Replace(" checked/>", "/>", StringComparison.Ordinal));
    }

    private static (string Question, string[] Answers)[] Section(string html, string heading) =>
    [
        .. Xml(html).Descendants("section").Single(section => section.Elements("h2").Any(title => title.Value == heading))
            .Descendants("div").Select(one => (one.Element("dt")!.Value, one.Elements("dd").Select(answer => answer.Value).ToArray())),
    ];
}
