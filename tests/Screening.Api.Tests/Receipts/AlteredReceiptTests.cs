using System.Buffers.Text;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Contract;
using Screening.Api.Receipts;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Records;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Receipts;

/// <summary>A receipt to which anything was done is not genuine; one from which a disclosure was cut is, and says so.</summary>
public sealed class AlteredReceiptTests(ServiceFixture service)
{
    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        System.Globalization.NumberStyles.HexNumber,
        System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task Every_bit_counts()
    {
        var flaws = new List<ReceiptFlaw?>();
        string[] receipts =
        [
            await service.ReceiptAsync(Requests.Everything()),
            await service.ReceiptAsync(Requests.NothingToReport()),
            (await service.ScreenReceiptAsync(RecordDoors.Parameters(Requests.NothingToReport(), [CdsCalls.Psoriasis()])))!,
            Assert.Single(await service.CardReceiptsAsync(RecordDoors.Booking(Requests.NothingToReport(), [CdsCalls.Psoriasis()])))!,
        ];
        foreach (var receipt in receipts)
        {
            Assert.Null(Check(receipt).Flaw);
            for (var place = 0; place < receipt.Length; place++)
            {
                for (var bit = 0; bit < 8; bit++)
                {
                    var changed = (char)(receipt[place] ^ (1 << bit));
                    var flaw = Check(string.Concat(receipt.AsSpan(0, place), [changed], receipt.AsSpan(place + 1))).Flaw;
                    Assert.True(flaw is not null, $"bit {bit} of character {place}");
                    flaws.Add(flaw);
                }
            }
        }

        ReceiptFlaw?[] expected =
        [
            ReceiptFlaw.Malformed, ReceiptFlaw.OtherKind, ReceiptFlaw.UnknownKey, ReceiptFlaw.BadSignature, ReceiptFlaw.ForeignDisclosure,
        ];
        Assert.Equal(expected.Order(), flaws.Distinct().Order());
    }

    [Fact]
    public async Task Every_bit_of_what_the_parts_say_counts()
    {
        var receipt = await service.ReceiptAsync(Requests.Everything());
        var flaws = new HashSet<ReceiptFlaw?>();
        foreach (var part in receipt.TrimEnd('~').Split('.', '~'))
        {
            var bytes = Base64Url.DecodeFromChars(part);
            for (var bit = 0; bit < bytes.Length * 8; bit++)
            {
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                var flaw = Check(receipt.Replace(part, Base64Url.EncodeToString(bytes), StringComparison.Ordinal)).Flaw;
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.True(flaw is not null, $"bit {bit} of {part}");
                flaws.Add(flaw);
            }
        }

        // Well-formed each time: it is not the form alone that refuses them.
        ReceiptFlaw?[] expected = [ReceiptFlaw.OtherKind, ReceiptFlaw.UnknownKey, ReceiptFlaw.BadSignature, ReceiptFlaw.ForeignDisclosure];
        Assert.Equal(expected.Order(), flaws.Order());
    }

    [Fact]
    public async Task What_is_no_receipt_is_told_apart()
    {
        var receipt = await service.ReceiptAsync(Requests.Everything());
        var other = await service.ReceiptAsync(Requests.Everything());
        var parts = receipt.Split('~');
        var (jws, request, findings) = (parts[0], parts[1], parts[2]);
        var jwsParts = jws.Split('.');
        Assert.Equal(receipt, $"{jws}~{request}~{findings}~");
        (string Text, ReceiptFlaw Flaw)[] altered =
        [
            (receipt + "=", ReceiptFlaw.Malformed),
            (receipt + " ", ReceiptFlaw.Malformed),
            (receipt + "\n", ReceiptFlaw.Malformed),
            (" " + receipt, ReceiptFlaw.Malformed),
            ($"{jws}==~{request}~{findings}~", ReceiptFlaw.Malformed),
            ($"{jws} ~{request}~{findings}~", ReceiptFlaw.Malformed),
            ($"{jws}~{request}=~{findings}~", ReceiptFlaw.Malformed),
            ($"{jws}~{request}\n~{findings}~", ReceiptFlaw.Malformed),
            ($"{jwsParts[0]}.{jwsParts[1]} .{jwsParts[2]}~{request}~{findings}~", ReceiptFlaw.Malformed),
            ($"{jwsParts[0]}.{jwsParts[1]}.{Der(jwsParts[2])}~{request}~{findings}~", ReceiptFlaw.Malformed),
            ($"{jwsParts[0]}.{jwsParts[1]}.~{request}~{findings}~", ReceiptFlaw.Malformed),
            (receipt[..^1], ReceiptFlaw.Malformed),
            (jws, ReceiptFlaw.Malformed),
            ($"{jws}~~", ReceiptFlaw.Malformed),
            ($"{jws}~{request}~~{findings}~", ReceiptFlaw.Malformed),
            ($"{jws}~{request}~{findings}~{jws}", ReceiptFlaw.Malformed),
            (string.Empty, ReceiptFlaw.Malformed),
            ("~", ReceiptFlaw.Malformed),
            ($"{jws}~{request}~{request}~", ReceiptFlaw.RepeatedDisclosure),
            ($"{jws}~{request}~{findings}~{request}~", ReceiptFlaw.RepeatedDisclosure),
            ($"{jws}~{request}~{other.Split('~')[2]}~", ReceiptFlaw.ForeignDisclosure),
            ($"{jws}~{other.Split('~')[1]}~{findings}~", ReceiptFlaw.ForeignDisclosure),
            ($"{jws}~{request}~{findings}~{Encoded("""["a","b","c"]""")}~", ReceiptFlaw.ForeignDisclosure),
            ($"{jwsParts[0]}.{other.Split('.')[1]}.{jwsParts[2]}~{request}~{findings}~", ReceiptFlaw.BadSignature),
        ];
        Assert.All(altered, one => Assert.Equal(one.Flaw, Check(one.Text).Flaw));
        Assert.All(altered.Index(), one => Assert.Equal(one.Item.Flaw == ReceiptFlaw.Malformed, Check(one.Item.Text).Leaf is null));
        var answer = await service.VerifyAsync(receipt[..^1]);
        Assert.Equal(
            """{"genuine":false,"flaw":"malformed","key":{"state":"unknown"},"bound":"not-provable","replay":{"result":"unavailable","why":"not-genuine"}}""",
            answer.ToJsonString());
    }

    [Theory]
    [InlineData("""{"alg":"none","kid":"KID","typ":"screening-decision+sd-jwt"}""", ReceiptFlaw.OtherKind)]
    [InlineData("""{"alg":"HS256","kid":"KID","typ":"screening-decision+sd-jwt"}""", ReceiptFlaw.OtherKind)]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"screening-batch+jwt"}""", ReceiptFlaw.OtherKind)]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"JWT"}""", ReceiptFlaw.OtherKind)]
    [InlineData("""{"alg":"ES256","kid":"KID"}""", ReceiptFlaw.OtherKind)]
    [InlineData("""{"alg":"ES256","typ":"screening-decision+sd-jwt"}""", ReceiptFlaw.OtherKind)]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"screening-decision+sd-jwt","crit":["b64"]}""", ReceiptFlaw.OtherKind)]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"screening-decision+sd-jwt","alg":"none"}""", ReceiptFlaw.OtherKind)]
    [InlineData("""{"alg":"ES256","kid":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","typ":"screening-decision+sd-jwt"}""", ReceiptFlaw.UnknownKey)]
    public async Task Another_header_is_refused_even_under_a_good_signature(string header, ReceiptFlaw flaw)
    {
        var receipt = await service.ReceiptAsync(Requests.NothingToReport());
        var key = Keys.Signing!;
        var changed = Encoded(header.Replace("KID", key.Public.Kid, StringComparison.Ordinal));
        Assert.Equal(flaw, Check(Signed(key, changed, receipt)).Flaw);
        Assert.Null(Check(Signed(key, receipt.Split('.')[0], receipt)).Flaw);
    }

    [Fact]
    public async Task What_was_cut_off_is_said()
    {
        var receipt = await service.ReceiptAsync(Requests.Everything());
        var parts = receipt.Split('~');
        var alone = await service.VerifyAsync(parts[0] + "~");
        var withRequest = await service.VerifyAsync($"{parts[0]}~{parts[1]}~");
        var withFindings = await service.VerifyAsync($"{parts[0]}~{parts[2]}~");
        var reversed = await service.VerifyAsync($"{parts[0]}~{parts[2]}~{parts[1]}~");
        Assert.Equal((true, "not-provable", "unavailable", "no-request"), Told(alone));
        Assert.Equal((true, "yes", "identical", null), Told(withRequest));
        Assert.Equal((true, "not-provable", "unavailable", "no-request"), Told(withFindings));
        Assert.Equal((true, "yes", "identical", null), Told(reversed));
    }

    [Fact]
    public async Task The_twin_of_a_signature_is_as_good_and_has_the_same_leaf()
    {
        var receipt = await service.ReceiptAsync(Requests.NothingToReport());
        var signature = receipt.Split('~')[0].Split('.')[2];
        var bytes = Base64Url.DecodeFromChars(signature);
        var s = Order - new BigInteger(bytes.AsSpan(32), isUnsigned: true, isBigEndian: true);
        var twin = s.ToByteArray(isUnsigned: true, isBigEndian: true);
        Array.Clear(bytes, 32, 32);
        twin.CopyTo(bytes, 64 - twin.Length);
        var other = receipt.Replace(signature, Base64Url.EncodeToString(bytes), StringComparison.Ordinal);
        Assert.NotEqual(receipt, other);
        Assert.Null(Check(other).Flaw);
        Assert.Equal(Check(receipt).Leaf, Check(other).Leaf);
        Assert.Equal(LeafOf(receipt), Check(receipt).Leaf);
    }

    private SigningKeys Keys => service.Services.GetRequiredService<SigningKeys>();

    private ReceiptCheck Check(string receipt) => ReceiptReader.Check(receipt, Keys);

    private static (bool, string, string, string?) Told(JsonObject answer) => (
        (bool)answer["genuine"]!, (string)answer["bound"]!, (string)answer["replay"]!["result"]!, (string?)answer["replay"]!["why"]);

    private static string LeafOf(string receipt) =>
        Base64Url.EncodeToString(SHA256.HashData([0, .. Encoding.ASCII.GetBytes(receipt[..receipt.LastIndexOf('.')])]));

    private static string Signed(SigningKey key, string header, string receipt)
    {
        var signed = $"{header}.{receipt.Split('.')[1]}";
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}{receipt[receipt.IndexOf('~', StringComparison.Ordinal)..]}";
    }

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    /// <summary>The same signature in DER.</summary>
    private static string Der(string signature)
    {
        var bytes = Base64Url.DecodeFromChars(signature);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(bytes.AsSpan(0, 32), isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(bytes.AsSpan(32), isUnsigned: true, isBigEndian: true));
        }

        return Base64Url.EncodeToString(writer.Encode());
    }
}
