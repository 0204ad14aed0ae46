using System.Collections.Immutable;

namespace Screening.Rules;

/// <summary>
/// Reconciles a use that ends, together with its last date: whichever source blocks longer counts. A current use blocks at least as long as
/// a stopped one, so it replaces it, and a last date given for the stopped use is not a planned end; of two ends the later counts. If the
/// patient did not say whether, or when, the use stopped, that stays unanswered and the record's date counts beside it.
/// </summary>
internal sealed class ReconciledUse
{
    private readonly CompiledQuestion question;
    private readonly int stopped;
    private readonly int current;
    private readonly int unknown;
    private readonly int lastUse;
    private readonly bool stoppedMakesAnotherNeeded;

    private ReconciledUse(CompiledQuestion question, StoppedUseCondition condition, CompiledQuestion lastUse, ProtocolDocument document)
    {
        this.question = question;
        this.lastUse = lastUse.Index;
        stoppedMakesAnotherNeeded = document.Questions.Append(document.TreatmentAreas).Where(other => other.Id != lastUse.Id)
            .Any(other => other.NeededWhen is { } when && when.Question == question.Id && when.AnyOf.Contains(condition.Stopped));
        var codes = question.Codes.Select(option => option.Code).ToList();
        stopped = codes.IndexOf(condition.Stopped);
        current = codes.IndexOf(condition.Current);
        unknown = codes.IndexOf(ReservedCode.Unknown);
    }

    /// <summary>The option of a use that has stopped, by its index.</summary>
    public int Stopped => stopped;

    /// <summary>True when this is the question of the use.</summary>
    public bool IsUse(CompiledQuestion other) => other.Index == question.Index;

    /// <summary>True when this is the question of its last date.</summary>
    public bool IsLastUse(CompiledQuestion other) => other.Index == lastUse;

    /// <summary>The question of the use.</summary>
    public CompiledQuestion Question => question;

    /// <summary>The uses that the rules of a protocol check.</summary>
    public static ImmutableArray<ReconciledUse> Of(ProtocolDocument document, Func<string, CompiledQuestion> find) =>
    [
        .. document.Rules.SelectMany(rule => rule.Condition.Uses)
            .Select(use => new ReconciledUse(find(use.Question), use, find(use.LastUse), document)),
    ];

    /// <summary>
    /// Replaces a finding of a stopped use without an end date by "unknown". Assuming that it ended today, on every later day too, would
    /// defer forever, and no clinician could clear it. A use that the patient says is current, or stopped as late as today, is already as
    /// bad.
    /// </summary>
    public static List<RecordFinding> WithUndatedEndsAsUnknown(
        Protocol protocol, CompiledQuestion question, ReadOnlySpan<Answer> answers, List<RecordFinding> findings, Day today)
    {
        foreach (var use in protocol.Uses)
        {
            if (use.question.Index == question.Index && use.unknown >= 0 && !use.LastsThroughToday(answers, today))
            {
                findings = findings.ConvertAll(
                    one => one.Option == use.stopped && one.Dates is [null] ? one with { Option = use.unknown } : one);
            }
        }

        return findings;
    }

    private bool LastsThroughToday(ReadOnlySpan<Answer> answers, Day today)
    {
        var use = answers[question.Index].Codes;
        ref readonly var last = ref answers[lastUse];
        return (use & question.Bit(current)) != 0
            || ((use & question.Bit(stopped)) != 0
                && (!last.Given || RecordedDates.AssumedEnd(last.IsUnknown ? null : last.Date, today) >= today));
    }

    /// <summary>
    /// Reconciles the last date, and the use as far as it depends on that date; returns the findings that counted.
    /// <paramref name="remaining"/> receives the findings still to be reconciled with the choice itself.
    /// </summary>
    public static HashSet<RecordFinding> Reconcile(
        Protocol protocol,
        CompiledQuestion question,
        Answer[] answers,
        List<RecordFinding> findings,
        Day today,
        out List<RecordFinding> remaining)
    {
        remaining = findings;
        var counted = new HashSet<RecordFinding>(ReferenceEqualityComparer.Instance);
        foreach (var use in protocol.Uses)
        {
            if (use.question.Index == question.Index)
            {
                counted.UnionWith(use.Reconcile(answers, remaining, today, out remaining));
            }
        }

        return counted;
    }

    private List<RecordFinding> Reconcile(Answer[] answers, List<RecordFinding> findings, Day today, out List<RecordFinding> remaining)
    {
        ref var use = ref answers[question.Index];
        ref var last = ref answers[lastUse];
        var ongoing = findings.FindAll(one => one.Option == current);
        var ended = findings.FindAll(one => one.Option == stopped);
        var answeredStopped = (use.Codes & question.Bit(stopped)) != 0;
        remaining = findings;
        if ((use.Codes & question.Bit(current)) != 0)
        {
            remaining = Without(findings, stopped);
            return [];
        }

        if (ongoing.Count > 0)
        {
            remaining = Without(findings, stopped);
            if (answeredStopped && !last.Given)
            {
                // The patient has yet to say when it stopped. Whatever the record says, the dates assume today.
                remaining = Without(remaining, current);
                last = Answer.Dated(null, given: false);
            }
            else if (answeredStopped && stoppedMakesAnotherNeeded)
            {
                // Another question is needed because the use stopped: keep the answer and assume that it stopped today.
                remaining = Without(remaining, current);
                last = Answer.Unknown;
            }
            else if (answeredStopped || (last.Given && !last.IsUnknown && last.Date.Last < today))
            {
                last = default;
                use = use.With(use.Codes & ~question.Bit(stopped), [], use.Given);
            }

            return ongoing;
        }

        if (ended.Count == 0)
        {
            return [];
        }

        var latest = ended.MaxBy(one => RecordedDates.AssumedEnd(one.Dates[0], today))!;
        if (!last.Given)
        {
            // For a patient who said that it stopped, but not when, the record adds only a date.
            last = Answer.Dated(latest.Dates[0], given: use.Given && !answeredStopped);
            return answeredStopped ? [] : ended;
        }

        if (RecordedDates.AssumedEnd(latest.Dates[0], today) > RecordedDates.AssumedEnd(last.IsUnknown ? null : last.Date, today))
        {
            last = Answer.Dated(latest.Dates[0], given: true);
            return ended.FindAll(one => RecordedDates.AssumedEnd(one.Dates[0], today) == RecordedDates.AssumedEnd(latest.Dates[0], today));
        }

        return [];
    }

    private static List<RecordFinding> Without(List<RecordFinding> findings, int code) => findings.FindAll(one => one.Option != code);
}
