using System.Text.Json.Nodes;
using NodaTime;

namespace Screening.Api.Tests.Reference;

/// <summary>Answers that cannot be true together, and some that only just can.</summary>
internal static class GeneratorContradictions
{
    public static void Add(GeneratorDraft draft)
    {
        JsonObject answers = draft.Answers;
        LocalDate today = draft.Today;
        switch (draft.Between(0, 6))
        {
            case 0:
                answers["topicalRetinoidUse"] = "never";
                answers["topicalRetinoidLastUsed"] = draft.Pick("unknown", "2024", GeneratorTimes.Write(today));
                break;
            case 1:
                answers["topicalRetinoidUse"] = "stopped";
                answers["topicalRetinoidLastUsed"] = After(draft);
                break;
            case 2:
                answers["topicalRetinoidUse"] = "current";
                answers["topicalRetinoidLastUsed"] = Before(draft);
                break;
            case 3:
                answers["isotretinoinUse"] = draft.Pick("never", "never", "past");
                answers["isotretinoinLastTaken"] = After(draft);
                break;
            case 4:
                answers["herpesSimplexHistory"] = "no";
                answers[draft.Pick("antiviralStart", "antiviralEnd")] = GeneratorTimes.Write(today);
                break;
            case 5:
                answers.Remove("antiviralStart");
                answers["antiviralEnd"] = GeneratorTimes.Write(today);
                break;
            default:
                answers["antiviralStart"] = GeneratorTimes.Write(today);
                answers["antiviralEnd"] = GeneratorTimes.Write(today.PlusDays(-draft.Pick(1, 1, 30)));
                break;
        }
    }

    // Some of these touch the as-of date and are no contradiction: the month or year that it lies in.
    private static string After(GeneratorDraft draft)
    {
        draft.Cut(draft.Today.PlusDays(draft.Pick(1, 1, 2, 31, 400)), out string text);
        return text;
    }

    private static string Before(GeneratorDraft draft)
    {
        draft.Cut(draft.Today.PlusDays(-draft.Pick(1, 1, 2, 31, 400)), out string text);
        return text;
    }
}
