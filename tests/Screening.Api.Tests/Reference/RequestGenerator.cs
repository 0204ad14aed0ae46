using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Reference;

/// <summary>Random requests; the same seed gives the same requests.</summary>
internal static class RequestGenerator
{
    private enum Aim
    {
        Eligible,
        Conditional,
        Deferred,
        Review,
        Incomplete,
        Ineligible,
        Anything,
    }

    /// <summary>A request of the right shape; some 12 % of them cannot be screened (422).</summary>
    public static JsonObject Next(Random random)
    {
        GeneratorDraft draft = Valid(random);
        if (draft.Chance(0.125))
        {
            GeneratorErrors.Add(draft);
        }

        return draft.Request;
    }

    /// <summary>A valid request with one to three faults of shape or spelling (400, sometimes 422).</summary>
    public static JsonObject NextMalformed(Random random)
    {
        GeneratorDraft draft = Valid(random);
        GeneratorShapes.Spoil(draft);
        return draft.Request;
    }

    private static GeneratorDraft Valid(Random random)
    {
        GeneratorDraft draft = new(random);
        Aim aim = PickAim(draft.Between(0, 99));
        GeneratorTimes.PickZoneAndAsOf(draft);
        if (aim == Aim.Anything)
        {
            GeneratorAnswers.Anything(draft);
        }
        else
        {
            GeneratorAnswers.Harmless(draft);
            AddDated(draft, aim);
        }

        bool late = aim is Aim.Eligible or Aim.Conditional || draft.Chance(0.2);
        GeneratorTimes.PickRequested(draft, late ? 1 : aim == Aim.Deferred ? -1 : 0);
        Compose(draft);
        Worsen(draft, aim);
        return draft;
    }

    private static Aim PickAim(int roll)
    {
        return roll switch
        {
            < 15 => Aim.Eligible,
            < 30 => Aim.Conditional,
            < 48 => Aim.Deferred,
            < 63 => Aim.Review,
            < 76 => Aim.Incomplete,
            < 88 => Aim.Ineligible,
            _ => Aim.Anything,
        };
    }

    private static void AddDated(GeneratorDraft draft, Aim aim)
    {
        if (aim == Aim.Eligible)
        {
            if (draft.Chance(0.5))
            {
                GeneratorDated.RetinoidStopped(draft);
            }
        }
        else if (draft.Chance(0.4))
        {
            GeneratorDated.Retinoid(draft);
        }

        if (aim == Aim.Conditional || (aim != Aim.Eligible && draft.Chance(0.3)))
        {
            if (draft.Chance(0.6))
            {
                GeneratorDated.Herpes(draft);
            }
            else
            {
                GeneratorDated.RetinoidCurrent(draft);
            }
        }

        if (draft.Chance(aim == Aim.Deferred ? 0.8 : 0.5))
        {
            GeneratorDated.Injections(draft);
        }
    }

    private static void Compose(GeneratorDraft draft)
    {
        JsonObject request = draft.Request;
        request["protocol"] = draft.Chance(0.8) ? "sublative-rf" : "sublative-rf@1.0.0";
        request["appointment"] = draft.Appointment;
        request["answers"] = draft.Answers;
        if (draft.Chance(0.3))
        {
            // 64 characters are the most that is allowed.
            request["reference"] = draft.Pick("bk-20931", "", "a b/c~d", new string('r', 64));
        }

        GeneratorTimes.AddMoments(draft);
    }

    private static void Worsen(GeneratorDraft draft, Aim aim)
    {
        switch (aim)
        {
            case Aim.Review:
                GeneratorAnswers.RaiseReview(draft);
                break;
            case Aim.Incomplete:
                GeneratorAnswers.Forget(draft);
                break;
            case Aim.Ineligible:
                GeneratorAnswers.Exclude(draft);
                break;
            case Aim.Anything:
                if (draft.Chance(0.4))
                {
                    GeneratorAnswers.Forget(draft);
                }

                break;
            default:
                break;
        }

        // Lower findings must stay in the answer beside worse ones.
        if (aim is Aim.Incomplete or Aim.Ineligible && draft.Chance(0.4))
        {
            GeneratorAnswers.RaiseReview(draft);
        }

        if (aim == Aim.Ineligible && draft.Chance(0.3))
        {
            GeneratorAnswers.Forget(draft);
        }

        GeneratorClearances.Add(draft, aim == Aim.Review ? 0.45 : 0.3);
    }
}
