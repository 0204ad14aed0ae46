using System.Text.Json.Nodes;
using NodaTime;

namespace Screening.Api.Tests.Reference;

/// <summary>Answers with dates; each notes the boundaries of the waits that it makes.</summary>
internal static class GeneratorDated
{
    public static void Retinoid(GeneratorDraft draft)
    {
        if (draft.Chance(0.5))
        {
            RetinoidStopped(draft);
        }
        else
        {
            RetinoidCurrent(draft);
        }
    }

    public static void RetinoidStopped(GeneratorDraft draft)
    {
        draft.Answers["topicalRetinoidUse"] = "stopped";
        if (draft.Chance(0.1))
        {
            draft.Answers["topicalRetinoidLastUsed"] = "unknown";
            draft.Boundaries.Add(draft.Today.PlusDays(13));
            return;
        }

        LocalDate day = draft.Today.PlusDays(-draft.Between(0, draft.Chance(0.7) ? 20 : 400));
        NaivePartialDate date = draft.Cut(day, out string text);
        draft.Answers["topicalRetinoidLastUsed"] = text;
        draft.Boundaries.Add(LocalDate.Min(date.Last, draft.Today).PlusDays(13));
    }

    public static void RetinoidCurrent(GeneratorDraft draft)
    {
        draft.Answers["topicalRetinoidUse"] = "current";
        draft.Answers.Remove("topicalRetinoidLastUsed");
        int roll = draft.Between(0, 9);
        if (roll < 4)
        {
            if (roll == 0)
            {
                draft.Answers["topicalRetinoidLastUsed"] = "unknown";
            }

            draft.Boundaries.Add(draft.Today.PlusDays(13));
            return;
        }

        NaivePartialDate date = draft.Cut(draft.Today.PlusDays(draft.Between(0, 30)), out string text);
        draft.Answers["topicalRetinoidLastUsed"] = text;
        draft.Boundaries.Add(date.Last.PlusDays(13));
    }

    public static void Herpes(GeneratorDraft draft)
    {
        draft.Answers["herpesSimplexHistory"] = draft.Chance(0.95) ? "yes" : "unknown";
        if (draft.Chance(0.4))
        {
            draft.Boundaries.Add(draft.Today.PlusDays(4));
            return;
        }

        LocalDate start = draft.Today.PlusDays(draft.Between(-12, 20));
        draft.Answers["antiviralStart"] = GeneratorTimes.Write(start);
        draft.Boundaries.Add(start.PlusDays(4));
        if (draft.Chance(0.6))
        {
            draft.Answers["antiviralEnd"] = GeneratorTimes.Write(start.PlusDays(draft.Between(0, 16)));
        }
    }

    public static void Injections(GeneratorDraft draft)
    {
        JsonArray list = [];
        int count = draft.Pick(1, 1, 1, 2, 2, 3);
        for (int i = 0; i < count; i++)
        {
            string text = "unknown";
            if (draft.Chance(0.08))
            {
                draft.Boundaries.Add(draft.Today.PlusDays(13));
            }
            else
            {
                LocalDate day = draft.Today.PlusDays(draft.Between(-40, draft.Chance(0.5) ? 0 : 60));
                if (draft.Boundaries.Count > 0 && draft.Chance(0.3))
                {
                    // Intervals that touch, overlap by a day or leave one day free.
                    day = draft.Pick(draft.Boundaries.ToArray()).PlusDays(draft.Between(12, 16));
                }

                NaivePartialDate date = draft.Cut(day, out text);
                draft.Boundaries.Add(date.Last.PlusDays(13));
                draft.Boundaries.Add(date.First.PlusDays(-14));
            }

            list.Add(new JsonObject { ["product"] = draft.Pick("filler", "botulinum-toxin"), ["date"] = text });
        }

        draft.Answers["injections"] = list;
    }
}
