using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;

namespace Screening.Api.Tests.Records;

/// <summary>What a door says of an entry of the record: the question or the rule, the answer, and the entry's name.</summary>
internal sealed record ToldEvidence(string Of, string Answer, string Name);

/// <summary>A request and a record, through both doors that read records.</summary>
internal static class RecordDoors
{
    private const string Evidence = "urn:screening-api:record";

    private static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        ["Condition"] = "conditions",
        ["AllergyIntolerance"] = "allergies",
        ["MedicationRequest"] = "medicationRequests",
        ["Medication"] = "medicationRequests",
        ["MedicationStatement"] = "medicationStatements",
        ["DeviceUseStatement"] = "deviceUses",
        ["Device"] = "devices",
        ["Procedure"] = "procedures",
        ["Observation"] = "observations",
    };

    /// <summary>The one card of a booking, with the record in its prefetch.</summary>
    public static async Task<JsonObject> CardAsync(this ServiceFixture service, JsonObject request, IReadOnlyList<JsonObject> record) =>
        Assert.Single((await service.PostedAsync(CdsCalls.Book, Booking(request, record), "application/json"))["cards"]!.AsArray())!.AsObject();

    /// <summary>A booking, with the record in its prefetch.</summary>
    public static JsonObject Booking(JsonObject request, IReadOnlyList<JsonObject> record)
    {
        var call = CdsCalls.Booking(request);
        foreach (var resources in record.GroupBy(resource => Keys[(string)resource["resourceType"]!], StringComparer.Ordinal))
        {
            call["prefetch"]![resources.Key] = CdsCalls.Bundle([.. resources.Select(resource => resource.DeepClone())]);
        }

        return call;
    }

    /// <summary>The bundle that <c>$screen</c> answers with, with the record in its parameters.</summary>
    public static async Task<JsonObject> ScreenedAsync(this ServiceFixture service, JsonObject request, IReadOnlyList<JsonObject> record) =>
        await service.PostedAsync(FhirCalls.Screen, Parameters(request, record), FhirCalls.Json);

    /// <summary>The parameters of <c>$screen</c>, with the record among them.</summary>
    public static JsonObject Parameters(JsonObject request, IReadOnlyList<JsonObject> record)
    {
        var parameters = RestToFhir.Parameters(request)!;
        var bundle = CdsCalls.Bundle([.. record.Select(resource => resource.DeepClone())]);
        if (record.Count == 0)
        {
            // FHIR has no empty lists.
            bundle.Remove("entry");
        }

        parameters["parameter"]!.AsArray().Add(new JsonObject { ["name"] = "record", ["resource"] = bundle });
        return parameters;
    }

    /// <summary>The decision of a card.</summary>
    public static JsonObject DecisionOf(JsonObject card)
    {
        var decision = card["extension"]![CdsCalls.Decision]!.DeepClone().AsObject();

        // Only the hook's appointment of these tests has one.
        decision["appointment"]!.AsObject().Remove("end");
        return decision;
    }

    /// <summary>
    /// Asserts that a card's decision is the bundle's. An issue says in its text that the record disagrees; a card says so beside the
    /// decision.
    /// </summary>
    public static void AssertSame(JsonObject card, JsonObject bundle)
    {
        var (one, other) = (FhirDecision.Of(bundle), FhirDecision.OfRest(DecisionOf(card)));

        // The waits stand in the order of the entries, which a call sorts by their types.
        foreach (var decision in (JsonObject[])[one, other])
        {
            var waits = decision["waitingPeriods"]!.AsArray().Select(wait => wait!.DeepClone().AsObject()).ToList();
            foreach (var wait in waits)
            {
                wait.Remove("index");
                wait.Remove("fromRecord");
            }

            decision["waitingPeriods"] = new JsonArray([.. waits
                .OrderBy(
                    wait => $"{wait["ruleId"]} {wait["assumedDate"]} {wait["blockedFrom"]} {wait["blockedThrough"]}",
                    StringComparer.Ordinal)]);
        }

        // What was said and what the record says stand elsewhere in a card.
        one.Remove("record");
        one.Remove("evidence");
        foreach (var reason in one["reasons"]!.AsArray().Concat(other["reasons"]!.AsArray()))
        {
            reason!.AsObject().Remove("message");
        }

        FhirDecision.AssertSame(one, other);
    }

    /// <summary>The entries that a card says its decision rests on, by question.</summary>
    public static List<ToldEvidence> ToldByCard(JsonObject card) =>
    [
        .. card["extension"]![Evidence]!.AsArray()
            .Select(told => new ToldEvidence(Text(told, "question"), Text(told, "answer"), Text(told, "reference"))),
    ];

    /// <summary>
    /// The entries that the issues of a bundle name, by rule; where a large response only counts them there, those of the decision's
    /// parameters.
    /// </summary>
    public static List<ToldEvidence> ToldByIssues(JsonObject bundle)
    {
        List<ToldEvidence> told = [];
        if (bundle.Resources("DetectedIssue").SelectMany(issue => issue["evidence"]?.AsArray() ?? []).Any(one => one!["detail"] is null))
        {
            foreach (var part in Outputs(bundle).Where(output => Text(output, "name") == "evidence").Select(output => output["part"]!.AsArray()))
            {
                if (Text(part[2], "name") == "record")
                {
                    var record = part[2]!["part"]!.AsArray();
                    told.Add(new ToldEvidence(
                        Text(part[0], "valueCode"),
                        Text(record[0]!["valueCodeableConcept"]!["coding"]![0], "code"),
                        Text(record[1]!["valueReference"], "reference")));
                }
            }

            return told;
        }

        foreach (var issue in bundle.Resources("DetectedIssue"))
        {
            var rule = Text(issue["code"]!["coding"]![0]!, "code");
            foreach (var evidence in issue["evidence"]?.AsArray() ?? [])
            {
                if ((string?)evidence!["detail"]?[0]!["reference"] is { } name && Keys.ContainsKey(name.Split('/')[0]))
                {
                    told.Add(new ToldEvidence(rule, Text(evidence["code"]![1]!["coding"]![0]!, "code"), name));
                }
            }
        }

        return told;
    }

    /// <summary>True for a response so large that it counts entries of the record instead of listing them.</summary>
    public static bool OnlyCounts(JsonObject bundle) => Outputs(bundle).Any(output =>
        Text(output, "name") == "evidence" && output["part"]!.AsArray().Any(part => Text(part, "name") == "moreInRecord"));

    /// <summary>How many entries a bundle says were looked at, and how many matter.</summary>
    public static (int LookedAt, int Matter) Counted(JsonObject bundle)
    {
        var parts = Outputs(bundle).Single(output => Text(output, "name") == "record")["part"]!.AsArray();
        return ((int)parts[0]!["valueInteger"]!, (int)parts[1]!["valueInteger"]!);
    }

    /// <summary>How many gaps of one kind a bundle tells.</summary>
    public static int Gaps(JsonObject bundle, string kind)
    {
        var contained = bundle.Resources("GuidanceResponse")[0]["contained"]!.AsArray();
        var outcomes = contained.Where(one => Text(one, "resourceType") == "OperationOutcome");
        return outcomes.SelectMany(outcome => outcome!["issue"]!.AsArray())
            .Where(issue => Text(issue!["details"]!["coding"]![0]!, "code") == kind)
            .Sum(issue => issue!["expression"]!.AsArray().Count);
    }

    private static IEnumerable<JsonObject> Outputs(JsonObject bundle) =>
        bundle.Resources("GuidanceResponse")[0]["contained"]![0]!["parameter"]!.AsArray().Select(output => output!.AsObject());

    private static string Text(JsonNode? node, string member) => (string)node![member]!;

    private static async Task<JsonObject> PostedAsync(this ServiceFixture service, string path, JsonObject body, string accept)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString()));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        using var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        message.Headers.Accept.ParseAdd(accept);
        using var response = await service.Client.SendAsync(message);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.True((int)response.StatusCode == 200, Encoding.UTF8.GetString(bytes));
        return JsonNode.Parse(bytes)!.AsObject();
    }
}
