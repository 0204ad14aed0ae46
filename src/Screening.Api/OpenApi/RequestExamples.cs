using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Screening.Rules;

namespace Screening.Api.OpenApi;

/// <summary>
/// A request for each thing that a screening can come to, made from a protocol's own worked examples. Each names its dates and its as-of
/// instant, so that it gives the same decision whenever somebody sends it.
/// </summary>
internal sealed class RequestExamples
{
    /// <summary>The name of the example that is refused.</summary>
    public const string Refused = "bad-request";

    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/New_York"];

    /// <summary>The name of the example of a batch.</summary>
    public const string Batch = "two-lines";

    /// <summary>A sentence on it.</summary>
    public const string BatchSummary = "Two lines. The first is eligible; a question of the second is misspelt.";

    // What the example's own rule does: with it, the example shows its status by itself.
    private static readonly (Eligibility Eligibility, Effect? Effect)[] Wanted =
    [
        (Eligibility.Eligible, null),
        (Eligibility.Deferred, Effect.Defer),
        (Eligibility.Conditional, Effect.Require),
        (Eligibility.Review, Effect.Review),
        (Eligibility.Incomplete, null),
        (Eligibility.Ineligible, Effect.Exclude),
    ];

    private readonly ScreeningRequestReader reader;

    public RequestExamples(ProtocolCatalog catalog, ScreeningRequestReader reader)
    {
        this.reader = reader;
        foreach (var (eligibility, effect) in Wanted)
        {
            // A protocol need not be able to come to every status; the first that is, shows it.
            var (family, example) = catalog.Families.Select(family => (family, Pick(family, eligibility, effect))).FirstOrDefault(found => found.Item2 is not null);
            if (example is not null)
            {
                var name = WireName.Of(eligibility);
                All.Add((name, char.ToUpperInvariant(name[0]) + name[1..] + ". " + example.Name, Request(family, name, example)));
            }
        }

        All.Add((Refused, "Refused with 422. The id of a question is misspelt, and nothing is skipped silently.", Misspelt(All[0].Request)));
    }

    /// <summary>The examples by name, in the order of <see cref="Wanted"/>; each with a sentence on it.</summary>
    public List<(string Name, string Summary, JsonObject Request)> All { get; } = [];

    /// <summary>A batch of the first example and the one that is refused.</summary>
    public string BatchLines => All[0].Request.ToJsonString() + "\n" + All[^1].Request.ToJsonString() + "\n";

    /// <summary>What the service reads of a request; null when it refuses it.</summary>
    public ScreeningRequest? Read(JsonObject request, InputErrors errors) =>
        reader.Read(Encoding.UTF8.GetBytes(request.ToJsonString()), Instant.FromUnixTimeSeconds(0), errors);

    /// <summary>The plainest worked example of a status: one that is decided by its own rule, and by a rule that is easy to follow.</summary>
    private static Example? Pick(ProtocolFamily family, Eligibility eligibility, Effect? effect) => (
        from rule in family.Versions[^1].Document.Rules
        from example in rule.Examples
        where example.Expect.Eligibility == eligibility && (effect is null || (example.Expect.Effect == effect && example.Expect.Outcome == Outcome.Triggered))
        orderby Effort(rule.Condition, family.Versions[^1].Document, example)
        select example).FirstOrDefault();

    /// <summary>Easiest to follow is a rule that hangs on its question alone; of others, one that looks at the fewest of its codes.</summary>
    private static int Effort(Condition condition, ProtocolDocument document, Example example) => example.Expect.Eligibility switch
    {
        Eligibility.Eligible => example.Answers is null && example.Without is null ? 0 : 1,
        Eligibility.Incomplete => example.Answers is null ? 0 : 1,
        _ => condition.FurtherQuestions(document).Any() ? condition.LooksAt(document).Count() : 0,
    };

    private static JsonObject Request(ProtocolFamily family, string name, Example example)
    {
        var protocol = family.Versions[^1];
        var baseline = protocol.Document.Baseline;
        var today = example.AsOf ?? baseline.AsOf;
        var appointment = new JsonObject
        {
            ["timeZone"] = Zone.Id,
            ["start"] = LocalDateTimePattern.GeneralIso.Format((example.Date ?? baseline.Date).At(new LocalTime(10, 30))),
        };
        if (example.Without?.Contains(protocol.Areas.Id) != true)
        {
            appointment["areas"] = new JsonArray([.. (example.Areas ?? baseline.Areas).Select(area => JsonValue.Create(area))]);
        }

        return new JsonObject
        {
            ["protocol"] = family.InForce(today) == protocol ? protocol.Id : protocol.Id + "@" + protocol.Document.Version,
            ["appointment"] = appointment,
            ["asOf"] = InstantPattern.General.Format(Zone.Noon(today).ToInstant()),
            ["reference"] = "example-" + name,
            ["answers"] = JsonNode.Parse(ExampleAnswers.Merge(baseline, example.Answers, example.Without)),
        };
    }

    /// <summary>The same request with a letter missing in the id of its first question.</summary>
    private static JsonObject Misspelt(JsonObject request)
    {
        var misspelt = request.DeepClone().AsObject();
        misspelt["reference"] = "example-" + Refused;
        var answers = misspelt["answers"]!.AsObject();
        var (question, answer) = answers.First();
        answers.RemoveAt(0);
        answers.Insert(0, question.Remove(question.Length * 2 / 3, 1), answer);
        return misspelt;
    }
}
