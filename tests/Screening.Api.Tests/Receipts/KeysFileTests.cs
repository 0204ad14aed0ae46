using System.Text;
using System.Text.Json.Nodes;
using Screening.Api.Contract;
using Screening.Api.Receipts;

namespace Screening.Api.Tests.Receipts;

/// <summary>The file of signing keys is read strictly, and what is wrong with it is told without repeating it.</summary>
public sealed class KeysFileTests
{
    private const string Shape = "is not JSON, or a member is unknown, repeated, missing or of another kind.";
    private const string NoKey = "This is not one key of EC P-256 in PEM, unencrypted.";
    private const string NoRevocation = "revokedAt and reason (1 to 100 characters) are of a revoked key, and of no other.";

    private static readonly string Key = KeysFolder.NewKey();
    private static readonly string Other = KeysFolder.NewKey();

    /// <summary>Broken files: <c>KEY</c>, <c>OTHER</c> and <c>PUBLIC</c> stand for keys in PEM.</summary>
    public static TheoryData<string, string> Flawed => new()
    {
        { "", "Line 1 " + Shape },
        { "null", "This " + Shape },
        { """{"keys":[{"state":"current","pem":"KEY"}],"zq9":1}""", "Line 1 " + Shape },
        { """{"keys":[{"state":"current","pem":"KEY","kid":"zq9"}]}""", "Line 1 " + Shape },
        { """{"keys":[{"state":"Current","pem":"KEY"}]}""", "Line 1 " + Shape },
        { """{"keys":[{"state":"zq9","pem":"KEY"}]}""", "Line 1 " + Shape },
        { """{"keys":[{"pem":"KEY"}]}""", "Line 1 " + Shape },
        { """{"keys":[null]}""", "/keys/0: Its state is current, next, retired or revoked." },
        { """{"keys":[{"state":"development","pem":"KEY"}]}""", "/keys/0: Its state is current, next, retired or revoked." },
        { """{"keys":[]}""", "/keys: Exactly one key is current." },
        { """{"keys":[{"state":"next","pem":"KEY"}]}""", "/keys: Exactly one key is current." },
        { """{"keys":[{"state":"current","pem":"KEY"},{"state":"current","pem":"OTHER"}]}""", "/keys: Exactly one key is current." },
        { """{"keys":[{"state":"current","pem":"KEY"},{"state":"retired","pem":"PUBLIC"}]}""", "/keys: A key is there twice." },
        { """{"keys":[{"state":"current","pem":"PUBLIC"}]}""", "/keys/0: The current key needs its private half." },
        { """{"keys":[{"state":"current"}]}""", "/keys/0: A key is either in pem or in the file that file names." },
        { """{"keys":[{"state":"current","pem":"KEY","file":"zq9"}]}""", "/keys/0: A key is either in pem or in the file that file names." },
        { """{"keys":[{"state":"current","file":"zq9"}]}""", "/keys/0: The file cannot be read." },
        { """{"keys":[{"state":"current","pem":"zq9"}]}""", "/keys/0: " + NoKey },
        { """{"keys":[{"state":"current","pem":"CURVE"}]}""", "/keys/0: " + NoKey },
        { """{"keys":[{"state":"current","pem":"KEYOTHER"}]}""", "/keys/0: " + NoKey },
        { """{"keys":[{"state":"current","pem":"KEY"},{"state":"revoked","pem":"OTHER"}]}""", "/keys/1: " + NoRevocation },
        { """{"keys":[{"state":"current","pem":"KEY"},{"state":"revoked","pem":"OTHER","revokedAt":"2026-05-01T00:00:00Z"}]}""", "/keys/1: " + NoRevocation },
        { """{"keys":[{"state":"current","pem":"KEY","reason":"zq9"}]}""", "/keys/0: " + NoRevocation },
        { """{"keys":[{"state":"current","pem":"KEY"},{"state":"revoked","pem":"OTHER","revokedAt":"2026-05-01","reason":"zq9"}]}""", "Line 1 " + Shape },
    };

    [Theory]
    [MemberData(nameof(Flawed))]
    public static void A_flaw_is_told_and_nothing_of_the_file(string text, string flaw)
    {
        var read = KeysFile.Read(Encoding.UTF8.GetBytes(Filled(text)), "/");
        Assert.Empty(read.Keys);
        Assert.Equal(flaw, read.Flaw);
    }

    [Fact]
    public static void Keys_stand_in_the_file_or_beside_it()
    {
        using var folder = new KeysFolder();
        folder.Beside("old.pem", KeysFolder.PublicOf(Other));
        var text = Filled("""{"keys":[{"state":"current","pem":"KEY"},{"state":"retired","file":"old.pem"}]}""");
        var read = KeysFile.Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)], Path.GetDirectoryName(folder.File)!);
        Assert.Null(read.Flaw);
        Assert.Equal([(KeyState.Current, true), (KeyState.Retired, false)], read.Keys.Select(key => (key.State, key.CanSign)));
    }

    [Fact]
    public static void The_file_of_the_page_on_receipts_is_one()
    {
        using var folder = new KeysFolder();
        folder.Beside("2026-11.pem", Key);
        folder.Beside("2027-05.pem", Other);
        folder.Beside("2026-05.pub.pem", KeysFolder.PublicOf(KeysFolder.NewKey()));
        folder.Beside("2025-11.pub.pem", KeysFolder.PublicOf(KeysFolder.NewKey()));
        var page = File.ReadAllText(Repository.Path("src/Screening.Api/Receipts/README.md"));
        var text = page.Split("```json\n")[1].Split("```")[0];
        var read = KeysFile.Read(Encoding.UTF8.GetBytes(text), Path.GetDirectoryName(folder.File)!);
        Assert.Null(read.Flaw);
        Assert.Equal([KeyState.Current, KeyState.Next, KeyState.Retired, KeyState.Revoked], read.Keys.Select(key => key.State));
    }

    /// <summary>As <c>openssl ecparam -genkey</c> writes it, without the curve before it and with.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n")]
    public static void A_key_may_be_in_the_form_of_its_curve(string before)
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var pem = Quoted(before + key.ExportECPrivateKeyPem());
        var read = KeysFile.Read(Encoding.UTF8.GetBytes("{\"keys\":[{\"state\":\"current\",\"pem\":\"" + pem + "\"}]}"), "/");
        Assert.Null(read.Flaw);
        Assert.True(Assert.Single(read.Keys).CanSign);
    }

    /// <summary>The key and the thumbprint of RFC 7515, A.3, and RFC 7638, as npm's jose 6.2 makes it.</summary>
    [Fact]
    public static void A_key_is_named_by_its_thumbprint()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(new System.Security.Cryptography.ECParameters
        {
            Curve = System.Security.Cryptography.ECCurve.NamedCurves.nistP256,
            Q = new()
            {
                X = System.Buffers.Text.Base64Url.DecodeFromChars("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
                Y = System.Buffers.Text.Base64Url.DecodeFromChars("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"),
            },
        });
        Assert.Equal("oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U", SigningKey.Of(key, KeyState.Retired)!.Public.Kid);
    }

    private static string Filled(string text) => text
        .Replace("KEY", Quoted(Key), StringComparison.Ordinal)
        .Replace("OTHER", Quoted(Other), StringComparison.Ordinal)
        .Replace("PUBLIC", Quoted(KeysFolder.PublicOf(Key)), StringComparison.Ordinal)
        .Replace("CURVE", text.Contains("CURVE", StringComparison.Ordinal) ? Quoted(KeysFolder.NewKey("nistP384")) : string.Empty, StringComparison.Ordinal);

    private static string Quoted(string pem) => JsonValue.Create(pem)!.ToJsonString()[1..^1];
}
