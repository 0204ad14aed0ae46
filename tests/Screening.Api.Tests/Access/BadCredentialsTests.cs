using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Screening.Api.Tests.Access;

/// <summary>Whoever does not show one good key is refused, wherever it knocks, and learns nothing but that.</summary>
public sealed class BadCredentialsTests(KeyedService service) : IClassFixture<KeyedService>
{
    public static TheoryData<string> Doors => [.. Door.Closed.Keys];

    [Fact]
    public void There_are_at_least_eighty() => Assert.InRange(BadCredentials.All.Count, 80, int.MaxValue);

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Bad_credentials_have_one_answer_in_the_form_of_the_door_and_their_reason_in_the_log(string name)
    {
        var door = Door.Closed[name];
        var answers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var bad in BadCredentials.All)
        {
            answers.Add(await door.RefusesAsync(service, bad));
        }

        // The traces and dates apart, nobody can tell one reason from another.
        Assert.Single(answers);
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Without_credentials_the_answer_says_so_in_each_language(string name)
    {
        var door = Door.Closed[name];
        foreach (var (language, says) in ((string, string)[])[("en", "does not say who calls"), ("es", "no dice quién llama")])
        {
            var answer = await service.SendAsync(
                door.Method, door.Path, [.. door.Headers, $"Accept-Language: {language}"], door.ContentType is null ? null : "{}");
            Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
            Assert.Contains("credentials-missing", answer, StringComparison.Ordinal);
            Assert.Contains(says, Regex.Unescape(answer), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task No_reason_is_in_an_answer()
    {
        foreach (var bad in BadCredentials.All.DistinctBy(bad => bad.Code))
        {
            var answer = await service.SendAsync("GET", "/v1/protocols" + bad.Query, bad.Headers);
            Assert.DoesNotContain(bad.Code, answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_is_in_no_line_of_the_log_and_in_no_answer()
    {
        var texts = new List<string>();
        foreach (var bad in BadCredentials.All)
        {
            texts.Add(await service.SendAsync("GET", "/v1/protocols" + bad.Query, bad.Headers));
        }

        texts.Add(await service.SendAsync("GET", "/v1/protocols", [$"Authorization: Bearer {KeyedService.Good.Text}"]));
        texts.AddRange(service.All().Select(line => line.ToJsonString()));
        foreach (var key in (string[])[KeyedService.Good.Text, KeyedService.Other.Text, KeyedService.Expired.Text, Keys.Numbered(100).Text])
        {
            // Neither the key nor the part of it that is secret, nor what the file has.
            Assert.All(texts, text => Assert.DoesNotContain(key[6..40], text, StringComparison.OrdinalIgnoreCase));
        }

        Assert.All(texts, text => Assert.DoesNotContain(KeyedService.Good.Entry.Sha256, text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_key_in_a_header_is_in_no_trace()
    {
        var tags = new ConcurrentBag<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => tags.Add(
                $"{activity.DisplayName} {string.Join(
                    ' ', activity.TagObjects.Concat(
                        activity.Baggage.Select(item => KeyValuePair.Create(item.Key, (object?)item.Value))))}"),
        };
        ActivitySource.AddActivityListener(listener);
        var unknown = Keys.Numbered(300).Text;
        await service.SendAsync("GET", "/v1/protocols", [$"X-Api-Key: {KeyedService.Good.Text}"]);
        await service.SendAsync("GET", "/v1/protocols", [$"Authorization: Bearer {unknown}"]);
        await service.SendAsync("GET", "/v1/protocols", ["X-Api-Key: end"]);
        Assert.Contains(tags, tag => tag.Contains("HttpRequestIn", StringComparison.Ordinal));
        Assert.All(tags, tag => Assert.DoesNotContain(KeyedService.Good.Text[6..40], tag, StringComparison.Ordinal));
        Assert.All(tags, tag => Assert.DoesNotContain(unknown[6..40], tag, StringComparison.Ordinal));
    }
}
