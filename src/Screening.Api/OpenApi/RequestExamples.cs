using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Screening.Rules;

namespace Screening.Api.OpenApi;

/// <summary>
/// An example request for each outcome of a screening, derived from a protocol's own worked examples. Each states its dates and its as-of
/// instant, so that it gives the same decision whenever it is sent.
/// </summary>
internal sealed class RequestExamples
{
    /// <summary>The name of the rejected example.</summary>
    public const string Rejected = "bad-request";

    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/New_York"];

    /// <summary>The name of the batch example.</summary>
    public const string Batch = "two-lines";

    /// <summary>A one-sentence summary of the batch example.</summary>
    public const string BatchSummary = "Two lines. The first is eligible; a question of the second is misspelt.";

    // The effect of the example's own rule, so that the example shows its status by that rule alone.
    private static readonly (Eligibility Eligibility, Effect? Effect)[] Outcomes =
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
        foreach (var (eligibility, effect) in Outcomes)
        {
            // A protocol may not have every status; use the first protocol that does.
            var (family, example) = catalog.Families.Select(family => (family, Pick(family, eligibility, effect))).FirstOrDefault(found => found.Item2 is not null);
            if (example is not null)
            {
                var name = WireName.Of(eligibility);
                All.Add((name, char.ToUpperInvariant(name[0]) + name[1..] + ". " + example.Name, Request(family, name, example)));
            }
        }

        All.Add((Rejected, "Refused with 422. The id of a question is misspelt, and nothing is skipped silently.", Misspelt(All[0].Request)));
    }

    /// <summary>The examples by name, in the order of <see cref="Outcomes"/>, each with a one-sentence summary.</summary>
    public List<(string Name, string Summary, JsonObject Request)> All { get; } = [];

    /// <summary>A batch of the first example and the rejected one.</summary>
    public string BatchLines => All[0].Request.ToJsonString() + "\n" + All[^1].Request.ToJsonString() + "\n";

    /// <summary>Reads a request; null when the service rejects it.</summary>
    public ScreeningRequest? Read(JsonObject request, InputErrors errors) =>
        reader.Read(Encoding.UTF8.GetBytes(request.ToJsonString()), Instant.FromUnixTimeSeconds(0), errors);

    /// <summary>
    /// Selects the simplest worked example of a status: one decided by its own rule, and by a rule that is easy to follow.
    /// </summary>
    private static Example? Pick(ProtocolFamily family, Eligibility eligibility, Effect? effect) => (
        from rule in family.Versions[^1].Document.Rules
        from example in rule.Examples
        where example.Expect.Eligibility == eligibility && (effect is null || (example.Expect.Effect == effect && example.Expect.Outcome == Outcome.Triggered))
        orderby Complexity(rule.Condition, family.Versions[^1].Document, example)
        select example).FirstOrDefault();

    /// <summary>The easiest rule depends on its question alone; otherwise, on the fewest of its codes.</summary>
    private static int Complexity(Condition condition, ProtocolDocument document, Example example) => example.Expect.Eligibility switch
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

    /// <summary>Returns the request with a letter missing in the id of its first question.</summary>
    private static JsonObject Misspelt(JsonObject request)
    {
        var misspelt = request.DeepClone().AsObject();
        misspelt["reference"] = "example-" + Rejected;
        var answers = misspelt["answers"]!.AsObject();
        var (question, answer) = answers.First();
        answers.RemoveAt(0);
        answers.Insert(0, question.Remove(question.Length * 2 / 3, 1), answer);
        return misspelt;
    }
}
