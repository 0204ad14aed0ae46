using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Receipts;

namespace Screening.Api.Tests.Receipts;

/// <summary>Receipts that say something else under a good signature, as only the service itself could make them.</summary>
internal static class Disclosing
{
    /// <summary>A receipt whose request has these members too.</summary>
    public static string Members(ServiceFixture service, string receipt, JsonObject members) => Changed(service, receipt, (_, request, _) =>
    {
        foreach (var (name, value) in members)
        {
            request[name] = value?.DeepClone();
        }
    });

    /// <summary>A receipt of which the payload, the request and the findings were changed.</summary>
    public static string Changed(ServiceFixture service, string receipt, Action<JsonObject, JsonObject, JsonObject> change)
    {
        var parts = receipt.Split('~');
        var payload = SignedDecisions.Payload(receipt);
        var (asked, found) = (SignedDecisions.Decoded(parts[1]), SignedDecisions.Decoded(parts[2]));
        change(payload, asked[2]!.AsObject(), found[2]!.AsObject());
        string[] disclosures = [Encoded(asked), Encoded(found)];
        payload["_sd"] = new JsonArray(
            [.. disclosures.Select(one => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(one))))]);
        var signed = $"{parts[0].Split('.')[0]}.{Encoded(payload)}";
        var signature = service.Services.GetRequiredService<SigningKeys>().Signing!.Sign(Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(signature)}~{string.Join('~', disclosures)}~";
    }

    private static string Encoded(JsonNode node) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(node.ToJsonString()));
}
