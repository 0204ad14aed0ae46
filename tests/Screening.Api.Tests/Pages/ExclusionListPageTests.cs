using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Screening.Rules;

namespace Screening.Api.Tests.Pages;

/// <summary>Whoever opens a protocol in a browser reads the exclusion list, with its sources.</summary>
public sealed class ExclusionListPageTests(ServiceFixture service)
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private const string Id = "/v1/protocols/sublative-rf";
    private const string Version = Id + "/versions/1.0.0";

    [Theory]
    [InlineData(Id, "en")]
    [InlineData(Id, "es")]
    [InlineData(Version, "en")]
    [InlineData(Version, "es")]
    public async Task It_has_every_rule_with_its_source_and_every_question(string path, string tag)
    {
        using var response = await GetAsync(path, Browser, tag);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(Version, response.Content.Headers.ContentLocation?.ToString());
        var text = PageClient.Text(await response.Content.ReadAsStringAsync());
        var language = Language.Find(tag)!;
        var catalog = service.Services.GetRequiredService<ProtocolCatalog>();
        var protocol = catalog.Families.Single(family => family.Id == "sublative-rf").Versions[^1];
        var source = Words.Text("report.source").In(language).With("document", protocol.Document.Source.Document);
        foreach (var rule in protocol.Document.Rules)
        {
            Assert.Contains($"\n{rule.Id}\n", text, StringComparison.Ordinal);
            Message?[] messages = [rule.Messages.Exclude, rule.Messages.Review, rule.Messages.Defer, rule.Messages.Require];
            Assert.All(
                messages.OfType<Message>(),
                message => Assert.Contains($": {message.Clinician.In(language)}\n", text, StringComparison.Ordinal));
            Assert.Contains(source.With("line", $"{rule.Line}") + "\n", text, StringComparison.Ordinal);
        }

        Assert.All(protocol.Questions, question =>
        {
            Assert.Contains($"\n{question.Document.Text.In(language)}\n", text, StringComparison.Ordinal);
            Assert.All(question.Codes, option => Assert.Contains($"\n{option.Label.In(language)}\n", text, StringComparison.Ordinal));
        });
        Assert.All(
            [protocol.Digest, protocol.Reference, "1.0.0", DateWords.Of(protocol.EffectiveFrom, language)],
            words => Assert.Contains(words, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("topical-retinoid", "How long it lasts: until a date · Wait: 14 days|Yes, I use one now")]
    [InlineData("herpes-prophylaxis", "How long it lasts: until a date · Wait: 5 days|Yes")]
    [InlineData("filler-or-toxin-injection", "How long it lasts: until a date · Wait: 14 days|Filler|Botulinum toxin")]
    [InlineData("pregnancy", "How long it lasts: until it has resolved|Are you pregnant?|Yes")]
    [InlineData("metal-plate-in-area", "How long it lasts: no end is known|Face|Neck")]
    public async Task A_rule_says_how_long_it_lasts_and_which_answers_raise_it(string rule, string parts)
    {
        using var response = await GetAsync(Version, Browser);
        var text = PageClient.Text(await response.Content.ReadAsStringAsync());
        var begin = text.IndexOf($"\n{rule}\n", StringComparison.Ordinal);
        var own = text[begin..text.IndexOf("Source: ", begin, StringComparison.Ordinal)];
        Assert.All(parts.Split('|'), part => Assert.Contains($"\n{part}\n", own, StringComparison.Ordinal));
        Assert.DoesNotContain("I am not sure", own, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_and_the_file_have_tags_of_their_own_and_a_browser_is_answered_304()
    {
        using var page = await GetAsync(Id, Browser);
        using var file = await GetAsync(Id, "application/json");
        Assert.Equal("application/json", file.Content.Headers.ContentType?.MediaType);
        Assert.NotEqual(page.Headers.ETag, file.Headers.ETag);
        Assert.Equal(["Accept", "Accept-Language"], file.Headers.Vary);
        using var again = new HttpRequestMessage(HttpMethod.Get, Id);
        again.Headers.TryAddWithoutValidation("Accept", Browser);
        again.Headers.IfNoneMatch.Add(page.Headers.ETag!);
        using var unchanged = await service.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string accept, string language = "en")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.AcceptLanguage.ParseAdd(language);
        return await service.Client.SendAsync(request);
    }
}
