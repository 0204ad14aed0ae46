using System.Text.Json.Nodes;
using NodaTime;

namespace Screening.Api.Tests.Reference;

/// <summary>Errors of meaning: the request stays well-formed but cannot be screened.</summary>
internal static class GeneratorErrors
{
    private static readonly string[] ListQuestions = ["electronicImplants", "metalPlates", "skinConditions"];

    private static readonly string[] CodeQuestions =
    [
        "pregnancy", "breastfeeding", "immuneImpairment", "skinAllergy", "metalAllergy", "bleedingOrVascularDisorder",
        "skinCancer", "anticoagulantUse", "topicalRetinoidUse", "isotretinoinUse", "herpesSimplexHistory", "skincareKit",
    ];

    private static readonly string[] ImpossibleDays =
    [
        "2026-02-29", "2027-02-30", "2026-04-31", "2026-13-01", "2026-00-10", "2026-06-00", "1899-12-31", "2200-01-01",
        "0000-01-01", "soon", "", "2026-6-1", "2026-06-01T10:00:00", "06/01/2026",
    ];

    private static readonly string[] ImpossiblePartials =
        ["2026-13", "2026-00", "1899", "2200", "1899-12", "2200-01", "26", "2026-", "Unknown", .. ImpossibleDays];

    private static readonly string[] ImpossibleMoments =
    [
        "2026-02-29T10:00:00", "2027-02-30T10:00:00Z", "2026-04-31T10:00:00+02:00", "2026-06-01T24:01:00",
        "2026-06-01T10:60:00Z", "1899-06-01T10:00:00Z", "2200-06-01T10:00:00Z", "2026-06-01T10:00:00+25:00", "tomorrow", "",
    ];

    public static void Add(GeneratorDraft draft)
    {
        if (draft.Chance(0.04))
        {
            WithoutVersion(draft);
            return;
        }

        bool answersTouched = false;
        for (int i = draft.Pick(1, 1, 1, 1, 1, 1, 2, 2, 3); i > 0; i--)
        {
            int kind = draft.Between(0, 19);
            answersTouched = answersTouched || kind >= 8;
            AddOne(draft, kind);
        }

        if (answersTouched)
        {
            // A clearance may hang on the answer that is now wrong; whether it is then judged is another matter.
            draft.Request.Remove("clearances");
        }
        else if (draft.Chance(0.15))
        {
            GeneratorClearances.AddRefused(draft);
        }
    }

    // Without a version there is no telling which questions exist, so these errors come alone.
    private static void WithoutVersion(GeneratorDraft draft)
    {
        draft.Request.Remove("clearances");
        if (draft.Chance(0.5))
        {
            draft.Request["protocol"] = draft.Pick("sublative-rf@2.0.0", "sublative-rf@", "sublative-rf@1.0", "@1.0.0");
            return;
        }

        LocalDate day = draft.Chance(0.5) ? new LocalDate(2024, 12, 31) : new LocalDate(2024, 6, 15);
        JsonObject clean = new()
        {
            ["protocol"] = draft.Pick("sublative-rf", "sublative-rf", "sublative-rf@1.0.0"),
            ["appointment"] = new JsonObject { ["timeZone"] = draft.Zone.Id },
            ["asOf"] = NaiveDates.Write(draft.Zone.AtLeniently(day.At(new LocalTime(23, 59, 59)))),
        };
        GeneratorAnswers.Harmless(draft);
        draft.Answers.Remove("topicalRetinoidLastUsed");
        draft.Answers.Remove("isotretinoinLastTaken");
        draft.Answers.Remove("antiviralStart");
        draft.Answers.Remove("antiviralEnd");
        draft.Request.Clear();
        clean["answers"] = draft.Answers;
        foreach (KeyValuePair<string, JsonNode?> member in clean.ToArray())
        {
            clean.Remove(member.Key);
            draft.Request[member.Key] = member.Value;
        }
    }

    private static void AddOne(GeneratorDraft draft, int kind)
    {
        JsonObject answers = draft.Answers;
        LocalDate today = draft.Today;
        switch (kind)
        {
            case 0:
                draft.Request["protocol"] = draft.Pick("sublative", "Sublative-RF", "", "ematrix@1.0.0");
                draft.Request.Remove("clearances");
                break;
            case 1:
                draft.Appointment["timeZone"] = draft.Pick("Mars/Olympus", "UTC+05:00", "Pacific Standard Time", "");
                break;
            case 2:
                draft.Appointment["start"] =
                    GeneratorTimes.Write(today.PlusDays(-draft.Pick(1, 1, 2, 400))) + draft.Pick("T00:00:00", "T23:59:59");
                break;
            case 3:
                AddSlot(draft, GeneratorTimes.Write(today.PlusDays(-draft.Pick(1, 1, 14))) + "T23:59:59");
                break;
            case 4:
                AddSkipped(draft);
                break;
            case 5:
                AddImpossibleMoment(draft);
                break;
            case 6:
                draft.Request["reference"] = new string('r', draft.Pick(65, 66, 500));
                break;
            case 7:
                TooManySlots(draft);
                break;
            case 8:
                answers[draft.Pick("smoking", "Pregnancy", "treatmentAreas", "skin type", "a/b", "a~b", "")] = "no";
                break;
            case 9:
                answers[draft.Pick(CodeQuestions)] = draft.Pick("maybe", "Yes", "", "UNKNOWN", "no ");
                break;
            case 10:
            case 11:
                SpoilList(draft);
                break;
            case 12:
                SpoilInjections(draft);
                break;
            case 13:
            case 14:
                AddImpossibleDay(draft);
                break;
            default:
                GeneratorContradictions.Add(draft);
                break;
        }
    }

    private static void AddSlot(GeneratorDraft draft, string slot)
    {
        if (draft.Request["slots"] is not JsonArray slots)
        {
            slots = [];
            draft.Request["slots"] = slots;
        }

        slots.Insert(draft.Between(0, slots.Count), JsonValue.Create(slot));
    }

    private static void AddSkipped(GeneratorDraft draft)
    {
        string? skipped = GeneratorTimes.Skipped(draft);
        if (skipped is null)
        {
            AddImpossibleMoment(draft);
        }
        else if (draft.Chance(0.5))
        {
            draft.Appointment[draft.Pick("start", "start", "end")] = skipped;
        }
        else
        {
            AddSlot(draft, skipped);
        }
    }

    private static void AddImpossibleMoment(GeneratorDraft draft)
    {
        string moment = draft.Pick(ImpossibleMoments);
        switch (draft.Between(0, 3))
        {
            case 0:
                draft.Request["asOf"] = moment;
                break;
            case 1:
                draft.Appointment["start"] = moment;
                break;
            case 2:
                draft.Appointment["end"] = moment;
                break;
            default:
                AddSlot(draft, moment);
                break;
        }
    }

    private static void TooManySlots(GeneratorDraft draft)
    {
        JsonArray slots = [];
        int count = draft.Pick(101, 101, 120);
        for (int i = 0; i < count; i++)
        {
            slots.Add(JsonValue.Create(GeneratorTimes.Write(draft.Today.PlusDays(i)) + "T12:00:00"));
        }

        draft.Request["slots"] = slots;
    }

    private static void SpoilList(GeneratorDraft draft)
    {
        int where = draft.Between(0, 3);
        string name = where == 3 ? "areas" : ListQuestions[where];
        JsonObject parent = where == 3 ? draft.Appointment : draft.Answers;
        if (where == 3 && draft.Chance(0.4))
        {
            parent["areas"] = new JsonArray();
            return;
        }

        if (parent[name] is not JsonArray list)
        {
            list = [];
            parent[name] = list;
        }

        if (list.Count > 0 && draft.Chance(0.6))
        {
            // The same code once or twice more.
            for (int i = draft.Pick(1, 1, 2); i > 0; i--)
            {
                list.Add(list[draft.Between(0, list.Count - 1)]!.DeepClone());
            }
        }
        else
        {
            list.Insert(draft.Between(0, list.Count), JsonValue.Create(draft.Pick("tail", "Face", "", "none", "yes")));
        }
    }

    private static void SpoilInjections(GeneratorDraft draft)
    {
        if (draft.Answers["injections"] is not JsonArray list)
        {
            list = [];
            draft.Answers["injections"] = list;
        }

        bool product = draft.Chance(0.4);
        list.Insert(draft.Between(0, list.Count), new JsonObject
        {
            ["product"] = product ? draft.Pick("toxin", "unknown", "Filler", "") : "filler",
            ["date"] = product ? GeneratorTimes.Write(draft.Today) : draft.Pick(ImpossiblePartials),
        });
    }

    private static void AddImpossibleDay(GeneratorDraft draft)
    {
        switch (draft.Between(0, 3))
        {
            case 0:
                draft.Answers["topicalRetinoidLastUsed"] = draft.Pick(ImpossiblePartials);
                break;
            case 1:
                draft.Answers["isotretinoinLastTaken"] = draft.Pick(ImpossiblePartials);
                break;
            case 2:
                draft.Answers["antiviralStart"] = draft.Pick(ImpossibleDays);
                break;
            default:
                draft.Answers["antiviralEnd"] = draft.Pick([.. ImpossibleDays, "2026-06", "2026", "unknown"]);
                break;
        }
    }
}
