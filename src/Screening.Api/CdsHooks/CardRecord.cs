using Screening.Api.Contract;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>What of the record a decision rests on, for programs.</summary>
internal static class CardRecord
{
    /// <summary>The most entries that are named, those that made an answer worse first: a call could ask for any size.</summary>
    private const int Most = 100;

    /// <summary>
    /// The entries that have a code of the protocol, by question; of each, what it raises and whether that was worse than what was said.
    /// </summary>
    public static IReadOnlyList<CdsRecordEvidence> Of(Decision decision)
    {
        var named = decision.Intake.Record.OrderByDescending(evidence => evidence.ChangesAnswer).Take(Most);
        return [.. named.Select(evidence => Of(decision.Intake.Protocol, evidence))];
    }

    private static CdsRecordEvidence Of(Protocol protocol, RecordEvidence evidence)
    {
        var question = protocol.Questions[evidence.Question];
        return new CdsRecordEvidence
        {
            Question = question.Id,
            Answer = question.OptionOf(evidence)?.Code ?? ReservedCode.Unknown,
            Reference = RecordNote.ReferenceOf(evidence.Reference),
            Raises = evidence.ChangesAnswer,
            Disagrees = evidence.Disagrees,
        };
    }
}
