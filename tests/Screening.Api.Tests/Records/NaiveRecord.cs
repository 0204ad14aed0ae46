using System.Text.Json.Nodes;
using NodaTime;
using Screening.Api.Tests.Reference;

namespace Screening.Api.Tests.Records;

/// <summary>What the naive reading says of what was said and of a record.</summary>
internal sealed record NaiveRecordAnswer(string Eligibility, string Said, List<NaiveEvidence> Evidence, int LookedAt, List<string> Unnamed);

/// <summary>
/// A second, plain reading of the ruling on records, from the protocol's JSON and the resources' JSON alone. It shares nothing with the
/// code that it is compared with: what both get wrong in the same way would otherwise stay unseen.
/// </summary>
internal static class NaiveRecord
{
    /// <summary>Worst first.</summary>
    public static readonly string[] Eligibilities = ["ineligible", "incomplete", "review", "deferred", "conditional", "eligible"];

    /// <summary>The clinic's zone.</summary>
    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb[TimedService.Zone];

    /// <summary>T of the contract: the as-of date at the clinic.</summary>
    public static readonly LocalDate Today = ServiceFixture.Now.InZone(Zone).Date;

    public static NaiveRecordAnswer Screen(JsonObject request, List<JsonObject> resources)
    {
        List<NaiveEntry> entries = NaiveFhir.Read(resources);
        List<NaiveEvidence> evidence = NaiveRaising.Raise(entries);
        string said = Decide(request);

        // Every rule looks at one question, so that a record makes of a decision the worst of those on each answer that it raises.
        string eligibility = said;
        foreach (NaiveEvidence raised in evidence)
        {
            foreach (JsonObject variant in Variants(request, raised))
            {
                string other = Decide(variant);
                eligibility = Array.IndexOf(Eligibilities, other) < Array.IndexOf(Eligibilities, eligibility) ? other : eligibility;
            }
        }

        List<JsonObject> looked = [.. resources.Where(resource => (string)resource["resourceType"]! != "Medication")];
        List<string> unnamed = [.. looked.Select(NaiveFhir.Name).Where(name => entries.Exists(entry => entry.Name == name)
            && entries.Where(entry => entry.Name == name).All(IsUnnamed))];
        return new NaiveRecordAnswer(eligibility, said, evidence, looked.Count, unnamed);
    }

    private static bool IsUnnamed(NaiveEntry entry)
    {
        return !entry.Codings.Exists(NaiveCodes.IsKnown) && !entry.Texts.Exists(NaiveWords.HasAny);
    }

    /// <summary>The request as it would be had the person said what an entry raises, for each date that it may mean.</summary>
    private static IEnumerable<JsonObject> Variants(JsonObject request, NaiveEvidence raised)
    {
        JsonNode? said = request["answers"]![raised.Question];
        if (raised.Question == "injections")
        {
            JsonNode Happened(string date) => new JsonArray(new JsonObject { ["product"] = raised.Answer, ["date"] = date });
            return raised.Answer == "unknown" ? [With("unknown")] : raised.Dates.Distinct().Select(date => With(Happened(date)));
        }

        if (said is JsonArray || raised.Question is "electronicImplants" or "metalPlates" or "skinConditions")
        {
            return [With(new JsonArray(raised.Answer))];
        }

        JsonObject variant = With(raised.Answer);
        if (raised.Question == "topicalRetinoidUse")
        {
            variant["answers"]!.AsObject().Remove("topicalRetinoidLastUsed");
            if (raised.Dates.Count > 0)
            {
                variant["answers"]!["topicalRetinoidLastUsed"] = raised.Dates[0];
            }
        }

        return [variant];

        JsonObject With(JsonNode answer)
        {
            JsonObject copy = request.DeepClone().AsObject();
            copy["answers"]![raised.Question] = answer;
            return copy;
        }
    }

    private static string Decide(JsonObject request)
    {
        NaiveAnswer answer = NaiveScreening.Screen(request);
        Assert.True(answer.Status == 200, request.ToJsonString());
        return (string)answer.Decision!["eligibility"]!;
    }
}
