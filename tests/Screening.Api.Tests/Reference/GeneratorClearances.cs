using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Reference;

/// <summary>Clearances of findings that may be cleared, and of one that may not.</summary>
internal static class GeneratorClearances
{
    public static void Add(GeneratorDraft draft, double probability)
    {
        if (!draft.Chance(probability))
        {
            return;
        }

        JsonArray clearances = [];
        bool all = draft.Chance(0.6);
        foreach (string ruleId in Rules(draft, true))
        {
            if (!all && draft.Chance(0.4))
            {
                continue;
            }

            JsonObject clearance = One(draft, ruleId);
            if (draft.Chance(0.2))
            {
                clearance["note"] = "seen in person";
            }

            clearances.Add(clearance);
        }

        if (clearances.Count > 0 || draft.Chance(0.1))
        {
            draft.Request["clearances"] = clearances;
        }
    }

    /// <summary>A clearance that is an error.</summary>
    public static void AddRefused(GeneratorDraft draft)
    {
        if (draft.Request["clearances"] is not JsonArray clearances)
        {
            clearances = [];
            draft.Request["clearances"] = clearances;
        }

        string ruleId = draft.Chance(0.25) ? "no-such-rule" : draft.Pick(Rules(draft, false).ToArray());
        JsonObject clearance = One(draft, ruleId);
        if (draft.Chance(0.3))
        {
            clearance["on"] = GeneratorTimes.Write(draft.Today.PlusDays(draft.Pick(1, 1, 30, 400)));
        }

        clearances.Insert(draft.Between(0, clearances.Count), clearance);
    }

    public static JsonObject One(GeneratorDraft draft, string ruleId)
    {
        return new JsonObject
        {
            ["ruleId"] = ruleId,
            ["by"] = "Dr A. Example",
            ["on"] = GeneratorTimes.Write(draft.Today.PlusDays(-draft.Between(0, 30))),
        };
    }

    private static List<string> Rules(GeneratorDraft draft, bool ofLevelReview)
    {
        NaiveRequest read = new();
        NaiveErrors ignored = new();
        NaiveEnvelope.Read(draft.Request, read, ignored);
        NaiveAnswersReader.Read(draft.Answers, read, ignored);
        List<string> rules = [];
        foreach (NaiveFinding finding in NaiveRules.Evaluate(read, draft.Today, draft.Requested))
        {
            if (finding.Level == "review" == ofLevelReview)
            {
                rules.Add(finding.RuleId);
            }
        }

        return rules;
    }
}
