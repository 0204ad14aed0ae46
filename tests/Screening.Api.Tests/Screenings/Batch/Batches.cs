using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Screenings.Batch;

/// <summary>Batches to start from, and what comes back.</summary>
internal static class Batches
{
    public const string Path = "/v1/screenings/batch";
    public const string MediaType = "application/x-ndjson";

    /// <summary>A line that is eligible.</summary>
    public static string Good(string reference)
    {
        var request = Requests.NothingToReport();
        request["reference"] = reference;
        return request.ToJsonString();
    }

    /// <summary>A line of so many bytes that is fine but for its length: white space is no error in JSON.</summary>
    public static string OfLength(int length, string reference)
    {
        var line = Good(reference);
        return line.Insert(1, new string(' ', length - line.Length));
    }

    /// <summary>Posts a batch, and reads its answer to the end.</summary>
    public static Task<List<JsonObject>> BatchAsync(this ServiceFixture service, string body) => service.BatchAsync(new ByteArrayContent(Encoding.UTF8.GetBytes(body)));

    /// <summary>Posts a batch, and reads its answer to the end.</summary>
    public static async Task<List<JsonObject>> BatchAsync(this ServiceFixture service, HttpContent body)
    {
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(MediaType);
        using var response = await service.Client.PostAsync(Path, body);
        Assert.Equal((200, MediaType), ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(text.Length == 0 || text.EndsWith('\n'));
        return [.. text.Split('\n').SkipLast(1).Select(line => (JsonObject)JsonNode.Parse(line)!)];
    }

    /// <summary>An answer in a word: the reference of a decision, or line, status, reference and codes of a problem.</summary>
    public static string Summary(JsonObject answer) => answer.ContainsKey("eligibility")
        ? (string?)answer["reference"] ?? "decided"
        : $"{answer["line"]}: {answer["status"]} {(string?)answer["reference"] ?? "-"} {string.Join(' ', ((JsonArray)answer["errors"]!).Select(e => (string)e!["code"]!))}".TrimEnd();
}
