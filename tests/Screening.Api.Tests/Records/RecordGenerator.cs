using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Records;

/// <summary>Random records; the same seed gives the same records.</summary>
internal static class RecordGenerator
{
    private const string Yes = "active";

    /// <summary>Up to four entries, and what they point at.</summary>
    public static List<JsonObject> Next(Random random)
    {
        RecordDraft draft = new(random);
        for (int entries = draft.Pick(1, 1, 1, 2, 2, 3, 4); entries > 0; entries--)
        {
            // As often a rare question as one of many sets.
            string question = draft.Pick([.. NaiveProtocol.Sets.Select(set => set.Question).Distinct()]);
            NaiveSet set = draft.Pick(NaiveProtocol.Sets.FindAll(one => one.Question == question));
            Add(draft, set, draft.Chance(0.88) ? draft.Pick(set.Kinds) : draft.Pick(NaiveProtocol.Kinds));
        }

        return draft.Resources;
    }

    private static void Add(RecordDraft draft, NaiveSet set, string kind)
    {
        switch (kind)
        {
            case "condition":
                Condition(draft, set);
                break;
            case "allergy":
                Allergy(draft, set);
                break;
            case "medication":
                RecordMedicines.Add(draft, set);
                break;
            case "device":
                RecordDevices.Add(draft, set);
                break;
            case "procedure":
                Procedure(draft, set);
                break;
            default:
                Observation(draft, set);
                break;
        }
    }

    private static void Condition(RecordDraft draft, NaiveSet set)
    {
        JsonObject condition = draft.Add("Condition");
        if (draft.Chance(0.8))
        {
            condition["clinicalStatus"] = draft.Status(
                "condition-clinical", draft.Mostly(Yes, "recurrence relapse remission inactive resolved resolved resolved better"));
        }

        AddVerification(draft, condition, "condition-ver-status");
        condition["code"] = RecordConcepts.Of(draft, set);
        switch (draft.Between(0, 9))
        {
            case 0 or 1:
                condition["abatementDateTime"] = draft.Date(-30, 20);
                break;
            case 2:
                condition["abatementPeriod"] = draft.Period(withEnd: true);
                break;
            case 3:
                condition["abatementString"] = "last year";
                break;
            case 4:
                condition["onsetDateTime"] = draft.Date(-90, -1);
                break;
            default:
                break;
        }
    }

    private static void Allergy(RecordDraft draft, NaiveSet set)
    {
        JsonObject allergy = draft.Add("AllergyIntolerance");
        if (draft.Chance(0.7))
        {
            allergy["clinicalStatus"] = draft.Status("allergyintolerance-clinical", draft.Mostly(Yes, "inactive resolved"));
        }

        AddVerification(draft, allergy, "allergyintolerance-verification");
        allergy["code"] = RecordConcepts.Of(draft, set);
        if (draft.Chance(0.2))
        {
            JsonObject reaction = new() { ["manifestation"] = new JsonArray(new JsonObject { ["text"] = RecordTexts.Of(draft, set) }) };
            reaction["substance"] = RecordConcepts.Of(draft, set);
            allergy["reaction"] = new JsonArray(reaction);
        }
    }

    private static void AddVerification(RecordDraft draft, JsonObject resource, string system)
    {
        if (draft.Chance(0.5))
        {
            string more = system.StartsWith("condition", StringComparison.Ordinal) ? " provisional differential" : "";
            string others = "unconfirmed unconfirmed refuted entered-in-error" + more;
            resource["verificationStatus"] = draft.Status(system, draft.Mostly("confirmed", others));
        }
    }

    private static void Procedure(RecordDraft draft, NaiveSet set)
    {
        JsonObject procedure = draft.Add("Procedure");
        procedure["status"] = draft.Mostly("completed", "preparation in-progress on-hold stopped not-done entered-in-error unknown");
        procedure["code"] = RecordConcepts.Of(draft, set);
        AddPerformed(draft, procedure);
        if (draft.Chance(0.2))
        {
            procedure["bodySite"] = new JsonArray(RecordConcepts.Listed(draft, set.Raises["sites"], "cheek"));
        }
    }

    public static void AddPerformed(RecordDraft draft, JsonObject procedure)
    {
        switch (draft.Between(0, 5))
        {
            case < 3:
                procedure["performedDateTime"] = draft.Date();
                break;
            case 3:
                procedure["performedPeriod"] = draft.Period(withEnd: true);
                break;
            default:
                break;
        }
    }

    private static void Observation(RecordDraft draft, NaiveSet set)
    {
        // Of one of these there may well be two that do not agree.
        for (int count = draft.Pick(1, 1, 2, 3); count > 0; count--)
        {
            JsonObject observation = draft.Add("Observation");
            observation["status"] = draft.Mostly("final", "amended corrected preliminary registered unknown cancelled entered-in-error");
            observation["code"] = RecordConcepts.Of(draft, set);
            switch (draft.Between(0, 9))
            {
                case 0:
                    break;
                case 1:
                    observation["effectiveInstant"] = "2026-05-20T18:00:00Z";
                    break;
                case 2:
                    observation["issued"] = draft.Pick("2026-05-20T18:00:00Z", "2025-07-01T18:00:00Z");
                    break;
                default:
                    observation["effectiveDateTime"] = draft.Chance(0.3) ? draft.Date(-305, -295) : draft.Date(-40, 5);
                    break;
            }

            if (draft.Chance(0.9))
            {
                observation["valueCodeableConcept"] = RecordConcepts.Listed(draft, set.Raises["values"], "perhaps");
            }
            else if (draft.Chance(0.5))
            {
                observation["valueBoolean"] = true;
            }
        }
    }
}
