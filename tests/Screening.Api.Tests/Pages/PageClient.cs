using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Screening.Api.Tests.Pages;

/// <summary>Asks for pages.</summary>
internal static class PageClient
{
    public static async Task<HttpResponseMessage> PageAsync(this ServiceFixture service, JsonObject request, string query = "", string language = "en", string accept = "text/html")
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/screenings" + query) { Content = new StringContent(request.ToJsonString(), Encoding.UTF8, "application/json") };
        message.Headers.TryAddWithoutValidation("Accept-Language", language);
        message.Headers.TryAddWithoutValidation("Accept", accept);
        return await service.Client.SendAsync(message);
    }

    public static async Task<string> HtmlAsync(this ServiceFixture service, JsonObject request, string query = "", string language = "en")
    {
        using var response = await service.PageAsync(request, query, language);
        Assert.Equal((200, "text/html; charset=utf-8"), ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        return await response.Content.ReadAsStringAsync();
    }

    public static async Task<JsonObject> JsonAsync(this ServiceFixture service, JsonObject request, string language = "en")
    {
        using var response = await service.PageAsync(request, language: language, accept: "application/json");
        return (JsonObject)JsonNode.Parse(await response.Content.ReadAsByteArrayAsync())!;
    }

    /// <summary>What a reader sees: text without markup and style.</summary>
    public static string Text(string html) =>
        WebUtility.HtmlDecode(Replace(Replace(Replace(html, "<style>[^<]*</style>", ""), Quote, "${words}"), "<[^>]*>", "\n"));

    private const string Quote = "<span lang=\"\">(?<words>[^<]*)</span>";

    private static string Replace(string text, string pattern, string replacement) =>
        Regex.Replace(text, pattern, replacement, RegexOptions.NonBacktracking);
}
