using System.Text.Json.Nodes;
using NodaTime;

namespace Screening.Api.Tests.Reference;

/// <summary>Answers that cannot be true together; each is an error of the answer that depends on the other.</summary>
internal static class NaiveContradictions
{
    public static void Find(JsonObject answers, NaiveRequest request, NaiveErrors errors)
    {
        LocalDate? today = request.Today;

        // A second-hand answer contradicts by being there, whatever it says.
        if (request.Code("topicalRetinoidUse") == "never" && answers.ContainsKey("topicalRetinoidLastUsed"))
        {
            errors.Meaning("/answers/topicalRetinoidLastUsed");
        }

        NaivePartialDate? lastUsed = request.RetinoidLastUsed;
        if (lastUsed is not null && !lastUsed.IsUnknown && today is not null)
        {
            if (request.Code("topicalRetinoidUse") == "stopped" && lastUsed.First > today.Value)
            {
                errors.Meaning("/answers/topicalRetinoidLastUsed");
            }

            if (request.Code("topicalRetinoidUse") == "current" && lastUsed.Last < today.Value)
            {
                errors.Meaning("/answers/topicalRetinoidLastUsed");
            }
        }

        if (request.Code("isotretinoinUse") == "never" && answers.ContainsKey("isotretinoinLastTaken"))
        {
            errors.Meaning("/answers/isotretinoinLastTaken");
        }

        NaivePartialDate? lastTaken = request.IsotretinoinLastTaken;
        if (lastTaken is not null && !lastTaken.IsUnknown && today is not null && lastTaken.First > today.Value)
        {
            errors.Meaning("/answers/isotretinoinLastTaken");
        }

        if (request.Code("herpesSimplexHistory") == "no")
        {
            if (answers.ContainsKey("antiviralStart"))
            {
                errors.Meaning("/answers/antiviralStart");
            }

            if (answers.ContainsKey("antiviralEnd"))
            {
                errors.Meaning("/answers/antiviralEnd");
            }
        }

        if (answers.ContainsKey("antiviralEnd") && !answers.ContainsKey("antiviralStart"))
        {
            errors.Meaning("/answers/antiviralEnd");
        }

        if (request.AntiviralStart is not null && request.AntiviralEnd is not null)
        {
            if (request.AntiviralEnd.Value < request.AntiviralStart.Value)
            {
                errors.Meaning("/answers/antiviralEnd");
            }
        }
    }
}
