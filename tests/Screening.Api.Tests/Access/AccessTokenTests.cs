using System.Text.Json.Nodes;
using static Screening.Api.Tests.Access.TokenService;

namespace Screening.Api.Tests.Access;

/// <summary>An access token of a trusted issuer lets in the client that it names.</summary>
public sealed class AccessTokenTests(TokenService tokens) : IClassFixture<TokenService>
{
    public static TheoryData<string> Doors => [.. Door.Closed.Keys];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task It_opens_each_door(string name)
    {
        var door = Door.Closed[name];
        var before = tokens.Service.Lines().Count;
        var answer = await tokens.Service.SendAsync(
            door.Method, door.Path, [.. door.Headers, $"Authorization: Bearer {AccessToken()}"], door.ContentType is null ? null : "{}");
        Assert.DoesNotMatch("^HTTP/1.1 40[13] ", answer);
        Assert.Equal("login/salon-9", (string)(await tokens.Service.LinesAsync(before + 1))[before]["Client"]!);
    }

    [Fact]
    public async Task Each_key_of_the_issuer_signs_also_two_of_one_name()
    {
        foreach (var signer in Signers)
        {
            Assert.Equal((200, "login/salon-9", null), await tokens.SendAsync(AccessToken(signer: signer)));
            Assert.Equal(
                (200, "login/salon-9", null), await tokens.SendAsync(AccessToken(signer: signer, header: header => header.Remove("kid"))));
        }
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    public async Task Each_algorithm_with_a_public_key_is_taken(string algorithm) =>
        Assert.Equal(200, (await tokens.SendAsync(AccessToken(signer: Signers[1] with { Algorithm = algorithm }))).Status);

    [Theory]
    [InlineData("""{"scope":"screening.evaluate"}""", 200)]
    [InlineData("""{"scope":"system/*.read screening.evaluate"}""", 200)]
    [InlineData("""{"scope":["a","screening.evaluate"]}""", 200)]
    [InlineData("""{"scp":"screening.evaluate a"}""", 200)]
    [InlineData("""{"scp":["screening.evaluate"]}""", 200)]
    [InlineData("""{"scope":"openid","scp":["screening.evaluate"]}""", 200)]
    [InlineData("""{}""", 403)]
    [InlineData("""{"scope":""}""", 403)]
    [InlineData("""{"scope":"screening.evaluates"}""", 403)]
    [InlineData("""{"scope":"SCREENING.EVALUATE"}""", 403)]
    [InlineData("""{"scope":"screening.evaluate,openid"}""", 403)]
    [InlineData("""{"scp":[]}""", 403)]
    [InlineData("""{"scp":["openid screening.evaluate"]}""", 403)]
    [InlineData("""{"roles":["screening.evaluate"]}""", 403)]
    public async Task It_needs_the_scope(string scopes, int status)
    {
        var token = AccessToken(claims =>
        {
            claims.Remove("scope");
            foreach (var (name, value) in JsonNode.Parse(scopes)!.AsObject())
            {
                claims[name] = value!.DeepClone();
            }
        });
        Assert.Equal(status == 200 ? (200, "login/salon-9", null) : (403, "-", "scope-missing"), await tokens.SendAsync(token));
    }

    [Fact]
    public async Task Without_the_scope_the_answer_is_403_in_the_form_of_the_door()
    {
        foreach (var door in Door.Closed.Values)
        {
            var answer = await tokens.Service.SendAsync(
                door.Method, door.Path, [.. door.Headers, $"Authorization: Bearer {AccessToken(claims => claims.Remove("scope"))}"],
                door.ContentType is null ? null : "{}");
            Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
            Assert.Contains($"\r\nContent-Type: {door.MediaType}", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("scope-missing", answer, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("client_id", "a", "azp", "b", "login/a")]
    [InlineData("azp", "b", "sub", "c", "login/b")]
    [InlineData("sub", "c@clients", "x", "y", "login/c@clients")]
    public async Task The_client_is_client_id_or_azp_or_sub(string name, string value, string other, string otherValue, string client) =>
        Assert.Equal(client, (await tokens.SendAsync(AccessToken(claims =>
        {
            claims.Remove("client_id");
            (claims[name], claims[other]) = (value, otherValue);
        }))).Client);

    [Fact]
    public async Task Clocks_may_differ_by_half_a_minute()
    {
        var now = Seconds(Now);
        foreach (var (name, second) in ((string, long)[])[("exp", now - 29), ("nbf", now + 30), ("iat", now + 30)])
        {
            Assert.Equal(200, (await tokens.SendAsync(AccessToken(claims => claims[name] = second))).Status);
        }
    }

    [Fact]
    public async Task Parts_of_a_second_and_a_list_of_auds_are_read()
    {
        Assert.Equal(200, (await tokens.SendAsync(AccessToken(claims => claims["exp"] = Seconds(Now) + 0.5))).Status);
        Assert.Equal(200, (await tokens.SendAsync(AccessToken(claims => claims["aud"] = new JsonArray("urn:a", Audience)))).Status);
        Assert.Equal(200, (await tokens.SendAsync(AccessToken(claims => claims["aud"] = "urn:another"))).Status);
    }

    [Fact]
    public async Task An_issuer_may_have_another_type()
    {
        static string Lax(string type) =>
            AccessToken(claims => claims["iss"] = "https://lax.example.org", header => header["typ"] = type, Other);
        Assert.Equal((200, "lax/salon-9", null), await tokens.SendAsync(Lax("JWT")));
        Assert.Equal((200, "lax/salon-9", null), await tokens.SendAsync(Lax("jwt")));
        Assert.Equal((401, "-", "token-type"), await tokens.SendAsync(Lax("at+jwt")));
        Assert.Equal((401, "-", "token-type"), await tokens.SendAsync(Lax("application/JWT")));
    }

    [Theory]
    [InlineData("application/at+jwt")]
    [InlineData("at+JWT")]
    [InlineData("AT+JWT")]
    [InlineData("Application/At+Jwt")]
    public async Task The_letter_case_of_its_type_does_not_count(string type) =>
        Assert.Equal((200, "login/salon-9", null), await tokens.SendAsync(AccessToken(header: header => header["typ"] = type)));

    [Fact]
    public async Task Addresses_and_keys_in_its_header_do_not_count() =>
        Assert.Equal(200, (await tokens.SendAsync(AccessToken(header: header =>
            (header["jku"], header["x5u"], header["jwk"]) = ("http://127.0.0.1:9/", "http://127.0.0.1:9/", Ehr[0].Jwk())))).Status);

    [Fact]
    public async Task The_clients_file_counts_beside_it() => Assert.Equal(200, await tokens.Service.StatusAsync(KeyedService.Good));

    [Fact]
    public async Task Many_at_once_are_verified_by_one_key()
    {
        var token = AccessToken();
        using var client = new HttpClient { BaseAddress = tokens.Service.Address };
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {token}");
        var statuses = await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ =>
        {
            using var response = await client.GetAsync(new Uri("/v1/protocols", UriKind.Relative));
            return (int)response.StatusCode;
        }));
        Assert.All(statuses, status => Assert.Equal(200, status));
    }
}
