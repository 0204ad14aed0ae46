using System.Text.Json.Nodes;
using NodaTime;

namespace Screening.Api.Tests.Reference;

/// <summary>Writes the decision on a request that has no errors.</summary>
internal static class NaiveDecision
{
    private static readonly string[] WorstFirst = ["ineligible", "incomplete", "review", "deferred", "conditional"];

    public static JsonObject Write(NaiveRequest request, LocalDate today)
    {
        LocalDate requested = request.Start?.Date ?? today;
        List<NaiveFinding> findings = WithClearances(request, today, requested);
        List<NaiveWait> waits = NaiveWaits.Of(request, today);
        string eligibility = Eligibility(findings);
        bool dated = eligibility is "eligible" or "conditional" or "deferred";
        string notBefore = NaiveDates.Write(NaiveWaits.FirstFree(waits, requested));
        return new JsonObject
        {
            ["eligibility"] = eligibility,
            ["bookable"] = Bookable(eligibility),
            ["earliestDate"] = dated ? notBefore : null,
            ["notBefore"] = notBefore,
            ["windows"] = dated ? Windows(waits, today) : new JsonArray(),
            ["waitingPeriods"] = WaitingPeriods(waits, requested),
            ["requirements"] = Requirements(findings, requested),
            ["reasons"] = Reasons(findings, eligibility),
            ["missing"] = Missing(request),
            ["trace"] = Trace(findings),
            ["slots"] = Slots(request, today),
            ["appointment"] = new JsonObject
            {
                ["start"] = request.Start is null ? null : NaiveDates.Write(request.Start.Value),
                ["date"] = NaiveDates.Write(requested),
            },
        };
    }

    private static List<NaiveFinding> WithClearances(NaiveRequest request, LocalDate today, LocalDate requested)
    {
        List<NaiveFinding> findings = [];
        foreach (NaiveFinding finding in NaiveRules.Evaluate(request, today, requested))
        {
            bool cleared = request.Clearances.Exists(clearance => clearance.RuleId == finding.RuleId);
            findings.Add(cleared ? finding with { Outcome = "cleared", Level = null } : finding);
        }

        return findings;
    }

    private static string Eligibility(List<NaiveFinding> findings)
    {
        foreach (string level in WorstFirst)
        {
            if (findings.Exists(finding => finding.Level == level))
            {
                return level;
            }
        }

        return "eligible";
    }

    private static bool Bookable(string eligibility)
    {
        return eligibility is "eligible" or "conditional";
    }

    private static JsonArray Windows(List<NaiveWait> waits, LocalDate today)
    {
        JsonArray windows = [];
        LocalDate from = NaiveWaits.FirstFree(waits, today);
        while (true)
        {
            LocalDate? blocked = NaiveWaits.FirstBlocked(waits, from);
            windows.Add(new JsonObject
            {
                ["from"] = NaiveDates.Write(from),
                ["through"] = NaiveDates.Write(blocked?.PlusDays(-1)),
            });
            if (blocked is null)
            {
                return windows;
            }

            from = NaiveWaits.FirstFree(waits, blocked.Value);
        }
    }

    private static JsonArray WaitingPeriods(List<NaiveWait> waits, LocalDate requested)
    {
        JsonArray periods = [];
        foreach (NaiveWait wait in waits)
        {
            periods.Add(new JsonObject
            {
                ["ruleId"] = wait.RuleId,
                ["blockedFrom"] = NaiveDates.Write(wait.From),
                ["blockedThrough"] = NaiveDates.Write(wait.Through),
                ["clearsOn"] = NaiveDates.Write(wait.Through.PlusDays(1)),
                ["status"] = wait.Blocks(requested) ? "pending" : "satisfied",
                ["assumedDate"] = NaiveDates.Write(wait.Assumed),
            });
        }

        return periods;
    }

    private static JsonArray Requirements(List<NaiveFinding> findings, LocalDate requested)
    {
        JsonArray requirements = [];
        foreach (NaiveFinding finding in findings)
        {
            if (finding.Outcome != "triggered" || finding.Effect != "require")
            {
                continue;
            }

            if (finding.RuleId == "topical-retinoid")
            {
                requirements.Add(new JsonObject
                {
                    ["ruleId"] = finding.RuleId,
                    ["stopBy"] = NaiveDates.Write(requested.PlusDays(-14)),
                });
            }
            else
            {
                requirements.Add(new JsonObject
                {
                    ["ruleId"] = finding.RuleId,
                    ["startBy"] = NaiveDates.Write(requested.PlusDays(-5)),
                    ["continueThrough"] = NaiveDates.Write(requested.PlusDays(5)),
                });
            }
        }

        return requirements;
    }

    private static JsonArray Reasons(List<NaiveFinding> findings, string eligibility)
    {
        JsonArray reasons = [];

        // A cleared finding has no level any more, and so comes last.
        foreach (string? level in (string?[])[.. WorstFirst, null])
        {
            foreach (NaiveFinding finding in findings)
            {
                if (finding.Outcome == "clear" || finding.Level != level)
                {
                    continue;
                }

                reasons.Add(new JsonObject
                {
                    ["ruleId"] = finding.RuleId,
                    ["outcome"] = finding.Outcome,
                    ["effect"] = finding.Effect,
                    ["binding"] = finding.Level == eligibility,
                    ["persistence"] = finding.Persistence,
                    ["line"] = finding.Line,
                });
            }
        }

        return reasons;
    }

    private static JsonArray Missing(NaiveRequest request)
    {
        JsonArray missing = [];
        string[] alwaysCodes =
        [
            "pregnancy", "breastfeeding", "immuneImpairment", "skinAllergy", "metalAllergy",
            "bleedingOrVascularDisorder", "skinCancer", "anticoagulantUse",
        ];
        foreach (string question in alwaysCodes)
        {
            AddIf(missing, request.Code(question) is null, "/answers/" + question);
        }

        AddIf(missing, request.List("electronicImplants") is null, "/answers/electronicImplants");
        List<string>? plates = request.List("metalPlates");
        AddIf(missing, plates is null, "/answers/metalPlates");
        AddIf(missing, request.List("skinConditions") is null, "/answers/skinConditions");
        string? retinoid = request.Code("topicalRetinoidUse");
        AddIf(missing, retinoid is null, "/answers/topicalRetinoidUse");
        AddIf(missing, retinoid == "stopped" && request.RetinoidLastUsed is null, "/answers/topicalRetinoidLastUsed");
        AddIf(missing, request.Code("isotretinoinUse") is null, "/answers/isotretinoinUse");
        AddIf(missing, request.Code("herpesSimplexHistory") is null, "/answers/herpesSimplexHistory");
        AddIf(missing, request.Injections is null && !request.InjectionsUnknown, "/answers/injections");
        bool areasNeeded = plates is not null && NaiveRules.NamesTreatmentArea(plates);
        AddIf(missing, areasNeeded && request.Areas is null, "/appointment/areas");
        return missing;
    }

    private static void AddIf(JsonArray missing, bool condition, string pointer)
    {
        if (condition)
        {
            missing.Add(JsonValue.Create(pointer));
        }
    }

    private static JsonArray Trace(List<NaiveFinding> findings)
    {
        JsonArray trace = [];
        foreach (NaiveFinding finding in findings)
        {
            trace.Add(new JsonObject
            {
                ["ruleId"] = finding.RuleId,
                ["outcome"] = finding.Outcome,
                ["effect"] = finding.Effect,
            });
        }

        return trace;
    }

    private static JsonArray Slots(NaiveRequest request, LocalDate today)
    {
        JsonArray slots = [];
        foreach (ZonedDateTime slot in request.Slots)
        {
            string eligibility = Eligibility(WithClearances(request, today, slot.Date));
            slots.Add(new JsonObject
            {
                ["start"] = NaiveDates.Write(slot),
                ["date"] = NaiveDates.Write(slot.Date),
                ["eligibility"] = eligibility,
                ["bookable"] = Bookable(eligibility),
            });
        }

        return slots;
    }
}
