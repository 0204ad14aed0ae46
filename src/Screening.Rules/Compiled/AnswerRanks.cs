using System.Collections.Immutable;

namespace Screening.Rules;

/// <summary>
/// How bad each coded answer is, derived from the rules that check it: exclude, then review, then unknown, then a wait or a requirement,
/// then harmless. Two codes of the same rank are equally bad.
/// </summary>
internal sealed class AnswerRanks
{
    private readonly int[][] ranks;
    private readonly ulong[] neededBy;

    internal AnswerRanks(ProtocolDocument document, ImmutableArray<CompiledQuestion> questions)
    {
        ranks = [.. questions.Select(question => question.Codes.Select(option => (int)Worst(document, question, option)).ToArray())];
        neededBy = new ulong[questions.Length];
        foreach (var when in questions.Select(question => question.Document.NeededWhen).OfType<AnswerIs>())
        {
            var other = questions.First(question => question.Id == when.Question);
            neededBy[other.Index] |= other.Bits(when.AnyOf);
        }
    }

    /// <summary>How bad an answer can be, worst first.</summary>
    internal enum Rank
    {
        Exclude,
        Review,
        Unknown,
        Dated,
        Harmless,
    }

    public Rank Of(CompiledQuestion question, int code) => (Rank)ranks[question.Index][code];

    /// <summary>True when this answer makes another question needed.</summary>
    public bool MakesAnotherNeeded(CompiledQuestion question, int code) => (neededBy[question.Index] & question.Bit(code)) != 0;

    private static Rank Worst(ProtocolDocument document, CompiledQuestion question, Option option)
    {
        var withoutRule = option.Code == ReservedCode.Unknown ? Rank.Unknown : Rank.Harmless;
        return document.Rules.Where(rule => rule.Condition.Question == question.Id && rule.LooksAt(option.Code, document))
            .Select(rule => rule.Effects[0] switch
            {
                Effect.Exclude => Rank.Exclude,
                Effect.Review => Rank.Review,
                Effect.Defer => Rank.Dated,
                Effect.Require => Rank.Dated,
            })
            .Append(withoutRule).Min();
    }
}
