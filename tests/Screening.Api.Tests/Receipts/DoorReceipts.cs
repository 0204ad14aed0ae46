using System.Text;
using System.Text.Json.Nodes;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;

namespace Screening.Api.Tests.Receipts;

/// <summary>Receipts of the doors that read records.</summary>
internal static class DoorReceipts
{
    public const string Extension = "urn:screening-api:receipt";

    /// <summary>The receipts of a call's cards; null for a card without one, and none at all for a call that is refused.</summary>
    public static async Task<IReadOnlyList<string?>> CardReceiptsAsync(this ServiceFixture service, JsonObject call, string path = CdsCalls.Book)
    {
        using var response = await service.PreferAsync(call, path: path);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return [.. (answer["cards"]?.AsArray() ?? []).Select(card => OfCard(card!.AsObject()))];
    }

    /// <summary>The receipt of a call of <c>$screen</c>; null where that is refused.</summary>
    public static async Task<string?> ScreenReceiptAsync(this ServiceFixture service, JsonObject parameters)
    {
        using var response = await service.PreferAsync(parameters, path: FhirCalls.Screen);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        return (int)response.StatusCode == 200 ? OfBundle(answer) : null;
    }

    /// <summary>The receipt of a card; null without one.</summary>
    public static string? OfCard(JsonObject card) => (string?)card["extension"]?[Extension];

    /// <summary>The receipt of a bundle; null without one.</summary>
    public static string? OfBundle(JsonObject bundle) => bundle.Resources("Provenance") is [var provenance]
        ? Encoding.ASCII.GetString(Convert.FromBase64String((string)provenance["signature"]![0]!["data"]!))
        : null;

    /// <summary>Asserts that a receipt is genuine and that its decision comes out again.</summary>
    public static async Task AssertReplaysAsync(this ServiceFixture service, string receipt)
    {
        var answer = await service.VerifyAsync(receipt);
        Assert.True(
            ((bool)answer["genuine"]!, (string)answer["bound"]!, (string)answer["replay"]!["result"]!) == (true, "yes", "identical"),
            $"{answer.ToJsonString()}\n{SignedDecisions.Payload(receipt)}\n{string.Join('\n', SignedDecisions.Disclosed(receipt).Values.Select(one => one.ToJsonString()))}");
    }
}
