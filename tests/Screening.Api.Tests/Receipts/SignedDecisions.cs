using System.Text;
using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Receipts;

/// <summary>Receipts of a running service, and what it says to one.</summary>
internal static class SignedDecisions
{
    /// <summary>Asks for a decision, or a plan, with a receipt.</summary>
    public static async Task<HttpResponseMessage> PreferAsync(
        this ServiceFixture service, JsonObject request, string prefer = "receipt", string path = "/v1/screenings", string? accept = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, path);
        message.Content = new StringContent(request.ToJsonString(), Encoding.UTF8, "application/json");
        message.Headers.TryAddWithoutValidation("Prefer", prefer);
        if (accept is not null)
        {
            message.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await service.Client.SendAsync(message);
    }

    /// <summary>The receipt of a decision.</summary>
    public static async Task<string> ReceiptAsync(this ServiceFixture service, JsonObject request, string path = "/v1/screenings")
    {
        using var response = await service.PreferAsync(request, path: path);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.True((int)response.StatusCode == 200, answer.ToJsonString());
        return (string)answer["receipt"]!;
    }

    /// <summary>What the service says to a receipt.</summary>
    public static async Task<JsonObject> VerifyAsync(
        this ServiceFixture service, string receipt, JsonObject? request = null, string query = "")
    {
        var body = new JsonObject { ["receipt"] = receipt };
        if (request is not null)
        {
            body["request"] = request.DeepClone();
        }

        using var response = await service.PostAsync("/v1/decisions/verify" + query, body.ToJsonString());
        var answer = (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.True((int)response.StatusCode == 200, answer.ToJsonString());
        return answer;
    }

    /// <summary>What a part of a receipt says, in base64url.</summary>
    public static JsonNode Decoded(string part) => JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(part))!;

    /// <summary>The payload of a receipt.</summary>
    public static JsonObject Payload(string receipt) => (JsonObject)Decoded(receipt.Split('.')[1]);

    /// <summary>The disclosures of a receipt, by name.</summary>
    public static Dictionary<string, JsonNode> Disclosed(string receipt) => receipt.Split('~')[1..^1].Select(Decoded)
        .ToDictionary(disclosure => (string)disclosure[1]!, disclosure => disclosure[2]!);
}
