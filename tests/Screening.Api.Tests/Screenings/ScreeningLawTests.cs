using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Contract;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Api.Tests.Reference;
using Screening.Rules;

namespace Screening.Api.Tests.Screenings;

/// <summary>What holds for every request, from its bytes to the decision's bytes.</summary>
public sealed class ScreeningLawTests(ServiceFixture service)
{
    private static readonly int Requests = GeneratedRun.Count(1000, 3000);

    private readonly ScreeningRequestReader reader = service.Services.GetRequiredService<ScreeningRequestReader>();

    [Fact]
    public void The_order_of_members_and_white_space_and_escapes_change_nothing()
    {
        foreach (var (request, random) in Generated(11))
        {
            var (status, decision) = Screen(request.ToJsonString());
            var shuffled = Shuffled(request, random).ToJsonString(new() { WriteIndented = true, IndentSize = random.Next(0, 9), NewLine = random.Next(2) == 0 ? "\n" : "\r\n" });
            Assert.Equal((status, decision), Screen(shuffled));
            Assert.Equal((status, decision), Screen(Escaped(request)));
        }
    }

    [Fact]
    public void The_same_request_gives_the_same_bytes_at_any_time()
    {
        foreach (var (request, _) in Generated(12).Take(500))
        {
            var body = Encoding.UTF8.GetBytes(request.ToJsonString());
            Assert.Equal(Screen(body, ServiceFixture.Now, Language.English), Screen(body, ServiceFixture.Now.Plus(NodaTime.Duration.FromDays(1234)), Language.English));
        }
    }

    [Fact]
    public void A_misspelt_name_or_code_is_always_refused()
    {
        // Every id, code, protocol and member name; one letter changed, added, taken away or swapped with its neighbour.
        var known = Words(Screenings.Requests.Everything()).Concat(["no", "yes", "unknown", "none", "never", "current", "past", "stopped", "daily"]).Concat(NodaTime.DateTimeZoneProviders.Tzdb.Ids).ToFrozenSet(StringComparer.Ordinal);
        var tried = 0;
        foreach (var (request, random) in Generated(13))
        {
            if (Screen(request.ToJsonString()).Status != 200)
            {
                continue;
            }

            var text = request.ToJsonString();
            var words = Words(request).Where(word => word.Length > 0 && !char.IsAsciiDigit(word[0]) && !word.StartsWith("Dr", StringComparison.Ordinal) && !word.StartsWith("bk-", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToArray();
            var word = words[random.Next(words.Length)];
            var misspelt = Misspell(word, random);
            var changed = text.Replace($"\"{word}\"", $"\"{misspelt}\"", StringComparison.Ordinal);
            if (misspelt == word || known.Contains(misspelt) || IsFreeText(request, word))
            {
                continue;
            }

            tried++;
            Assert.True(Screen(changed).Status is 400 or 422, $"{word} as {misspelt} in {changed}");
        }

        Assert.True(tried > Requests / 2);
    }

    [Fact]
    public void The_decisions_bytes_are_those_of_a_plain_serializer()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = Utf8Output.Encoder, UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };
        foreach (var (request, _) in Generated(14).Append((Screenings.Requests.Everything(), null!)))
        {
            foreach (var language in Language.All)
            {
                if (Screen(Encoding.UTF8.GetBytes(request.ToJsonString()), ServiceFixture.Now, language) is (200, var decision))
                {
                    var plain = JsonSerializer.Deserialize<ScreeningResponse>(decision, options);
                    Assert.Equal(decision, JsonSerializer.Serialize(plain, options));
                }
            }
        }
    }

    [Fact]
    public void Bytes_changed_at_random_are_refused_or_decided_but_never_fail()
    {
        foreach (var (request, random) in Generated(15))
        {
            var body = Encoding.UTF8.GetBytes(request.ToJsonString());
            for (var i = 0; i < 20; i++)
            {
                var changed = body.ToArray();
                for (var n = random.Next(1, 4); n > 0; n--)
                {
                    changed[random.Next(changed.Length)] = (byte)random.Next(256);
                }

                changed = random.Next(4) == 0 ? changed[..random.Next(changed.Length)] : changed;
                Assert.True(Screen(changed, ServiceFixture.Now, Language.English).Status is 200 or 400 or 422);
            }
        }
    }

    private static IEnumerable<(JsonObject Request, Random Random)> Generated(int stream)
    {
        var random = GeneratedRun.Random(stream);
        for (var i = 0; i < Requests; i++)
        {
            yield return (RequestGenerator.Next(random), random);
        }
    }

    private (int Status, string Decision) Screen(string body) => Screen(Encoding.UTF8.GetBytes(body), ServiceFixture.Now, Language.English);

    private (int Status, string Decision) Screen(byte[] body, NodaTime.Instant now, Language language)
    {
        var errors = new InputErrors();
        var request = reader.Read(body, now, errors);
        if (request is null)
        {
            return (errors.AnyOfShape ? 400 : 422, string.Join('\n', errors.All.Select(e => e.Place + " " + e.Code.Code).Order(StringComparer.Ordinal)));
        }

        using var output = new Utf8Output(64);
        DecisionWriter.Write(output, Guid.Empty, request, Screener.Screen(request.Intake, request.Appointment, request.Today), language);
        return (200, Encoding.UTF8.GetString(output.Written.Span));
    }

    private static JsonObject Shuffled(JsonObject value, Random random)
    {
        var members = value.ToArray();
        random.Shuffle(members);
        return new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, m.Value switch
        {
            JsonObject inner => Shuffled(inner, random),
            JsonArray list => new JsonArray([.. list.Select(e => e is JsonObject one ? Shuffled(one, random) : e?.DeepClone())]),
            var other => other?.DeepClone(),
        })));
    }

    private static string Misspell(string word, Random random)
    {
        var at = random.Next(word.Length);
        var letter = (char)random.Next('a', 'z' + 1);
        return random.Next(5) switch
        {
            0 => word.Remove(at, 1),
            1 => word.Insert(at, letter.ToString()),
            2 => word[..at] + letter + word[(at + 1)..],
            3 => char.IsUpper(word[at]) ? word[..at] + char.ToLowerInvariant(word[at]) + word[(at + 1)..] : word[..at] + char.ToUpperInvariant(word[at]) + word[(at + 1)..],
            _ => at == 0 ? word : word[..(at - 1)] + word[at] + word[at - 1] + word[(at + 1)..],
        };
    }

    /// <summary>The same JSON with every ASCII letter of every text written as an escape.</summary>
    private static string Escaped(JsonNode request)
    {
        var escaped = new StringBuilder();
        var inText = false;
        foreach (var c in request.ToJsonString(new() { Encoder = Utf8Output.Encoder }))
        {
            inText ^= c == '"';
            escaped.Append(inText && char.IsAsciiLetter(c) ? $"\\u{(int)c:x4}" : c.ToString());
        }

        return escaped.ToString();
    }

    private static IEnumerable<string> Words(JsonNode? node) => node switch
    {
        JsonObject value => value.SelectMany(m => Words(m.Value).Prepend(m.Key)),
        JsonArray list => list.SelectMany(Words),
        JsonValue text when text.TryGetValue<string>(out var word) => [word],
        _ => [],
    };

    private static bool IsFreeText(JsonObject request, string word) =>
        (string?)request["reference"] == word || (request["clearances"] as JsonArray)?.Any(c => (string?)c?["by"] == word || (string?)c?["note"] == word) == true;
}
