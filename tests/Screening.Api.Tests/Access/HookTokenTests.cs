using NodaTime;
using Screening.Api.Access;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Screenings;
using Microsoft.Extensions.DependencyInjection;
using static Screening.Api.Tests.Access.TokenService;

namespace Screening.Api.Tests.Access;

/// <summary>A CDS client signs a token for each call, and each lets in one.</summary>
public sealed class HookTokenTests
{
    private const string Feedback = CdsCalls.Book + "/feedback";

    [Fact]
    public async Task It_opens_a_hook_and_its_feedback_once()
    {
        await using var tokens = new TokenService();
        var call = CdsCalls.Booking(Requests.NothingToReport()).ToJsonString();
        Assert.Equal((200, "ehr", null), await tokens.SendAsync(HookToken(CdsCalls.Book), "POST", CdsCalls.Book, call));
        Assert.Equal((400, "ehr", null), await tokens.SendAsync(HookToken(Feedback), "POST", Feedback, "{}"));
        var token = HookToken(CdsCalls.Book);
        Assert.Equal((200, "ehr", null), await tokens.SendAsync(token, "POST", CdsCalls.Book, call));
        Assert.Equal((401, "-", "token-used"), await tokens.SendAsync(token, "POST", CdsCalls.Book, call));
        Assert.Equal((404, "ehr", null), await tokens.SendAsync(HookToken("/cds-services/none"), "POST", "/cds-services/none", call));
    }

    [Fact]
    public async Task Each_key_of_the_client_signs_also_two_of_one_name()
    {
        await using var tokens = new TokenService();
        foreach (var signer in Ehr)
        {
            Assert.Equal((400, "ehr", null), await CallAsync(tokens, HookToken(CdsCalls.Book, signer: signer)));
        }

        Assert.Equal((400, "other", null), await CallAsync(tokens, HookToken(CdsCalls.Book, signer: OtherEhr, id: "other")));
    }

    [Theory]
    [InlineData("jwt")]
    [InlineData("Jwt")]
    public async Task The_letter_case_of_its_type_does_not_count(string type)
    {
        await using var tokens = new TokenService();
        Assert.Equal((400, "ehr", null), await CallAsync(tokens, HookToken(CdsCalls.Book, header: header => header["typ"] = type)));
    }

    [Fact]
    public async Task It_is_used_until_its_end_and_the_skew_and_then_at_an_end()
    {
        await using var tokens = new TokenService();
        var token = HookToken(CdsCalls.Book);
        Assert.Equal(400, (await CallAsync(tokens, token)).Status);
        var end = Now + Duration.FromMinutes(5) + TokenReader.Skew;
        foreach (var (instant, code) in ((Instant, string)[])[
            (end - Duration.FromSeconds(1), "token-used"), (end - Duration.Epsilon, "token-used"),
            (end, "token-expired"), (end + Duration.FromDays(1), "token-expired")])
        {
            tokens.Service.Clock.Reset(instant);
            Assert.Equal((instant, (401, "-", code)), (instant, await CallAsync(tokens, token)));
        }
    }

    [Fact]
    public async Task A_clock_that_is_set_back_lets_none_in_twice()
    {
        await using var tokens = new TokenService();
        var token = HookToken(CdsCalls.Book);
        Assert.Equal(400, (await CallAsync(tokens, token)).Status);
        var later = Now + Duration.FromHours(1);
        tokens.Service.Clock.Reset(later);
        Assert.Equal(400, (await CallAsync(tokens, HookToken(CdsCalls.Book, now: later))).Status);
        tokens.Service.Clock.Reset(Now);
        Assert.Equal((401, "-", "token-expired"), await CallAsync(tokens, token));
    }

    [Fact]
    public async Task A_token_that_was_refused_was_not_used()
    {
        await using var tokens = new TokenService();
        var claims = HookClaims(CdsCalls.Book, Now);
        var header = Header("JWT", "ES384", "ehr");
        Assert.Equal("token-signature", (await CallAsync(tokens, Signer.Ec("ehr").Sign(header, claims))).Refusal);
        Assert.Equal("token-type", (await CallAsync(tokens, Ehr[0].Sign(Header("at+jwt", "ES384", "ehr"), claims))).Refusal);
        var token = Ehr[0].Sign(header, claims);
        Assert.Equal("token-audience", (await tokens.SendAsync(token, "POST", Feedback, "{}")).Refusal);
        Assert.Equal((400, "ehr", null), await CallAsync(tokens, token));
    }

    [Fact]
    public async Task The_same_name_of_two_clients_is_two_tokens()
    {
        await using var tokens = new TokenService();
        Assert.Equal(400, (await CallAsync(tokens, HookToken(CdsCalls.Book, claims => claims["jti"] = "1"))).Status);
        Assert.Equal(
            (401, "-", "token-used"), await CallAsync(tokens, HookToken(CdsCalls.Book, claims => claims["jti"] = "1", signer: Ehr[1])));
        Assert.Equal(
            400, (await CallAsync(tokens, HookToken(CdsCalls.Book, claims => claims["jti"] = "1", signer: OtherEhr, id: "other"))).Status);
    }

    [Fact]
    public async Task A_change_of_the_file_forgets_no_token()
    {
        await using var tokens = new TokenService();
        var token = HookToken(CdsCalls.Book);
        Assert.Equal(400, (await CallAsync(tokens, token)).Status);
        tokens.Write(TokenService.File([], []));
        tokens.Service.Tick();
        Assert.Equal("token-issuer", (await CallAsync(tokens, token)).Refusal);
        tokens.Write(TokenService.File([], [CdsEntry("ehr", Ehr)]));
        tokens.Service.Tick();
        Assert.Equal("token-used", (await CallAsync(tokens, token)).Refusal);
    }

    [Fact]
    public async Task When_too_many_are_kept_in_mind_no_further_one_of_this_client_is_taken_until_they_end()
    {
        await using var tokens = new TokenService();
        Assert.Equal(400, (await CallAsync(tokens, HookToken(CdsCalls.Book))).Status);
        var issuers = tokens.Service.Services.GetRequiredService<IssuerDirectory>();
        var used = issuers.UsedOf((CdsClient)issuers.Find("https://ehr.example.org")!);
        var end = Now + Duration.FromMinutes(2);
        foreach (var number in Enumerable.Range(1, UsedTokens.Max - 1))
        {
            Assert.Null(used.Take($"n{number}", end, Now));
        }

        Assert.Equal((401, "-", "tokens-full"), await CallAsync(tokens, HookToken(CdsCalls.Book)));
        Assert.Equal((400, "other", null), await CallAsync(tokens, HookToken(CdsCalls.Book, signer: OtherEhr, id: "other")));
        tokens.Service.Clock.Reset(end);
        Assert.Equal((400, "ehr", null), await CallAsync(tokens, HookToken(CdsCalls.Book, now: end)));
    }

    [Fact]
    public async Task Of_many_at_once_one_is_let_in()
    {
        await using var tokens = new TokenService();
        var token = HookToken(CdsCalls.Book);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => tokens.Service.SendAsync(
            "POST", CdsCalls.Book, [$"Authorization: Bearer {token}", "Content-Type: application/json"], "{}")));
        Assert.Single(answers, answer => answer.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal));
        Assert.Equal(19, answers.Count(answer => answer.StartsWith("HTTP/1.1 401 ", StringComparison.Ordinal)));
    }

    [Fact]
    public void How_many_are_kept_in_mind_is_bounded()
    {
        var used = new UsedTokens(max: 2);
        Assert.Equal(
            [null, null, Refusal.TokenUsed, Refusal.TokensFull], [Take("a", 10, 0), Take("b", 20, 0), Take("a", 10, 0), Take("c", 30, 9)]);
        Assert.Equal(
            [null, Refusal.TokensFull, Refusal.TokenUsed, null],
            [Take("c", 30, 10), Take("d", 30, 19), Take("b", 20, 19), Take("d", 30, 20)]);

        Refusal? Take(string id, int end, int now) => used.Take(id, Instant.FromUnixTimeSeconds(end), Instant.FromUnixTimeSeconds(now));
    }

    private static Task<(int Status, string Client, string? Refusal)> CallAsync(TokenService tokens, string token) =>
        tokens.SendAsync(token, "POST", CdsCalls.Book, "{}");
}
