using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Screening.Rules;

namespace Screening.Api.Tests.OpenApi;

/// <summary>What the document says of answers is what the reader takes, and its examples do what they say.</summary>
public sealed class OpenApiAnswersTests(ServiceFixture service)
{
    private static readonly string[] Names = ["eligible", "deferred", "conditional", "review", "incomplete", "ineligible", "deferred-with-slots", "eligible-with-clearance", "bad-request", "eligible-today"];

    private ProtocolCatalog Catalog => service.Services.GetRequiredService<ProtocolCatalog>();

    private ScreeningRequestReader Reader => service.Services.GetRequiredService<ScreeningRequestReader>();

    [Fact]
    public async Task Every_named_example_screens_to_what_its_name_says()
    {
        var examples = await ExamplesAsync();
        Assert.Equal(Names, examples.Select(example => example.Key));
        foreach (var (name, request) in examples)
        {
            using var response = await service.Client.PostAsJsonAsync("/v1/screenings", request);
            var answer = JsonNode.Parse(await response.Content.ReadAsByteArrayAsync())!;
            Assert.Equal(name == "bad-request" ? 422 : 200, (int)response.StatusCode);
            Assert.Equal(Outcome(name), name == "bad-request" ? name : (string)answer["eligibility"]!);
        }
    }

    [Fact]
    public async Task No_example_depends_on_the_day_on_which_it_is_sent()
    {
        foreach (var (name, request) in await ExamplesAsync())
        {
            Assert.Equal("America/New_York", (string)request["appointment"]!["timeZone"]!);
            Assert.Equal(Screen(request, Instant.FromUtc(2026, 1, 1, 0, 0)), Screen(request, Instant.FromUtc(2199, 1, 1, 0, 0)));
            Assert.Equal(name == "bad-request" ? "date-before-as-of" : Outcome(name), Screen(request, ServiceFixture.Now));
        }
    }

    [Fact]
    public async Task Every_example_has_a_sentence_of_its_own()
    {
        var examples = (await OpenApi.GetAsync(service)).Root["paths"]!["/v1/screenings"]!["post"]!["requestBody"]!["content"]!["application/json"]!["examples"]!.AsObject();
        string[] sentences = [.. examples.Select(example => (string)example.Value!["summary"]!)];
        Assert.All(sentences, sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
        Assert.Equal(sentences, sentences.Distinct());
    }

    [Fact]
    public async Task Every_question_and_every_code_of_every_protocol_is_described()
    {
        var document = await OpenApi.GetAsync(service);
        foreach (var protocol in Catalog.Families.Select(family => family.Versions[^1].Document))
        {
            var answers = Answers(document, protocol);
            Assert.Equal(protocol.Questions.Select(question => question.Id), answers["properties"]!.AsObject().Select(member => member.Key));
            Assert.Null(answers["required"]);
            Assert.False((bool)answers["additionalProperties"]!);
            foreach (var question in protocol.Questions)
            {
                var description = (string)answers["properties"]![question.Id]!["description"]!;
                Assert.StartsWith(question.Text.En, description, StringComparison.Ordinal);
                Assert.Contains(question.Optional ? "Optional." : question.NeededWhen is { } when ? $"Needed when `{when.Question}` is " : "Always needed.", description, StringComparison.Ordinal);
                Assert.All(question.Codes.Concat((question as EventsQuestion)?.Kind.Options ?? []), option =>
                    Assert.Contains($"\n* `{option.Code}`: {option.Label.En}", description, StringComparison.Ordinal));
            }

            var areas = document.Schema((string)document.Schema("AppointmentRequest")!["properties"]!["areas"]!["items"]!["$ref"]!)!;
            Assert.Equal(protocol.TreatmentAreas.Options.Select(option => option.Code), areas["enum"]!.AsArray().Select(code => (string)code!));
        }
    }

    [Fact]
    public async Task The_schema_allows_what_the_reader_reads_and_nothing_else()
    {
        var document = await OpenApi.GetAsync(service);
        foreach (var protocol in Catalog.Families.Select(family => family.Versions[^1].Document))
        {
            foreach (var (question, schema) in Answers(document, protocol)["properties"]!.AsObject())
            {
                foreach (var answer in Candidates(protocol))
                {
                    Assert.True(Allows(document, schema!, answer) == Reads(protocol, question, answer), $"{question}: {answer?.ToJsonString() ?? "null"}");
                }
            }
        }
    }

    /// <summary>Values of every kind that some question takes, and their neighbours.</summary>
    private static IEnumerable<JsonNode?> Candidates(ProtocolDocument protocol)
    {
        string[] codes = [.. protocol.Questions.SelectMany(question => question.Codes.Concat((question as EventsQuestion)?.Kind.Options ?? [])).Select(option => option.Code).Distinct(), "Yes", "no-such-code", ""];
        string[] dates = ["2026-05-28", "2026-05", "2026", "unknown", "2026-5-28", "28.05.2026", "2026-05-28T10:00:00", " 2026"];
        IEnumerable<JsonNode?> single = codes.Concat(dates).Select(text => (JsonNode?)JsonValue.Create(text)).Concat([null, JsonValue.Create(1), JsonValue.Create(true), new JsonObject(), new JsonArray()]);
        IEnumerable<JsonNode> lists = codes.Select(code => new JsonArray(code)).Append(new JsonArray(codes[0], codes[0]));
        var events = from question in protocol.Questions.OfType<EventsQuestion>()
                     from kind in question.Kind.Options.Select(option => option.Code).Append("no-such-kind")
                     from date in dates
                     select new JsonObject { [question.Kind.Id] = kind, [question.Date.Id] = date };
        var malformed = from one in events.Take(1)
                        from member in one.Select(m => m.Key).Append("more")
                        select Changed(one, member);
        return single.Concat(lists).Concat(events.Concat(malformed).Select(one => new JsonArray(one.DeepClone())));
    }

    private static JsonObject Changed(JsonObject one, string member)
    {
        var changed = one.DeepClone().AsObject();
        if (!changed.Remove(member))
        {
            changed[member] = "x";
        }

        return changed;
    }

    /// <summary>Whether a schema allows a value, by the keywords that the document uses for answers; any other keyword fails.</summary>
    private static bool Allows(OpenApi document, JsonNode schema, JsonNode? value) => schema.AsObject().All(keyword => (keyword.Key, keyword.Value!) switch
    {
        ("description", _) => true,
        ("$ref", var reference) => Allows(document, document.Schema((string)reference!)!, value),
        ("type", var type) => (string)type! == value?.GetValueKind().ToString().ToLowerInvariant(),
        ("enum", var codes) => codes.AsArray().Any(code => JsonNode.DeepEquals(code, value)),
        ("pattern", var pattern) => value is not JsonValue text || Regex.IsMatch(text.ToString(), (string)pattern!, RegexOptions.NonBacktracking),
        ("maxLength", var most) => value is not JsonValue text || text.ToString().Length <= (int)most,
        ("maxItems", var most) => value is not JsonArray list || list.Count <= (int)most,
        ("items", var items) => value is not JsonArray list || list.All(item => Allows(document, items, item)),
        ("uniqueItems", _) => value is not JsonArray list || list.Select(item => item?.ToJsonString()).Distinct().Count() == list.Count,
        ("oneOf", var kinds) => kinds.AsArray().Count(kind => Allows(document, kind!, value)) == 1,
        ("properties", var members) => value is not JsonObject given || given.All(member => members[member.Key] is not { } known || Allows(document, known, member.Value)),
        ("required", var names) => value is not JsonObject given || names.AsArray().All(name => given.ContainsKey((string)name!)),
        ("additionalProperties", _) => value is not JsonObject given || given.All(member => schema["properties"]![member.Key] is not null),
        var (name, _) => throw new NotSupportedException(name),
    });

    /// <summary>Whether the reader takes the answer; that it contradicts another is not a matter of its own form.</summary>
    private bool Reads(ProtocolDocument protocol, string question, JsonNode? answer)
    {
        var errors = new InputErrors();
        var request = new JsonObject
        {
            ["protocol"] = protocol.Id + "@" + protocol.Version,
            ["appointment"] = new JsonObject { ["timeZone"] = "America/New_York" },
            ["answers"] = new JsonObject { [question] = answer?.DeepClone() },
        };
        Reader.Read(Encoding.UTF8.GetBytes(request.ToJsonString()), ServiceFixture.Now, errors);
        return errors.All.All(error => error.Code == ErrorCode.ContradictoryAnswers);
    }

    private string Screen(JsonNode request, Instant now)
    {
        var errors = new InputErrors();
        return Reader.Read(Encoding.UTF8.GetBytes(request.ToJsonString()), now, errors) is { } read
            ? WireName.Of(Screener.Screen(read.Intake, read.Appointment, read.Today).Eligibility)
            : errors.All[0].Code.Code;
    }

    /// <summary>What a name begins with.</summary>
    private static string Outcome(string name) => Names.Last(outcome => name.StartsWith(outcome, StringComparison.Ordinal) && (outcome == "bad-request" || !outcome.Contains('-', StringComparison.Ordinal)));

    private async Task<List<KeyValuePair<string, JsonNode>>> ExamplesAsync() =>
        [.. OpenApi.Examples((await OpenApi.GetAsync(service)).Root["paths"]!["/v1/screenings"]!["post"]!["requestBody"]!["content"]!["application/json"]!)];

    private static JsonNode Answers(OpenApi document, ProtocolDocument protocol) =>
        document.Schema(string.Concat(protocol.Id.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..])) + "Answers")!;
}
