using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Screening.Api.Tests.Pages;

namespace Screening.Api.Tests.Screenings;

/// <summary>A decision is the same in each language, but for its texts.</summary>
public sealed class LanguageTests(ServiceFixture service)
{
    private static readonly string[] Texts = ["message", "patientMessage", "text"];

    public static TheoryData<string> Names => [.. PageRequests.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Only_texts_change_with_the_language(string name)
    {
        var request = PageRequests.All[name]();
        var english = await ScreenAsync(request, "en");
        var spanish = await ScreenAsync(request, "es-MX, en;q=0.5");
        Assert.Equal(("en", "es"), (english.Language, spanish.Language));

        var changed = Changed(english.Answer, spanish.Answer, "").ToList();
        Assert.All(changed, pointer => Assert.True(pointer == "/decisionId" || Texts.Contains(pointer.Split('/')[^1]), pointer));
        var texts = english.Answer["reasons"]!.AsArray().Count * 2 + english.Answer["missing"]!.AsArray().Count;
        Assert.Equal(texts, changed.Count(pointer => pointer != "/decisionId"));
    }

    [Fact]
    public async Task The_answer_says_its_language_and_what_it_depends_on()
    {
        using var response = await SendAsync(Requests.NothingToReport().ToJsonString(), null);
        Assert.Equal("en", Assert.Single(response.Content.Headers.ContentLanguage));
        Assert.Equal(["Accept", "Accept-Language", "Prefer"], response.Headers.Vary);
    }

    [Theory]
    [InlineData("{", 400)]
    [InlineData("""{"protocol":"no-such","appointment":{"timeZone":"UTC"},"answers":{}}""", 422)]
    public async Task Problems_speak_the_language_and_stay_JSON(string body, int status)
    {
        using var response = await SendAsync(body, "es", "text/html");
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("es", Assert.Single(response.Content.Headers.ContentLanguage));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(["Accept", "Accept-Language", "Prefer"], response.Headers.Vary);
    }

    private async Task<(string Language, JsonNode Answer)> ScreenAsync(JsonObject request, string language)
    {
        using var response = await SendAsync(request.ToJsonString(), language);
        Assert.Equal(200, (int)response.StatusCode);
        return (response.Content.Headers.ContentLanguage.Single(), JsonNode.Parse(await response.Content.ReadAsByteArrayAsync())!);
    }

    private async Task<HttpResponseMessage> SendAsync(string body, string? language, string? accept = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/screenings") { Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json")) };
        if (language is not null)
        {
            message.Headers.TryAddWithoutValidation("Accept-Language", language);
        }

        if (accept is not null)
        {
            message.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await service.Client.SendAsync(message);
    }

    /// <summary>Pointers to what differs; a different member, order or length is a difference of the whole.</summary>
    private static IEnumerable<string> Changed(JsonNode? one, JsonNode? other, string pointer) => (one, other) switch
    {
        (JsonObject a, JsonObject b) when a.Select(member => member.Key).SequenceEqual(b.Select(member => member.Key)) => a.SelectMany(member => Changed(member.Value, b[member.Key], pointer + "/" + member.Key)),
        (JsonArray a, JsonArray b) when a.Count == b.Count => a.SelectMany((item, i) => Changed(item, b[i], pointer + "/" + i)),
        _ => JsonNode.DeepEquals(one, other) ? [] : [pointer],
    };
}
