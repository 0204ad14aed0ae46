using Screening.Api.Contract;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>The record entries that a decision rests on, in machine-readable form.</summary>
internal static class CardRecord
{
    /// <summary>The maximum number of entries, with those that made an answer worse first: a request could contain any number.</summary>
    private const int MaxEntries = 100;

    /// <summary>
    /// Returns the entries that have a code of the protocol, by question, each with its effect: whether it raised the answer and whether it
    /// disagrees with the patient's own.
    /// </summary>
    public static IReadOnlyList<CdsRecordEvidence> Of(Decision decision)
    {
        var named = decision.Intake.Record.OrderByDescending(evidence => evidence.ChangesAnswer).Take(MaxEntries);
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
