using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Reference;

/// <summary>Answers, from harmless to anything at all.</summary>
internal static class GeneratorAnswers
{
    private static readonly string[] YesNoQuestions =
    [
        "pregnancy", "breastfeeding", "immuneImpairment", "skinAllergy", "metalAllergy", "bleedingOrVascularDisorder",
    ];

    private static readonly string[] Areas = ["face", "neck", "chest", "hands"];

    private static readonly string[] Implants =
    [
        "pacemaker", "defibrillator", "lvad", "insulin-pump", "glucose-monitor", "neurostimulator",
        "cochlear-implant", "loop-recorder", "other", "unknown",
    ];

    private static readonly string[] Conditions =
    [
        "keloid-scarring", "abnormal-wound-healing", "psoriasis", "eczema", "rash", "sores", "open-wound",
        "severe-active-acne", "oral-herpes-outbreak", "infection", "unknown",
    ];

    private static readonly string[] Plates = [.. Areas, "elsewhere", "unknown"];

    public static void Harmless(GeneratorDraft draft)
    {
        foreach (string question in YesNoQuestions)
        {
            draft.Answers[question] = "no";
        }

        draft.Answers["skinCancer"] = "none";
        draft.Answers["anticoagulantUse"] = "none";
        draft.Answers["electronicImplants"] = new JsonArray();
        draft.Answers["metalPlates"] = draft.Chance(0.2) ? new JsonArray("elsewhere") : new JsonArray();
        draft.Answers["skinConditions"] = new JsonArray();
        draft.Answers["topicalRetinoidUse"] = "never";
        draft.Answers["isotretinoinUse"] = "never";
        draft.Answers["herpesSimplexHistory"] = "no";
        draft.Answers["injections"] = new JsonArray();
        if (draft.Chance(0.1))
        {
            draft.Answers["skincareKit"] = draft.Pick("yes", "no");
        }
    }

    public static void Anything(GeneratorDraft draft)
    {
        Harmless(draft);
        foreach (string question in YesNoQuestions)
        {
            if (draft.Chance(0.15))
            {
                draft.Answers[question] = draft.Pick("yes", "no", "unknown");
            }
        }

        MaybeSet(draft, "skinCancer", "none", "current", "suspected", "past", "precancer", "unknown");
        MaybeSet(draft, "anticoagulantUse", "none", "occasional", "daily", "antiplatelet", "unknown");
        MaybeSet(draft, "isotretinoinUse", "never", "current", "past", "unknown");
        MaybeSet(draft, "topicalRetinoidUse", "never", "unknown");
        MaybeSet(draft, "herpesSimplexHistory", "no", "unknown");
        if (draft.Chance(0.2))
        {
            draft.Answers["electronicImplants"] = draft.Some(Implants, 3);
        }

        if (draft.Chance(0.3))
        {
            draft.Answers["metalPlates"] = draft.Some(Plates, 3);
        }

        if (draft.Chance(0.3))
        {
            draft.Answers["skinConditions"] = draft.Some(Conditions, 4);
        }

        if (draft.Chance(0.4))
        {
            GeneratorDated.Retinoid(draft);
        }

        if (draft.Chance(0.4))
        {
            GeneratorDated.Herpes(draft);
        }

        if (draft.Chance(0.5))
        {
            GeneratorDated.Injections(draft);
        }
        else if (draft.Chance(0.2))
        {
            draft.Answers["injections"] = "unknown";
        }

        AddLastTaken(draft);
    }

    public static void PickAreas(GeneratorDraft draft)
    {
        if (draft.Chance(0.9))
        {
            draft.Appointment["areas"] = draft.Some(Areas, draft.Pick(1, 1, 2, 4));
        }
    }

    public static void RaiseReview(GeneratorDraft draft)
    {
        for (int i = draft.Pick(1, 1, 2, 3); i > 0; i--)
        {
            switch (draft.Between(0, 11))
            {
                case 0:
                case 1:
                    draft.Answers["isotretinoinUse"] = draft.Pick("current", "past", "unknown");
                    AddLastTaken(draft);
                    break;
                case 2:
                case 3:
                    draft.Answers["skinCancer"] = draft.Pick("past", "precancer", "unknown");
                    break;
                case 4:
                case 5:
                    draft.Answers["anticoagulantUse"] = draft.Pick("occasional", "antiplatelet", "unknown");
                    break;
                case 6:
                    draft.Answers["electronicImplants"] = new JsonArray("unknown");
                    break;
                case 7:
                    draft.Answers["metalPlates"] = draft.Chance(0.5)
                        ? new JsonArray("unknown")
                        : new JsonArray(draft.Pick(Areas), "unknown");
                    break;
                case 8:
                    draft.Answers["skinConditions"] = new JsonArray("unknown");
                    break;
                case 9:
                    draft.Answers["injections"] = "unknown";
                    break;
                case 10:
                    draft.Answers["topicalRetinoidUse"] = "unknown";
                    break;
                default:
                    draft.Answers[draft.Pick(YesNoQuestions)] = "unknown";
                    break;
            }
        }
    }

    public static void Exclude(GeneratorDraft draft)
    {
        for (int i = draft.Pick(1, 1, 2); i > 0; i--)
        {
            switch (draft.Between(0, 6))
            {
                case 0:
                    draft.Answers["skinCancer"] = draft.Pick("current", "suspected");
                    break;
                case 1:
                    draft.Answers["anticoagulantUse"] = "daily";
                    break;
                case 2:
                    draft.Answers["electronicImplants"] = draft.Some(Implants, 3);
                    break;
                case 3:
                    draft.Answers["metalPlates"] = draft.Some(Plates, 4);
                    break;
                case 4:
                    draft.Answers["skinConditions"] = draft.Some(Conditions, 4);
                    break;
                default:
                    draft.Answers[draft.Pick(YesNoQuestions)] = "yes";
                    break;
            }
        }
    }

    /// <summary>Leaves questions unanswered; what depends on a forgotten answer may stay.</summary>
    public static void Forget(GeneratorDraft draft)
    {
        for (int i = draft.Pick(1, 1, 2, 4); i > 0; i--)
        {
            string question = draft.Pick(NaiveAnswersReader.Questions);
            if (question == "skincareKit" && draft.Chance(0.7))
            {
                draft.Appointment.Remove("areas");
                draft.Answers["metalPlates"] = draft.Some(Plates, 2);
                continue;
            }

            draft.Answers.Remove(question);
            if (question == "antiviralStart")
            {
                // An end without a start would be a contradiction.
                draft.Answers.Remove("antiviralEnd");
            }
        }
    }

    private static void AddLastTaken(GeneratorDraft draft)
    {
        if ((string?)draft.Answers["isotretinoinUse"] is "current" or "past" or "unknown" && draft.Chance(0.4))
        {
            draft.Cut(draft.Today.PlusDays(-draft.Between(0, 300)), out string text);
            draft.Answers["isotretinoinLastTaken"] = draft.Chance(0.1) ? "unknown" : text;
        }
    }

    private static void MaybeSet(GeneratorDraft draft, string question, params string[] codes)
    {
        if (draft.Chance(0.25))
        {
            draft.Answers[question] = draft.Pick(codes);
        }
    }
}
