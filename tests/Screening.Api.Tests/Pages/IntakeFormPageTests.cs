using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Screening.Rules;

namespace Screening.Api.Tests.Pages;

/// <summary>Whoever follows a card's link to the intake form with a browser finds a form for people.</summary>
public sealed class IntakeFormPageTests(ServiceFixture service)
{
    // As browsers say it when a link is opened.
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public async Task It_asks_every_question_with_every_option_and_says_when(string language)
    {
        var (type, text) = await GetAsync(Browser, language: language);
        Assert.Equal("text/html; charset=utf-8", type);
        var protocol = service.Services.GetRequiredService<ProtocolCatalog>().Families.Single(family => family.Id == "sublative-rf").Versions[^1];
        Assert.All(protocol.Document.Questions, question =>
        {
            Assert.Contains($"<p>{In(question.Text)}</p>", text, StringComparison.Ordinal);
            Assert.All(question is EventsQuestion events ? [events.Date.Text] : Array.Empty<LocalizedText>(), date => Assert.Contains($"<p>{In(date)}</p>", text, StringComparison.Ordinal));
            Assert.All(question.Codes, option => Assert.Contains($"<li>{In(option.Label)}</li>", text, StringComparison.Ordinal));
        });
        Assert.Contains(language == "en" ? "Only if your answer to question" : "Solo si su respuesta a la pregunta", text, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\">", text, StringComparison.Ordinal);

        string In(LocalizedText words) => language == "en" ? words.En : words.Es;
    }

    [Fact]
    public async Task A_condition_names_the_place_of_the_question_that_it_is_about()
    {
        var (_, text) = await GetAsync(Browser);
        var items = text.Split("<li><p").Skip(1).ToList();
        var conditional = items.FindIndex(item => item.Contains("When did you last use", StringComparison.Ordinal));
        Assert.Contains("question 12 is: ", items[conditional], StringComparison.Ordinal);
        Assert.Contains("retinoid", items[11], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task There_is_room_for_every_answer_and_no_box_for_one_that_there_is_not()
    {
        var (_, text) = await GetAsync(Browser);
        Assert.DoesNotContain("<li>None</li>", text[text.LastIndexOf("<li><p", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Equal(3, text.Split(">Which, and date:<").Length - 1);
        Assert.Equal((1, 1), (text.Split(">Name:<").Length - 1, text[..text.IndexOf("<ol", StringComparison.Ordinal)].Split(">Date:<").Length - 1));
        Assert.Contains("<div class=\"head\">", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*/*", "", "application/fhir+json")]
    [InlineData(Browser, "?_format=json", "application/fhir+json")]
    [InlineData(Browser, "?_format=xml", "application/fhir+xml")]
    [InlineData("text/html;q=0.5, application/fhir+json", "", "application/fhir+json")]
    [InlineData("text/html;q=0.5, application/fhir+xml", "", "application/fhir+xml")]
    [InlineData("text/html, application/fhir+json", "", "application/fhir+json")]
    public async Task Programs_still_get_the_resource(string accept, string query, string type) =>
        Assert.Equal(type, (await GetAsync(accept, query)).Type);

    [Fact]
    public async Task There_is_none_of_a_protocol_that_there_is_not()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/fhir/Questionnaire/none");
        request.Headers.Accept.ParseAdd(Browser);
        using var response = await service.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private async Task<(string Type, string Text)> GetAsync(string accept, string query = "", string language = "en")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/fhir/Questionnaire/sublative-rf" + query);
        request.Headers.Accept.ParseAdd(accept);
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var response = await service.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (response.Content.Headers.ContentType!.ToString(), WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }
}
