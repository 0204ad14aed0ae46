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
        var named = decision.Intake.Record.OrderByDescending(evidence => evidence.Raises).Take(Most);
        return [.. named.Select(evidence => Of(decision.Intake.Protocol, evidence))];
    }

    /// <summary>Whether a reference is one that FHIR allows: what else it could be comes from outside, and is told to nobody.</summary>
    public static bool IsReference(string reference) => reference.Length <= 128 && reference.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '.');

    private static CdsRecordEvidence Of(Protocol protocol, RecordEvidence evidence)
    {
        var question = protocol.Questions[evidence.Question];
        return new CdsRecordEvidence
        {
            Question = question.Id,
            Answer = question.OptionOf(evidence)?.Code ?? ReservedCode.Unknown,
            Reference = IsReference(evidence.Reference) ? evidence.Reference : null,
            Raises = evidence.Raises,
            Disagrees = evidence.Disagrees,
        };
    }
}
