using System.Text.Json.Nodes;
using NodaTime;
using Screening.Api.Tests.Reference;

namespace Screening.Api.Tests.Records;

/// <summary>What the naive reading says of what was said and of a record.</summary>
/// <param name="Eligibility">The status.</param>
/// <param name="Said">The status of what was said alone.</param>
/// <param name="Evidence">What each entry raises.</param>
/// <param name="LookedAt">How many entries there are.</param>
/// <param name="Unnamed">The entries that do not say what they are.</param>
/// <param name="Dangling">The entries that only point at something that did not come along.</param>
internal sealed record NaiveRecordAnswer(
    string Eligibility, string Said, List<NaiveEvidence> Evidence, int LookedAt, List<string> Unnamed, List<string> Dangling);

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
        List<NaiveEntry> read = NaiveFhir.Read(resources);
        List<NaiveEntry> entries = NaiveFhir.Told(read, resources);
        List<NaiveEvidence> evidence = NaiveRaising.Raise(entries, request["answers"]!.AsObject());
        string said = Decide(request);

        // Every rule looks at one question, so that a record makes of a decision the worst of those on each answer that it raises.
        string eligibility = said;
        foreach (NaiveEvidence raised in evidence.Where(one => !one.IsSaid))
        {
            foreach (JsonObject variant in Variants(request, raised))
            {
                string other = Decide(variant);
                eligibility = Array.IndexOf(Eligibilities, other) < Array.IndexOf(Eligibilities, eligibility) ? other : eligibility;
            }
        }

        List<string> dangling = [.. resources.Where(resource => NaiveFhir.IsDangling(resource, resources)).Select(NaiveFhir.Name)];
        dangling.RemoveAll(name => !read.Exists(entry => entry.Name == name));
        int looked = entries.Select(entry => entry.Name).Distinct().Count();
        IEnumerable<string> silent = read.GroupBy(entry => entry.Name)
            .Where(entry => entry.All(one => IsUnnamed(one, Kinds(entry.Key))))
            .Select(entry => entry.Key);
        List<string> unnamed = [.. silent.Except(dangling)];
        return new NaiveRecordAnswer(eligibility, said, evidence, looked, unnamed, dangling);
    }

    private static bool IsUnnamed(NaiveEntry entry, string[] kinds)
    {
        return !entry.Codings.Exists(coding => Array.Exists(kinds, kind => NaiveCodes.IsKnown(coding, kind)))
            && (!entry.Texts.Exists(NaiveWords.HasAny)
                || (entry.Kind == "observation" && entry.Texts.Exists(NaiveWords.HasAnyOfTheProtocol)));
    }

    /// <summary>The kinds of entry that a resource may hold: a procedure puts things in, and gives medicines.</summary>
    private static string[] Kinds(string name)
    {
        return name.Split('/')[0] switch
        {
            "Condition" => ["condition"],
            "AllergyIntolerance" => ["allergy"],
            "MedicationRequest" or "MedicationStatement" => ["medication"],
            "Procedure" => ["procedure", "device", "medication"],
            "Observation" => ["observation"],
            _ => ["device"],
        };
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
