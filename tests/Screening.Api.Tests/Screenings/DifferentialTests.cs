using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Api.Tests.Reference;
using Screening.Rules;

namespace Screening.Api.Tests.Screenings;

/// <summary>
/// The service against a second, naive reading of the contract that shares no code with it: from a request's bytes to the decision's
/// bytes, over generated requests.
/// </summary>
public sealed class DifferentialTests(ServiceFixture service)
{
    private static readonly int Requests = GeneratedRun.Count(20_000, 100_000);
    private static readonly int Malformed = GeneratedRun.Count(5000, 20_000);

    [Fact]
    public void Generated_requests_are_decided_alike()
    {
        var statuses = Compare(Requests, 8, RequestGenerator.Next);

        // A generator that has stopped to reach something would make this test blind.
        foreach (var eligibility in Enum.GetValues<Eligibility>())
        {
            Assert.True(statuses.GetValueOrDefault(WireName.Of(eligibility)) > Requests / 20, WireName.Of(eligibility));
        }

        Assert.True(statuses.GetValueOrDefault("422") > Requests / 20);
    }

    [Fact]
    public void Generated_malformed_requests_are_refused_alike()
    {
        var statuses = Compare(Malformed, 9, RequestGenerator.NextMalformed);
        Assert.True(statuses.GetValueOrDefault("400") > Malformed / 2);
        Assert.True(statuses.GetValueOrDefault("422") > Malformed / 20);
    }

    private ConcurrentDictionary<string, int> Compare(int count, int stream, Func<Random, JsonObject> generate)
    {
        var reader = service.Services.GetRequiredService<ScreeningRequestReader>();
        var statuses = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var differences = new ConcurrentQueue<string>();
        const int Batches = 100;
        var seed = GeneratedRun.Random(stream).Next(int.MaxValue - Batches);
        Parallel.For(0, Batches, batch =>
        {
            var random = new Random(seed + batch);
            for (var i = 0; i < count / Batches && differences.IsEmpty; i++)
            {
                var request = generate(random);
                var naive = NaiveScreening.Screen(request);
                var (status, answer) = Screen(reader, Encoding.UTF8.GetBytes(request.ToJsonString()));
                statuses.AddOrUpdate(status == 200 ? (string)answer["eligibility"]! : status.ToString(System.Globalization.CultureInfo.InvariantCulture), 1, (_, n) => n + 1);
                if (Difference(naive, status, answer) is { } difference)
                {
                    differences.Enqueue($"{difference}\n{request.ToJsonString()}\n{answer.ToJsonString()}");
                }
            }
        });
        GeneratedRun.Show(statuses.Select(one => (one.Key, one.Value)));
        Assert.True(differences.IsEmpty, differences.FirstOrDefault());
        return statuses;
    }

    private static (int Status, JsonObject Answer) Screen(ScreeningRequestReader reader, byte[] body)
    {
        var errors = new InputErrors();
        var request = reader.Read(body, ServiceFixture.Now, errors);
        if (request is null)
        {
            var pointers = new JsonArray([.. errors.All.Select(e => JsonValue.Create(e.Place))]);
            return (errors.AnyOfShape ? 400 : 422, new JsonObject { ["pointers"] = pointers });
        }

        using var output = new Utf8Output(64);
        DecisionWriter.Write(output, Guid.Empty, request, Screener.Screen(request.Intake, request.Appointment, request.Today), Language.English);
        return (200, (JsonObject)JsonNode.Parse(output.Written.Span)!);
    }

    private static string? Difference(NaiveAnswer naive, int status, JsonObject answer)
    {
        if (naive.Status != status)
        {
            return $"status: {naive.Status} at {string.Join(' ', naive.ErrorPointers)}";
        }

        if (status != 200)
        {
            var pointers = new SortedSet<string>(((JsonArray)answer["pointers"]!).Select(p => (string)p!), StringComparer.Ordinal);
            return pointers.SetEquals(naive.ErrorPointers) ? null : $"pointers: {string.Join(' ', naive.ErrorPointers)}";
        }

        foreach (var (member, expected) in naive.Decision!)
        {
            if (!JsonNode.DeepEquals(expected, AsNaive(member, answer)))
            {
                return $"{member}: {expected?.ToJsonString()}";
            }
        }

        return null;
    }

    /// <summary>A member of the answer, reduced to what the naive reading tells of it.</summary>
    private static JsonNode? AsNaive(string member, JsonObject answer) => member switch
    {
        "waitingPeriods" => Each(answer[member]!, wait => new JsonObject
        {
            ["ruleId"] = wait["ruleId"]!.DeepClone(),
            ["blockedFrom"] = wait["blockedFrom"]?.DeepClone(),
            ["blockedThrough"] = wait["blockedThrough"]!.DeepClone(),
            ["clearsOn"] = wait["clearsOn"]!.DeepClone(),
            ["status"] = wait["status"]!.DeepClone(),
            ["assumedDate"] = wait["event"]!["assumedDate"]!.DeepClone(),
        }),
        "reasons" => Each(answer[member]!, reason => new JsonObject
        {
            ["ruleId"] = reason["ruleId"]!.DeepClone(),
            ["outcome"] = reason["outcome"]!.DeepClone(),
            ["effect"] = reason["effect"]!.DeepClone(),
            ["binding"] = reason["binding"]!.DeepClone(),
            ["persistence"] = reason["persistence"]!.DeepClone(),
            ["line"] = reason["source"]!["line"]!.DeepClone(),
        }),
        "missing" => Each(answer[member]!, missing => missing["pointer"]!.DeepClone()),
        "appointment" => new JsonObject { ["start"] = answer[member]!["start"]?.DeepClone(), ["date"] = answer[member]!["date"]!.DeepClone() },
        _ => answer[member],
    };

    private static JsonArray Each(JsonNode list, Func<JsonObject, JsonNode> select) => new([.. ((JsonArray)list).Select(entry => select((JsonObject)entry!))]);
}
