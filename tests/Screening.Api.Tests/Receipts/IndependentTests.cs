using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Decisions;
using Screening.Api.Receipts;
using Screening.Api.Tests.Reference;
using Screening.Rules;

namespace Screening.Api.Tests.Receipts;

/// <summary>Receipts of generated requests, checked by the base library alone and by the service, and decided again.</summary>
public sealed class IndependentTests(ServiceFixture service)
{
    private static readonly int Receipts = GeneratedRun.Count(1000, 5000);

    [Fact]
    public async Task Generated_receipts_are_good_by_the_base_library_and_their_decisions_come_out_again()
    {
        var published = JsonNode.Parse(await service.Client.GetStringAsync("/.well-known/jwks.json"))!["keys"]!.AsArray();
        var random = GeneratedRun.Random(21);
        var statuses = new List<string>();
        while (statuses.Count < Receipts)
        {
            var (receipt, request) = Sign(RequestGenerator.Next(random));
            if (receipt is null)
            {
                continue;
            }

            Assert.True(IsGood(receipt, published), receipt);
            Assert.False(IsGood(receipt, [.. published.Select(Other)]));
            AllowedPayload.Check(SignedDecisions.Payload(receipt));
            var again = await service.VerifyAsync(receipt, statuses.Count % 3 == 0 ? request : null);
            Assert.True(
                again.ToJsonString().EndsWith("""
                    "bound":"yes","replay":{"result":"identical"}}
                    """.Trim(), StringComparison.Ordinal),
                again.ToJsonString() + request.ToJsonString());
            statuses.Add((string)SignedDecisions.Payload(receipt)["eligibility"]!);
        }

        // A generator that has stopped to reach something would make this test blind.
        GeneratedRun.Show(statuses.CountBy(status => status).Select(one => (one.Key, one.Value)));
        Assert.All(Enum.GetValues<Eligibility>(), one => Assert.True(statuses.Count(status => status == WireName.Of(one)) > Receipts / 30));
    }

    private (string? Receipt, JsonObject Request) Sign(JsonObject request)
    {
        var reader = service.Services.GetRequiredService<ScreeningRequestReader>();
        if (reader.Read(Encoding.UTF8.GetBytes(request.ToJsonString()), ServiceFixture.Now, new InputErrors()) is not { } read)
        {
            return (null, request);
        }

        var decision = Screener.Screen(read.Intake, read.Appointment, read.Today);
        var issuer = service.Services.GetRequiredService<ReceiptIssuer>();
        Assert.Null(issuer.Sign("screenings", DecisionId.New(ServiceFixture.Now), ServiceFixture.Now, read, decision, out var receipt));
        return (receipt, request);
    }

    /// <summary>What a third party does without this service's code.</summary>
    private static bool IsGood(string receipt, JsonArray published)
    {
        var parts = receipt.Split('~');
        var jws = parts[0].Split('.');
        var header = JsonNode.Parse(Bytes(jws[0]))!;
        var entry = published.Single(one => (string)one!["kid"]! == (string)header["kid"]!)!;
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Bytes((string)entry["x"]!), Y = Bytes((string)entry["y"]!) },
        });
        var digests = JsonNode.Parse(Bytes(jws[1]))!["_sd"]!.AsArray().Select(digest => (string)digest!).ToHashSet(StringComparer.Ordinal);
        return (string)header["alg"]! == "ES256" && entry["revoked"] is null
            && key.VerifyData(Encoding.ASCII.GetBytes($"{jws[0]}.{jws[1]}"), Bytes(jws[2]), HashAlgorithmName.SHA256)
            && parts[1..^1].All(one => digests.Remove(Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(one)))
                .Replace('+', '-').Replace('/', '_').TrimEnd('=')));
    }

    /// <summary>Another key under the same name, which must not verify.</summary>
    private static JsonNode Other(JsonNode? key)
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var q = other.ExportParameters(false).Q;
        var changed = key!.DeepClone();
        changed["x"] = Convert.ToBase64String(q.X!);
        changed["y"] = Convert.ToBase64String(q.Y!);
        return changed;
    }

    private static byte[] Bytes(string text)
    {
        var base64 = text.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        return Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='));
    }
}
