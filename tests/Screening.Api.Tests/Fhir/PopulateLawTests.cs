using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NodaTime.Text;
using Screening.Api.Tests.Records;
using Screening.Api.Tests.Reference;
using Screening.Api.Tests.Screenings;
using static Screening.Api.Tests.Fhir.PopulateCalls;

namespace Screening.Api.Tests.Fhir;

/// <summary>
/// A form that was filled in from a record and is submitted unchanged is never better than the record alone, and says nothing that the person
/// did not confirm. Once confirmed, it is like a request with these answers.
/// </summary>
public sealed class PopulateLawTests(TimedService service) : IClassFixture<TimedService>
{
    [Fact]
    public async Task Of_generated_records()
    {
        service.Clock.Reset(ServiceFixture.Now);
        var (count, seed) = (GeneratedRun.Count(200, 5_000), GeneratedRun.Seed);
        var seen = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        void Count(string what) => seen.AddOrUpdate(what, 1, (_, n) => n + 1);
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) =>
        {
            try
            {
                await CheckAsync(new Random(seed + i), Count);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw new InvalidOperationException($"SCREENING_SEED={seed + i} with one record repeats this", e);
            }
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"SCREENING_SEED={seed}");
        GeneratedRun.Show(seen.Select(one => (one.Key, one.Value)));

        // A generator that has stopped to raise things would make this test blind.
        Assert.True(seen["filled in"] > count / 4);
        Assert.True(seen["ineligible"] > count / 20);
        Assert.True(seen["incomplete"] > count / 20);
        Assert.True(seen["confirmed"] > count / 3);
        Assert.True(seen.GetValueOrDefault("blocked") > 0);
        Assert.True(seen.GetValueOrDefault("bookable") > 0);
        Assert.All((string[])["ineligible", "review"], one => Assert.True(seen.GetValueOrDefault("confirmed: " + one) > 0, one));
    }

    private async Task CheckAsync(Random random, Action<string> count)
    {
        var record = RecordGenerator.Next(random);
        var start = LocalDatePattern.Iso.Format(NaiveRecord.Today.PlusDays(random.Next(0, 40))) + "T10:00:00+12:00";
        var (form, issues) = await service.PopulateAsync(Parameters(TimedService.Zone, Record(record)));
        var questions = FilledIn(form).Select(QuestionOf).Distinct().ToList();

        // What the record tells nothing of has a harmless answer, so that the rest decides.
        var told = questions.Concat(QuestionsOf(issues)).ToHashSet(StringComparer.Ordinal);
        var rest = Requests.NothingToReport();
        foreach (var question in told)
        {
            rest.With(question, null);
        }

        JsonArray harmless = [];
        _ = Doors.Parameters(rest, one => harmless = one["item"]!.DeepClone().AsArray(), null);
        var alone = await DecideAsync(Form(harmless.DeepClone().AsArray()), start, record);
        Assert.Equal(FilledIn(form) is { Count: > 0 } filledIn ? [.. filledIn, FormMarks.Confirmed] : [], Listed(form));
        count(questions.Count > 0 ? "filled in" : "left open");
        count(alone.Eligibility);

        var submitted = form.DeepClone().AsObject();
        submitted["status"] = "completed";
        var items = (submitted["item"] ??= new JsonArray()).AsArray();
        foreach (var item in harmless)
        {
            items.Add(item!.DeepClone());
        }

        foreach (var one in (JsonObject[])[submitted, submitted.WithoutExtensions()])
        {
            foreach (var with in (List<JsonObject>?[])[null, record])
            {
                var decided = await DecideAsync(one, start, with);
                Assert.True(Rank(decided.Eligibility) <= Rank(alone.Eligibility), $"{alone.Eligibility} alone, {decided.Eligibility} submitted");
                Assert.True(string.CompareOrdinal(decided.NotBefore, alone.NotBefore) >= 0 || with is null, $"{alone.NotBefore} alone, {decided.NotBefore} submitted");
                Assert.False(decided.Bookable && told.Count > 0);
                count(decided.Bookable ? "bookable" : "not bookable");
                Assert.Empty(questions.Except(decided.Missing));
                Assert.All(NaiveProtocol.Sets.Select(set => set.Question).Distinct(), question => Assert.Equal(0, FilledInEvidence.Of(decided.Bundle, question).OfPerson));
                count(with is null && decided.NotBefore == alone.NotBefore && string.CompareOrdinal(decided.NotBefore, start[..10]) > 0 ? "blocked" : "not blocked");
            }
        }

        if (RestOf(form) is { } answers)
        {
            foreach (var (question, answer) in rest["answers"]!.AsObject())
            {
                answers.TryAdd(question, answer!.DeepClone());
            }

            count("confirmed: " + await ConfirmAsync(submitted, answers, start));
            count("confirmed");
        }
    }

    /// <summary>Confirmed, with and without the extensions, it is what REST decides on the same answers.</summary>
    private async Task<string> ConfirmAsync(JsonObject submitted, JsonObject answers, string start)
    {
        var (status, rest) = await service.ScreenAsync(new JsonObject
        {
            ["protocol"] = "sublative-rf",
            ["appointment"] = new JsonObject { ["timeZone"] = TimedService.Zone, ["start"] = start, ["end"] = EndOf(start), ["areas"] = new JsonArray("face") },
            ["asOf"] = InstantPattern.ExtendedIso.Format(ServiceFixture.Now),
            ["answers"] = answers,
        });
        foreach (var one in (JsonObject[])[submitted, submitted.WithoutExtensions()])
        {
            var confirmed = one.DeepClone().AsObject();
            (confirmed["item"] ??= new JsonArray()).AsArray();
            var (screened, bundle) = await service.FhirScreenAsync(ScreenParameters(confirmed.Confirm(), start, null));
            Assert.True(status == screened, $"{rest.ToJsonString()}\n{bundle.ToJsonString()}");
            if (status == 200)
            {
                FhirDecision.AssertSame(FhirDecision.Of(bundle), FhirDecision.OfRest(rest));
            }
        }

        return status == 200 ? (string)rest["eligibility"]! : "refused";
    }

    /// <summary>The questions that the record tells something of, filled in or left open.</summary>
    private static IEnumerable<string> QuestionsOf(JsonObject issues) => issues["issue"]!.AsArray()
        .Select(issue => issue!["details"]!["coding"]).OfType<JsonArray>().Where(codings => codings.Count == 2).Select(codings => (string)codings[1]!["code"]!);

    /// <summary>The answers of a form as REST takes them; null where a part is left open.</summary>
    private static JsonObject? RestOf(JsonObject form)
    {
        var answers = new JsonObject();
        foreach (var item in (form["item"]?.AsArray() ?? []).Select(item => item!.AsObject()))
        {
            var linkId = (string)item["linkId"]!;
            switch (linkId)
            {
                case FormMarks.List or "injections.any":
                    break;
                case "injections":
                    if (item.AnswersOf("injections.date").FirstOrDefault() is not { } date)
                    {
                        return null;
                    }

                    (answers["injections"] ??= new JsonArray()).AsArray().Add(new JsonObject
                    {
                        ["product"] = item.AnswersOf("injections.product").Single()["valueCoding"]!["code"]!.DeepClone(),
                        ["date"] = Text(date),
                    });
                    break;
                case "electronicImplants" or "metalPlates" or "skinConditions":
                    answers[linkId] = new JsonArray([.. item["answer"]!.AsArray().Select(answer => Text(answer!.AsObject()))]);
                    break;
                default:
                    answers[linkId] = Text(item["answer"]!.AsArray().Single()!.AsObject());
                    break;
            }
        }

        return answers;

        static JsonNode Text(JsonObject answer) => (answer["valueCoding"]?["code"] ?? answer["valueDate"] ?? answer["valueString"])!.DeepClone();
    }

    private async Task<Decided> DecideAsync(JsonObject form, string start, List<JsonObject>? record)
    {
        var (status, bundle) = await service.FhirScreenAsync(ScreenParameters(form, start, record));
        Assert.True(status == 200, bundle.ToJsonString());
        var decision = FhirDecision.Of(bundle);
        return new Decided(
            (string)decision["eligibility"]!,
            (bool)decision["bookable"]!,
            (string)decision["notBefore"]!,
            [.. decision["missing"]!.AsArray().Select(one => (string)one!["question"]!)],
            bundle);
    }

    private static JsonObject ScreenParameters(JsonObject form, string start, List<JsonObject>? record)
    {
        var parameters = new JsonArray(
            new JsonObject { ["name"] = "questionnaireResponse", ["resource"] = form.DeepClone() },
            new JsonObject
            {
                ["name"] = "appointment",
                ["resource"] = new JsonObject
                {
                    ["resourceType"] = "Appointment",
                    ["status"] = "booked",
                    ["start"] = start,
                    ["end"] = EndOf(start),
                    ["participant"] = new JsonArray(new JsonObject { ["status"] = "accepted", ["actor"] = new JsonObject { ["reference"] = "Patient/42" } }),
                },
            },
            new JsonObject { ["name"] = "timeZone", ["valueString"] = TimedService.Zone },
            new JsonObject { ["name"] = "asOf", ["valueInstant"] = InstantPattern.ExtendedIso.Format(ServiceFixture.Now) });
        if (record is not null)
        {
            parameters.Add(Record(record));
        }

        return new JsonObject { ["resourceType"] = "Parameters", ["parameter"] = parameters };
    }

    private static JsonObject Form(JsonArray items)
    {
        var form = new JsonObject { ["resourceType"] = "QuestionnaireResponse", ["status"] = "completed", ["subject"] = new JsonObject { ["reference"] = "Patient/42" } };
        if (items.Count > 0)
        {
            form["item"] = items;
        }

        return form;
    }

    private static string EndOf(string start) => start.Replace("T10", "T11", StringComparison.Ordinal);

    private static string QuestionOf(string linkId) => linkId.Split('.')[0];

    private static int Rank(string eligibility) => Array.IndexOf(NaiveRecord.Eligibilities, eligibility);

    private sealed record Decided(string Eligibility, bool Bookable, string NotBefore, IReadOnlyList<string> Missing, JsonObject Bundle);
}
