using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Receipts;
using Screening.Rules;

namespace Screening.Api.Tests.Receipts;

/// <summary>
/// What was decided stays decided: an archive of each released version of a protocol, made when that came, is replayed by the service of
/// today. Codes, dates and their order are compared, not texts. An archive is never written anew: <c>SCREENING_UPDATE=1</c> makes one that
/// is missing.
/// </summary>
public sealed class ArchiveTests(ServiceFixture service)
{
    private const int Least = 2_000;

    private static readonly string[] Doors = ["$screen", "care-plans", "cds-services", "screenings"];

    [Fact]
    public async Task Every_released_version_decides_as_it_did()
    {
        var versions = service.Services.GetRequiredService<ProtocolCatalog>().Families.SelectMany(family => family.Versions).ToList();
        Assert.NotEmpty(versions);
        foreach (var version in versions)
        {
            var path = Repository.Path($"tests/Screening.Api.Tests/Receipts/Archive/{version.Reference}.ndjson.gz");
            if (!File.Exists(path) && Environment.GetEnvironmentVariable("SCREENING_UPDATE") == "1")
            {
                await WriteAsync(path);
            }

            Assert.True(File.Exists(path), $"{version.Reference} has no archive: SCREENING_UPDATE=1 makes one");
            var decisions = Read(path).ToList();
            Assert.True(decisions.Count >= Least, $"{decisions.Count} decisions");
            Assert.Equal(Doors, decisions.Select(one => (string)one["payload"]!["door"]!).Distinct().Order(StringComparer.Ordinal));
            Assert.Equal(6, decisions.Select(one => (string)one["payload"]!["eligibility"]!).Distinct().Count());
            Assert.All(decisions, one => Assert.Equal(version.Digest, (string)one["payload"]!["protocol"]!["digest"]!));
            await Parallel.ForEachAsync(decisions, async (decision, _) => await AssertReplaysAsync(decision));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2019a")]
    public async Task An_archive_that_says_otherwise_is_seen(string? tzdb)
    {
        var decision = Read(Directory.GetFiles(Repository.Path("tests/Screening.Api.Tests/Receipts/Archive"))[0])
            .First(one => one["findings"]!["reasons"]!.AsArray().Count > 1);
        var reasons = decision["findings"]!["reasons"]!.AsArray();
        var first = reasons[0]!;
        reasons.RemoveAt(0);
        reasons.Add(first);
        decision["payload"]!["tzdb"] = tzdb ?? (string)decision["payload"]!["tzdb"]!;
        var answer = await service.VerifyAsync(Signed(decision));
        Assert.Equal("differs", (string)answer["replay"]!["result"]!);
    }

    private async Task AssertReplaysAsync(JsonObject decision)
    {
        // Verification itself tells what another version of the time zones explains, and what it does not.
        var answer = await service.VerifyAsync(Signed(decision));
        Assert.True(
            (bool)answer["genuine"]!
                && ((string)answer["replay"]!["result"]! == "identical" || (string?)answer["replay"]!["why"] == "time-zones-changed"),
            $"{answer.ToJsonString()}\n{decision.ToJsonString()}");
    }

    /// <summary>The receipt of an archived decision, by a key of today.</summary>
    private string Signed(JsonObject decision)
    {
        string[] disclosures = [Disclosure("request"), Disclosure("findings")];
        var payload = decision["payload"]!.DeepClone();
        payload["_sd_alg"] = "sha-256";
        payload["_sd"] = new JsonArray(
            [.. disclosures.Select(one => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(one))))]);
        var key = service.Services.GetRequiredService<SigningKeys>().Signing!;
        var header = $$"""{"alg":"ES256","kid":"{{key.Public.Kid}}","typ":"screening-decision+sd-jwt"}""";
        var signed = $"{Encoded(header)}.{Encoded(payload.ToJsonString())}";
        var signature = Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)));
        return $"{signed}.{signature}~{string.Join('~', disclosures)}~";

        string Disclosure(string name) => Encoded(new JsonArray("archive", name, decision[name]!.DeepClone()).ToJsonString());
    }

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<JsonObject> Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            yield return JsonNode.Parse(line)!.AsObject();
        }
    }

    private async Task WriteAsync(string path)
    {
        // The same people whenever it is made.
        var random = new Random(1);
        var lines = new List<string>();
        while (lines.Count < Least)
        {
            var request = GeneratedReceipts.NextRequest(random);
            string[] receipts =
            [
                await service.ReceiptAsync(request),
                .. request["appointment"]!["start"] is null ? [] : (string[])[await service.ReceiptAsync(request, "/v1/care-plans?preview=true")],
                .. await service.NextRecordReceiptsAsync(random),
            ];
            lines.AddRange(receipts.Select(Line));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.SmallestSize));
        lines.ForEach(writer.WriteLine);
    }

    private static string Line(string receipt)
    {
        var disclosed = SignedDecisions.Disclosed(receipt);
        var payload = SignedDecisions.Payload(receipt);
        payload.Remove("_sd");
        payload.Remove("_sd_alg");
        return new JsonObject
        {
            ["payload"] = payload,
            ["request"] = disclosed["request"].DeepClone(),
            ["findings"] = disclosed["findings"].DeepClone(),
        }.ToJsonString();
    }
}
