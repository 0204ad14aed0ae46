using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NodaTime.Text;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Reference;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Records;

/// <summary>
/// Both doors that read records against a second, naive reading of what a record raises that shares no code with them: from the resources
/// of a call to the status, and to what each entry raised.
/// </summary>
public sealed partial class RecordDifferentialTests(TimedService service, ITestOutputHelper output) : IClassFixture<TimedService>
{
    private const int MostDifferences = 12;

    // What is answered in the test's own language of a difference can be read; letters of others stand as they are.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Generated_records_raise_the_same_at_both_doors_and_in_the_naive_reading()
    {
        service.Clock.Reset(ServiceFixture.Now);
        var run = RecordRun.Next();
        output.WriteLine($"{run.Count} records from seed {run.Seed} on");
        var statuses = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var questions = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var differences = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        await Parallel.ForAsync(0, run.Count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) =>
        {
            if (differences.Count >= MostDifferences)
            {
                return;
            }

            var random = new Random(run.Seed + i);
            var request = Request(random);
            var record = RecordGenerator.Next(random);
            var naive = NaiveRecord.Screen(request, record);
            statuses.AddOrUpdate(naive.Eligibility, 1, (_, n) => n + 1);
            foreach (var raised in naive.Evidence.Select(evidence => $"{evidence.Question} {evidence.Answer}").Distinct())
            {
                questions.AddOrUpdate(raised, 1, (_, n) => n + 1);
            }

            // The kind of a difference stays the same while its record gets smaller; each is shown once.
            if (await DifferenceAsync(request, record) is { } difference && differences.TryAdd(Kind(difference), ""))
            {
                var kind = Kind(difference);
                var small = await RecordReduction.ReduceAsync(
                    record, async smaller => await DifferenceAsync(request, smaller) is { } still && Kind(still) == kind);
                var shown = string.Join('\n', small.Select(resource => resource.ToJsonString(Readable)));
                differences[kind] = $"seed {run.Seed + i}: {await DifferenceAsync(request, small)}\n{shown}\n{Said(request)}";
            }
        });
        output.WriteLine(string.Join(", ", statuses.OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Value}")));
        output.WriteLine(string.Join(", ", questions.OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Value}")));
        Assert.True(differences.IsEmpty, $"from seed {run.Seed} on\n{string.Join("\n\n", differences.Values)}");

        // A generator that has stopped to reach something would make this test blind.
        Assert.All(
            NaiveRecord.Eligibilities,
            eligibility => Assert.True(statuses.GetValueOrDefault(eligibility) > run.Count / 100, eligibility));
        Assert.All(
            NaiveProtocol.Sets.Select(set => set.Question).Distinct(),
            question => Assert.Contains(questions.Keys, raised => raised.StartsWith(question + " ", StringComparison.Ordinal)));
    }

    /// <summary>Most often a person with nothing to report, at a clinic that is booked for one of the next weeks.</summary>
    private static JsonObject Request(Random random)
    {
        while (true)
        {
            var said = random.NextDouble() < 0.75 ? Requests.NothingToReport() : RequestGenerator.Next(random);
            var date = LocalDatePattern.Iso.Format(NaiveRecord.Today.PlusDays(random.Next(0, 40)));
            var request = new JsonObject
            {
                ["protocol"] = "sublative-rf",
                ["appointment"] = new JsonObject { ["timeZone"] = TimedService.Zone, ["start"] = date + "T10:00:00" },
                ["asOf"] = InstantPattern.ExtendedIso.Format(ServiceFixture.Now),
                ["answers"] = said["answers"]?.DeepClone(),
            };
            if (said["appointment"]?["areas"] is { } areas)
            {
                request["appointment"]!["areas"] = areas.DeepClone();
            }

            if (said["answers"] is JsonObject && NaiveScreening.Screen(request).Status == 200 && RestToFhir.Parameters(request) is not null)
            {
                return request;
            }
        }
    }

    /// <summary>What was said, other than that there is nothing to report.</summary>
    private static string Said(JsonObject request)
    {
        var nothing = Requests.NothingToReport()["answers"]!;
        var said = request["answers"]!.AsObject().Where(answer => !JsonNode.DeepEquals(answer.Value, nothing[answer.Key]));
        var answers = said.Select(answer => $"{answer.Key} {answer.Value!.ToJsonString()}");
        return $"on {request["appointment"]!["start"]}, said {string.Join(", ", answers)}";
    }

    /// <summary>A difference without the names of the entries.</summary>
    private static string Kind(string difference) => Name().Replace(difference, "");

    /// <summary>The first thing, after its kind, in which a door and the naive reading differ; null when there is none.</summary>
    private async Task<string?> DifferenceAsync(JsonObject request, List<JsonObject> record)
    {
        var naive = NaiveRecord.Screen(request, record);
        JsonObject card, bundle;
        try
        {
            card = await service.CardAsync(request, record);
            bundle = await service.ScreenedAsync(request, record);
        }
        catch (Xunit.Sdk.XunitException refused)
        {
            // Without the ids and places that differ from one call to the next.
            return $"refused {Trace().Replace(refused.Message, "").Replace(':', ' ')}: by a door";
        }

        if (card["extension"] is null)
        {
            return $"no decision: {card.ToJsonString()}";
        }

        var decision = RecordDoors.DecisionOf(card);
        var expected = naive.Evidence.Select(evidence => new ToldEvidence(evidence.Question, evidence.Answer, evidence.Name));
        return Sets("raised", expected, RecordDoors.ToldByCard(card))
            ?? Values("status", naive.Eligibility, (string)decision["eligibility"]!)
            ?? OfIssues(OfRules(naive, decision), bundle)
            ?? Values("counts", $"{(naive.LookedAt, Matter(naive))}", $"{RecordDoors.Counted(bundle)}")
            ?? Values("unnamed", Number(naive.Unnamed.Count), Number(RecordDoors.Gaps(bundle, "unnamed")))
            ?? Values("dangling", Number(naive.Dangling.Count), Number(RecordDoors.Gaps(bundle, "dangling")))
            ?? Doors(card, bundle)
            ?? Improvement(request, naive, decision);
    }

    /// <summary>The entries that the issues name; a response so large that it counts some names fewer, and never another one.</summary>
    private static string? OfIssues(IEnumerable<ToldEvidence> expected, JsonObject bundle)
    {
        var told = RecordDoors.ToldByIssues(bundle);
        return Sets("evidence of issues", RecordDoors.OnlyCounts(bundle) ? expected.Intersect(told) : expected, told);
    }

    private static int Matter(NaiveRecordAnswer naive) => naive.Evidence.Select(evidence => evidence.Name).Distinct().Count();

    /// <summary>The entries that the rules with a reason look at: those of its answers, and of what is not known.</summary>
    private static IEnumerable<ToldEvidence> OfRules(NaiveRecordAnswer naive, JsonObject decision)
    {
        foreach (var id in decision["reasons"]!.AsArray().Select(reason => (string)reason!["ruleId"]!))
        {
            var condition = NaiveProtocol.Rule(id)["condition"]!;
            foreach (var evidence in naive.Evidence.Where(evidence => evidence.Question == (string)condition["question"]!))
            {
                var looksAt = (string)condition["kind"]! == "treated-area" ? NaiveProtocol.Areas.Contains(evidence.Answer)
                    : condition["anyOf"] is not JsonArray codes || codes.Any(code => (string)code! == evidence.Answer);
                if (evidence.Answer == "unknown" || looksAt)
                {
                    yield return new ToldEvidence(id, evidence.Answer, evidence.Name);
                }
            }
        }
    }

    private static string? Doors(JsonObject card, JsonObject bundle)
    {
        try
        {
            RecordDoors.AssertSame(card, bundle);
            return null;
        }
        catch (Xunit.Sdk.XunitException different)
        {
            return $"doors: {different.Message}";
        }
    }

    /// <summary>Whatever a record holds, the decision is no better than on what was said, and not for an earlier date.</summary>
    private static string? Improvement(JsonObject request, NaiveRecordAnswer naive, JsonObject decision)
    {
        var said = NaiveScreening.Screen(request).Decision!;
        var (eligibility, notBefore) = ((string)decision["eligibility"]!, (string)decision["notBefore"]!);
        var better = Array.IndexOf(NaiveRecord.Eligibilities, eligibility) > Array.IndexOf(NaiveRecord.Eligibilities, naive.Said);
        var earlier = string.CompareOrdinal(notBefore, (string)said["notBefore"]!) < 0;
        return better || earlier ? $"improved: {naive.Said} {said["notBefore"]} to {eligibility} {notBefore}" : null;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Values(string kind, string naive, string told) =>
        naive == told ? null : $"{kind}: naive {naive}, told {told}";

    private static string? Sets(string kind, IEnumerable<ToldEvidence> naive, IEnumerable<ToldEvidence> told)
    {
        var (expected, actual) = (naive.ToHashSet(), told.ToHashSet());
        var (missing, further) = (string.Join(", ", expected.Except(actual)), string.Join(", ", actual.Except(expected)));
        return expected.SetEquals(actual) ? null : $"{kind}: only naive [{missing}], only told [{further}]";
    }

    [GeneratedRegex("[A-Za-z]+/[0-9]+|[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Name();

    [GeneratedRegex("\"valueString\":\"[0-9a-f]+\"|\\[[0-9]+\\]", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Trace();
}
