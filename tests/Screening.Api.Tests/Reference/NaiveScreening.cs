using System.Globalization;
using System.Text.Json.Nodes;
using NodaTime;

namespace Screening.Api.Tests.Reference;

/// <summary>
/// A second, plain implementation of the wire contract for the protocol sublative-rf, to compare the engine with.
/// It shares nothing with the engine: what both get wrong in the same way would otherwise stay unseen.
/// </summary>
internal static class NaiveScreening
{
    /// <summary>The request must have <c>asOf</c>: without it the answer would depend on the clock.</summary>
    public static NaiveAnswer Screen(JsonObject request)
    {
        NaiveRequest read = new();
        NaiveErrors errors = new();
        NaiveEnvelope.Read(request, read, errors);

        JsonObject? answers = NaiveJson.Object(request, "answers", "", errors);
        if (read.ProtocolKnown)
        {
            if (answers is not null)
            {
                NaiveAnswersReader.Read(answers, read, errors);
                NaiveContradictions.Find(answers, read, errors);
            }

            JudgeClearances(read, errors);
        }
        else if (answers is not null)
        {
            // No question is known, but every answer is a text or a list.
            foreach (KeyValuePair<string, JsonNode?> answer in answers)
            {
                if (answer.Value is not JsonArray && NaiveJson.AsText(answer.Value) is null)
                {
                    errors.Shape("/answers/" + NaiveJson.Escape(answer.Key));
                }
            }
        }

        if (errors.Pointers.Count > 0)
        {
            return new NaiveAnswer { Status = errors.AnyShape ? 400 : 422, ErrorPointers = errors.Pointers };
        }

        return new NaiveAnswer
        {
            Status = 200,
            ErrorPointers = errors.Pointers,
            Decision = NaiveDecision.Write(read, read.Today!.Value),
        };
    }

    private static void JudgeClearances(NaiveRequest read, NaiveErrors errors)
    {
        if (read.Clearances.Count == 0)
        {
            return;
        }

        // Whether a finding is of level review depends on no date, so any will do.
        LocalDate anyDay = new(2026, 1, 1);
        List<NaiveFinding> findings = NaiveRules.Evaluate(read, anyDay, anyDay);
        List<string> refused = [];
        foreach (NaiveClearance clearance in read.Clearances)
        {
            string pointer = "/clearances/" + clearance.Index.ToString(CultureInfo.InvariantCulture) + "/ruleId";
            NaiveFinding? finding = findings.Find(candidate => candidate.RuleId == clearance.RuleId);
            if (finding is null)
            {
                refused.Add(pointer);
                continue;
            }

            // What the rule finds is not known when its own answer could not be read.
            bool readable = !finding.Questions.Any(
                question => errors.AnyAt(question) || errors.Pointers.Contains(question[..question.LastIndexOf('/')]));
            if (readable && finding.Level != "review")
            {
                refused.Add(pointer);
            }
        }

        refused.ForEach(errors.Meaning);
    }
}
