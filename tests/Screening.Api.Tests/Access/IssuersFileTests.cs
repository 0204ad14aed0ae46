using System.Text;
using System.Text.Json.Nodes;
using Screening.Api.Access;
using Screening.Api.Tests.Settings;

namespace Screening.Api.Tests.Access;

/// <summary>The issuers file is read strictly, and changes while the service runs.</summary>
public sealed class IssuersFileTests
{
    private static readonly string Keys = Signer.Jwks(TokenService.Ehr[0]).ToJsonString();

    private static string Entry => $$"""{ "id": "a", "issuer": "https://a.example.org", "audiences": ["b"], "jwks": {{Keys}} }""";

    public static TheoryData<string, string> Flawed => new()
    {
        { "{", "Line 1 is not JSON" },
        { "[]", "Line 1 is not JSON" },
        { """{ "issuer": [] }""", "Line 1 is not JSON" },
        { """{ "issuers": [], "issuers": [] }""", "Line 1 is not JSON" },
        { """{ "issuers": null }""", "Line 1 is not JSON" },
        { """{ "issuers": [null] }""", "/issuers/0/id" },
        { """{ "cdsClients": [null] }""", "/cdsClients/0/id" },
        { Issuers("\"id\": \"a\"", "\"id\": \"a b\""), "/issuers/0/id" },
        { Issuers("\"id\": \"a\"", "\"Id\": \"a\""), "Line 1 is not JSON" },
        { Issuers("https://a.example.org", " "), "/issuers/0/issuer" },
        { Issuers("[\"b\"]", "[]"), "/issuers/0/audiences" },
        { Issuers("[\"b\"]", "[\"b\", null]"), "/issuers/0/audiences" },
        { Issuers("[\"b\"]", "\"b\""), "Line 1 is not JSON" },
        { Issuers("\"jwks\"", "\"types\": [], \"jwks\""), "/issuers/0/types" },
        { Issuers("\"jwks\"", "\"metadata\": \"https://a.example.org/m\", \"jwks\""), "either in jwks" },
        { Issuers($", \"jwks\": {Keys}", ""), "either in jwks" },
        { Issuers($"\"jwks\": {Keys}", "\"metadata\": \"http://a.example.org/m\""), "/issuers/0/metadata" },
        { Issuers($"\"jwks\": {Keys}", "\"metadata\": \"a.example.org\""), "/issuers/0/metadata" },
        { Issuers($"\"jwks\": {Keys}", "\"metadata\": \"https://u:p@a.example.org\""), "/issuers/0/metadata" },
        { Issuers(Keys, "[]"), "/issuers/0/jwks" },
        { Issuers(Keys, "{}"), "/issuers/0/jwks" },
        { Issuers(Keys, """{"keys":[]}"""), "/issuers/0/jwks" },
        { Issuers(Keys, """{"keys":[7]}"""), "/issuers/0/jwks" },
        { Issuers(Keys, """{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}"""), "/issuers/0/jwks" },
        { Issuers("\"kty\":\"EC\"", "\"kty\":\"EC\",\"d\":\"AAAA\""), "/issuers/0/jwks" },
        { Issuers("\"use\":\"sig\"", "\"use\":\"enc\""), "/issuers/0/jwks" },
        { Issuers("\"crv\":\"P-384\"", "\"crv\":\"P-256\""), "/issuers/0/jwks" },
        { Issuers("\"crv\":\"P-384\"", "\"crv\":\"secp256k1\""), "/issuers/0/jwks" },
        { Issuers("\"x\":\"", "\"x\":\"AAAA"), "/issuers/0/jwks" },
        { Issuers(Keys, Signer.Jwks(Signer.Rsa("short", bits: 1024)).ToJsonString()), "/issuers/0/jwks" },
        { $$"""{ "issuers": [ {{Entry}}, {{Entry.Replace("\"a\"", "\"A\"", StringComparison.Ordinal).Replace("https://a", "https://b", StringComparison.Ordinal)}} ] }""", "is there twice" },
        { $$"""{ "issuers": [ {{Entry}}, {{Entry.Replace("\"a\"", "\"b\"", StringComparison.Ordinal)}} ] }""", "is there twice" },
        {
            $$"""{ "issuers": [ {{Entry}} ], "cdsClients": [ { "id": "c", "issuer": "https://a.example.org", "jwks": {{Keys}} } ] }""",
            "is there twice"
        },
    };

    [Theory]
    [MemberData(nameof(Flawed))]
    public static void A_flaw_is_told_without_repeating_the_file(string file, string says)
    {
        var flaw = IssuersFile.Read(Encoding.UTF8.GetBytes(file), isPublic: true).Flaw;
        Assert.Contains(says, flaw, StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", flaw, StringComparison.Ordinal);
    }

    [Fact]
    public static void A_file_without_a_flaw_is_read()
    {
        Assert.Null(IssuersFile.Read(Encoding.UTF8.GetBytes($$"""{ "issuers": [ {{Entry}} ] }"""), isPublic: false).Flaw);
        Assert.Empty(IssuersFile.Read("{}"u8, isPublic: false).Issuers);
    }

    [Fact]
    public static void The_files_on_the_page_are_read()
    {
        var page = File.ReadAllText(Repository.Path("src/Screening.Api/Access/README.md"));
        string[] blocks = [.. page.Split("```json")[1..].Select(block => block.Split("```")[0])];
        var file = IssuersFile.Read(Encoding.UTF8.GetBytes(blocks[0]), isPublic: true);
        Assert.Null(file.Flaw);
        Assert.Equal(["login", "ehr"], file.Issuers.Select(issuer => issuer.Id));
        Assert.Equal("salon-1", Assert.Single(ClientsFile.Read(Encoding.UTF8.GetBytes(blocks[1])).Certificates).Value.Id);
    }

    [Fact]
    public static void CDS_clients_need_the_public_address()
    {
        var file = Encoding.UTF8.GetBytes(TokenService.File([], [TokenService.CdsEntry("ehr", TokenService.Ehr)]));
        Assert.Null(IssuersFile.Read(file, isPublic: true).Flaw);
        Assert.Contains("Service:PublicUrl", IssuersFile.Read(file, isPublic: false).Flaw, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task Without_the_public_address_the_service_does_not_start()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, TokenService.File([], [TokenService.CdsEntry("ehr", TokenService.Ehr)]));
        var (exitCode, output) = await FailedStartTests.RunAsync("Production", ["--urls", "http://127.0.0.1:0", "--Access:Issuers", file]);
        Assert.Equal(1, exitCode);
        var reason = (string)JsonNode.Parse(Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)))!["Reason"]!;
        Assert.StartsWith("The setting Access:Issuers must be a file of issuers. /cdsClients: ", reason, StringComparison.Ordinal);
        Assert.Contains("Service:PublicUrl", reason, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public static async Task A_broken_file_keeps_the_last_good_one_and_says_so_once()
    {
        await using var tokens = new TokenService();
        Assert.Equal(200, (await tokens.SendAsync(TokenService.AccessToken())).Status);
        tokens.Write("""{ "issuers": [ { } ] }""");
        for (var i = 0; i < 3; i++)
        {
            tokens.Service.Tick();
            Assert.Equal(200, (await tokens.SendAsync(TokenService.AccessToken())).Status);
            Assert.Equal("last-good", await ReadyAsync(tokens));
        }

        var flaw = Assert.Single(
            tokens.Service.All(), line => ((string)line["@mt"]!).StartsWith("The issuers file has a flaw", StringComparison.Ordinal));
        Assert.Equal("Warning", (string)flaw["@l"]!);

        tokens.Write(TokenService.File([TokenService.IssuerEntry("login", TokenService.Issuer, null, TokenService.Other)], []));
        tokens.Service.Tick();
        Assert.Equal("token-key", (await tokens.SendAsync(TokenService.AccessToken())).Refusal);
        Assert.Equal(200, (await tokens.SendAsync(TokenService.AccessToken(signer: TokenService.Other))).Status);
        Assert.Equal("current", await ReadyAsync(tokens));
    }

    private static async Task<string?> ReadyAsync(TokenService tokens) =>
        (string?)JsonNode.Parse(await tokens.Service.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative)))!["issuers"];

    private static string Issuers(string old, string with) =>
        $$"""{ "issuers": [ {{Entry.Replace(old, with, StringComparison.Ordinal)}} ] }""";
}
