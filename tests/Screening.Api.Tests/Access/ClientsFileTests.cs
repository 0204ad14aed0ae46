using System.Text;
using Screening.Api.Access;

namespace Screening.Api.Tests.Access;

/// <summary>The clients file is read strictly, and what is wrong with it is told without repeating it.</summary>
public sealed class ClientsFileTests
{
    private const string Digest = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string OtherDigest = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    private const string Shape = "is not JSON, or a member is unknown, repeated, missing or of another kind.";

    /// <summary>Broken files: <c>D</c> and <c>E</c> stand for two digests.</summary>
    public static TheoryData<string, string> Flawed => new()
    {
        { "", "Line 1 " + Shape },
        { "null", "This " + Shape },
        { "[]", "Line 1 " + Shape },
        { "{}", "Line 1 " + Shape },
        { "{ \"clients\": null }", "Line 1 " + Shape },
        { "{ \"clients\": [] } zq9", "Line 1 " + Shape },
        { "{ \"clients\": [], }", "Line 1 " + Shape },
        { "// zq9\n{ \"clients\": [] }", "Line 1 " + Shape },
        { "{ \"Clients\": [] }", "Line 1 " + Shape },
        { "{ \"clients\": [],\n \"clients\": [] }", "Line 2 " + Shape },
        { "{ \"clients\": [],\n\n \"zq9\": [] }", "Line 3 " + Shape },
        { "{ \"clients\": [ { \"id\": \"a\", \"keys\": [], \"id\": \"a\" } ] }", "Line 1 " + Shape },
        { "{ \"clients\": [ { \"id\": \"a\" } ] }", "Line 1 " + Shape },
        { "{ \"clients\": [ { \"id\": 1, \"keys\": [] } ] }", "Line 1 " + Shape },
        { "{ \"clients\": [ { \"id\": \"a\", \"keys\": [], \"zq9\": 1 } ] }", "Line 1 " + Shape },
        { "{ \"clients\": [ { \"id\": \"a\", \"keys\": [ \"D\" ] } ] }", "Line 1 " + Shape },
        { "{ \"clients\": [ { \"id\": \"a\", \"keys\": [ { \"sha256\": \"D\", \"expires\": null } ] } ] }", "Line 1 " + Shape },
        { "{ \"clients\": [ { \"id\": \"a\", \"keys\": [ { \"sha256\": \"D\", \"expires\": \"2027-01-01\" } ] } ] }", "Line 1 " + Shape },
        {
            "{ \"clients\": [ { \"id\": \"a\", \"keys\": [ { \"sha256\": \"D\", \"expires\": \"2027-01-01T00:00:00+01:00\" } ] } ] }",
            "Line 1 " + Shape
        },
        { "{ \"clients\": [ { \"id\": \"a\", \"keys\": [ { \"sha256\": \"D\", \"expires\": 1798761600 } ] } ] }", "Line 1 " + Shape },
        {
            "{ \"clients\": [ { \"id\": \"a\", \"keys\": [ { \"sha256\": \"D\", \"expiry\": \"2027-01-01T00:00:00Z\" } ] } ] }",
            "Line 1 " + Shape
        },
        {
            "{ \"clients\": [ null ] }",
            "/clients/0/id: An id is 1 to 64 letters, digits, dots, hyphens and underscores of ASCII, the first a letter or a digit."
        },
        { "{ \"clients\": [ { \"id\": \"\", \"keys\": [] } ] }", "/clients/0/id: An id is" },
        { "{ \"clients\": [ { \"id\": \"a b\", \"keys\": [] } ] }", "/clients/0/id: An id is" },
        { "{ \"clients\": [ { \"id\": \"a\\n\", \"keys\": [] } ] }", "/clients/0/id: An id is" },
        { "{ \"clients\": [ { \"id\": \"-\", \"keys\": [] } ] }", "/clients/0/id: An id is" },
        {
            "{ \"clients\": [ { \"id\": \"a\", \"keys\": [] }, { \"id\": \"A\", \"keys\": [] } ] }",
            "/clients/1/id: Another client has this id."
        },
        {
            "{ \"clients\": [ { \"id\": \"a\", \"keys\": [ null ] } ] }",
            "/clients/0/keys/0/sha256: It is 64 hexadecimal digits: the SHA-256 of a key, never the key."
        },
        {
            "{ \"clients\": [ { \"id\": \"a\", \"keys\": [ { \"sha256\": \"D\" }, { \"sha256\": \"scr_zq9\" } ] } ] }",
            "/clients/0/keys/1/sha256: It is"
        },
        { "{ \"clients\": [ { \"id\": \"a\", \"keys\": [ { \"sha256\": \"D0\" } ] } ] }", "/clients/0/keys/0/sha256: It is" },
        { "{ \"clients\": [ { \"id\": \"a\", \"keys\": [ { \"sha256\": \"D\" } ] }, { \"id\": \"b\", \"keys\": [ { \"sha256\": \"E\" }, { "
            + "\"sha256\": \"D\" } ] } ] }", "/clients: A key is there twice." },
        { "{ \"clients\": [ { \"id\": \"a\", \"keys\": [ { \"sha256\": \"D\", \"notBefore\": \"2027-01-01T00:00:00Z\", \"expires\": "
            + "\"2027-01-01T00:00:00Z\" } ] } ] }", "/clients/0/keys/0/expires: It must be after notBefore." },
        { "{ \"clients\": [ { \"id\": \"a\", \"keys\": [], \"certificates\": [ \"zq9\" ] } ] }", "/clients/0/certificates/0: It is 64" },
        {
            "{ \"clients\": [ { \"id\": \"a\", \"keys\": [], \"certificates\": [ \"D\", null ] } ] }",
            "/clients/0/certificates/1: It is 64"
        },
        { "{ \"clients\": [ { \"id\": \"a\", \"keys\": [], \"certificates\": [ \"D\" ] }, { \"id\": \"b\", \"keys\": [], \"certificates\": "
            + "[ \"D\" ] } ] }", "/clients/1/certificates/0: It is 64" },
        { "{ \"clients\": [ { \"id\": \"a\", \"keys\": [], \"permitsPerMinute\": null } ] }", "Line 1 " + Shape },
        { "{ \"clients\": [ { \"id\": \"a\", \"keys\": [], \"permitsPerMinute\": \"600\" } ] }", "Line 1 " + Shape },
        { "{ \"clients\": [ { \"id\": \"a\", \"keys\": [], \"permitsPerMinute\": 600.5 } ] }", "Line 1 " + Shape },
        {
            "{ \"clients\": [ { \"id\": \"a\", \"keys\": [], \"permitsPerMinute\": 0 } ] }",
            "/clients/0/permitsPerMinute: It is a whole number from 100 to 10000000."
        },
        { "{ \"clients\": [ { \"id\": \"a\", \"keys\": [], \"permitsPerMinute\": 99 } ] }", "/clients/0/permitsPerMinute: It is" },
    };

    [Fact]
    public static void A_byte_order_mark_is_passed_over() =>
        Assert.Null(ClientsFile.Read([.. Encoding.UTF8.Preamble, .. "{ \"clients\": [] }"u8]).Flaw);

    [Theory]
    [MemberData(nameof(Flawed))]
    public void A_flaw_is_told_with_its_place_and_without_what_stands_there(string text, string flaw)
    {
        var (keys, certificates, told) = Read(text);
        Assert.Empty(keys);
        Assert.Empty(certificates);
        Assert.StartsWith(flaw, told, StringComparison.Ordinal);
        Assert.DoesNotContain("zq9", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_a_flaw()
    {
        byte[] bytes =
            [.. Encoding.UTF8.GetBytes("{ \"clients\": [ { \"keys\": [], \"id\": \""), 0xFF, .. Encoding.UTF8.GetBytes("\" } ] }")];
        Assert.NotNull(ClientsFile.Read(bytes).Flaw);
    }

    [Fact]
    public void A_good_file_gives_every_key_its_client_and_its_times()
    {
        var (keys, certificates, flaw) = Read("""
            { "clients": [
              { "id": "salon-1", "keys": [ { "sha256": "D", "notBefore": "2026-01-01T00:00:00Z", "expires": "2027-01-01T00:00:00.5Z" }, { "sha256": "E" } ] },
              { "id": "Gateway_2.eu", "keys": [], "certificates": [ "D", "E" ] }
            ] }
            """);
        Assert.Null(flaw);
        Assert.Equal(
            [("salon-1", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"), ("salon-1", "", "")],
            keys.Select(key => (key.Client.Id, $"{key.NotBefore}", $"{key.Expires}")));
        Assert.Equal([Digest.ToUpperInvariant(), OtherDigest.ToUpperInvariant()], certificates.Keys);
        Assert.All(certificates.Values, client => Assert.Equal(new Client("Gateway_2.eu", CredentialKind.Certificate), client));
    }

    private static ClientsFile Read(string text) => ClientsFile.Read(
        Encoding.UTF8.GetBytes(
            text.Replace("\"D", "\"" + Digest, StringComparison.Ordinal).Replace("\"E\"", $"\"{OtherDigest}\"", StringComparison.Ordinal)));
}
