using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Screening.Rules;

namespace Screening.Api.OpenApi;

/// <summary>
/// An example request for each outcome of a screening, derived from a protocol's own worked examples. A name begins with its outcome. Each
/// states its dates and its as-of instant, so that it gives the same decision whenever it is sent; the one of today has neither.
/// </summary>
internal sealed class RequestExamples
{
    /// <summary>The name of the rejected example.</summary>
    public const string Rejected = "bad-request";

    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/New_York"];

    /// <summary>The name of the batch example.</summary>
    public const string Batch = "eligible-deferred-bad-request";

    /// <summary>A one-sentence summary of the batch example.</summary>
    public const string BatchSummary = "Three lines: one that is eligible, one that is deferred, and one that is refused.";

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

        AddWithSlots();
        AddWithClearance();
        All.Add((Rejected, "Refused with 422. The appointment is before the as-of date.", Past(All[0].Request)));
    }

    /// <summary>The first example, asked for today: without an as-of instant and without a start, which a care plan would need.</summary>
    public (string Name, string Summary, JsonObject Request) Today => (
        All[0].Name + "-today",
        "Could they be treated today? Without `asOf` and without a start: it can be sent on any day.",
        Changed(All[0].Request, All[0].Name + "-today", request =>
        {
            request.Remove("asOf");
            request["appointment"]!.AsObject().Remove("start");
        }));

    /// <summary>The examples by name, in the order of <see cref="Outcomes"/>, each with a one-sentence summary.</summary>
    public List<(string Name, string Summary, JsonObject Request)> All { get; } = [];

    /// <summary>A batch of three examples, the rejected one last.</summary>
    public string BatchLines => All[0].Request.ToJsonString() + "\n" + All[1].Request.ToJsonString() + "\n" + All[^1].Request.ToJsonString() + "\n";

    /// <summary>Reads a request; null when the service rejects it.</summary>
    public ScreeningRequest? Read(JsonObject request, InputErrors errors, ReadingOptions options = default) =>
        reader.Read(Encoding.UTF8.GetBytes(request.ToJsonString()), Instant.FromUnixTimeSeconds(0), errors, options);

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

    /// <summary>
    /// The example with candidate starts, and with one more a year before the first; no request when no protocol can defer.
    /// </summary>
    public (string Name, JsonObject? Request) WithPastSlot()
    {
        var (name, _, request) = All.Find(example => example.Request.ContainsKey("slots"));
        var past = request?.DeepClone().AsObject();
        past?["slots"]!.AsArray().Insert(1, LocalDateTimePattern.GeneralIso.Format(
            LocalDateTimePattern.GeneralIso.Parse((string)past["slots"]![0]!).Value.PlusYears(-1)));
        return (name, past);
    }

    /// <summary>The deferred example with two candidate starts: its own, and one some weeks later.</summary>
    private void AddWithSlots()
    {
        if (All.Find(example => example.Name == WireName.Of(Eligibility.Deferred)) is { Request: { } deferred } && Read(deferred, new InputErrors()) is { } read)
        {
            var start = read.Appointment.Start!.Value.LocalDateTime;
            var name = WireName.Of(Eligibility.Deferred) + "-with-slots";
            All.Add((name, "Deferred. Two candidate starts have a status each.", Changed(deferred, name, request =>
                request["slots"] = new JsonArray(LocalDateTimePattern.GeneralIso.Format(start), LocalDateTimePattern.GeneralIso.Format(start.PlusWeeks(6))))));
        }
    }

    /// <summary>The example of a review, cleared by a clinician; its name begins with what then comes out.</summary>
    private void AddWithClearance()
    {
        if (All.Find(example => example.Name == WireName.Of(Eligibility.Review)) is { Request: { } review } && Read(review, new InputErrors()) is { } read)
        {
            var decision = Screener.Screen(read.Intake, read.Appointment, read.Today);
            var rules = decision.Reasons.Where(rule => decision.IsBinding(rule)).Select(rule => read.Intake.Protocol.Document.Rules[rule].Id);
            var cleared = Changed(review, "cleared", request => request["clearances"] = new JsonArray([.. rules.Select(rule => new JsonObject
            {
                ["ruleId"] = rule,
                ["by"] = "Dr. Ada Park",
                ["on"] = PartialDate.Of(read.Today).ToString(),
            })]));
            var after = Read(cleared, new InputErrors())!;
            var eligibility = WireName.Of(Screener.Screen(after.Intake, after.Appointment, after.Today).Eligibility);
            cleared["reference"] = "example-" + eligibility + "-with-clearance";
            All.Add((eligibility + "-with-clearance", char.ToUpperInvariant(eligibility[0]) + eligibility[1..] + ". A named clinician has cleared what was to be reviewed.", cleared));
        }
    }

    /// <summary>Returns the request as of the day after its appointment.</summary>
    private JsonObject Past(JsonObject request)
    {
        var day = Read(request, new InputErrors())!.Appointment.Start!.Value.Date;
        return Changed(request, Rejected, past => past["asOf"] = InstantPattern.General.Format(Zone.Noon(day.PlusDays(1)).ToInstant()));
    }

    private static JsonObject Changed(JsonObject request, string name, Action<JsonObject> change)
    {
        var changed = request.DeepClone().AsObject();
        changed["reference"] = "example-" + name;
        change(changed);
        return changed;
    }
}
