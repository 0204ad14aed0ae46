using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ClientSuite;

/// <summary>Checks receipts as a third party on .NET would: with the base library and nothing of the service.</summary>
internal static class ReceiptVerifier
{
    /// <summary>Prints <c>good</c> or <c>bad</c> for each line of a file of receipts, by a key set in a file.</summary>
    public static async Task RunAsync(string receipts, string keySet)
    {
        var keys = JsonNode.Parse(await File.ReadAllTextAsync(keySet))!["keys"]!.AsArray();
        foreach (var receipt in await File.ReadAllLinesAsync(receipts))
        {
            await Console.Out.WriteLineAsync(IsGood(receipt, keys) ? "good" : "bad");
        }
    }

    private static bool IsGood(string receipt, JsonArray keys)
    {
        if (receipt.Split('~') is not [var jws, .. var disclosures, ""] || jws.Split('.') is not [var header, var payload, var signature])
        {
            return false;
        }

        var head = JsonNode.Parse(Base64Url.DecodeFromChars(header))!;
        var named = keys.SingleOrDefault(one => (string)one!["kid"]! == (string)head["kid"]!);
        if (named is null || named["revoked"] is not null || (string)head["alg"]! != "ES256")
        {
            return false;
        }

        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars((string)named["x"]!), Y = Base64Url.DecodeFromChars((string)named["y"]!) },
        });
        var digests = JsonNode.Parse(Base64Url.DecodeFromChars(payload))!["_sd"]!.AsArray()
            .Select(digest => (string)digest!).ToHashSet(StringComparer.Ordinal);
        return key.VerifyData(
                Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256)
            && disclosures.All(one => digests.Remove(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(one)))));
    }
}
