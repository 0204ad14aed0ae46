using System.Net;
using System.Text.Json.Nodes;

namespace Screening.Api.Tests.DecisionLinks;

/// <summary>The link of a card to its decision, found and opened.</summary>
internal static class CardLinks
{
    /// <summary>What it is called in English.</summary>
    public const string Label = "This decision, to read or print";

    public static Uri Address(JsonObject card, string label = Label) =>
        new((string)Assert.Single(card["links"]!.AsArray(), link => (string)link!["label"]! == label)!["url"]!);

    public static async Task<(HttpStatusCode Status, string Text)> OpenAsync(this ServiceFixture service, JsonObject card, string query = "", string label = Label)
    {
        using var response = await service.Client.GetAsync(new Uri(Address(card, label).AbsoluteUri + query));
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }
}
