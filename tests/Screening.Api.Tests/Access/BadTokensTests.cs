using System.Diagnostics.Tracing;
using Screening.Api.Tests.CdsHooks;

namespace Screening.Api.Tests.Access;

/// <summary>Whoever does not show one good token is refused, wherever it knocks, and learns nothing but that.</summary>
public sealed class BadTokensTests(TokenService tokens) : IClassFixture<TokenService>
{
    private const string Feedback = CdsCalls.Book + "/feedback";

    public static TheoryData<string> Doors => [.. Door.Closed.Keys];

    public static TheoryData<string> OtherDoors => [.. Door.Closed.Where(door => !IsHook(door.Value)).Select(door => door.Key)];

    private KeyedService Service => tokens.Service;

    [Fact]
    public void There_are_at_least_eighty() => Assert.All(
        (int[])[BadTokens.All.Count, BadTokens.All.Count + BadHookTokens.At(Feedback).Count],
        count => Assert.InRange(count, 80, int.MaxValue));

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Bad_access_tokens_have_one_answer_in_the_form_of_the_door_and_their_reason_in_the_log(string name) =>
        await RefusesAsync(Door.Closed[name], BadTokens.All);

    [Theory]
    [InlineData("hook", CdsCalls.Book)]
    [InlineData("feedback", Feedback)]
    public async Task Bad_tokens_of_CDS_clients_have_one_answer_and_their_reason_in_the_log(string name, string path) =>
        await RefusesAsync(Door.Closed[name], BadHookTokens.At(path));

    [Theory]
    [MemberData(nameof(OtherDoors))]
    public async Task The_token_of_a_CDS_client_opens_no_other_door(string name)
    {
        var door = Door.Closed[name];
        string[] audiences = [TokenService.PublicUrl + door.Path, TokenService.PublicUrl, TokenService.Audience];
        await RefusesAsync(door, audiences.Select(audience =>
            BadTokens.Bad(audience, TokenService.HookToken(door.Path, claims =>
                (claims["aud"], claims["scope"], claims["client_id"]) = (audience, "screening.evaluate", "x")), "token-elsewhere")));
    }

    [Fact]
    public async Task A_token_is_in_no_log_answer_or_event()
    {
        using var events = new Events();
        var texts = new List<string>();
        var door = Door.Closed["hook"];
        BadCredentials[] all =
        [
            .. BadTokens.All, .. BadHookTokens.At(CdsCalls.Book), BadTokens.Bad("good", TokenService.AccessToken(), "-"),
            BadTokens.Bad("good", TokenService.HookToken(CdsCalls.Book), "-"),
        ];
        foreach (var bad in all)
        {
            texts.Add(await Service.SendAsync(door.Method, door.Path + bad.Query, [.. door.Headers, .. bad.Headers], "{}"));
        }

        texts.AddRange(Service.All().Select(line => line.ToJsonString()));
        Assert.NotEmpty(events.Texts);
        texts.AddRange(events.Texts);
        foreach (var part in all.SelectMany(bad => bad.Headers)
            .SelectMany(header => header.Split(' ', '.')).Where(part => part.Length > 30).Distinct())
        {
            Assert.All(texts, text => Assert.DoesNotContain(part, text, StringComparison.Ordinal));
        }

        Assert.All(texts, text => Assert.DoesNotContain("client_id", text, StringComparison.Ordinal));
    }

    private async Task RefusesAsync(Door door, IEnumerable<BadCredentials> all)
    {
        var answers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var bad in all)
        {
            answers.Add(await door.RefusesAsync(Service, bad));
        }

        Assert.Single(answers);
    }

    private static bool IsHook(Door door) => door.Path.StartsWith("/cds-services", StringComparison.Ordinal);

    /// <summary>What the library that reads tokens tells whoever listens.</summary>
    private sealed class Events : EventListener
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> texts = new();

        public IReadOnlyCollection<string> Texts => texts;

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name.StartsWith("Microsoft.IdentityModel", StringComparison.Ordinal))
            {
                EnableEvents(eventSource, EventLevel.Verbose);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            texts?.Enqueue($"{eventData.Message} {string.Join(' ', eventData.Payload ?? [])}");
    }
}
