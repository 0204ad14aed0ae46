using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Fhir;

/// <summary>The decision in a bundle, put back into the form that <c>POST /v1/screenings</c> answers in, as far as both have it.</summary>
internal static class FhirDecision
{
    private static readonly (string Parameter, string Member)[] Repeating =
        [("window", "windows"), ("waitingPeriod", "waitingPeriods"), ("requirement", "requirements"), ("reason", "reasons"), ("missing", "missing"), ("trace", "trace"), ("slot", "slots")];

    /// <summary>From FHIR.</summary>
    public static JsonObject Of(JsonObject bundle)
    {
        var guidance = Assert.Single(bundle.Resources("GuidanceResponse"));
        Assert.Equal("#" + (string)guidance["contained"]![0]!["id"]!, (string)guidance["outputParameters"]!["reference"]!);
        var parameters = guidance["contained"]![0]!["parameter"]!.AsArray().Select(parameter => parameter!.AsObject()).ToList();
        var decision = new JsonObject();
        foreach (var (name, member) in Repeating)
        {
            decision[member] = new JsonArray([.. parameters.Where(parameter => (string)parameter["name"]! == name).Select(Value)]);
        }

        foreach (var parameter in parameters.Where(parameter => Repeating.All(list => list.Parameter != (string)parameter["name"]!)))
        {
            decision[(string)parameter["name"]!] = Value(parameter);
        }

        // The messages are the detected issues'.
        var issues = bundle.Resources("DetectedIssue");
        Assert.Equal(decision["reasons"]!.AsArray().Select(reason => (string)reason!["ruleId"]!), issues.Select(issue => (string)issue["code"]!["coding"]![0]!["code"]!));
        foreach (var (reason, issue) in decision["reasons"]!.AsArray().Zip(issues))
        {
            reason!["message"] = issue["detail"]!.DeepClone();
            reason["patientMessage"] = issue["extension"]![0]!["extension"]!.AsArray().Single(part => (string)part!["url"]! == "patientMessage")!["valueString"]!.DeepClone();
        }

        return decision;
    }

    /// <summary>From the answer to a screening request.</summary>
    public static JsonObject OfRest(JsonObject answer)
    {
        var decision = answer.DeepClone().AsObject();
        foreach (var wait in decision["waitingPeriods"]!.AsArray().Select(wait => wait!.AsObject()))
        {
            var of = wait["event"]!.AsObject();
            wait.Remove("event");
            foreach (var member in (string[])["question", "index", "assumedDate"])
            {
                if (of[member] is { } value)
                {
                    wait[member] = value.DeepClone();
                }
            }
        }

        foreach (var reason in decision["reasons"]!.AsArray().Select(reason => reason!.AsObject()))
        {
            reason["line"] = reason["source"]!["line"]!.DeepClone();
            reason.Remove("source");
            reason.Remove("evidence");
        }

        foreach (var missing in decision["missing"]!.AsArray().Select(missing => missing!.AsObject()))
        {
            missing.Remove("pointer");
            missing.Remove("text");
        }

        decision["appointment"]!.AsObject().Remove("areas");
        Prune(decision);
        return decision;
    }

    /// <summary>What must be the same of two decisions: all but the decision's own id.</summary>
    public static void AssertSame(JsonObject one, JsonObject other)
    {
        one.Remove("decisionId");
        other.Remove("decisionId");
        Assert.Equal(Sorted(other).ToJsonString(), Sorted(one).ToJsonString());
    }

    private static JsonNode Value(JsonObject parameter) => parameter["part"] is JsonArray parts
        ? new JsonObject(parts.Select(part => KeyValuePair.Create((string)part!["name"]!, (JsonNode?)Value(part.AsObject()))))
        : parameter.Single(member => member.Key.StartsWith("value", StringComparison.Ordinal)).Value!.DeepClone();

    /// <summary>FHIR has no null.</summary>
    private static void Prune(JsonNode node)
    {
        foreach (var member in (node as JsonObject ?? []).Where(member => member.Value is null).Select(member => member.Key).ToList())
        {
            node.AsObject().Remove(member);
        }

        foreach (var child in node is JsonObject members ? members.Select(member => member.Value) : node as JsonArray ?? [])
        {
            Prune(child!);
        }
    }

    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Sorted(member.Value!)))),
        JsonArray list => new JsonArray([.. list.Select(element => Sorted(element!))]),
        _ => node.DeepClone(),
    };
}
