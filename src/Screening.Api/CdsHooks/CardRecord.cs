using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>What of the record a decision rests on, for programs.</summary>
internal static class CardRecord
{
    /// <summary>The most entries that are named, those that made an answer worse first: a call could ask for any size.</summary>
    private const int Most = 100;

    /// <summary>Writes the entries that have a code of the protocol, by question; of each, what it raises and whether that was worse than what was said.</summary>
    public static void Write(Utf8Output output, Decision decision)
    {
        var next = false;
        output.Raw("["u8);
        foreach (var evidence in decision.Intake.Record.OrderByDescending(evidence => evidence.Raises).Take(Most))
        {
            var question = decision.Intake.Protocol.Questions[evidence.Question];
            output.Separate(ref next);
            output.Raw("{\"question\":"u8);
            output.Text(question.Id);
            output.Raw(",\"answer\":"u8);
            output.Text(question.OptionOf(evidence)?.Code ?? ReservedCode.Unknown);
            if (IsReference(evidence.Reference))
            {
                output.Raw(",\"reference\":"u8);
                output.Text(evidence.Reference);
            }

            output.Raw(evidence.Raises ? ",\"raises\":true"u8 : ",\"raises\":false"u8);
            output.Raw(evidence.Disagrees ? ",\"disagrees\":true}"u8 : ",\"disagrees\":false}"u8);
        }

        output.Raw("]"u8);
    }

    /// <summary>Whether a reference is one that FHIR allows: what else it could be comes from outside, and is told to nobody.</summary>
    public static bool IsReference(string reference) => reference.Length <= 128 && reference.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '.');
}
